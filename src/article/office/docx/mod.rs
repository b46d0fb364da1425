//! DOCX (ECMA-376, WordprocessingML): the document with its notes and comments.
//!
//! - [`content`]: the way in.
//! - [`Story`](story::Story): goes through one part of the document and feeds its paragraphs.
//! - [`Fields`](field::Fields): links that are written as field codes.
//! - [`Styles`](style::Styles), [`Relations`](relation::Relations): what paragraphs and links refer to.

mod field;
mod read;
mod relation;
mod story;
mod style;

pub(in crate::article) use read::content;
