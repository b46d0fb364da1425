//! Builds the text of a block character by character, with the place of each.

use std::mem;

use memchr::memrchr;

use super::block::{Block, BlockKind, Link, LinkTarget};
use super::place::{Place, PlaceMap};

/// The longest text whose room is kept for the next block, in bytes.
const KEPT_ROOM: usize = 64 * 1024;

/// How many bytes are looked at together.
const AT_ONCE: usize = 32;

/// A block in the making, and after it the next one in the same room.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    text: String,
    places: PlaceMap,
    links: Vec<Link>,
    /// Where the next character stands if it follows the last one in the file.
    next: Option<Place>,
    /// Whether something was cut away since the last character.
    torn: bool,
    /// Where the last word begins.
    word: usize,
    /// Whether a soft hyphen was the last thing added: the word goes on.
    soft_hyphen: bool,
    /// Whether the last line added reaches the edge of its column.
    at_edge: bool,
}

impl TextBuilder {
    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is neither text nor link yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.links.is_empty()
    }

    /// The last word so far.
    pub(super) fn last_word(&self) -> &str {
        self.text.get(self.word..).unwrap_or_default()
    }

    /// Whether the text ends in a soft hyphen, which is not part of it.
    pub(super) fn ends_in_soft_hyphen(&self) -> bool {
        self.soft_hyphen
    }

    /// Whether the last line added reaches the edge of its column, so that a URL may be cut there.
    pub(super) fn is_at_edge(&self) -> bool {
        self.at_edge
    }

    /// Says whether the line that was just added reaches the edge of its column.
    pub(super) fn at_edge(&mut self, at_edge: bool) {
        self.at_edge = at_edge;
    }

    /// Adds a piece of one line that begins at `place`. Runs of blanks become one, invisible characters go.
    pub(super) fn push(&mut self, piece: &str, mut place: Place) {
        let mut rest = piece;
        while let Some(c) = rest.chars().next() {
            let (run, after) = rest.split_at(plain_run(rest.as_bytes()));
            if !run.is_empty() {
                self.put_run(run, place);
                place.column = place.column.saturating_add(u32::try_from(run.len()).unwrap_or(u32::MAX));
                rest = after;
                continue;
            }
            if is_blank(c) {
                self.push_blank(place);
            } else if !is_invisible(c) {
                self.put(c, place);
            }
            place.column = place.column.saturating_add(1);
            rest = &rest[c.len_utf8()..];
        }
        self.soft_hyphen = piece.ends_with('\u{ad}');
    }

    /// Adds preformatted text of one line that begins at `place`, blanks and all.
    pub(super) fn push_preformatted(&mut self, piece: &str, mut place: Place) {
        for c in piece.chars() {
            if c == '\n' || c == '\t' || !is_invisible(c) {
                self.put(c, place);
            }
            place.column = place.column.saturating_add(1);
        }
    }

    /// Adds the blank that stands for a line break.
    pub(super) fn push_break(&mut self) {
        if let Some(place) = self.next {
            self.push_blank(place);
        }
    }

    /// Adds the line end between two entries of one block, in place of a blank.
    pub(super) fn push_line_end(&mut self) {
        if let Some(place) = self.next {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.put('\n', place);
        }
    }

    /// Takes back the last character.
    pub(super) fn pop(&mut self) {
        self.text.pop();
    }

    /// Takes back the text since byte `start`; links over it stay at that place.
    pub(super) fn cut(&mut self, start: usize) {
        self.text.truncate(start);
        self.places.cut(start);
        // Links end in the order in which they were added.
        for link in self.links.iter_mut().rev().take_while(|link| link.range.end > start) {
            link.range = link.range.start.min(start)..start;
        }
        self.torn = true;
        self.word = self.word.min(start);
    }

    /// Adds a link over what was added since byte `start`.
    pub(super) fn link(&mut self, start: usize, target: LinkTarget, place: Place) {
        let end = self.text.len();
        self.links.push(Link { range: start.min(end)..end, target, place });
    }

    /// Adds a link over what was added since byte `start`. One that leads to the same URL as the link before is one with it
    /// if only a blank parts them, as where a link runs over a line end, or if both spell the URL with what parts them: the
    /// rectangles of a PDF may miss a letter. Words that are the whole URL are a link of their own.
    pub(super) fn link_on(&mut self, start: usize, url: &str, place: Place) {
        let end = self.text.len();
        let (text, start) = (&self.text, start.min(end));
        if let Some(last) = self.links.last_mut()
            && matches!(&last.target, LinkTarget::Url(target) if target == url)
            && (text.get(last.range.end.min(end)..start).is_none_or(|between| between.trim().is_empty())
                || text.get(last.range.start..).is_some_and(|words| url.contains(words)))
            && text.get(last.range.clone()) != Some(url)
        {
            last.range.end = end;
        } else {
            self.link(start, LinkTarget::Url(url.to_owned()), place);
        }
    }

    /// The last link: the text from its first word to the end, and its URL.
    pub(super) fn last_link(&self) -> Option<(&str, &str)> {
        let last = self.links.last()?;
        let LinkTarget::Url(url) = &last.target else { return None };
        Some((self.text.get(last.range.start..)?, url))
    }

    /// Adds the marker of a note, which takes no room in the text; a blank before it goes.
    pub(super) fn marker(&mut self, label: &str, place: Place) {
        if self.text.ends_with(' ') {
            self.text.pop();
        }
        self.link(self.text.len(), LinkTarget::Note(label.to_owned()), place);
    }

    /// Ends the block.
    pub(super) fn finish(mut self, kind: BlockKind, page: u32) -> Block {
        self.take(kind, page)
    }

    /// Ends the block and begins an empty one. A block has just the room that it needs; what it grew in stays for the next.
    pub(super) fn take(&mut self, kind: BlockKind, page: u32) -> Block {
        let Self { mut text, mut places, mut links, .. } = mem::take(self);
        text.truncate(text.trim_end().len());
        let end = text.len();
        for link in &mut links {
            link.range = link.range.start.min(end)..link.range.end.min(end);
        }
        if end > KEPT_ROOM {
            text.shrink_to_fit();
            places.shrink_to_fit();
            links.shrink_to_fit();
            return Block { kind, text, places, links, page };
        }
        let mut own = Vec::with_capacity(links.len());
        own.append(&mut links);
        let block = Block { kind, text: text.clone(), places: places.clone(), links: own, page };
        text.clear();
        places.clear();
        *self = Self { text, places, links, ..Self::default() };
        block
    }

    fn push_blank(&mut self, place: Place) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.put(' ', place);
        }
    }

    /// Adds words that need no change, see [`plain_run`].
    fn put_run(&mut self, run: &str, place: Place) {
        let follows = self.next == Some(place) && !self.torn;
        self.torn = false;
        self.places.anchor_run(self.text.len(), run.len(), place, follows);
        if let Some(blank) = memrchr(b' ', run.as_bytes()) {
            self.word = self.text.len() + blank + 1;
        }
        self.text.push_str(run);
        let length = u32::try_from(run.len()).unwrap_or(u32::MAX);
        self.next = Some(Place { column: place.column.saturating_add(length), ..place });
    }

    fn put(&mut self, c: char, place: Place) {
        let follows = self.next == Some(place) && !self.torn;
        self.torn = false;
        self.places.anchor_if_needed(self.text.len(), place, follows);
        self.text.push(c);
        if matches!(c, ' ' | '\n') {
            self.word = self.text.len();
        }
        self.next = Some(Place { column: place.column.saturating_add(1), ..place });
    }
}

/// Bytes at the beginning of a text that can be taken as they stand: visible ASCII, with single blanks in between.
fn plain_run(bytes: &[u8]) -> usize {
    let mut before = b' ';
    let mut run = 0;
    // What is asked of many bytes at once costs no branch for each of them.
    while let Some(chunk) = bytes[run..].first_chunk::<AT_ONCE>() {
        let others = chunk[1..].iter().zip(chunk).map(|(byte, before)| is_other(*byte, *before));
        if others.fold(is_other(chunk[0], before), |any, other| any | other) != 0 {
            break;
        }
        before = chunk[AT_ONCE - 1];
        run += AT_ONCE;
    }
    let mut is_plain = |byte: &u8| is_other(*byte, mem::replace(&mut before, *byte)) == 0;
    run + bytes[run..].iter().take_while(|byte| is_plain(byte)).count()
}

/// 1 for a byte that is neither visible ASCII nor a single blank, `before` being the one before it.
fn is_other(byte: u8, before: u8) -> u8 {
    u8::from(byte.wrapping_sub(b' ') >= 0x7f - b' ') | (u8::from(byte == b' ') & u8::from(before == b' '))
}

/// Blanks that may become one; the no-break ones stay what they are.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Characters that nobody sees and that break words and URLs apart: soft hyphen, zero-width space and word
/// joiner, byte order mark, direction overrides, control characters.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Place = Place { line: 3, column: 1, page: None };

    #[test]
    fn blanks_become_one_and_places_stay_true() {
        let mut builder = TextBuilder::default();
        builder.push("  Ein \t Wort\u{ad}ende", START);
        let block = builder.finish(BlockKind::Paragraph, 0);
        assert_eq!(block.text, "Ein Wortende");
        let column = |word: &str| block.place(block.text.find(word).unwrap()).unwrap().column;
        assert_eq!((column("Ein"), column("Wort"), column("ende")), (3, 9, 14));
    }

    #[test]
    fn a_long_line_has_its_places_found_from_near_by() {
        let mut builder = TextBuilder::default();
        builder.push(&"ä".repeat(10_000), START);
        let block = builder.finish(BlockKind::Paragraph, 0);
        assert_eq!(block.place(2 * 9_999).unwrap().column, 10_000);
    }

    #[test]
    fn what_is_cut_leaves_its_links_and_the_places_true() {
        let mut builder = TextBuilder::default();
        builder.push("Wort", START);
        builder.push("[1]", Place { column: 5, ..START });
        builder.link(5, LinkTarget::Url("x".to_owned()), START);
        builder.cut(4);
        builder.push_break();
        builder.push("mehr", Place { column: 9, ..START });
        let block = builder.finish(BlockKind::Paragraph, 0);
        assert_eq!((block.text.as_str(), &block.links[0].range), ("Wort mehr", &(4..4)));
        assert_eq!(block.place(5).unwrap().column, 9);
    }

    #[test]
    fn a_marker_takes_no_room() {
        let mut builder = TextBuilder::default();
        builder.push("Ein Satz ", START);
        builder.marker("1", Place { column: 10, ..START });
        builder.push(". Noch", Place { column: 13, ..START });
        let block = builder.finish(BlockKind::Paragraph, 0);
        assert_eq!(block.text, "Ein Satz. Noch");
        assert_eq!(block.links[0].range, 8..8);
        assert_eq!(block.place(8).unwrap().column, 13);
    }
}
