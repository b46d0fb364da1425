//! The lines of a file.

use crate::article::place::Place;
use crate::article::text_builder::is_invisible;

/// A line of the file, blanks at both ends left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its text.
    pub(super) text: &'a str,
    /// Number in the file, from 1.
    number: u32,
    /// Column of the first character of `text`, from 1.
    column: u32,
    /// How many form feeds come before it.
    pub(super) form_feeds: u32,
}

impl Line<'_> {
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
        Self { text: rest, column: self.column.saturating_add(count(skipped)), ..*self }
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
    Line { text: text.trim_end(), number, column: column.saturating_add(count(indent)), form_feeds }
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
