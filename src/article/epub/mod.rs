//! EPUB (3.3): the chapters of a book in reading order, each of them a web page.
//!
//! - [`content`]: the way in.
//! - [`Manual`](manual::Manual): the package document, which says what the chapters are.

mod manual;
mod read;

pub(super) use read::content;
