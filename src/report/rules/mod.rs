//! The rules: what is worth an editor's attention in a dossier, and what to do about it.
//!
//! - [`Rule`] and [`RULES`]: the table of all rules with their stable ids.
//! - [`find()`]: the findings of a dossier, gravest first.

mod claims;
mod find;
mod finding;
mod links;
mod table;

pub use find::find;
pub(super) use table::rule;
pub use table::{RULES, Rule};
