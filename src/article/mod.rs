//! Bytes to text with places: what an article says, in whole paragraphs, and where each character stands in the file.
//!
//! What a file is, its content says before its name. Plain text, Markdown, HTML, DOCX, ODT, EPUB and lists of URLs are
//! read. RTF is not: no library for it is kept up, and every word processor saves it as DOCX.
//!
//! - [`read`] and [`read_file`]: the way in.
//! - [`in_folder()`], [`behind()`], [`Glob`]: the articles that a folder or a name with wildcards stands for.
//! - [`Article`]: the blocks of one article, with its digest, language and title.
//! - [`Block`]: a heading, paragraph, list item or note, its line wraps undone.
//! - [`Place`]: a line and a column of the original file.
//! - [`Charset`]: the encoding it was read in, and how that was found.
//! - [`child`]: reading PDF and office files in a process of their own.
//! - [`ArticleError`]: why an article cannot be read, and what to do about it.

mod address;
mod block;
mod charset;
pub mod child;
mod content;
mod epub;
mod error;
mod file;
mod files;
mod format;
mod front_matter;
mod glob;
mod html;
mod language;
mod list;
mod locator;
mod markdown;
mod markdown_html;
mod office;
mod package;
mod page_edge;
mod page_number;
mod pdf;
mod place;
mod plain;
mod read;
mod sign;
mod source_heading;
mod text_builder;

pub use block::{Article, Block, BlockKind, Kind, Link, LinkTarget};
pub use charset::{Charset, Found};
pub use error::ArticleError;
pub use file::read_file;
pub use files::{behind, in_folder};
pub use format::EXTENSIONS;
pub use glob::Glob;
pub use place::{Place, PlaceMap};
pub use read::{MAX_BYTES, ReadOptions, read};
pub(crate) use source_heading::is_source_heading;
