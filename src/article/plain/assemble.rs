//! Groups of lines to blocks: what is a heading, what a paragraph, and which groups are one paragraph torn apart.

use std::collections::BTreeSet;

use super::compounds::Compounds;
use super::entry::{self, plain_digits};
use super::furniture::without_furniture;
use super::group::{Group, GroupKind, groups};
use super::join::{Joint, joint};
use super::layout::Layout;
use super::line::{Line, lines, sign};
use super::line_start::{bullet, carries_on, ends_in_punctuation, ends_sentence, has_sentence_end, number};
use super::piece::Piece;
use super::url_break;
use crate::article::block::{Block, BlockKind};
use crate::article::source_heading::is_source_heading;
use crate::article::text_builder::TextBuilder;

/// The most lines a heading has.
const LONGEST_HEADING: usize = 3;

/// The blocks of a plain text, in reading order.
pub(in crate::article) fn blocks(text: &str) -> Vec<Block> {
    let mut lines = without_furniture(lines(text));
    sign(&mut lines);
    let layout = Layout::of(&lines);
    let groups = groups(&lines, layout);
    Assembler::new(&lines, &groups, layout).run()
}

/// The blocks of printed lines, which were grouped by how they are set.
pub(in crate::article) fn assemble_printed(lines: &[Line], groups: &[Group]) -> Vec<Block> {
    let mut assembler = Assembler::new(lines, groups, Layout::printed(lines));
    // Every line knows its page, whether it is the first page or a later one.
    assembler.has_form_feeds = true;
    assembler.run()
}

/// Goes through the groups and builds the blocks.
struct Assembler<'a> {
    lines: &'a [Line<'a>],
    groups: &'a [Group],
    layout: Layout,
    /// Labels of the entries that markers may refer to.
    labels: BTreeSet<String>,
    /// Words that keep their hyphen at a line end.
    compounds: Compounds,
    /// The first group after which there are no words.
    words_end: usize,
    /// Whether form feeds part the pages, or pages are known anyway.
    has_form_feeds: bool,
    /// How many page feet came before.
    feet: u32,
    /// The paragraph that is being built, and the page it begins on.
    open: Option<(TextBuilder, u32)>,
    /// Whether the last line of the open paragraph is full, so that it may go on.
    full: bool,
    /// Feet and notes that stand within the open paragraph; they come after it.
    held: Vec<Block>,
    /// Whether the last heading announces sources.
    in_sources: bool,
    /// Number of the last numbered item.
    item: Option<u32>,
    blocks: Vec<Block>,
}

impl<'a> Assembler<'a> {
    fn new(lines: &'a [Line<'a>], groups: &'a [Group], layout: Layout) -> Self {
        let has_form_feeds = lines.last().is_some_and(|line| line.form_feeds > 0);
        let is_words = |group: &Group| {
            group.kind == GroupKind::Text && !is_source_heading(lines[group.lines.start].text)
        };
        let words_end = groups.iter().rposition(is_words).map_or(0, |last| last + 1);
        Self {
            lines,
            groups,
            layout,
            labels: labels(lines, groups),
            compounds: Compounds::of(lines),
            words_end,
            has_form_feeds,
            feet: 0,
            open: None,
            full: false,
            held: Vec::new(),
            in_sources: false,
            item: None,
            blocks: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Block> {
        for index in 0..self.groups.len() {
            match self.groups[index].kind {
                GroupKind::Text => self.text(index),
                GroupKind::Urls => self.urls(index),
                GroupKind::Entries => self.entries(index),
                GroupKind::Heading => self.apart(index, BlockKind::Heading),
                GroupKind::Aside => self.apart(index, BlockKind::Paragraph),
                GroupKind::Notes => self.notes(index),
            }
        }
        self.close();
        if !self.has_form_feeds && self.feet == 0 {
            self.blocks.iter_mut().for_each(Block::forget_pages);
        }
        self.blocks
    }

    fn text(&mut self, index: usize) {
        if self.open.is_some() && self.goes_on(index) {
            return self.add_lines(index);
        }
        self.close();
        let lines = &self.lines[self.groups[index].lines.clone()];
        let is_sources = lines.len() == 1 && is_source_heading(lines[0].text);
        if is_sources || self.is_heading(index) {
            self.open(index);
            self.add_lines(index);
            self.close_as(BlockKind::Heading);
            self.in_sources = is_sources;
            self.item = None;
        } else if self.begins_items(index) {
            self.items(index);
        } else {
            self.open(index);
            self.add_lines(index);
            self.item = None;
        }
    }

    /// Whether a group carries on the open paragraph: its sentence is not at its end.
    fn goes_on(&self, index: usize) -> bool {
        let Some((open, _)) = &self.open else { return false };
        let next = self.lines[self.groups[index].lines.start].text;
        if ends_sentence(open.text()) {
            return open.text().ends_with([':', '…']) && carries_on(next);
        }
        let new_item = bullet(next) > 0;
        !new_item && (carries_on(next) || self.turns_before(index) || self.full)
    }

    /// A group that stands beside the text by its type: a heading, a pull quote, a caption. Where it tears a
    /// sentence apart it comes after the paragraph.
    fn apart(&mut self, index: usize, kind: BlockKind) {
        let torn = self.open.as_ref().is_some_and(|(open, _)| !ends_sentence(open.text()))
            && self.next_text(index).is_some_and(carries_on);
        let (open, full) = (self.open.take_if(|_| torn), self.full);
        let held = if torn { std::mem::take(&mut self.held) } else { Vec::new() };
        self.close();
        self.open(index);
        self.add_lines(index);
        let first = self.blocks.len();
        let lines = &self.lines[self.groups[index].lines.clone()];
        let is_sources = lines.len() == 1 && is_source_heading(lines[0].text);
        self.close_as(if is_sources { BlockKind::Heading } else { kind });
        if torn {
            self.held = held;
            self.held.extend(self.blocks.drain(first..));
            (self.open, self.full) = (open, full);
        } else {
            self.in_sources = is_sources;
            self.item = None;
        }
    }

    /// The first line of the next group of text.
    fn next_text(&self, index: usize) -> Option<&'a str> {
        let next = self.groups[index + 1..].iter().find(|group| group.kind == GroupKind::Text)?;
        Some(self.lines[next.lines.start].text)
    }

    /// Whether a page or a column ends between a group and the words before it.
    fn turns_before(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1).map(|before| &self.groups[before]) else { return false };
        let last = self.lines[before.lines.end - 1].sheet;
        before.kind != GroupKind::Text || last != self.lines[self.groups[index].lines.start].sheet
    }

    fn is_heading(&self, index: usize) -> bool {
        let lines = &self.lines[self.groups[index].lines.clone()];
        let Some(next) = self.groups.get(index + 1) else { return false };
        let (first, last) = (&lines[0], &lines[lines.len() - 1]);
        let has_words = lines.iter().any(|line| line.text.contains(char::is_alphabetic));
        if !has_words
            || lines.len() > LONGEST_HEADING
            || ends_in_punctuation(last.text)
            || carries_on(first.text)
        {
            return false;
        }
        if bullet(first.text) > 0
            || lines.iter().any(|line| line.text.contains("://") || has_sentence_end(line.text))
        {
            return false;
        }
        let is_short = |line: &Line| self.layout.is_short(line);
        if lines.iter().all(is_short) {
            return true;
        }
        // A line as wide as the text may be a torn sentence: at a page end it is taken for one.
        let goes_on = carries_on(self.lines[next.lines.start].text);
        let turns = next.kind != GroupKind::Text || self.turns_before(index + 1);
        self.layout != Layout::Unwrapped && lines.len() < LONGEST_HEADING && !goes_on && !turns
    }

    fn open(&mut self, index: usize) {
        let page = self.page_of(&self.lines[self.groups[index].lines.start]);
        self.open = Some((TextBuilder::default(), page));
    }

    fn close(&mut self) {
        self.close_as(BlockKind::Paragraph);
    }

    fn close_as(&mut self, kind: BlockKind) {
        if let Some((text, page)) = self.open.take()
            && !text.is_empty()
        {
            self.blocks.push(text.finish(kind, page));
        }
        self.blocks.append(&mut self.held);
        self.full = false;
    }

    fn add_lines(&mut self, index: usize) {
        let lines = self.groups[index].lines.clone();
        for line in &self.lines[lines.clone()] {
            self.add_line(line);
        }
        let last = &self.lines[lines.end - 1];
        self.full =
            lines.len() >= LONGEST_HEADING && !self.layout.is_short(last) && self.layout != Layout::Unwrapped;
    }

    fn add_line(&mut self, line: &Line) {
        let page = self.place_page(line);
        if let Some((text, _)) = &mut self.open {
            add(text, line, page, &self.labels, &self.compounds);
        }
    }

    /// Whether a group is items of a list: bullets, or numbers that rise.
    fn begins_items(&self, index: usize) -> bool {
        let lines = &self.lines[self.groups[index].lines.clone()];
        let first = lines[0].text;
        if bullet(first) > 0 {
            return true;
        }
        let Some((value, _)) = number(first) else { return false };
        let next_group = self.groups.get(index + 1).map(|group| &self.lines[group.lines.start]);
        let mut after = lines[1..].iter().chain(next_group).filter_map(|line| number(line.text));
        self.item.is_some_and(|item| item.checked_add(1) == Some(value))
            || after.any(|(next, _)| value.checked_add(1) == Some(next))
    }

    fn items(&mut self, index: usize) {
        let lines = self.groups[index].lines.clone();
        let first = number(self.lines[lines.start].text).map(|(value, _)| value);
        self.item = self.item.filter(|item| item.checked_add(1) == first);
        for line in &self.lines[lines] {
            let marked = bullet(line.text).max(self.next_number(line));
            if marked > 0 || self.open.is_none() {
                self.close_as(BlockKind::ListItem);
                self.open = Some((TextBuilder::default(), self.page_of(line)));
            }
            self.add_line(&line.without(marked));
        }
        self.close_as(BlockKind::ListItem);
    }

    /// The length of the number that a line begins with if it is the next one of the list.
    fn next_number(&mut self, line: &Line) -> usize {
        let Some((value, length)) = number(line.text) else { return 0 };
        if self.item.is_some_and(|item| item.checked_add(1) != Some(value)) {
            return 0;
        }
        self.item = Some(value);
        length
    }

    fn urls(&mut self, index: usize) {
        if self.in_sources {
            self.close();
            return self.each_url(index);
        }
        if self.is_in_brackets(index) {
            return self.add_lines(index);
        }
        let lines = self.groups[index].lines.clone();
        let mut foot = TextBuilder::default();
        for line in &self.lines[lines.clone()] {
            add_url_line(&mut foot, line, self.place_page(line));
        }
        let page = self.page_of(&self.lines[lines.start]);
        self.held.push(foot.finish(BlockKind::PageFoot, page));
        self.feet += 1;
        if self.open.is_none() {
            self.close();
        }
    }

    /// Whether URLs stand in brackets that the open sentence goes on with, at the head of a page or column.
    fn is_in_brackets(&self, index: usize) -> bool {
        let first = self.lines[self.groups[index].lines.start].text;
        let torn = self.open.as_ref().is_some_and(|(open, _)| !ends_sentence(open.text()));
        torn && first.starts_with(['(', '['])
    }

    /// URLs of a list of sources: an item each.
    fn each_url(&mut self, index: usize) {
        let lines = self.groups[index].lines.clone();
        for line in &self.lines[lines] {
            let broken = self.open.as_ref().is_some_and(|(text, _)| joins(text, line));
            if !broken {
                self.close_as(BlockKind::ListItem);
                self.open = Some((TextBuilder::default(), self.page_of(line)));
            }
            self.add_line(line);
        }
        self.close_as(BlockKind::ListItem);
    }

    /// Numbered entries: notes where markers refer to them or where they end the article, else a page foot.
    fn entries(&mut self, index: usize) {
        let lines = &self.lines[self.groups[index].lines.clone()];
        let at_end = index >= self.words_end;
        let marked = lines
            .iter()
            .filter_map(entry::label)
            .any(|label| self.labels.contains(&plain_digits(label.number)));
        if !(at_end || marked || self.in_sources) {
            return self.urls(index);
        }
        self.notes(index);
    }

    /// Notes, each with its label. What comes before the first label goes with the note before.
    fn notes(&mut self, index: usize) {
        let lines = &self.lines[self.groups[index].lines.clone()];
        let mut note: Option<(TextBuilder, String)> = None;
        for line in lines {
            let (page, place_page) = (self.page_of(line), self.place_page(line));
            let label = entry::label(line);
            if let Some(label) = label {
                let begun = (TextBuilder::default(), plain_digits(label.number));
                self.hold_note(note.replace(begun), page);
            }
            if let Some((text, _)) = &mut note {
                let line = line.without(label.map_or(0, |label| label.rest));
                add(text, &line, place_page, &BTreeSet::new(), &self.compounds);
            }
        }
        self.hold_note(note, self.page_of(&lines[0]));
        if self.open.is_none() {
            self.close();
        }
    }

    fn hold_note(&mut self, note: Option<(TextBuilder, String)>, page: u32) {
        if let Some((text, label)) = note {
            self.held.push(text.finish(BlockKind::Note(label), page));
        }
    }

    /// The page, from 0, that a line is on: form feeds count where there are any, else page feet.
    fn page_of(&self, line: &Line) -> u32 {
        if self.has_form_feeds { line.form_feeds } else { self.feet }
    }

    /// The page, from 1, for a [`Place`].
    fn place_page(&self, line: &Line) -> u32 {
        self.page_of(line).saturating_add(1)
    }
}

/// Labels of entries that a marker in the words refers to.
fn labels(lines: &[Line], groups: &[Group]) -> BTreeSet<String> {
    let of_kind = |kind| {
        groups.iter().filter(move |group| group.kind == kind).flat_map(|group| &lines[group.lines.clone()])
    };
    let entries: BTreeSet<_> = of_kind(GroupKind::Entries)
        .chain(of_kind(GroupKind::Notes))
        .filter_map(entry::label)
        .map(|label| plain_digits(label.number))
        .collect();
    let mut labels = BTreeSet::new();
    if !entries.is_empty() {
        for line in of_kind(GroupKind::Text) {
            let marked = entry::markers(line.text).map(|(_, label, _)| label);
            labels.extend(marked.filter(|label| entries.contains(label)));
        }
    }
    labels
}

/// Adds a line to a paragraph, with what belongs between it and the line before. Markers become links.
fn add(text: &mut TextBuilder, line: &Line, page: u32, labels: &BTreeSet<String>, compounds: &Compounds) {
    add_joint(text, line, compounds);
    let mut piece = Piece::of(line, page);
    while let Some((before, label, length)) = next_marker(piece.rest, labels) {
        piece.push(text, before);
        text.marker(&label, piece.place);
        piece.skip(length);
    }
    piece.push_all(text);
}

fn add_joint(text: &mut TextBuilder, line: &Line, compounds: &Compounds) {
    if text.text().is_empty() || text.ends_in_soft_hyphen() {
        return;
    }
    if carries_on_url(text, line) {
        return;
    }
    match joint(text.text(), text.last_word(), line.text, compounds) {
        Joint::Blank => text.push_break(),
        Joint::Nothing => {}
        Joint::DropHyphen => text.pop(),
    }
}

/// The next marker of one of the notes: what comes before it in bytes, its label and its length in bytes.
fn next_marker(text: &str, labels: &BTreeSet<String>) -> Option<(usize, String, usize)> {
    if labels.is_empty() {
        return None;
    }
    entry::markers(text).find(|(_, label, _)| labels.contains(label))
}

/// Adds a line of a page foot: a line of its own, unless it carries on the URL before.
fn add_url_line(foot: &mut TextBuilder, line: &Line, page: u32) {
    if !joins(foot, line) {
        foot.push_line_end();
    }
    Piece::of(line, page).push_all(foot);
}

/// Whether a line carries on the URL that a text ends in.
fn joins(text: &TextBuilder, line: &Line) -> bool {
    let tail = text.last_word();
    !tail.is_empty()
        && (url_break::goes_on(tail, line.text, !line.text.contains(' ')) || carries_on_url(text, line))
}

/// Whether a line carries on the URL that a text ends in, as the print shows: a link lies over both, or the URL is
/// cut at the edge of its column.
fn carries_on_url(text: &TextBuilder, line: &Line) -> bool {
    let linked = text.last_link().is_some_and(|(written, target)| line.carries_on_url(written, target));
    linked || (text.is_at_edge() && url_break::is_cut(text.last_word(), line.text))
}
