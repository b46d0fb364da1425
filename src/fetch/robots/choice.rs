//! What robots.txt has to say in the fetching of cited pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What robots.txt has to say in the fetching of cited pages. In all other fetching it is obeyed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RobotsChoice {
    /// A cited page is fetched once a run, as a reader would who follows the link; what robots.txt says is recorded, and
    /// the pause it asks for is kept.
    #[default]
    Note,
    /// A cited page that it disallows is not fetched.
    Respect,
    /// It is not asked for before cited pages.
    Ignore,
}
