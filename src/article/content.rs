//! What a reader of one format makes of a file.

use super::block::Block;
use crate::markup::DateMark;

/// The most blocks of an article. A book has ten thousand.
pub(super) const MOST_BLOCKS: usize = 1_000_000;

/// The text of an article, and what its format says about it.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The blocks in reading order.
    pub(super) blocks: Vec<Block>,
    /// The title that the format marks, where it has a place for one.
    pub(super) title: Option<String>,
    /// ISO 639-1 code of the language that the file says it is in.
    pub(super) language: Option<String>,
    /// The dates that the file states of itself, as written.
    pub(super) dates: Vec<(DateMark, String)>,
    /// How many links were left out because they are relative to an address that the file does not give.
    pub(super) relative_links: usize,
}

impl Content {
    /// Blocks of a format that says nothing else.
    pub(super) fn of(blocks: Vec<Block>) -> Self {
        Self { blocks, ..Self::default() }
    }
}
