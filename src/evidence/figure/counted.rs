//! Reads what a figure counts: the noun after it.

use std::ops::Range;

use super::reader::Reader;
use crate::evidence::language::Language;
use crate::evidence::lexicon::is_stopword;
use crate::evidence::token::{Token, TokenKind, fold};

/// How many words after a number are looked through for what it counts.
const REACH: usize = 4;

impl Reader<'_> {
    /// Where the words stand that may name what is counted, the likeliest first: in German the first capitalised word,
    /// in English the last before a word without meaning.
    pub(super) fn counted(&self, next: usize) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        let hyphen = usize::from(self.row.is_sign(next, '-') && self.row.adjoins(next));
        for at in next + hyphen..next + hyphen + REACH {
            let Some(token) = self.row.0.get(at).filter(|token| token.kind == TokenKind::Word) else {
                break;
            };
            let folded = fold(token.text);
            if is_stopword(&folded, self.language) {
                break;
            }
            words.push(token);
            if self.language == Language::German && token.is_capitalised() {
                break;
            }
        }
        if self.language == Language::German {
            words.reverse();
            words.retain(|token| token.is_capitalised());
        } else if let Some(head) = words.iter().position(|token| is_plural(token)) {
            words.truncate(head + 1);
            words.reverse();
        }
        words.iter().map(|token| token.start..token.end()).collect()
    }
}

/// Whether an English word is likely a noun of several things.
fn is_plural(token: &Token<'_>) -> bool {
    token.text.len() > 3 && token.text.ends_with('s') && !token.text.ends_with("ss")
        || matches!(token.text, "people" | "men" | "women" | "children")
}
