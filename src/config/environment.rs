//! Settings from environment variables: `BELEG_FETCH_TIMEOUT` is `fetch.timeout`.

use toml::Value;

use super::error::ConfigError;
use super::key::Key;
use super::layer::{Layer, Origin, unknown};

/// What the name of every variable begins with.
pub const ENV_PREFIX: &str = "BELEG_";

/// Separates the values of a list where they may hold commas: the unit separator of ASCII.
pub const LIST_SEPARATOR: char = '\u{1f}';

/// Names the configuration file; the one variable that is not a setting.
pub const ENV_CONFIG: &str = "BELEG_CONFIG";

/// The settings among `variables`. Lists are separated by commas.
pub fn from_environment(
    variables: impl Iterator<Item = (String, String)>,
    keys: &[Key],
) -> Result<Layer, ConfigError> {
    let mut values = Vec::new();
    for (variable, text) in variables {
        let Some(name) = variable.strip_prefix(ENV_PREFIX) else { continue };
        if variable == ENV_CONFIG {
            continue;
        }
        let origin = Origin::Environment(variable.clone());
        let Some(key) = keys.iter().find(|key| key.variable() == variable) else {
            return Err(unknown(&name.to_lowercase(), &origin, keys));
        };
        values.push((key.name.clone(), key.value_of(&text), origin));
    }
    values.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Layer { values })
}

impl Key {
    /// The environment variable that sets it.
    pub fn variable(&self) -> String {
        format!("{ENV_PREFIX}{}", self.name.replace('.', "_").to_uppercase())
    }

    /// The value that `text`, which has no type of its own, stands for.
    pub fn value_of(&self, text: &str) -> Value {
        if self.is_list {
            let separator = if text.contains(LIST_SEPARATOR) { LIST_SEPARATOR } else { ',' };
            let parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
            return Value::Array(parts.map(|part| Value::String(part.to_owned())).collect());
        }
        if self.is_switch
            && let Ok(switch) = text.parse()
        {
            return Value::Boolean(switch);
        }
        if self.is_number
            && let Ok(number) = text.parse()
        {
            return Value::Integer(number);
        }
        Value::String(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys;

    fn layer(name: &str, text: &str) -> Result<Layer, ConfigError> {
        from_environment([(name.to_owned(), text.to_owned())].into_iter(), &keys())
    }

    #[test]
    fn a_variable_takes_the_type_of_its_setting() {
        let value = |name, text| layer(name, text).unwrap().values.remove(0).1;
        assert_eq!(value("BELEG_FETCH_PER_HOST", "4"), Value::Integer(4));
        assert_eq!(value("BELEG_FETCH_ALLOW_PRIVATE", "true"), Value::Boolean(true));
        assert_eq!(value("BELEG_FETCH_TIMEOUT", "3s"), Value::String("3s".to_owned()));
        assert_eq!(value("BELEG_ARTICLES", "a.txt, b.md").as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_variable_that_is_no_setting_is_an_error() {
        let error = layer("BELEG_FETCH_TIMOUT", "3s").unwrap_err().to_string();
        assert!(error.contains("environment BELEG_FETCH_TIMOUT"), "{error}");
        assert!(error.contains("fetch.timeout"), "{error}");
    }

    #[test]
    fn other_variables_are_left_alone() {
        assert!(layer("PATH", "/bin").unwrap().values.is_empty());
        assert!(layer(ENV_CONFIG, "x.toml").unwrap().values.is_empty());
    }
}
