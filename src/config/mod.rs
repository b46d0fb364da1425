//! What beleg is told to do: defaults, files, environment and command line, each value with where it came from.
//!
//! - [`Settings`]: every setting, resolved; each stage brings its own part.
//! - [`Layer`]: what one source of settings says, with its [`Origin`].
//! - [`Resolved`]: the settings with the origin of each.
//! - [`Key`]: the settings that there are, read from their schema.

mod environment;
mod error;
mod expected;
mod file;
mod key;
mod layer;
mod resolve;
mod settings;

pub use environment::{ENV_CONFIG, ENV_PREFIX, LIST_SEPARATOR, from_environment};
pub use error::ConfigError;
pub use file::{from_file, standard_files};
pub use key::{Key, keys, nearest};
pub use layer::{Layer, Origin};
pub use resolve::{Resolved, resolve};
pub use settings::{Settings, schema};
