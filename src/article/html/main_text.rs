//! Which blocks of a page are the article.

use super::region::Standing;
use crate::article::block::{Block, BlockKind};

/// Main text shorter than this, in bytes, may be a teaser: it has to be most of the page to count as the article.
const LITTLE_TEXT: usize = 280;

/// An `<article>` with less than one part in this many of the text of the longest is a teaser for another page.
const TEASER: usize = 4;

/// The blocks of the article: those of `<main>` or of the articles that are no teasers, with the notes and the first
/// heading wherever they stand; else all that is no page furniture; else all.
pub(super) fn main_text(blocks: Vec<(Block, Standing)>) -> Vec<Block> {
    let choice = Choice::of(&blocks);
    blocks
        .into_iter()
        .filter(|(block, standing)| choice.keeps(block, standing))
        .map(|(block, _)| block)
        .collect()
}

/// What is kept.
struct Choice {
    /// What counts as the article.
    scope: Scope,
    /// For each article by its number, whether it is a teaser.
    teasers: Vec<bool>,
    has_heading: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Main,
    Articles,
    NoFurniture,
    All,
}

impl Choice {
    fn of(blocks: &[(Block, Standing)]) -> Self {
        let mut choice = Self { scope: Scope::Main, teasers: teasers(blocks), has_heading: false };
        let readable = size(blocks, |_, standing| !standing.furniture);
        if readable == 0 {
            return Self { scope: Scope::All, ..choice };
        }
        for scope in [Scope::Main, Scope::Articles] {
            choice.scope = scope;
            let text = size(blocks, |_, standing| choice.holds(*standing));
            if text > 0 && (text >= LITTLE_TEXT || text * 2 >= readable) {
                let is_heading =
                    |(_, standing): &(Block, Standing)| standing.first_rank && choice.holds(*standing);
                choice.has_heading = blocks.iter().any(is_heading);
                return choice;
            }
        }
        Self { scope: Scope::NoFurniture, ..choice }
    }

    fn holds(&self, standing: Standing) -> bool {
        let is_teaser = standing
            .article
            .is_some_and(|number| self.teasers.get(number as usize).copied().unwrap_or(false));
        match self.scope {
            Scope::All => true,
            Scope::NoFurniture => !standing.furniture,
            Scope::Main => standing.main && !standing.furniture && !is_teaser,
            Scope::Articles => standing.article.is_some() && !standing.furniture && !is_teaser,
        }
    }

    fn keeps(&self, block: &Block, standing: &Standing) -> bool {
        let is_title = standing.first_rank && !standing.furniture && !self.has_heading;
        is_title || matches!(block.kind, BlockKind::Note(_)) || self.holds(*standing)
    }
}

/// How much text there is in the blocks that are `wanted`, in bytes.
fn size(blocks: &[(Block, Standing)], wanted: impl Fn(&Block, &Standing) -> bool) -> usize {
    blocks.iter().filter(|(block, standing)| wanted(block, standing)).map(|(block, _)| block.text.len()).sum()
}

fn teasers(blocks: &[(Block, Standing)]) -> Vec<bool> {
    let mut sizes: Vec<usize> = Vec::new();
    for (block, standing) in blocks {
        if let Some(number) = standing.article.filter(|_| !standing.furniture) {
            let number = number as usize;
            sizes.resize(sizes.len().max(number + 1), 0);
            sizes[number] += block.text.len();
        }
    }
    let longest = sizes.iter().copied().max().unwrap_or_default();
    sizes.into_iter().map(|size| size * TEASER < longest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(words: usize, standing: Standing) -> (Block, Standing) {
        (Block { text: "word ".repeat(words), ..Block::default() }, standing)
    }

    fn kept(blocks: Vec<(Block, Standing)>) -> Vec<usize> {
        main_text(blocks).iter().map(|block| block.text.len() / 5).collect()
    }

    const OUTSIDE: Standing = Standing { main: false, article: None, furniture: false, first_rank: false };
    const MAIN: Standing = Standing { main: true, ..OUTSIDE };
    const FURNITURE: Standing = Standing { furniture: true, ..OUTSIDE };

    fn article(number: u32) -> Standing {
        Standing { article: Some(number), ..OUTSIDE }
    }

    #[test]
    fn main_text_is_kept_and_the_rest_is_not() {
        assert_eq!(kept(vec![block(9, OUTSIDE), block(100, MAIN), block(8, FURNITURE)]), [100]);
        assert_eq!(kept(vec![block(90, OUTSIDE), block(2, MAIN)]), [90, 2], "a teaser is not all there is");
        assert_eq!(kept(vec![block(2, FURNITURE)]), [2], "something is better than nothing");
    }

    #[test]
    fn teasers_for_other_articles_go_and_entries_of_like_size_stay() {
        let blocks =
            || vec![block(3, OUTSIDE), block(100, article(0)), block(60, article(1)), block(9, article(2))];
        assert_eq!(kept(blocks()), [100, 60]);
        let title = Standing { first_rank: true, ..OUTSIDE };
        let mut with_title = blocks();
        with_title.insert(0, block(4, title));
        assert_eq!(kept(with_title), [4, 100, 60], "the title may stand above the article");
    }
}
