//! Paragraphs in the making: text with places, links that may run over several paragraphs, notes, text boxes.
//!
//! Office files have no lines. The line of a place is the number of its paragraph, counted from 1 in the order in
//! which paragraphs begin; the column counts the characters of the paragraph.

use crate::article::block::{Block, BlockKind, LinkTarget};
use crate::article::content::MOST_BLOCKS;
use crate::article::place::Place;
use crate::article::text_builder::TextBuilder;

/// A paragraph that is open.
#[derive(Debug)]
struct Open {
    text: TextBuilder,
    /// Where the next character stands.
    place: Place,
    /// The page, from 0, that it begins on.
    page: u32,
    /// What stands in it but comes after it: notes, text boxes.
    held: Vec<Block>,
    /// The label of the note that all of it is.
    note: Option<String>,
}

/// A link that is open.
#[derive(Debug)]
struct OpenLink {
    /// How many paragraphs were open when it began, and where its words begin in the innermost one.
    level: usize,
    start: usize,
    url: String,
    place: Place,
    /// Whether a part of it stands in a paragraph that has ended.
    used: bool,
}

/// Builds the blocks of an office file.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// How many paragraphs have begun.
    lines: u32,
    /// How many pages have been turned.
    turned: u32,
    open: Vec<Open>,
    links: Vec<OpenLink>,
    blocks: Vec<Block>,
}

impl Flow {
    /// Begins a paragraph; it may stand within another one, as in a text box.
    pub(super) fn begin(&mut self) {
        self.lines = self.lines.saturating_add(1);
        let place = Place { line: self.lines, column: 1, page: Some(self.turned.saturating_add(1)) };
        // All paragraphs of a note are one block.
        if let Some(open) = self.open.last_mut().filter(|open| open.note.is_some()) {
            if !open.text.text().is_empty() {
                open.text.push_line_end();
            }
            open.place = place;
            return;
        }
        self.push(place, None);
    }

    /// Ends the paragraph.
    pub(super) fn end(&mut self, kind: BlockKind) {
        if self.open.last().is_some_and(|open| open.note.is_some()) {
            return self.pause_links();
        }
        self.finish(kind);
    }

    /// Begins a note: its paragraphs up to its end are one block.
    pub(super) fn begin_note(&mut self, label: &str) {
        let place = Place { line: self.lines, column: 1, page: Some(self.turned.saturating_add(1)) };
        self.push(place, Some(label.to_owned()));
    }

    /// Ends the note.
    pub(super) fn end_note(&mut self) {
        if let Some(label) = self.open.last().and_then(|open| open.note.clone()) {
            self.finish(BlockKind::Note(label));
        }
    }

    /// Adds text to the paragraph; outside of one it is nothing.
    pub(super) fn text(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        open.text.push(text, open.place);
        let columns = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        open.place.column = open.place.column.saturating_add(columns);
    }

    /// Adds the marker of a note, which takes no room.
    pub(super) fn marker(&mut self, label: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.marker(label, open.place);
        }
    }

    /// Begins a link.
    pub(super) fn open_link(&mut self, url: String) {
        let (start, place) = self.position();
        self.links.push(OpenLink { level: self.open.len(), start, url, place, used: false });
    }

    /// Ends the link that was begun last.
    pub(super) fn close_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        let level = self.open.len();
        if let Some(open) = self.open.last_mut().filter(|_| link.level == level) {
            let end = open.text.text().len();
            if end > link.start || !link.used {
                open.text.link(link.start, LinkTarget::Url(link.url), link.place);
            }
        }
    }

    /// The next character stands on the next page.
    pub(super) fn turn_page(&mut self) {
        self.turned = self.turned.saturating_add(1);
        if let Some(open) = self.open.last_mut() {
            open.place.page = Some(self.turned.saturating_add(1));
            if open.text.text().is_empty() {
                open.page = self.turned;
            }
        }
    }

    /// Whether any paragraph has begun.
    pub(super) fn has_begun(&self) -> bool {
        self.lines > 0
    }

    /// The text of the open paragraph, if it has any.
    pub(super) fn words(&self) -> Option<String> {
        let words = self.open.last()?.text.text().trim_end();
        (!words.is_empty()).then(|| words.to_owned())
    }

    /// Ends the paragraph and forgets its text.
    pub(super) fn drop_paragraph(&mut self) {
        self.pause_links();
        if let Some(open) = self.open.pop() {
            let blocks = self.open.last_mut().map_or(&mut self.blocks, |outer| &mut outer.held);
            blocks.extend(open.held);
        }
    }

    /// Whether the open paragraph has no text yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.open.last().is_none_or(|open| open.text.text().is_empty())
    }

    /// The blocks. Places have pages if any page was turned.
    pub(super) fn finish_all(mut self) -> Vec<Block> {
        while !self.open.is_empty() {
            self.finish(BlockKind::Paragraph);
        }
        if self.turned == 0 {
            self.blocks.iter_mut().for_each(Block::forget_pages);
        }
        self.blocks
    }

    fn push(&mut self, place: Place, note: Option<String>) {
        let page = self.turned;
        self.open.push(Open { text: TextBuilder::default(), place, page, held: Vec::new(), note });
        let level = self.open.len();
        // A link around paragraphs goes on in each of them.
        for link in self.links.iter_mut().filter(|link| link.level + 1 == level && link.start == usize::MAX) {
            (link.level, link.start) = (level, 0);
        }
    }

    fn finish(&mut self, kind: BlockKind) {
        self.pause_links();
        let Some(open) = self.open.pop() else { return };
        let mut blocks = open.held;
        if !open.text.is_empty() {
            let block = open.text.finish(kind, open.page);
            if !block.text.is_empty() || !block.links.is_empty() {
                blocks.insert(0, block);
            }
        }
        match self.open.last_mut() {
            Some(outer) => outer.held.append(&mut blocks),
            None if self.blocks.len() > MOST_BLOCKS => {}
            None => self.blocks.append(&mut blocks),
        }
    }

    /// Gives the paragraph what it has of open links; what is left of them stands in the next one.
    fn pause_links(&mut self) {
        let level = self.open.len();
        let Some(open) = self.open.last_mut() else { return };
        let end = open.text.text().len();
        let is_note = open.note.is_some();
        for link in self.links.iter_mut().filter(|link| link.level == level) {
            if end > link.start {
                open.text.link(link.start, LinkTarget::Url(link.url.clone()), link.place);
                link.used = true;
            }
            if is_note {
                link.start = end;
            } else {
                (link.level, link.start) = (level - 1, usize::MAX);
            }
        }
    }

    fn position(&self) -> (usize, Place) {
        let nowhere = Place { line: self.lines.max(1), column: 1, page: None };
        // A link that begins between paragraphs begins with the next one.
        self.open.last().map_or((usize::MAX, nowhere), |open| (open.text.text().len(), open.place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks: kind, text, line; the words and targets of their links.
    fn shown(flow: Flow) -> Vec<(BlockKind, String, u32)> {
        let line = |block: &Block| block.place(0).map_or(0, |place| place.line);
        flow.finish_all()
            .into_iter()
            .map(|block| (block.kind.clone(), block.text.clone(), line(&block)))
            .collect()
    }

    #[test]
    fn a_note_is_one_block_after_the_paragraph_that_marks_it() {
        let mut flow = Flow::default();
        flow.begin();
        flow.text("Ein Satz");
        flow.marker("1");
        flow.begin_note("1");
        for words in ["Eins", "Zwei"] {
            flow.begin();
            flow.text(words);
            flow.end(BlockKind::Paragraph);
        }
        flow.end_note();
        flow.text(".");
        flow.end(BlockKind::Paragraph);
        let expected = [
            (BlockKind::Paragraph, "Ein Satz.".to_owned(), 1),
            (BlockKind::Note("1".to_owned()), "Eins\nZwei".to_owned(), 2),
        ];
        assert_eq!(shown(flow), expected);
    }

    #[test]
    fn a_link_over_two_paragraphs_stands_on_the_words_of_both() {
        let mut flow = Flow::default();
        flow.begin();
        flow.text("a ");
        flow.open_link("https://example.org/".to_owned());
        flow.text("b");
        flow.end(BlockKind::Paragraph);
        flow.begin();
        flow.text("c");
        flow.close_link();
        flow.text(" d");
        flow.end(BlockKind::Paragraph);
        let words = |block: &Block| block.text[block.links[0].range.clone()].to_owned();
        assert_eq!(flow.finish_all().iter().map(words).collect::<Vec<_>>(), ["b", "c"]);
    }

    #[test]
    fn places_have_pages_once_one_is_turned() {
        let pages = |turns: bool| {
            let mut flow = Flow::default();
            flow.begin();
            flow.text("a");
            if turns {
                flow.turn_page();
            }
            flow.text("b");
            flow.end(BlockKind::Paragraph);
            let block = flow.finish_all().remove(0);
            [0, 1].map(|at| block.place(at).unwrap().page)
        };
        assert_eq!(pages(false), [None, None]);
        assert_eq!(pages(true), [Some(1), Some(2)]);
    }
}
