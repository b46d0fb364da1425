//! What a robots.txt said about one request.

use std::time::Duration;

/// What the robots.txt of a site said about one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RobotsFacts {
    /// Whether it lets the request pass.
    pub allowed: bool,
    /// The line that decided, as written; nothing where none was about this path.
    pub rule: Option<String>,
    /// The pause it asks for between requests.
    pub crawl_delay: Option<Duration>,
    /// What it was answered with; nothing where there was no answer.
    pub status: Option<u16>,
}
