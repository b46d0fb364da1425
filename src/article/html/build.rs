//! Builds the text of the blocks, with their links and the markers of notes.

use std::mem;

use memchr::memchr2;

use super::marker::{is_bracketed, is_marker, leads_back};
use super::region::Region;
use super::walk::{OpenLink, Walk};
use crate::article::block::{BlockKind, LinkTarget};
use crate::article::content::MOST_BLOCKS;
use crate::markup::{Reference, resolved};

impl<'a> Walk<'a> {
    /// Adds a piece of text between two tags.
    pub(super) fn words(&mut self, text: &'a str) {
        if self.regions.is_hidden() {
            return;
        }
        if text.trim_ascii().is_empty() && !self.regions.is_in(&Region::Code) {
            self.text.push_break();
            return;
        }
        self.begin_text();
        let mut rest = text;
        while !rest.is_empty() {
            let end = memchr2(b'&', b'\n', rest.as_bytes()).unwrap_or(rest.len());
            self.push(&rest[..end]);
            rest = &rest[end..];
            rest = match (rest.strip_prefix('\n'), Reference::at(rest)) {
                (Some(after), _) => {
                    self.line_end();
                    after
                }
                (None, Some(reference)) => {
                    let place = self.locator.place_of(rest);
                    for c in reference.characters() {
                        self.text.push(c.encode_utf8(&mut [0; 4]), place);
                    }
                    &rest[reference.length..]
                }
                (None, None) => {
                    let (sign, after) = rest.split_at(usize::from(!rest.is_empty()));
                    self.push(sign);
                    after
                }
            };
        }
    }

    /// Adds a piece of one line.
    fn push(&mut self, piece: &'a str) {
        if piece.is_empty() {
            return;
        }
        let place = self.locator.place_of(piece);
        if self.regions.is_in(&Region::Code) {
            self.text.push_preformatted(piece.trim_end_matches('\r'), place);
        } else {
            self.text.push(piece, place);
        }
    }

    fn line_end(&mut self) {
        if self.regions.is_in(&Region::Code) {
            self.text.push_line_end();
        } else {
            self.text.push_break();
        }
    }

    /// What comes before the first words of a block, and after a line break.
    fn begin_text(&mut self) {
        self.broken = false;
        for (cite, place) in mem::take(&mut self.cites) {
            let start = self.text.text().len();
            self.text.link(start, LinkTarget::Url(resolved(cite).into_owned()), place);
        }
    }

    /// Adds the mark that browsers show where a `<q>`, whose name stands in a tag there, begins or ends.
    pub(super) fn quotation_mark(&mut self, name: &str) {
        let place = self.locator.place_of(name);
        self.begin_text();
        self.text.push("\"", place);
    }

    /// Ends the block: what follows stands apart from it. A note is one block, however many paragraphs it has.
    pub(super) fn end_block(&mut self) {
        self.broken = false;
        self.raised = None;
        self.pause_link();
        if self.regions.note().is_none() {
            self.finish_block();
        } else if !self.text.text().ends_with('\n') {
            self.text.push_line_end();
        }
        if let Some(link) = &mut self.link {
            link.start = self.text.text().len();
        }
    }

    /// Makes what there is of text a block.
    pub(super) fn finish_block(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let kind = self.block_note.take().map_or_else(|| self.regions.kind(), BlockKind::Note);
        let block = self.text.take(kind, 0);
        if (!block.text.is_empty() || !block.links.is_empty()) && self.walked.blocks.len() <= MOST_BLOCKS {
            self.walked.blocks.push((block, self.regions.standing()));
        }
    }

    /// Gives the block what it has of an open link; the rest of the link stands in the next block.
    fn pause_link(&mut self) {
        let end = self.text.text().trim_end().len();
        let Some(link) = self.link.as_mut().filter(|link| end > link.start) else { return };
        self.text.link(link.start, LinkTarget::Url(resolved(link.href).into_owned()), link.place);
        link.used = true;
    }

    /// Ends a link: it stands on the words since its start, or marks a note.
    pub(super) fn close_link(&mut self) {
        let Some(link) = self.link.take() else { return };
        let words = self.text.text().get(link.start..).unwrap_or_default();
        let href = resolved(link.href);
        let is_within = href.starts_with('#');
        let in_note = self.regions.note().is_some() || self.block_note.is_some();
        if is_within && in_note && leads_back(words) {
            self.text.cut(link.start);
        } else if is_marker(words) && (link.marks || (is_within && is_bracketed(words))) {
            self.mark_note(&link, &href);
        } else if !(words.is_empty() && link.used) {
            self.text.link(link.start, LinkTarget::Url(href.into_owned()), link.place);
        }
    }

    /// Makes the words of a link the marker of a note, which takes no room in the text.
    fn mark_note(&mut self, link: &OpenLink<'_>, href: &str) {
        self.text.cut(link.start);
        match self.walked.notes.mark(href) {
            Some(label) => self.text.marker(&label, link.place),
            None => self.text.link(link.start, LinkTarget::Url(href.to_owned()), link.place),
        }
        if let Some(raised) = &mut self.raised {
            raised.marks = true;
        }
    }

    /// Ends a raised piece of text. Brackets and commas around markers go with them.
    pub(super) fn close_raised(&mut self) {
        let Some(raised) = self.raised.take().filter(|raised| raised.marks) else { return };
        let rest = self.text.text().get(raised.start..).unwrap_or_default();
        if !rest.contains(char::is_alphanumeric) {
            self.text.cut(raised.start);
        }
    }
}
