//! Text measured in terminal columns: wrapped at blanks, cut in the middle.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Columns that `text` takes.
pub(super) fn columns(text: &str) -> usize {
    if is_simple(text) { text.len() } else { text.width() }
}

/// Whether every byte of `text` is a character that takes one column.
fn is_simple(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// `text` in lines of at most `room` columns, broken at blanks; a word that is longer than a line is broken
/// anywhere between characters.
pub(super) fn wrap(text: &str, room: usize) -> Vec<&str> {
    let mut wrapping = Wrapping { text, room, lines: Vec::new(), line: 0..0, taken: 0 };
    for word in text.split_whitespace() {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        let wide = columns(word);
        if wide <= room {
            wrapping.put(start..start + word.len(), wide);
        } else {
            let mut at = start;
            for piece in pieces(word, room) {
                wrapping.put(at..at + piece.len(), columns(piece));
                at += piece.len();
            }
        }
    }
    wrapping.finish()
}

/// Lines in the making: each is a stretch of the text.
struct Wrapping<'a> {
    text: &'a str,
    room: usize,
    lines: Vec<&'a str>,
    /// The line that is open, and the columns that it takes.
    line: Range<usize>,
    taken: usize,
}

impl<'a> Wrapping<'a> {
    /// Adds a piece that takes `wide` columns to the line, if it has room for it.
    fn put(&mut self, piece: Range<usize>, wide: usize) {
        let gap = if self.line.is_empty() { 0 } else { columns(&self.text[self.line.end..piece.start]) };
        if self.line.is_empty() || self.taken + gap + wide > self.room {
            self.end_line();
            (self.line, self.taken) = (piece, wide);
        } else {
            self.line.end = piece.end;
            self.taken += gap + wide;
        }
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.lines.push(&self.text[self.line.clone()]);
        }
    }

    fn finish(mut self) -> Vec<&'a str> {
        self.end_line();
        self.lines
    }
}

/// `text` in at most `room` columns: what is too much is taken out of the middle, so that the host of a URL and
/// its end stay.
pub(super) fn cut_middle(text: &str, room: usize, ellipsis: &str) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let left = room.saturating_sub(columns(ellipsis));
    let host = text.find('/').map_or(0, |slash| columns(&text[..=slash]));
    let head = if host > 0 && host + 8 <= left { host } else { left / 2 };
    let start = prefix(text, head);
    let end = suffix(text, left - columns(start));
    format!("{start}{ellipsis}{end}")
}

/// The pieces of a word that is perhaps longer than a line.
fn pieces(word: &str, room: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let first = units(rest).next().unwrap_or(rest);
        let (piece, after) = rest.split_at(prefix(rest, room).len().max(first.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// As much of the beginning of `text` as fits into `room` columns.
fn prefix(text: &str, room: usize) -> &str {
    if is_simple(text) {
        return &text[..room.min(text.len())];
    }
    &text[..fitting(units(text), room)]
}

/// As much of the end of `text` as fits into `room` columns.
fn suffix(text: &str, room: usize) -> &str {
    if is_simple(text) {
        return &text[text.len() - room.min(text.len())..];
    }
    let units: Vec<&str> = units(text).collect();
    &text[text.len() - fitting(units.into_iter().rev(), room)..]
}

/// Bytes of the `units` that fit into `room` columns, taken in order.
fn fitting<'a>(units: impl Iterator<Item = &'a str>, room: usize) -> usize {
    let mut used = 0;
    let mut bytes = 0;
    for unit in units {
        used += columns(unit);
        if used > room {
            break;
        }
        bytes += unit.len();
    }
    bytes
}

/// What is not to be torn apart: characters as readers see them. Hostile text can pile up one such character
/// wider than a line, so those that are wider than two columns are torn after all.
fn units(text: &str) -> impl Iterator<Item = &str> {
    text.graphemes(true).flat_map(|grapheme| {
        let step = if columns(grapheme) > 2 { 1 } else { usize::MAX };
        let starts: Vec<usize> = grapheme.char_indices().map(|(start, _)| start).step_by(step).collect();
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([grapheme.len()]).collect();
        starts.into_iter().zip(ends).map(|(start, end)| &grapheme[start..end]).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_url_keeps_its_host_and_its_end() {
        let url = "www.example.org/2026/11/20/politics/a-very-long-headline/index.html";
        let cut = cut_middle(url, 40, "…");
        assert_eq!(columns(&cut), 40);
        assert!(cut.starts_with("www.example.org/…") && cut.ends_with("/index.html"), "{cut}");
        assert_eq!(cut_middle("example.org/a", 40, "…"), "example.org/a");
    }

    #[test]
    fn breaks_at_blanks_and_only_within_words_that_fit_on_no_line() {
        assert_eq!(wrap("one two  three", 8), ["one two", "three"]);
        assert_eq!(wrap("a 漢字漢字 b", 4), ["a", "漢字", "漢字", "b"]);
        assert_eq!(wrap("  ", 8), Vec::<&str>::new());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn no_line_is_too_long_and_no_word_is_lost(text in "[a-zäß 漢👩🏽\u{200d}]{0,80}", room in 8usize..40) {
            let lines = wrap(&text, room);
            prop_assert!(lines.iter().all(|line| columns(line) <= room), "{lines:?}");
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }

        #[test]
        fn what_is_cut_fits(text in "[a-z/漢👩]{0,80}", room in 8usize..40) {
            prop_assert!(columns(&cut_middle(&text, room, "…")) <= room);
        }
    }
}
