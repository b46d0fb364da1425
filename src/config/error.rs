//! What can be wrong with a configuration.

use std::io;
use std::path::PathBuf;

/// Why a configuration cannot be used. Each says where it stands and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A file that cannot be read.
    #[error("cannot read the configuration {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that is not TOML.
    #[error("the configuration {} is not valid TOML", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where it goes wrong.
        source: Box<toml::de::Error>,
    },
    /// A name that is no setting.
    #[error("unknown setting `{name}` ({origin}){hint}")]
    UnknownKey {
        /// The name.
        name: String,
        /// Where it stands.
        origin: String,
        /// What was probably meant, with its comma; empty if nobody knows.
        hint: String,
    },
    /// A value that the setting does not take.
    #[error("the setting `{name}` ({origin}) cannot be {value}: {why}")]
    Value {
        /// The setting.
        name: String,
        /// Where it stands.
        origin: String,
        /// The value as written.
        value: String,
        /// What it takes.
        why: String,
    },
}
