//! Lists of sources: what stands under a heading such as "Quellen".

use super::written;
use crate::article::{Block, BlockKind, is_source_heading};

/// For each block whether it is an entry of a list of sources.
///
/// Entries are the blocks under such a heading, up to the next heading, if each of them holds a URL or is a note.
pub(super) fn entries(blocks: &[Block]) -> Vec<bool> {
    let mut entries = vec![false; blocks.len()];
    let mut start = 0;
    while start < blocks.len() {
        let end = start
            + 1
            + blocks[start + 1..].iter().take_while(|block| block.kind != BlockKind::Heading).count();
        let section = &blocks[start + 1..end];
        let announced = blocks[start].kind == BlockKind::Heading && is_source_heading(&blocks[start].text);
        if announced && section.iter().all(is_entry) {
            entries[start + 1..end].fill(true);
        }
        start = end;
    }
    entries
}

fn is_entry(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Note(_) | BlockKind::Code)
        || !block.links.is_empty()
        || !written::find(&block.text).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockKind, text: &str) -> Block {
        Block { kind, text: text.to_owned(), ..Block::default() }
    }

    #[test]
    fn the_blocks_under_a_heading_of_sources_are_entries() {
        let blocks = [
            block(BlockKind::Heading, "Titel"),
            block(BlockKind::Paragraph, "Ein Satz."),
            block(BlockKind::Heading, "Quellen"),
            block(BlockKind::ListItem, "CNN: https://a.org/"),
            block(BlockKind::ListItem, "www.b.org"),
        ];
        assert_eq!(entries(&blocks), [false, false, false, true, true]);
    }

    #[test]
    fn a_heading_that_only_sounds_like_it_has_no_entries() {
        let blocks = [block(BlockKind::Heading, "Links"), block(BlockKind::Paragraph, "Die Partei verlor.")];
        assert_eq!(entries(&blocks), [false, false]);
        assert!(entries(&[]).is_empty());
    }
}
