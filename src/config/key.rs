//! The settings that there are: their dotted names and what they take, read from the schema.

use serde_json::Value;

use super::settings::schema;
use crate::report;

/// One setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its dotted name, such as `fetch.timeout`.
    pub name: String,
    /// What it is, in a sentence or two.
    pub description: String,
    /// Whether it takes a list.
    pub is_list: bool,
    /// Whether it takes `true` or `false`.
    pub is_switch: bool,
    /// Whether it takes a whole number.
    pub is_number: bool,
}

/// Every setting, in the order of the schema.
pub fn keys() -> Vec<Key> {
    let schema = schema().to_value();
    let mut found = Vec::new();
    collect(&schema, &schema, "", &mut found);
    found
}

/// What `wrong` was probably meant to be: one of `names`, by all of it or by its last part alone, or a section.
pub fn nearest<'a>(wrong: &str, names: &[&'a str]) -> Option<&'a str> {
    let last = |name: &'a str| name.rsplit('.').next().unwrap_or(name);
    let sections = names.iter().filter_map(|name| Some(name.split_once('.')?.0));
    let whole = || report::nearest(wrong, names.iter().copied());
    let part = || {
        let wrong = wrong.rsplit('.').next().unwrap_or(wrong);
        let meant = report::nearest(wrong, names.iter().copied().map(last))?;
        names.iter().copied().find(|name| last(name) == meant)
    };
    whole().or_else(part).or_else(|| report::nearest(wrong, sections))
}

/// Walks the properties of one table. The depth is that of our own schema: two.
fn collect(root: &Value, table: &Value, prefix: &str, found: &mut Vec<Key>) {
    let Some(properties) = table.get("properties").and_then(Value::as_object) else { return };
    for (name, property) in properties {
        let name = format!("{prefix}{name}");
        let target = resolved(root, property);
        if target.get("properties").is_some() {
            collect(root, target, &format!("{name}."), found);
        } else {
            found.push(Key::new(name, property, target));
        }
    }
}

/// Follows `$ref`, also where it is one of several alternatives (an optional value).
fn resolved<'a>(root: &'a Value, property: &'a Value) -> &'a Value {
    let alternatives = property.get("anyOf").and_then(Value::as_array);
    let property = alternatives.and_then(|list| list.first()).unwrap_or(property);
    let reference = property.get("$ref").and_then(Value::as_str);
    reference.and_then(|path| root.pointer(path.trim_start_matches('#'))).unwrap_or(property)
}

impl Key {
    fn new(name: String, property: &Value, target: &Value) -> Self {
        let takes = |kind: &str| match target.get("type") {
            Some(Value::String(one)) => one == kind,
            Some(Value::Array(several)) => several.iter().any(|one| one == kind),
            _ => false,
        };
        let description = property.get("description").or_else(|| target.get("description"));
        Self {
            name,
            description: description.and_then(Value::as_str).unwrap_or_default().to_owned(),
            is_list: takes("array"),
            is_switch: takes("boolean"),
            is_number: takes("integer"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_a_name_and_a_description() {
        let keys = keys();
        assert!(keys.iter().any(|key| key.name == "fetch.timeout"), "{keys:?}");
        assert!(keys.iter().any(|key| key.name == "fetch.ca_file"), "an optional setting counts");
        for key in keys {
            assert!(!key.description.is_empty(), "{} is not described", key.name);
        }
    }

    #[test]
    fn a_slip_of_the_finger_finds_the_name_that_was_meant() {
        let names = ["fetch.timeout", "fetch.per_host", "archive.folder"];
        assert_eq!(nearest("fetch.timout", &names), Some("fetch.timeout"));
        assert_eq!(nearest("fetch.perhost", &names), Some("fetch.per_host"));
        assert_eq!(nearest("timeout", &names), Some("fetch.timeout"));
        assert_eq!(nearest("fetsch", &names), Some("fetch"));
        assert_eq!(nearest("colour", &names), None);
    }
}
