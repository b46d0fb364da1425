//! The limits within which articles are read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::quantity::{Size, Span};

/// Limits of reading one PDF or office file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReadingConfig {
    /// Time for reading one PDF or office file.
    pub timeout: Span,
    /// Memory for reading one PDF or office file.
    pub max_memory: Size,
}

impl Default for ReadingConfig {
    fn default() -> Self {
        Self { timeout: Span::from_secs(30), max_memory: Size::from_bytes(1 << 30) }
    }
}
