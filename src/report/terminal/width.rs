//! Text measured in terminal columns: wrapped at blanks, cut in the middle.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Columns that `text` takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// `text` in lines of at most `room` columns, broken at blanks; a word that is longer than a line is broken
/// anywhere between characters.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in text.split_whitespace().flat_map(|word| pieces(word, room)) {
        if !line.is_empty() && columns(&line) + 1 + columns(piece) > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(piece);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
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
    &text[..fitting(units(text), room)]
}

/// As much of the end of `text` as fits into `room` columns.
fn suffix(text: &str, room: usize) -> &str {
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
        assert_eq!(wrap("  ", 8), Vec::<String>::new());
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
