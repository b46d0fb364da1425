//! The name of a run.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Names one run: its start in UTC and four hexadecimal digits, `20261123T041207Z-9f3c`. Sorts by time, and is
/// safe in file names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(String);

impl RunId {
    /// The id of a run that starts at `now`; `entropy` tells runs of the same second apart.
    pub fn new(now: Timestamp, entropy: u16) -> Self {
        Self(format!("{}-{entropy:04x}", now.strftime("%Y%m%dT%H%M%SZ")))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
