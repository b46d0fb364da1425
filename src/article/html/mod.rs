//! HTML: the main text of a page, with its links, in one pass over its tags and no tree.
//!
//! - [`content`]: the way in.
//! - [`Walk`](walk::Walk): goes over the pieces of the page and builds the blocks.
//! - [`Regions`](region::Regions): what is open, and what that makes of the text within.
//! - [`main_text`](main_text::main_text): which blocks are the article.

mod attributes;
mod main_text;
mod build;
mod head;
mod marker;
mod notes;
mod page;
mod read;
mod region;
mod walk;

pub(super) use page::Page;
pub(super) use read::{content, pages};
