//! Settings for single hosts.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::quantity::Span;

/// What is different for one host, or for all hosts below a domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HostConfig {
    /// Pause between the starts of two requests on it.
    pub pause: Option<Span>,
    /// Requests under way at once on it.
    pub per_host: Option<NonZeroUsize>,
    /// Further header fields for it. `${NAME}` stands for the environment variable NAME.
    pub headers: BTreeMap<String, String>,
    /// Statuses of it that count as alive, such as 403 of a site that turns programs away.
    pub accept: Vec<u16>,
}
