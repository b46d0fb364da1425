//! Words and figures for people: plurals, sizes, excerpts, near misses, and text that is safe to show.

use std::borrow::Cow;

use similar::get_close_matches;
use unicode_segmentation::UnicodeSegmentation as _;

/// What stands in the place of a control character that was taken out.
const REPLACEMENT: char = '\u{fffd}';

/// `1 claim`, `2 claims`.
pub fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// A size in decimal units: `812 bytes`, `2.1 MB`.
pub(super) fn size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000 => return if bytes == 1 { "1 byte".into() } else { format!("{bytes} bytes") },
        1_000..1_000_000 => (1_000, "kB"),
        1_000_000..1_000_000_000 => (1_000_000, "MB"),
        _ => (1_000_000_000, "GB"),
    };
    let tenths = u128::from(bytes) * 10 / unit;
    format!("{}.{} {name}", tenths / 10, tenths % 10)
}

/// The one of `known` that `word` was perhaps meant to be.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.collect();
    let bounded: String = word.chars().take(64).collect();
    get_close_matches(bounded.as_str(), &known, 1, 0.7).first().copied()
}

/// `text` on one line and harmless on a terminal: without control characters and marks that turn the direction of what
/// follows, each run of white space made one blank.
pub fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// As [`clean`]; most texts are clean already.
pub(super) fn cleaned(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let tamed = tame(text);
    Cow::Owned(tamed.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a text is nothing but visible ASCII with single blanks in between.
fn is_clean(text: &str) -> bool {
    let mut after_blank = true;
    let is_plain = |byte: u8| {
        let is_blank = byte == b' ';
        let plain = byte.is_ascii_graphic() || (is_blank && !after_blank);
        after_blank = is_blank;
        plain
    };
    text.bytes().all(is_plain) && !text.ends_with(' ')
}

/// `text` without what acts rather than shows: control characters, which could steer a terminal, and the marks
/// that turn the direction of what follows (Unicode Technical Report 36, §3.2). White space stays.
pub(super) fn tame(text: &str) -> String {
    let tamed = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => None,
        _ if c.is_control() && !c.is_whitespace() => Some(REPLACEMENT),
        _ => Some(c),
    };
    text.chars().filter_map(tamed).collect()
}

/// The beginning of `text`, cleaned, of at most `length` characters as readers count them, cut between words
/// where that is possible.
pub(super) fn excerpt(text: &str, length: usize) -> String {
    let text = clean(text);
    let Some((end, _)) = text.grapheme_indices(true).nth(length) else { return text };
    let room = text.grapheme_indices(true).nth(length.saturating_sub(2)).map_or(end, |(start, _)| start);
    let head = &text[..room];
    let words = head.rfind(' ').filter(|&blank| blank * 2 > room).map_or(head, |blank| &head[..blank]);
    format!("{} …", words.trim_end())
}

/// Quotation marks that a text may bring along.
const MARKS: [char; 7] = ['"', '“', '”', '„', '«', '»', '‟'];

/// `text` in quotation marks, without those it is in already. Those of a quotation within it stay.
pub(super) fn quoted(text: &str, length: usize) -> String {
    let whole = clean(text);
    let inner = whole.trim_matches(MARKS);
    let shown = if inner.contains(MARKS) { &whole } else { inner };
    format!("“{}”", excerpt(shown, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_are_short_and_decimal() {
        let sizes = [0, 1, 999, 1_000, 80_234, 2_149_000, u64::MAX].map(size);
        assert_eq!(
            sizes,
            ["0 bytes", "1 byte", "999 bytes", "1.0 kB", "80.2 kB", "2.1 MB", "18446744073.7 GB"]
        );
    }

    #[test]
    fn what_could_steer_a_terminal_is_taken_out() {
        assert_eq!(clean("a\u{1b}[31mb\u{9b}c\r\n\td\u{202e}e\u{7f}"), "a\u{fffd}[31mb\u{fffd}c de\u{fffd}");
    }

    #[test]
    fn excerpts_end_between_words() {
        assert_eq!(excerpt("one two three four", 12), "one two …");
        assert_eq!(excerpt("one two", 12), "one two");
        assert_eq!(excerpt("Donaudampfschifffahrt", 8), "Donaud …");
    }

    #[test]
    fn quotation_marks_are_not_doubled() {
        assert_eq!(quoted("„Koalition der Willigen“", 80), "“Koalition der Willigen”");
        assert_eq!(quoted("„So ist es“, sagte sie.", 80), "“„So ist es“, sagte sie.”");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn an_excerpt_is_clean_and_within_its_length(text in ".{0,60}", length in 2usize..40) {
            let cut = excerpt(&text, length);
            prop_assert!(cut.graphemes(true).count() <= length.max(2), "{cut:?}");
            prop_assert!(!cut.chars().any(char::is_control));
        }
    }
}
