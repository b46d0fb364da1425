//! Lines of a given width. All text passes here, and is made harmless here.

use std::borrow::Cow;

use super::ink::{Ink, to_ascii};
use super::options::TerminalOptions;
use super::width::{columns, cut_middle, wrap};
use crate::report::link::{bare, href};
use crate::report::wording::cleaned;

/// Fewer columns than this are not catered for.
const NARROWEST: usize = 40;
/// Below this, what would stand in a margin gets a line of its own.
const NARROW: usize = 64;
/// Columns of the margin that holds symbol and place.
const MARGIN: usize = 15;

/// Lines of text, none longer than the page is wide and none ending in a blank.
pub(super) struct Page {
    out: String,
    width: usize,
    colour: bool,
    ascii: bool,
}

impl Page {
    /// An empty page.
    pub(super) fn new(options: &TerminalOptions) -> Self {
        let TerminalOptions { width, colour, ascii, .. } = *options;
        Self { out: String::new(), width: width.max(NARROWEST), colour, ascii }
    }

    /// All that was written.
    pub(super) fn into_text(self) -> String {
        self.out
    }

    /// Takes what was written so far, to go on with an empty page.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// How much there is to take, in bytes.
    pub(super) fn size(&self) -> usize {
        self.out.len()
    }

    /// Ends a section: an empty line.
    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A heading, and faintly behind it what it comprises.
    pub(super) fn heading(&mut self, title: &str, remark: &str) {
        let title = self.safe(title);
        let remark = self.safe(remark);
        let room = self.width.saturating_sub(columns(&title) + 2);
        self.ink(Ink::Strong, &title);
        if !remark.is_empty() && columns(&remark) <= room {
            self.out.push_str("  ");
            self.ink(Ink::Faint, &remark);
        }
        self.out.push('\n');
    }

    /// A paragraph, indented and wrapped.
    pub(super) fn paragraph(&mut self, indent: usize, ink: Ink, text: &str) {
        let text = self.safe(text);
        for line in wrap(&text, self.width - indent) {
            self.pad(indent);
            self.ink(ink, line);
            self.out.push('\n');
        }
    }

    /// A label in the margin and text beside it, wrapped.
    pub(super) fn labelled(&mut self, label: &str, text: &str) {
        const LABEL: usize = 10;
        let text = self.safe(text);
        let label = self.safe(label);
        for (index, line) in wrap(&text, self.width - LABEL).iter().enumerate() {
            let shown = if index == 0 { &*label } else { "" };
            self.ink(Ink::Strong, shown);
            self.pad(LABEL.saturating_sub(columns(shown)));
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// A row of a table: cells of given widths, and text that fills the rest, wrapped under itself. On a narrow page
    /// the text stands on lines of its own.
    pub(super) fn row(&mut self, cells: &[(Ink, String, usize)], text: &str) {
        let indent: usize = cells.iter().map(|(_, _, width)| width).sum();
        for (ink, cell, width) in cells {
            let cell = self.safe(cell);
            self.ink(*ink, &cell);
            self.pad(width.saturating_sub(columns(&cell)));
        }
        let indent = if self.is_narrow() { self.body() } else { indent };
        if self.is_narrow() {
            self.end_line();
        }
        let text = self.safe(text);
        for (index, line) in wrap(&text, self.width - indent).iter().enumerate() {
            if index > 0 || self.is_narrow() {
                self.pad(indent);
            }
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    /// The first line of an entry: a symbol and a place in the margin, the subject, and `tag` at the right edge.
    /// On a narrow page the subject has a line of its own.
    pub(super) fn entry(&mut self, (ink, symbol): (Ink, &str), place: &str, subject: Subject<'_>, tag: &str) {
        let tag = self.safe(tag);
        self.margin(ink, symbol, place);
        if self.is_narrow() {
            self.out.push(' ');
            self.ink(Ink::Faint, &tag);
            self.out.push('\n');
            self.pad(self.body());
            self.subject(subject, self.width - self.body());
        } else {
            let room = (self.width - MARGIN).saturating_sub(columns(&tag) + 2);
            let used = self.subject(subject, room);
            self.pad(room - used + 2);
            self.ink(Ink::Faint, &tag);
        }
        self.end_line();
    }

    /// An entry whose subject is shown whole: a symbol and a place in the margin, and the text beside them, wrapped.
    pub(super) fn statement(&mut self, (ink, symbol): (Ink, &str), place: &str, text: &str) {
        self.margin(ink, symbol, place);
        let text = self.safe(text);
        for (index, line) in wrap(&text, self.width - self.body()).iter().enumerate() {
            if index > 0 || self.is_narrow() {
                self.end_line();
                self.pad(self.body());
            }
            self.out.push_str(line);
        }
        self.end_line();
    }

    /// A wrapped paragraph under the subject of an entry.
    pub(super) fn under(&mut self, ink: Ink, text: &str) {
        self.paragraph(self.body(), ink, text);
    }

    /// A URL on a line of its own under the subject of an entry.
    pub(super) fn link_under(&mut self, url: &str) {
        self.pad(self.body());
        self.subject(Subject::Url(url), self.width - self.body());
        self.end_line();
    }

    fn is_narrow(&self) -> bool {
        self.width < NARROW
    }

    /// The indent of what belongs to an entry.
    fn body(&self) -> usize {
        if self.is_narrow() { 4 } else { MARGIN }
    }

    fn margin(&mut self, ink: Ink, symbol: &str, place: &str) {
        let symbol = self.safe(symbol);
        let place = self.safe(place);
        self.pad(2);
        self.ink(ink, &symbol);
        self.pad(1);
        self.out.push_str(&place);
        if !self.is_narrow() {
            self.pad(MARGIN.saturating_sub(3 + columns(&symbol) + columns(&place)).max(1));
        }
    }

    /// Writes a subject into `room` columns, and says how many it took.
    fn subject(&mut self, subject: Subject<'_>, room: usize) -> usize {
        let ellipsis = if self.ascii { "..." } else { "…" };
        match subject {
            Subject::Url(url) => {
                let shown = cut_middle(&self.safe(bare(url)), room, ellipsis);
                self.link(url, &shown);
                columns(&shown)
            }
            Subject::Text(text) => {
                let text = self.safe(text);
                let line = wrap(&text, room.saturating_sub(ellipsis.len() + 1));
                let first = line.first().copied().unwrap_or_default();
                let shown = if columns(&text) <= room { text } else { format!("{first} {ellipsis}").into() };
                self.ink(Ink::Plain, &shown);
                columns(&shown)
            }
        }
    }

    /// `shown`, which on a terminal with colour leads to `url` when it is clicked.
    fn link(&mut self, url: &str, shown: &str) {
        match href(url).filter(|_| self.colour) {
            Some(target) => {
                self.out.push_str("\u{1b}]8;;");
                self.out.push_str(&target);
                self.out.push_str("\u{1b}\\");
                self.out.push_str(shown);
                self.out.push_str("\u{1b}]8;;\u{1b}\\");
            }
            None => self.out.push_str(shown),
        }
    }

    fn ink(&mut self, ink: Ink, text: &str) {
        let style = ink.style();
        if self.colour && !text.is_empty() && ink != Ink::Plain {
            self.out.extend([&style.render().to_string(), text, &style.render_reset().to_string()]);
        } else {
            self.out.push_str(text);
        }
    }

    fn pad(&mut self, blanks: usize) {
        self.out.extend(std::iter::repeat_n(' ', blanks));
    }

    fn end_line(&mut self) {
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end);
        self.out.push('\n');
    }

    /// `text` without anything that could steer the terminal.
    fn safe<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = cleaned(text);
        if self.ascii { Cow::Owned(to_ascii(&text)) } else { text }
    }
}

/// What an entry is about.
#[derive(Clone, Copy)]
pub(super) enum Subject<'a> {
    /// A URL: cut in the middle.
    Url(&'a str),
    /// A sentence: cut at its end.
    Text(&'a str),
}
