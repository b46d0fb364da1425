//! Lists of URLs: one a line, or a table as CSV.
//!
//! - [`is_list`]: whether a text is one.
//! - [`blocks`]: an entry each, with the claim that stands beside it.
//! - [`Table`](table::Table): the records of a CSV, with the place of every field.
//! - [`Columns`](columns::Columns): which columns hold URLs, and which the claim.

mod columns;
mod entries;
mod lines;
mod table;

pub(super) use entries::{blocks, is_list};
