//! The words of a passage with the keys that they are found by.

use std::ops::Range;

use crate::evidence::content::{ContentWord, name_key, page_keys};
use crate::evidence::index::ReadablePage;
use crate::evidence::key::Key;
use crate::evidence::token::{Token, TokenKind, fold, tokens};

/// A word of a page with the keys that it is found by.
pub(in crate::evidence) struct KeyedWord {
    /// Where it stands in the page's text, in bytes.
    pub(in crate::evidence) range: Range<usize>,
    /// What it is found by.
    pub(super) keys: Vec<Key>,
}

/// The words in `span` of a page, names of several words as one besides.
pub(in crate::evidence) fn keyed_words(page: &ReadablePage<'_>, span: Range<usize>) -> Vec<KeyedWord> {
    let Some(text) = page.text.text.get(span.clone()) else { return Vec::new() };
    let tokens: Vec<Token<'_>> = tokens(text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
        let mut names = Vec::new();
        let length = name_key(&tokens[at..], &mut names);
        if length > 0 {
            found.push(KeyedWord {
                range: token.start + span.start..tokens[at + length - 1].end() + span.start,
                keys: names,
            });
        }
        let mut keys = Vec::new();
        page_keys(token, &fold(token.text), page.language, &mut keys);
        found.push(KeyedWord { range: token.start + span.start..token.end() + span.start, keys });
    }
    found
}

/// The ranges of the words of `keyed` that `words` have as a partner.
pub(in crate::evidence) fn partner_ranges<'k>(
    words: &'k [&'k ContentWord],
    keyed: &'k [KeyedWord],
) -> impl Iterator<Item = Range<usize>> + 'k {
    keyed
        .iter()
        .filter(|word| {
            words.iter().any(|sought| {
                sought.meanings.iter().any(|meaning| meaning.keys.iter().any(|key| word.keys.contains(key)))
            })
        })
        .map(|word| word.range.clone())
}

/// From the first partner to the last.
pub(super) fn partners(words: &[&ContentWord], keyed: &[KeyedWord]) -> Option<Range<usize>> {
    let ranges: Vec<Range<usize>> = partner_ranges(words, keyed).collect();
    Some(ranges.first()?.start..ranges.iter().map(|range| range.end).max()?)
}

/// The share of `words` that have a partner in `keyed`.
pub(super) fn partnered(words: &[&ContentWord], keyed: &[KeyedWord]) -> f64 {
    let has = |key: &Key| keyed.iter().any(|word| word.keys.contains(key));
    let (mut met, mut all) = (0.0, 0.0);
    for word in words {
        all += word.share;
        if word.meanings.iter().any(|meaning| meaning.keys.iter().all(has)) {
            met += word.share;
        }
    }
    met / f64::max(all, f64::MIN_POSITIVE)
}
