//! Numbered entries with URLs, "[1] …", those with a sign in place of the number, and the markers that refer to them.

use super::line::Line;
use super::url_line::begins_url;
use crate::article::sign;

/// A label and what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// The number, as digits, or the sign.
    pub(super) number: &'a str,
    /// Where the entry itself begins, in bytes.
    pub(super) rest: usize,
}

/// Superscript digits, from 0.
const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Longest label, in digits.
const MOST_DIGITS: usize = 3;

/// Whether the lines are entries: the first has a label, and every label's entry holds a URL.
pub(super) fn are_entries(lines: &[Line]) -> bool {
    if lines.first().and_then(label).is_none() {
        return false;
    }
    let mut has_url = true;
    for line in lines {
        if label(line).is_some() {
            if !has_url {
                return false;
            }
            has_url = false;
        }
        has_url |= line.text.split_whitespace().any(begins_url);
    }
    has_url
}

/// The label that begins an entry.
pub(super) fn label<'a>(line: &Line<'a>) -> Option<Label<'a>> {
    let signed = || sign::label(line.text).filter(|_| line.signed);
    numbered(line.text).or_else(|| signed().map(|(number, rest)| Label { number, rest }))
}

/// The number that begins an entry: "[1] ", "¹ ", or, right before a URL, "1 ", "1. ", "1) " or "(1) ".
fn numbered(text: &str) -> Option<Label<'_>> {
    let inner = text.trim_start_matches(['[', '(']);
    let open = text.len() - inner.len();
    let number = &inner[..digits(inner)];
    if number.is_empty() || open > 1 {
        return None;
    }
    let mark = open + number.len();
    let after = text[mark..].trim_start_matches([']', ')', '.', ':']);
    let rest = after.trim_start();
    let at = text.len() - rest.len();
    let bracketed = text.starts_with('[') && text[mark..].starts_with(']');
    let superscript = !number.is_ascii();
    let before_url =
        rest.len() < text[mark..].len() && rest.split_whitespace().next().is_some_and(begins_url);
    (!rest.is_empty() && (bracketed || superscript || before_url)).then_some(Label { number, rest: at })
}

/// The markers of a text in order: where each stands, its label and its length in bytes.
pub(super) fn markers(text: &str) -> impl Iterator<Item = (usize, String, usize)> {
    let starts = text.char_indices().filter(|(_, c)| matches!(c, '[' | '*') || !c.is_ascii());
    starts.filter_map(|(at, _)| {
        let signed = || sign::marker_at(text, at).map(|sign| (sign.to_owned(), sign.len()));
        let (label, length) = marker(&text[at..]).or_else(signed)?;
        Some((at, label, length))
    })
}

/// The marker `[1]` or `¹` that `text` begins with, and its length in bytes.
fn marker(text: &str) -> Option<(String, usize)> {
    if let Some(inner) = text.strip_prefix('[') {
        let length = inner.bytes().take_while(u8::is_ascii_digit).count();
        let closed = (1..=MOST_DIGITS).contains(&length) && inner[length..].starts_with(']');
        return closed.then(|| (inner[..length].to_owned(), length + 2));
    }
    let length: usize = text.chars().take_while(|c| SUPERSCRIPTS.contains(c)).map(char::len_utf8).sum();
    (length > 0).then(|| (plain_digits(&text[..length]), length))
}

/// A number with superscript digits made plain, so that marker and label compare.
pub(super) fn plain_digits(number: &str) -> String {
    let plain = |c: char| SUPERSCRIPTS.iter().position(|superscript| *superscript == c);
    number
        .chars()
        .map(|c| plain(c).and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10)).unwrap_or(c))
        .collect()
}

/// Length in bytes of the digits that a text begins with, 0 if they are too many.
fn digits(text: &str) -> usize {
    let is_digit = |c: &char| c.is_ascii_digit() || SUPERSCRIPTS.contains(c);
    let count = text.chars().take_while(is_digit).count();
    if count > MOST_DIGITS { 0 } else { text.chars().take(count).map(char::len_utf8).sum() }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn labels_of_all_kinds_are_read() {
        let number = |text| numbered(text).map(|label| (label.number, &text[label.rest..]));
        assert_eq!(number("[1] CNN, Titel. https://a.org/"), Some(("1", "CNN, Titel. https://a.org/")));
        assert_eq!(number("¹ CNN, https://a.org/"), Some(("¹", "CNN, https://a.org/")));
        assert_eq!(number("12 https://a.org/"), Some(("12", "https://a.org/")));
        assert_eq!(number("1. https://a.org/"), Some(("1", "https://a.org/")));
        assert_eq!(number("1. März war ein Tag"), None);
        assert_eq!(number("2025 https://a.org/"), None);
        assert_eq!(number("[1]"), None);
    }

    #[test]
    fn markers_are_read_where_they_begin() {
        assert_eq!(marker("[12]. Next"), Some(("12".to_owned(), 4)));
        assert_eq!(marker("²³ Next"), Some(("23".to_owned(), 4)));
        assert_eq!(marker("[a]"), None);
        assert_eq!(marker("[1234]"), None);
    }

    #[test]
    fn every_entry_needs_a_url() {
        assert!(are_entries(&lines("[1] CNN, a title\nhttps://a.org/\n[2] https://b.org/")));
        assert!(!are_entries(&lines("[1] CNN, a title\n[2] https://b.org/")));
        assert!(!are_entries(&lines("Words\n[2] https://b.org/")));
    }
}
