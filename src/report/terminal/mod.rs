//! The report on a terminal: the first screen, readable without colour, and safe whatever an article or a page says.
//!
//! - [`TerminalOptions`] and [`Files`]: what the screen is like, and what it names at its foot.
//! - `Page`: lines of a given width, cleaned, wrapped and inked.
//! - `alarms`: what the scheduled job raised.
//! - `page_diff`: what changed between two captures.
//! - `url_history` and `article_history`: what became of a URL or an article over all runs.
//! - `claim_to_review`: one claim with all that bears on it.
//! - `extract_page`: what an article cites and claims.
//! - `screen`: the sections of the report, written on a page.

mod alarms;
mod claims;
mod diff;
mod explained;
mod extract;
mod findings;
mod history;
mod ink;
mod options;
mod page;
mod review;
mod screen;
mod width;

pub(super) use alarms::alarms;
pub(super) use diff::page_diff;
pub(super) use explained::explained_claim;
pub(super) use extract::extract_page;
pub(super) use history::{article_history, url_history};
pub use options::{Files, TerminalOptions};
pub(super) use review::claim_to_review;
pub(super) use screen::screen;
