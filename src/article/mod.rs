//! Bytes to text with places: what an article says, in whole paragraphs, and where each character stands in the file.
//!
//! - [`Article`]: the blocks of one article, with its digest, language and title.
//! - [`Block`]: a heading, paragraph, list item or note, its line wraps undone.
//! - [`Place`]: a line and a column of the original file.

mod block;
mod place;

pub use block::{Article, Block, BlockKind, Kind, Link, LinkTarget};
pub use place::{Place, PlaceMap};
