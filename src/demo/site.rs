//! What is served.

use super::answer::Answer;
use super::request::Request;

/// What answers requests.
pub trait Site: Send + Sync + 'static {
    /// The answer to a request. The host is that of the request, and any: what a site does not know it has to refuse.
    fn answer(&self, request: &Request) -> Answer;
}
