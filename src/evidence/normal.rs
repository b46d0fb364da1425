//! Text with its typography made the same, to look quotations up in.
//!
//! Quotation marks, dashes, white space and invisible characters differ from page to page without changing a word.
//! Letters and case do not: *may* is not *May*.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;

/// A text in its normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Normal {
    text: String,
}

impl Normal {
    /// The normal form of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut normal = String::with_capacity(text.len());
        for_each_char(text, |c, _| normal.push(c));
        if normal.ends_with(' ') {
            normal.pop();
        }
        Self { text: normal }
    }

    /// The text itself.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The first place from `from` up to byte `until` where `piece` stands in whole words. The first letter may differ in case,
    /// since a quotation may begin in the middle of a sentence, or end one.
    pub(super) fn find(&self, piece: &Self, from: usize, until: usize) -> Option<Range<usize>> {
        let first = piece.text.chars().next()?;
        let rest = &piece.text[first.len_utf8()..];
        let until = self.text.floor_char_boundary(until);
        let mut at = from;
        while let Some(found) = self.text.get(at..until)?.find(rest) {
            let rest_start = at + found;
            let end = rest_start + rest.len();
            if let Some(before) = self.text[..rest_start].chars().next_back()
                && before.to_lowercase().eq(first.to_lowercase())
            {
                let start = rest_start - before.len_utf8();
                if start >= from && self.is_boundary(start) && self.is_boundary(end) {
                    return Some(start..end);
                }
            }
            at = rest_start + self.text[rest_start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// Whether no word goes on across byte `at`.
    fn is_boundary(&self, at: usize) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(is_word(self.text[..at].chars().next_back()) && is_word(self.text[at..].chars().next()))
    }
}

/// The part of `text`, the text that a normal form was made of, that `range` of the normal form stands for.
pub(super) fn original(text: &str, range: &Range<usize>) -> Range<usize> {
    let mut position = 0;
    let mut start = None;
    let mut end = 0;
    for_each_char(text, |c, source| {
        let next = position + c.len_utf8();
        if position < range.end && next > range.start {
            start.get_or_insert(source.start);
            end = source.end;
        }
        position = next;
    });
    let start = start.unwrap_or(text.len());
    start..end.max(start)
}

/// Calls `take` with each character of the normal form and the bytes of `text` it comes from.
fn for_each_char(text: &str, mut take: impl FnMut(char, Range<usize>)) {
    let mut blank = true;
    // Two hyphens are how typewriters write a long dash.
    let mut dash = false;
    for (start, c) in text.char_indices() {
        let source = start..start + c.len_utf8();
        if c.is_whitespace() {
            if !blank {
                take(' ', source);
            }
            (blank, dash) = (true, false);
            continue;
        }
        if is_invisible(c) || is_dropped(c) {
            continue;
        }
        blank = false;
        let sign = same_sign(c);
        let repeats = dash && sign == Some('-');
        dash = sign == Some('-');
        match sign {
            _ if repeats => {}
            Some(sign) => take(sign, source),
            None if c.is_ascii() => take(c, source),
            None => std::iter::once(c).nfkc().for_each(|c| take(c, source.clone())),
        }
    }
}

/// Quotation marks of every kind go: a quotation within a quotation is marked differently in every house.
fn is_dropped(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚' | '‘' | '‛' | '*' | '_')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

fn same_sign(c: char) -> Option<char> {
    match c {
        '’' | '\'' | '´' | '`' | 'ʼ' => Some('\''),
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Some('-'),
        '…' => Some('…'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn finds(text: &str, piece: &str) -> Option<String> {
        Normal::of(text)
            .find(&Normal::of(piece), 0, usize::MAX)
            .map(|range| text[original(text, &range)].to_owned())
    }

    #[test]
    fn typography_makes_no_difference() {
        let page = "He said: “It’s a once\u{a0}in a generation moment for the security of Europe”, and left.";
        assert_eq!(
            finds(page, "it's a  once in a generation moment").as_deref(),
            Some("It’s a once\u{a0}in a generation moment")
        );
        assert_eq!(finds("a coali\u{ad}tion — of the “willing”", "Coalition - of the 'willing'"), None);
        assert_eq!(finds("a rock — steady", "rock -- steady").as_deref(), Some("rock — steady"));
        assert_eq!(
            finds("a coali\u{ad}tion — of the “willing”", "coalition - of the willing").as_deref(),
            Some("coali\u{ad}tion — of the “willing")
        );
    }

    #[test]
    fn letters_and_whole_words_do() {
        assert_eq!(finds("the troops are here", "troops are her"), None);
        assert_eq!(finds("in may it will rain", "in May it will rain"), None);
        assert_eq!(finds("we will not go", "we will go"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn what_is_found_lies_on_characters(text in "[ a-zäß„“…\u{ad}\u{a0}ﬁ.'’]{0,60}", from in 0_usize..20, length in 1_usize..20) {
            let piece: String = text.chars().skip(from).take(length).collect();
            let normal = Normal::of(&text);
            if let Some(range) = normal.find(&Normal::of(&piece), 0, usize::MAX) {
                prop_assert!(text.get(original(&text, &range)).is_some());
            }
        }
    }
}
