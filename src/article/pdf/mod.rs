//! PDF: letters on pages to lines, lines to columns and paragraphs.
//!
//! A PDF knows no words, lines or paragraphs: it says where each letter stands. What stands where is worked out
//! here; how lines then become paragraphs, headings, page feet and notes is the same as for plain text, and is done
//! there.
//!
//! - [`Glyph`](glyph::Glyph): a letter with its place on the page.
//! - [`Row`](row::Row): what stands on one line of the page, over all columns.
//! - [`Strip`](column::Strip): the part of a row that belongs to one column, in reading order.
//! - [`TextLine`](text_line::TextLine): a strip as text, with its links.
//! - [`blocks`]: the way in.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a page is a few hundred points wide, and a thousandth of a point is nothing"
)]

mod accent;
mod column;
mod direction;
mod furniture;
mod glyph;
mod link;
mod note;
mod page;
mod paragraph;
mod read;
mod row;
mod text_line;

pub(super) use read::{PdfFault, blocks, is_pdf};
