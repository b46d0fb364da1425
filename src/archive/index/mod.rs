//! The index over all WARC files of an archive folder: sorted lines, compared byte by byte (`LC_ALL=C`).
//!
//! - [`Index`]: looks captures up.
//! - [`add`], [`all`], [`segments`], [`clear`]: the files of the index as one.
//! - [`LineSorter`]: sorts more lines than fit into memory.
//! - [`Lines`]: reads lines of bounded length.

mod captures;
mod lines;
mod lookup;
mod merged;
mod sorter;
mod stack;

pub use captures::Index;
pub(super) use lines::Lines;
pub(super) use sorter::LineSorter;
pub(super) use stack::{add, all, clear, segments};
