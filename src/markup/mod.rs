//! HTML as every stage reads it: tags and texts one after the other, character references, the encoding a page names.
//!
//! - [`Pieces`]: goes through a page; no tree, no copies. [`Apart`]: the same for several who read it.
//! - [`Tag`]: a start tag and its attributes.
//! - [`resolved`], [`resolved_text`] and [`Reference`]: `&amp;` and its like.
//! - [`is_block`], [`is_void`], [`names_furniture`], [`is_furniture_role`], [`lower_case`]: what names tell.
//! - [`NameWords`]: words that are looked for in classes and ids.
//! - [`DateMark`], [`published_in`]: where a page says when it was published.
//! - [`declared_encoding`]: what a page says of its own encoding.

mod apart;
mod date_mark;
mod declared;
mod element;
mod name_words;
mod references;
mod scan;

pub use apart::Apart;
pub use date_mark::{DateMark, published_in};
pub use declared::declared_encoding;
pub use element::{FURNITURE_WORDS, is_block, is_furniture_role, is_void, lower_case, names_furniture};
pub use name_words::NameWords;
pub use references::{Reference, resolved, resolved_text};
pub use scan::{Attributes, Piece, Pieces, Tag};
