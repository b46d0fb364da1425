//! What a report lists: one finding, and how grave it is.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::article::Place;

/// How grave a finding is; the gravest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// To be mended before publishing.
    Error,
    /// Somebody has to look at it.
    Warning,
    /// Good to know.
    Note,
}

/// One thing about an article that an editor should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Id of its rule, such as `link/dead`.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong and what to do, for people.
    pub message: String,
    /// Where in the article; `None` when it is about the article as a whole.
    pub place: Option<Place>,
    /// Id of the source it is about.
    pub citation: Option<String>,
    /// Id of the claim it is about.
    pub claim: Option<String>,
}

impl Severity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// Its word in the report contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
