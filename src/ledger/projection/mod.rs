//! Projections: what the entries say, in columns that SQL can ask about. The entries are the truth; these tables
//! are made from them in the same transaction, and can be made again.
//!
//! - `Projection`: all rows that come from one entry, made from its body or loaded from the tables.
//! - `Row`, `Cell`: a row of any of the tables.
//! - `Table`: the tables.
//! - `standing`: the one table that changes: the latest observation of each source.

mod row;
mod rows;
mod standing;
mod table;
mod whole;

pub(super) use standing::wrong_standings;
#[cfg(test)]
pub(super) use table::TABLES;
pub(super) use whole::{Projection, count};
