//! ODT (`OpenDocument` 1.3): the text with its notes and annotations.
//!
//! - [`content`]: the way in.
//! - [`Body`](body::Body): goes through `content.xml` and feeds its paragraphs.
//! - [`Styles`](style::Styles): what paragraph styles tell.

mod body;
mod read;
mod style;

pub(in crate::article) use read::content;
