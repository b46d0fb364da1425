//! A line on its way into a block: piece by piece, each with its place and its links.

use std::ops::Range;

use super::line::Line;
use crate::article::place::Place;
use crate::article::text_builder::TextBuilder;

/// What is still to be added of a line.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// The text that is left.
    pub(super) rest: &'a str,
    /// Where it begins.
    pub(super) place: Place,
    /// Where it begins, in bytes of the line.
    at: usize,
    /// The links that are left, as bytes of the line.
    links: std::vec::IntoIter<(Range<usize>, &'a str)>,
    /// Whether the line reaches the edge of its column.
    full: bool,
}

impl<'a> Piece<'a> {
    /// All of a line.
    pub(super) fn of(line: &Line<'a>, page: u32) -> Self {
        let links: Vec<_> = line.links().collect();
        Self { rest: line.text, place: line.place(page), at: 0, links: links.into_iter(), full: line.full }
    }

    /// Adds what is left.
    pub(super) fn push_all(&mut self, text: &mut TextBuilder) {
        self.push(text, self.rest.len());
        text.at_edge(self.full);
    }

    /// Adds the next `length` bytes, links and all.
    pub(super) fn push(&mut self, text: &mut TextBuilder, length: usize) {
        let end = self.at + length;
        while let Some((range, target)) = self.links.as_slice().first().cloned()
            && range.start < end
        {
            self.push_words(text, range.start.saturating_sub(self.at));
            let (start, place) = (text.text().len(), self.place);
            self.push_words(text, range.end.min(end).saturating_sub(self.at));
            text.link_on(start, target, place);
            if range.end > end {
                break;
            }
            self.links.next();
        }
        self.push_words(text, end - self.at);
    }

    /// Leaves the next `length` bytes out.
    pub(super) fn skip(&mut self, length: usize) {
        let columns = u32::try_from(self.rest[..length].chars().count()).unwrap_or(u32::MAX);
        self.place.column = self.place.column.saturating_add(columns);
        self.rest = &self.rest[length..];
        self.at += length;
    }

    fn push_words(&mut self, text: &mut TextBuilder, length: usize) {
        if length > 0 {
            text.push(&self.rest[..length], self.place);
            self.skip(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::LinkedPart;
    use super::*;
    use crate::article::block::BlockKind;

    #[test]
    fn a_link_over_two_lines_is_one_link() {
        let part = |range, target: &str| vec![LinkedPart { range, target: target.to_owned() }];
        let (first, second) = (part(4..9, "https://a.org/"), part(0..6, "https://a.org/"));
        let lines =
            [Line::printed("Die Stadt", 1, 0, 0, &first), Line::printed("Berlin, sagt", 2, 0, 0, &second)];
        let mut text = TextBuilder::default();
        Piece::of(&lines[0], 1).push_all(&mut text);
        text.push_break();
        Piece::of(&lines[1], 1).push_all(&mut text);
        let block = text.finish(BlockKind::Paragraph, 0);
        assert_eq!(block.links.len(), 1);
        assert_eq!(&block.text[block.links[0].range.clone()], "Stadt Berlin");
        assert_eq!((block.links[0].place.line, block.links[0].place.column), (1, 5));
    }

    #[test]
    fn a_printed_url_is_one_link_where_its_rectangles_miss_a_letter() {
        let url = "http://www.example.org/a/b.html";
        let part = |range| vec![LinkedPart { range, target: url.to_owned() }];
        let (first, second) = (part(4..22), part(0..12));
        let lines = [
            Line::printed("URL http://www.example.", 1, 0, 0, &first),
            Line::printed("org/a/b.html.", 2, 0, 0, &second),
        ];
        assert!(lines[1].carries_on_url_of(&lines[0]));
        let mut text = TextBuilder::default();
        for line in &lines {
            Piece::of(line, 1).push_all(&mut text);
        }
        let block = text.finish(BlockKind::Paragraph, 0);
        assert_eq!(block.links.len(), 1);
        assert_eq!(&block.text[block.links[0].range.clone()], url);
    }
}
