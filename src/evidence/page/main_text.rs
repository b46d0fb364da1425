//! Which blocks of a page are its own text: the row of blocks with the most prose.
//!
//! Every block is worth something: prose its length, a short line nothing much, links, furniture and headings such as
//! *Related stories* less than nothing. The main text is the row of neighbouring blocks that is worth most (maximum
//! segment, one pass), and what follows it in the same container: its notes, its tables, its lists. Within it, furniture
//! and lists of links are left out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::html::Block;
use super::separator::opens_something_else;

/// A block of fewer bytes says little about whether it is prose.
const SHORT: usize = 80;
/// What a paragraph is worth at most: a long one is no surer sign of the main text than several.
const MOST_WORTH: i64 = 400;
/// Main text shorter than this, in bytes, is taken for a teaser.
const LITTLE_TEXT: usize = 280;

/// Whether each block is main text, in order.
pub(super) fn choose(blocks: &[Block]) -> Vec<bool> {
    let furniture = furniture(blocks);
    let prose = |is_in: &dyn Fn(&Block) -> bool| -> usize {
        let blocks = blocks
            .iter()
            .zip(&furniture)
            .filter(|(block, furniture)| !**furniture && is_prose(block) && is_in(block));
        blocks.map(|(block, _)| block.text.len()).sum()
    };
    let in_main = prose(&|block| block.main);
    // A page may hold teasers of other articles beside its own.
    let largest = largest_article(blocks, &furniture);
    let of_largest = prose(&|block| largest.is_some() && block.article == largest);
    let eligible = |at: usize| {
        !furniture[at]
            && if of_largest >= LITTLE_TEXT && of_largest * 2 >= in_main {
                blocks[at].article == largest
            } else {
                in_main < LITTLE_TEXT || blocks[at].main
            }
    };
    let worths: Vec<i64> =
        (0..blocks.len()).map(|at| if eligible(at) { worth(&blocks[at]) } else { -20 }).collect();
    let (start, end) = richest(&worths);
    let end = end_of_container(blocks, (start, end), eligible);
    let start = with_headings(blocks, start, eligible);
    let is_text = |at: usize| eligible(at) && !is_list_of_links(&blocks[at]) && !is_separator(&blocks[at]);
    (0..blocks.len()).map(|at| (start..end).contains(&at) && is_text(at)).collect()
}

/// The number of the `<article>` with the most prose, the first of several.
fn largest_article(blocks: &[Block], furniture: &[bool]) -> Option<u32> {
    let mut prose: BTreeMap<u32, usize> = BTreeMap::new();
    for (block, _) in
        blocks.iter().zip(furniture).filter(|(block, furniture)| !**furniture && is_prose(block))
    {
        if let Some(number) = block.article {
            *prose.entry(number).or_default() += block.text.len();
        }
    }
    prose.into_iter().max_by_key(|&(number, length)| (length, Reverse(number))).map(|(number, _)| number)
}

/// Whether each block is furniture. A region that only its class calls so, and that holds much of the prose, is none.
fn furniture(blocks: &[Block]) -> Vec<bool> {
    let mut prose: HashMap<u32, usize> = HashMap::new();
    let mut all = 0;
    for block in blocks.iter().filter(|block| !block.furniture && is_prose(block)) {
        all += block.text.len();
        for &doubt in &block.doubts {
            *prose.entry(doubt).or_default() += block.text.len();
        }
    }
    let is_real = |doubt: &u32| prose.get(doubt).is_none_or(|prose| prose * 2 < all);
    blocks.iter().map(|block| block.furniture || block.doubts.iter().any(is_real)).collect()
}

fn worth(block: &Block) -> i64 {
    let length = i64::try_from(block.text.len()).unwrap_or(MOST_WORTH);
    let linked = i64::try_from(block.linked).unwrap_or(MOST_WORTH);
    if is_separator(block) {
        -200
    } else if is_prose(block) {
        (length - 2 * linked).min(MOST_WORTH)
    } else if block.heading {
        -5
    } else if linked * 2 > length {
        -20
    } else {
        -3
    }
}

/// Whether a block reads like sentences: long, or with a full stop at its end, and few links.
fn is_prose(block: &Block) -> bool {
    let text = block.text.as_str();
    let ends = text.ends_with(['.', '!', '?', '…', '“', '”', '"', '»', ':', '。', '।']);
    let few_links = block.linked * 3 < text.len();
    few_links
        && !block.heading
        && (text.len() >= SHORT || ends && text.len() >= SHORT / 2)
        && text.contains(' ')
}

fn is_list_of_links(block: &Block) -> bool {
    block.linked * 10 > block.text.len() * 7 && !block.heading && block.text.len() < 2 * SHORT
}

/// Whether a block opens something that is no longer the text.
fn is_separator(block: &Block) -> bool {
    block.text.len() <= SHORT && opens_something_else(&block.text)
}

/// The row of values with the largest sum, the first of several.
fn richest(worths: &[i64]) -> (usize, usize) {
    let (mut best, mut best_sum) = ((0, 0), 0);
    let (mut start, mut sum) = (0, 0_i64);
    for (at, worth) in worths.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (at, 0);
        }
        sum = sum.saturating_add(*worth);
        if sum > best_sum {
            (best, best_sum) = ((start, at + 1), sum);
        }
    }
    best
}

/// Where the row of blocks that begins and ends at `row` ends with all that follows it in its container: the element that
/// most of its prose stands in.
fn end_of_container(
    blocks: &[Block],
    (start, end): (usize, usize),
    eligible: impl Fn(usize) -> bool,
) -> usize {
    let mut prose: BTreeMap<usize, usize> = BTreeMap::new();
    for block in (start..end).filter(|&at| eligible(at)).map(|at| &blocks[at]).filter(|block| is_prose(block))
    {
        *prose.entry(block.depth.saturating_sub(1)).or_default() += block.text.len();
    }
    let most = prose.into_iter().max_by_key(|&(depth, length)| (length, Reverse(depth)));
    let Some((container, _)) = most else { return end };
    let is_within = |block: &&Block| block.shallowest >= container && !is_separator(block);
    end + blocks[end..].iter().take_while(is_within).count()
}

/// The start of the main text with the headings before it taken in.
fn with_headings(blocks: &[Block], start: usize, eligible: impl Fn(usize) -> bool) -> usize {
    let before =
        (0..start).rev().take_while(|&at| !is_prose(&blocks[at]) && !is_separator(&blocks[at])).take(6);
    before.filter(|&at| blocks[at].heading && eligible(at)).last().unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::super::html;
    use super::*;
    use crate::markup::Apart;

    fn main_text(page: &str) -> Vec<String> {
        let blocks = html::read(&Apart::of(page)).blocks;
        let chosen = choose(&blocks);
        blocks.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(block, _)| block.text).collect()
    }

    const PROSE: &str = "<p>This is a synthetic paragraph of some length, which reads like the sentences of an article and has no links in it.</p>";

    #[test]
    fn the_row_with_the_most_prose_is_the_main_text() {
        let page = format!(
            "<div>Menu</div><div>Search</div><div><h1>Title</h1>{PROSE}<p>A short line.</p>{PROSE}</div><h3>Related stories</h3><p>{}</p>",
            "A teaser of another story that is long enough to look like prose to a counter."
        );
        let found = main_text(&page);
        assert_eq!(found[0], "Title");
        assert_eq!(found.len(), 4, "{found:?}");
    }

    #[test]
    fn a_class_that_would_hide_the_article_is_not_believed() {
        let page = format!(
            "<div class='layout has-sidebar'>{PROSE}{PROSE}{PROSE}<div class='related'><p>Another story altogether, told in a line of its own, with an end.</p></div></div>"
        );
        assert_eq!(main_text(&page).len(), 3);
    }

    #[test]
    fn what_follows_in_the_container_of_the_text_belongs_to_it() {
        let notes = "<ul><li>Synthetic note one</li><li>Synthetic note two</li></ul>";
        let page = format!("<div><div>{PROSE}{PROSE}{notes}</div><p>Not part of it</p></div>");
        assert_eq!(main_text(&page)[2..], ["Synthetic note one", "Synthetic note two"]);
        let page = format!("<div><div>{PROSE}{PROSE}<h3>Lire aussi</h3>{notes}</div></div>");
        assert_eq!(main_text(&page).len(), 2);
    }

    #[test]
    fn a_long_list_does_not_part_the_text_that_it_stands_in() {
        let items = "<li>A short item of a synthetic list</li>".repeat(60);
        let found = main_text(&format!("<div>{PROSE}<section><ul>{items}</ul></section>{PROSE}</div>"));
        assert_eq!(found.len(), 62);
    }

    #[test]
    fn a_page_without_prose_has_no_main_text() {
        assert!(main_text("<ul><li><a href=x>One</a><li><a href=x>Two</a></ul>").is_empty());
    }
}
