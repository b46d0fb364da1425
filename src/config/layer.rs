//! What one source of settings says.

use std::fmt;
use std::path::PathBuf;

use toml::{Table, Value};

use super::error::ConfigError;
use super::key::{Key, nearest};

/// Where a value came from, in rising precedence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Built in.
    Default,
    /// A configuration file.
    File(PathBuf),
    /// An environment variable.
    Environment(String),
    /// An option of the command line.
    CommandLine(String),
}

/// The settings of one source, by dotted name.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Each value with its name and the place it stands.
    pub values: Vec<(String, Value, Origin)>,
}

impl Layer {
    /// A layer from a table, all of one origin. Refuses names that do not exist.
    pub fn from_table(table: Table, origin: &Origin, keys: &[Key]) -> Result<Self, ConfigError> {
        let mut values = Vec::new();
        for (name, value) in table {
            flatten(name, value, keys, &mut |name, value| {
                let known = keys.iter().any(|key| key.name == name);
                if !known {
                    return Err(unknown(&name, origin, keys));
                }
                values.push((name, value, origin.clone()));
                Ok(())
            })?;
        }
        Ok(Self { values })
    }
}

/// Says that there is no setting `name`, and which was probably meant.
pub(super) fn unknown(name: &str, origin: &Origin, keys: &[Key]) -> ConfigError {
    let names: Vec<&str> = keys.iter().map(|key| key.name.as_str()).collect();
    let meant = nearest(name, &names);
    ConfigError::UnknownKey {
        name: name.to_owned(),
        origin: origin.to_string(),
        hint: meant.map(|meant| format!(", did you mean `{meant}`?")).unwrap_or_default(),
    }
}

/// Hands each value that is not a section to `visit`. Sections nest as deep as the schema, so no deeper than two.
fn flatten(
    name: String,
    value: Value,
    keys: &[Key],
    visit: &mut impl FnMut(String, Value) -> Result<(), ConfigError>,
) -> Result<(), ConfigError> {
    let section = format!("{name}.");
    match value {
        Value::Table(table) if keys.iter().any(|key| key.name.starts_with(&section)) => {
            for (inner, value) in table {
                flatten(format!("{section}{inner}"), value, keys, visit)?;
            }
            Ok(())
        }
        value => visit(name, value),
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => write!(f, "environment {name}"),
            Self::CommandLine(option) => write!(f, "command line {option}"),
        }
    }
}
