//! The settings of this stage.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fail_on::FailOn;
use super::format::Format;

/// How the report is shown, and what makes a run fail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ReportConfig {
    /// What is written to standard output: `terminal`, `json`, `html`, `markdown`, `csv`, `junit`, `sarif`, `annotations` or `web-annotations`.
    pub format: Format,
    /// What makes beleg exit with 1: a severity and all above it (`error`, `warning`, `note`), rules
    /// (`link/dead`), groups of rules (`link/*`), several of these with commas between them, or `never`.
    pub fail_on: FailOn,
}
