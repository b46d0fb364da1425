//! Layers to settings: the later layer wins, and each value keeps its origin.

use std::collections::BTreeMap;

use serde::Deserialize as _;
use toml::{Table, Value};

use super::error::ConfigError;
use super::expected::in_words;
use super::key::Key;
use super::layer::{Layer, Origin};
use super::settings::Settings;

/// The settings, with where each of them came from.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The settings.
    pub settings: Settings,
    origins: BTreeMap<String, Origin>,
}

/// Lays `layers` over the defaults, in order.
pub fn resolve(layers: Vec<Layer>) -> Result<Resolved, ConfigError> {
    let mut merged = Table::new();
    let mut origins = BTreeMap::new();
    for (name, value, origin) in layers.into_iter().flat_map(|layer| layer.values) {
        check(&name, &value, &origin)?;
        insert(&mut merged, &name, value);
        origins.insert(name, origin);
    }
    let settings = Settings::deserialize(merged).map_err(|error| ConfigError::Value {
        name: String::new(),
        origin: String::new(),
        value: String::new(),
        why: in_words(error.message()),
    })?;
    Ok(Resolved { settings, origins })
}

impl Resolved {
    /// Where the value of the setting `name` came from.
    pub fn origin(&self, name: &str) -> &Origin {
        self.origins.get(name).unwrap_or(&Origin::Default)
    }

    /// The value of the setting `key` in the form that `config.toml` uses; `None` where it is not set.
    pub fn value(&self, key: &Key) -> Option<Value> {
        let table = Table::try_from(&self.settings).ok()?;
        let (sections, last) = split(&key.name);
        let section = sections.iter().try_fold(&table, |table, name| table.get(*name)?.as_table())?;
        section.get(last).cloned()
    }
}

/// Tries the value by itself, so that an error can name the place it stands at.
fn check(name: &str, value: &Value, origin: &Origin) -> Result<(), ConfigError> {
    let mut alone = Table::new();
    insert(&mut alone, name, value.clone());
    match Settings::deserialize(alone) {
        Ok(_) => Ok(()),
        Err(error) => Err(ConfigError::Value {
            name: name.to_owned(),
            origin: origin.to_string(),
            // A channel's settings may hold secrets.
            value: if name == "tell" { "as it is".to_owned() } else { value.to_string() },
            why: in_words(error.message()),
        }),
    }
}

fn insert(table: &mut Table, name: &str, value: Value) {
    let (sections, last) = split(name);
    let mut section = table;
    for name in sections {
        let inner = section.entry(name).or_insert_with(|| Value::Table(Table::new()));
        match inner {
            Value::Table(inner) => section = inner,
            _ => return,
        }
    }
    section.insert(last.to_owned(), value);
}

fn split(name: &str) -> (Vec<&str>, &str) {
    let mut parts: Vec<&str> = name.split('.').collect();
    let last = parts.pop().unwrap_or(name);
    (parts, last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys;

    fn layer(text: &str, origin: &Origin) -> Layer {
        Layer::from_table(text.parse().unwrap(), origin, &keys()).unwrap()
    }

    #[test]
    fn the_later_layer_wins_and_keeps_its_origin() {
        let file = layer("fetch.per_host = 1\nfetch.retries = 7", &Origin::File("config.toml".into()));
        let line = layer("fetch.per_host = 5", &Origin::CommandLine("--per-host".into()));
        let resolved = resolve(vec![file, line]).unwrap();
        assert_eq!((resolved.settings.fetch.per_host.get(), resolved.settings.fetch.retries), (5, 7));
        assert_eq!(resolved.origin("fetch.per_host").to_string(), "command line --per-host");
        assert_eq!(resolved.origin("fetch.retries").to_string(), "config.toml");
        assert_eq!(resolved.origin("fetch.timeout"), &Origin::Default);
    }

    #[test]
    fn a_wrong_value_names_its_setting_and_its_origin() {
        let wrong = layer("fetch.per_host = \"many\"", &Origin::Environment("BELEG_FETCH_PER_HOST".into()));
        let error = resolve(vec![wrong]).unwrap_err().to_string();
        assert!(error.contains("`fetch.per_host` (environment BELEG_FETCH_PER_HOST)"), "{error}");
        assert!(error.contains("\"many\""), "{error}");
    }

    #[test]
    fn values_are_shown_as_the_file_would_write_them() {
        let resolved = resolve(vec![layer("archive.folder = \"a\"", &Origin::Default)]).unwrap();
        let keys = keys();
        let key = |name| keys.iter().find(|key| key.name == name).unwrap();
        assert_eq!(resolved.value(key("archive.folder")), Some(Value::String("a".into())));
        assert_eq!(resolved.value(key("fetch.ca_file")), None);
    }
}
