//! Plain text: lines to paragraphs, headings, page feet and notes.
//!
//! - [`Line`](line::Line): a line of the file with its number.
//! - [`Layout`](layout::Layout): whether the lines are wrapped, and how wide.
//! - [`Group`](group::Group): lines that stand together.
//! - [`blocks`]: groups to blocks, what a blank line or a page foot tore apart made whole.

mod assemble;
mod compounds;
mod entry;
mod furniture;
mod group;
mod join;
mod layout;
mod line;
mod line_start;
mod piece;
mod url_break;
mod url_line;

pub(super) use assemble::{assemble_printed, blocks};
pub(super) use group::{Group, GroupKind, group_run};
pub(super) use line::{Line, LinkedPart, sign};
pub(super) use line_start::{bullet, ends_sentence, is_torn};
pub(super) use url_line::begins_url;
