//! The lines of a file, or of a printed page.

use std::ops::Range;

use super::url_break;
use crate::article::place::Place;
use crate::article::sign::begin_notes;
use crate::article::text_builder::is_invisible;

/// A part of a line that leads to a URL, where the format says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article) struct LinkedPart {
    /// The bytes of the line.
    pub(in crate::article) range: Range<usize>,
    /// The URL, as written.
    pub(in crate::article) target: String,
}

/// A line of the file, blanks at both ends left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) struct Line<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Number in the file, from 1.
    number: u32,
    /// Column of the first character of `text`, from 1.
    column: u32,
    /// How many form feeds come before it: its page, from 0.
    pub(super) form_feeds: u32,
    /// The column it stands in, counted over the file; pages of one column are such themselves.
    pub(super) sheet: u32,
    /// Whether it is known to reach the edge of its column to the letter, so that a URL at its end may be cut there.
    pub(super) full: bool,
    /// The parts of the whole line that lead to URLs, in order.
    links: &'a [LinkedPart],
    /// How many bytes of the whole line come before `text`.
    cut: usize,
    /// Whether it begins with the sign of a note.
    pub(super) signed: bool,
}

impl<'a> Line<'a> {
    /// A line as it is printed: its number is that on its page, its page and column are counted from 0 over the
    /// file.
    pub(in crate::article) fn printed(
        text: &'a str,
        number: u32,
        page: u32,
        sheet: u32,
        links: &'a [LinkedPart],
    ) -> Self {
        Self { text, number, column: 1, form_feeds: page, sheet, full: false, links, cut: 0, signed: false }
    }

    /// The line, which is known to reach the edge of its column to the letter.
    pub(in crate::article) fn reaching_edge(self, full: bool) -> Self {
        Self { full, ..self }
    }

    /// The linked parts of `text`, in order.
    pub(super) fn links(&self) -> impl Iterator<Item = (Range<usize>, &'a str)> {
        let (cut, end) = (self.cut, self.cut + self.text.len());
        let within = self.links.iter().filter(move |link| link.range.end > cut && link.range.start < end);
        within.map(move |link| {
            let range = link.range.start.max(cut) - cut..link.range.end.min(end) - cut;
            (range, link.target.as_str())
        })
    }

    /// Whether this line begins with the rest of the URL that ends `before`: the link that ends there goes on here, or
    /// the line before is cut to the letter at the edge of the column.
    pub(super) fn carries_on_url_of(&self, before: &Self) -> bool {
        let tail = before.text.split_whitespace().next_back().unwrap_or_default();
        if before.full && url_break::is_cut(tail, self.text) {
            return true;
        }
        let Some((left, target)) = before.links().last() else { return false };
        self.carries_on_url(&before.text[left.start..], target)
    }

    /// Whether this line begins with the rest of the URL `target` of which `written`, all that was read since the link to it
    /// began, is a part.
    pub(super) fn carries_on_url(&self, written: &str, target: &str) -> bool {
        let Some((right, same)) = self.links().next() else { return false };
        let word = self.text[right.clone()].split_whitespace().next().unwrap_or_default();
        right.start == 0
            && same == target
            && !written.contains(char::is_whitespace)
            && target.contains(&format!("{written}{word}"))
    }

    /// The place of the first character, on `page`, counted from 1.
    pub(super) fn place(&self, page: u32) -> Place {
        Place { line: self.number, column: self.column, page: Some(page) }
    }

    /// Whether there is nothing to read: blanks, or a rule of dashes or asterisks.
    pub(super) fn is_blank(&self) -> bool {
        let is_rule = |c: char| matches!(c, '-' | '=' | '_' | '*' | '–' | '—' | '~' | '#');
        self.text.chars().all(|c| c.is_whitespace() || is_invisible(c))
            || (self.text.len() > 2 && self.text.chars().all(|c| is_rule(c) || c == ' '))
    }

    /// Length in characters.
    pub(super) fn width(&self) -> usize {
        self.text.chars().count()
    }

    /// The line without its first `length` bytes and the blanks after them.
    pub(super) fn without(&self, length: usize) -> Self {
        let rest = self.text[length..].trim_start();
        let skipped = self.text[..self.text.len() - rest.len()].chars().count();
        let cut = self.cut + self.text.len() - rest.len();
        Self { text: rest, column: self.column.saturating_add(count(skipped)), cut, ..*self }
    }
}

/// The lines of `text`. A line ends in LF, CR LF or CR; a form feed ends a page and a line, but lines are
/// numbered as editors do, which do not count it.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut number, mut column, mut form_feeds) = (1_u32, 1_u32, 0_u32);
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r', '\u{c}']).unwrap_or(rest.len());
        let piece = &rest[..end];
        lines.push(trimmed(piece, number, column, form_feeds));
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix('\u{c}') {
            form_feeds += 1;
            column = column.saturating_add(count(piece.chars().count() + 1));
            rest = after;
        } else {
            number = number.saturating_add(1);
            column = 1;
            rest = rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
        }
    }
    if text.ends_with('\u{c}') {
        lines.push(trimmed("", number, column, form_feeds));
    }
    lines
}

fn trimmed(piece: &str, number: u32, column: u32, form_feeds: u32) -> Line<'_> {
    let text = piece.trim_start();
    let indent = piece[..piece.len() - text.len()].chars().count();
    let column = column.saturating_add(count(indent));
    Line {
        text: text.trim_end(),
        number,
        column,
        form_feeds,
        sheet: form_feeds,
        full: false,
        links: &[],
        cut: 0,
        signed: false,
    }
}

/// Notes which lines begin with the sign of a note.
pub(in crate::article) fn sign(lines: &mut [Line]) {
    let begun = begin_notes(lines.iter().map(|line| line.text));
    lines.iter_mut().zip(begun).for_each(|(line, begins)| line.signed = begins);
}

fn count(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_line_ends_count_and_form_feeds_only_turn_the_page() {
        let found: Vec<_> = lines("a\n b\r\nc\r\n\r\u{c}d\u{c} e")
            .iter()
            .map(|line| (line.text.to_owned(), line.number, line.column, line.form_feeds))
            .collect();
        let expected = [
            ("a", 1, 1, 0),
            ("b", 2, 2, 0),
            ("c", 3, 1, 0),
            ("", 4, 1, 0),
            ("", 5, 1, 0),
            ("d", 5, 2, 1),
            ("e", 5, 5, 2),
        ];
        assert_eq!(found, expected.map(|(text, line, column, page)| (text.to_owned(), line, column, page)));
    }

    #[test]
    fn rules_and_invisible_lines_are_blank() {
        for text in ["", "\u{200b}", "-----", "* * *", "=========="] {
            assert!(lines(text).iter().all(Line::is_blank), "{text:?}");
        }
        assert!(!lines("- a")[0].is_blank());
    }
}
