//! Makes the text whole of an office file whose paragraphs are the lines of a text file: what a word processor makes
//! of a text that was wrapped before it was opened.

use std::collections::HashSet;

use crate::article::block::{Block, BlockKind, Link};
use crate::article::place::Place;
use crate::article::plain;

/// Pairs of adjacent paragraphs that are needed before anything is said about them.
const FEWEST_PAIRS: usize = 8;

/// One adjacent pair in this many is torn within a sentence in a text that was wrapped.
const TORN: usize = 5;

/// The blocks as they are, or read as plain text where they are lines. Lines keep their numbers. Pages that the word
/// processor has `rendered` are not those of the text, which has feet of its own.
pub(super) fn reflowed(blocks: Vec<Block>, rendered: bool) -> Vec<Block> {
    if !is_wrapped(&blocks) {
        return blocks;
    }
    let (lines, notes): (Vec<Block>, Vec<Block>) =
        blocks.into_iter().partition(|block| block.kind == BlockKind::Paragraph);
    let Joined { text, turned } = joined(&lines, rendered);
    let mut whole = plain::blocks(&text);
    for block in &mut whole {
        // The form feed that turns the page is no character of the line.
        block.places.each_mut(|place| {
            if turned.contains(&place.line) {
                place.column = place.column.saturating_sub(1).max(1);
            }
        });
    }
    let pieces = Pieces::of(&whole);
    for line in &lines {
        for link in &line.links {
            if let Some((index, link)) = pieces.carried(line, link, &whole) {
                whole[index].links.push(link);
            }
        }
    }
    for block in &mut whole {
        block.links.sort_by_key(|link| (link.range.start, link.range.end));
    }
    whole.extend(notes);
    whole
}

/// Whether the paragraphs are lines: many go on in the middle of a sentence, and nothing is styled.
fn is_wrapped(blocks: &[Block]) -> bool {
    let is_plain = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Note(_));
    if !blocks.iter().all(|block| is_plain(&block)) {
        return false;
    }
    let lines: Vec<&Block> = blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).collect();
    let pairs =
        lines.windows(2).filter(|pair| line(pair[0]).is_some_and(|one| line(pair[1]) == Some(one + 1)));
    let (mut all, mut torn) = (0, 0);
    for pair in pairs {
        all += 1;
        torn += usize::from(plain::is_torn(&pair[0].text, &pair[1].text));
    }
    all >= FEWEST_PAIRS && torn * TORN >= all
}

fn line(block: &Block) -> Option<u32> {
    block.place(0).map(|place| place.line)
}

/// Lines as a text file has them.
struct Joined {
    text: String,
    /// The lines that begin with a form feed.
    turned: HashSet<u32>,
}

/// The paragraphs, a line each and empty ones in between, with a form feed where the page turns by itself.
fn joined(lines: &[Block], rendered: bool) -> Joined {
    let mut text = String::new();
    let mut turned = HashSet::new();
    let (mut next, mut page) = (1, lines.first().map_or(0, |block| block.page));
    for block in lines {
        let number = line(block).unwrap_or(next);
        while next < number {
            text.push('\n');
            next += 1;
        }
        if block.page != page && !rendered {
            page = block.page;
            text.push('\u{c}');
            turned.insert(number);
        }
        text.push_str(&block.text);
    }
    Joined { text, turned }
}

/// Where each run of characters of the lines has gone.
struct Pieces(Vec<(Place, usize, usize)>);

impl Pieces {
    fn of(blocks: &[Block]) -> Self {
        let of_block = |(index, block): (usize, &Block)| {
            let anchors: Vec<_> =
                block.places.anchors().map(|(offset, place)| (place, index, offset)).collect();
            anchors
        };
        let mut pieces: Vec<_> = blocks.iter().enumerate().flat_map(of_block).collect();
        pieces.sort_unstable();
        Self(pieces)
    }

    /// A link of a line, with the number of the block that its words are in now.
    fn carried(&self, from: &Block, link: &Link, blocks: &[Block]) -> Option<(usize, Link)> {
        let line = line(from)?;
        let column = |offset: usize| count(&from.text[..offset]).saturating_add(1);
        let (index, start) = self.find(line, column(link.range.start), blocks)?;
        let end = match self.find(line, column(link.range.end), blocks) {
            Some((last, end)) if last == index && end >= start => end,
            _ => blocks[index].text.len(),
        };
        let page = blocks[index].place(start).and_then(|place| place.page);
        Some((
            index,
            Link { range: start..end, place: Place { page, ..link.place }, target: link.target.clone() },
        ))
    }

    /// The block and offset of the character at a line and column, or after the last one before it.
    fn find(&self, line: u32, column: u32, blocks: &[Block]) -> Option<(usize, usize)> {
        let after = self.0.partition_point(|(place, ..)| (place.line, place.column) <= (line, column));
        let &(place, index, offset) = self.0.get(after.checked_sub(1)?)?;
        if place.line != line {
            return None;
        }
        let text = &blocks[index].text;
        let skipped = (column - place.column) as usize;
        let at = text[offset..].char_indices().nth(skipped).map_or(text.len(), |(at, _)| offset + at);
        Some((index, at))
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::block::LinkTarget;
    use crate::article::office::flow::Flow;

    /// Lines as paragraphs, with a link over the words in brackets.
    fn flow(lines: &[&str]) -> Vec<Block> {
        let mut flow = Flow::default();
        for line in lines {
            flow.begin();
            let (before, rest) = line.split_once('[').unwrap_or((line, ""));
            let (words, after) = rest.split_once(']').unwrap_or((rest, ""));
            flow.text(before);
            if !words.is_empty() {
                flow.open_link("https://example.org/".to_owned());
                flow.text(words);
                flow.close_link();
            }
            flow.text(after);
            flow.end(BlockKind::Paragraph);
        }
        flow.finish_all()
    }

    const WRAPPED: [&str; 12] = [
        "Die Brücke über den Fluss ist seit dem Frühjahr gesperrt, weil",
        "ihre Pfeiler nach dem Hochwasser nicht mehr tragen, wie der",
        "Rat am Montag mitteilte. Der Bericht [nennt Kosten von drei]",
        "Millionen Euro für den Neubau, und die Bauzeit beträgt nach",
        "allem, was bisher bekannt ist, zwei Jahre oder etwas mehr als",
        "das, was im Herbst angekündigt worden war.",
        "",
        "Die Anwohner müssen bis dahin einen Umweg von acht Kilometern",
        "fahren, und der Rat hat ihnen einen Bus versprochen, der auch",
        "am Abend und am Wochenende verkehren soll. Die Kosten für den",
        "Bus trägt das Land, wie ein Sprecher sagte, der aber nicht zu",
        "sagen wusste, wie hoch sie sind.",
    ];

    #[test]
    fn lines_become_paragraphs_and_their_links_stay_on_their_words() {
        let blocks = reflowed(flow(&WRAPPED), false);
        assert_eq!(blocks.len(), 2);
        assert!(blocks[0].text.contains("weil ihre Pfeiler"));
        let link = &blocks[0].links[0];
        assert_eq!(&blocks[0].text[link.range.clone()], "nennt Kosten von drei");
        assert_eq!(link.target, LinkTarget::Url("https://example.org/".to_owned()));
        assert_eq!(blocks[1].place(0).map(|place| place.line), Some(8));
    }

    #[test]
    fn paragraphs_that_are_whole_stay_as_they_are() {
        let whole: Vec<String> =
            (0..12).map(|number| format!("Satz {number} ist ein ganzer Satz.")).collect();
        let blocks = flow(&whole.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(reflowed(blocks.clone(), false), blocks);
    }
}
