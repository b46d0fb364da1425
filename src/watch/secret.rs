//! Values that are never shown.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::path::Path;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer};

use super::error::WatchError;

/// What stands in place of a secret that was written out.
const HIDDEN: &str = "(hidden)";

/// A secret as a setting writes it: `env:NAME` names an environment variable, `file:PATH` a file; anything else is the
/// secret itself, and is never shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The secret, looked up now: a variable or file that changes counts from the next use on. A line break at the end of
    /// a file is no part of it.
    ///
    /// # Errors
    /// Where the variable is not set or the file cannot be read. Neither says what the secret is.
    pub fn reveal(&self) -> Result<String, WatchError> {
        if let Some(name) = self.0.strip_prefix("env:") {
            return std::env::var(name).map_err(|_| WatchError::Secret {
                what: format!("the environment variable {name} is not set"),
            });
        }
        if let Some(path) = self.0.strip_prefix("file:") {
            let text = fs::read_to_string(Path::new(path))
                .map_err(|error| WatchError::Secret { what: format!("{path} cannot be read: {error}") })?;
            return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
        }
        Ok(self.0.clone())
    }

    /// What may be shown of it.
    fn shown(&self) -> &str {
        if self.0.starts_with("env:") || self.0.starts_with("file:") { &self.0 } else { HIDDEN }
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.shown())
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A secret: env:NAME for an environment variable, file:PATH for a file, or itself; never shown"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_shown_and_where_it_comes_from_is() {
        let written = Secret::from("hunter2");
        assert_eq!(
            format!("{written:?} {}", serde_json::to_string(&written).unwrap()),
            "(hidden) \"(hidden)\""
        );
        assert_eq!(format!("{:?}", Secret::from("env:TOKEN")), "env:TOKEN");
        assert_eq!(written.reveal().unwrap(), "hunter2");
    }

    #[test]
    fn a_secret_in_a_file_is_read_without_its_line_break() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, "hunter2\n").unwrap();
        assert_eq!(Secret::from(&*format!("file:{}", path.display())).reveal().unwrap(), "hunter2");
        let missing = Secret::from("env:BELEG_TEST_NO_SUCH_VARIABLE").reveal().unwrap_err();
        assert!(missing.to_string().contains("BELEG_TEST_NO_SUCH_VARIABLE"), "{missing}");
    }
}
