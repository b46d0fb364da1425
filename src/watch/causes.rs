//! An error with its causes, in one line for a log.

use std::error::Error;

/// What went wrong, and why, each after a colon. Some libraries repeat a cause in their own words: it is said once.
pub(super) fn causes(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        if !said.contains(&words) {
            said = format!("{said}: {words}");
        }
        next = cause.source();
    }
    said
}
