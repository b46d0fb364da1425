//! From the text of a page to its content.

use url::Url;

use super::main_text::main_text;
use super::notes::Notes;
use super::region::Standing;
use super::walk::{Walk, Walked};
use crate::article::address::Address;
use crate::article::block::Block;
use crate::article::content::Content;

/// A page to read.
#[derive(Clone, Copy, Debug)]
pub(in crate::article) struct Page<'a> {
    /// Its text.
    pub(in crate::article) html: &'a str,
    /// Where it was fetched from.
    pub(in crate::article) address: Option<&'a Url>,
    /// Whether it is XML, where every element may close itself.
    pub(in crate::article) xml: bool,
}

/// The main text of a page, its links made absolute.
pub(in crate::article) fn content(page: Page<'_>) -> Content {
    let Walked { blocks, head, notes } = Walk::over(page, Notes::default()).finish();
    let address = Address::of(page.html, page.address, &head.stated);
    let heading = first_heading(&blocks);
    let mut blocks = main_text(blocks);
    let relative_links =
        blocks.iter_mut().map(|block| address.resolve_links(block, |label| notes.target(label))).sum();
    blocks.retain(has_content);
    Content { title: heading.or(head.title), language: head.language, relative_links, blocks }
}

/// The text of pages that belong together, as the chapters of a book: their notes may stand in one another, and their
/// relative links lead to one another.
pub(in crate::article) fn pages<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut notes = Notes::default();
    for html in texts {
        let walked = Walk::over(Page { html, address: None, xml: true }, notes).finish();
        blocks.extend(main_text(walked.blocks));
        notes = walked.notes;
    }
    let nowhere = Address::default();
    for block in &mut blocks {
        nowhere.resolve_links(block, |label| notes.target(label));
    }
    blocks.retain(has_content);
    blocks
}

fn has_content(block: &Block) -> bool {
    !block.text.is_empty() || !block.links.is_empty()
}

/// The first heading of the first rank that is no page furniture: a `<title>` also names the site.
fn first_heading(blocks: &[(Block, Standing)]) -> Option<String> {
    let is_title = |(_, standing): &&(Block, Standing)| standing.first_rank && !standing.furniture;
    blocks.iter().find(is_title).map(|(block, _)| block.text.clone())
}
