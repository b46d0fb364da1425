//! Bytes to text with places: what an article says, in whole paragraphs, and where each character stands in the file.
//!
//! - [`read`] and [`read_file`]: the way in.
//! - [`Article`]: the blocks of one article, with its digest, language and title.
//! - [`Block`]: a heading, paragraph, list item or note, its line wraps undone.
//! - [`Place`]: a line and a column of the original file.
//! - [`ArticleError`]: why an article cannot be read, and what to do about it.

mod block;
mod charset;
mod error;
mod file;
mod format;
mod language;
mod markdown;
mod markdown_html;
mod place;
mod plain;
mod read;
mod source_heading;
mod text_builder;

pub use block::{Article, Block, BlockKind, Kind, Link, LinkTarget};
pub use error::ArticleError;
pub use file::read_file;
pub use place::{Place, PlaceMap};
pub use read::{MAX_BYTES, ReadOptions, read};
pub(crate) use source_heading::is_source_heading;
