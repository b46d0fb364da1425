//! The report on a terminal: the first screen, readable without colour, and safe whatever an article or a page says.
//!
//! - [`TerminalOptions`] and [`Files`]: what the screen is like, and what it names at its foot.
//! - `Page`: lines of a given width, cleaned, wrapped and inked.
//! - `url_history` and `article_history`: what became of a URL or an article over all runs.
//! - `screen`: the sections of the report, written on a page.

mod claims;
mod findings;
mod history;
mod ink;
mod options;
mod page;
mod screen;
mod width;

pub(super) use history::{article_history, url_history};
pub use options::{Files, TerminalOptions};
pub(super) use screen::screen;
