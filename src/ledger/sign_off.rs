//! What an editor decided about a claim.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An editor's decision about one claim: the body of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// Number of the entry with the dossier that was looked at.
    pub dossier: i64,
    /// Path or URL that the article is named by.
    pub article: String,
    /// The claim's number in that dossier.
    pub claim: String,
    /// The claim: numbers change when an article is edited, sentences that stay are the same claim.
    pub claim_text: String,
    /// What was decided.
    pub decision: Decision,
    /// Who decided.
    pub by: String,
    /// What they had to say.
    pub note: Option<String>,
}

/// What can be decided about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The sources bear it out.
    Confirmed,
    /// They do not.
    Rejected,
    /// Nothing yet: a remark, and the claim stays open.
    Noted,
}

impl Decision {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::Noted => "noted",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
