//! The index over all WARC files of an archive folder: sorted lines, compared byte by byte (`LC_ALL=C`).
//!
//! - [`merge`]: brings new lines into the index.
//! - [`LineSorter`]: sorts more lines than fit into memory.
//! - [`Lines`]: reads lines of bounded length.

mod lines;
mod merge;
mod sorter;

pub(super) use lines::Lines;
pub(super) use merge::merge;
pub(super) use sorter::LineSorter;
