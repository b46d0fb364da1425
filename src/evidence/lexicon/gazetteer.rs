//! Names and their spellings: Selenskyj is Zelensky, Kiew is Kyiv.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::evidence::token::{Token, TokenKind, fold, folded};

pub(super) const NAMES: &str = include_str!("names.tsv");

/// Every spelling of the names that are known.
pub(in crate::evidence) struct Gazetteer {
    /// The first word of a spelling, folded, to the spellings that begin with it, the longest first.
    spellings: HashMap<String, Vec<Spelling>>,
}

struct Spelling {
    /// Its words, folded.
    words: Vec<String>,
    /// Whether it is an abbreviation, such as US or UN: then capitals matter.
    capitals: bool,
    name: usize,
}

/// The gazetteer that comes with beleg.
pub(in crate::evidence) fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::read(NAMES));
    &GAZETTEER
}

impl Gazetteer {
    /// Reads lines of a name, a tab, and other spellings separated by commas.
    fn read(table: &str) -> Self {
        let mut spellings: HashMap<String, Vec<Spelling>> = HashMap::new();
        for (name, line) in table.lines().filter(|line| !line.starts_with('#')).enumerate() {
            for written in line.split(['\t', ',']).map(str::trim).filter(|written| !written.is_empty()) {
                let words: Vec<String> = words(written).collect();
                let capitals = written.chars().filter(|c| c.is_alphabetic()).count() <= 4
                    && written.chars().all(|c| !c.is_lowercase());
                if let Some(first) = words.first().cloned() {
                    spellings.entry(first).or_default().push(Spelling { words, capitals, name });
                }
            }
        }
        for list in spellings.values_mut() {
            list.sort_by(|one, other| (other.words.len(), one.name).cmp(&(one.words.len(), other.name)));
        }
        Self { spellings }
    }

    /// The longest name that begins at the first of `tokens`, with the number of tokens it takes.
    pub(in crate::evidence) fn at(&self, tokens: &[Token<'_>]) -> Option<(usize, usize)> {
        let first = tokens.first()?;
        if first.kind != TokenKind::Word
            || !first.text.starts_with(char::is_uppercase) && !starts_name_in_lower_case(first.text)
        {
            return None;
        }
        bases(&folded(first.text)).find_map(|base| {
            let list = self.spellings.get(base)?;
            list.iter().find_map(|spelling| Some((spelling.name, spelling.length_at(tokens)?)))
        })
    }
}

impl Spelling {
    /// How many tokens it takes where `tokens` begin with it.
    fn length_at(&self, tokens: &[Token<'_>]) -> Option<usize> {
        let mut at = 0;
        for (index, word) in self.words.iter().enumerate() {
            // U.S. and JD, J. D. and al-Assad: full stops and hyphens within a name do not count.
            while index > 0 && tokens.get(at).is_some_and(|token| token.is_sign('.') || token.is_sign('-')) {
                at += 1;
            }
            let token = tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
            let folded = folded(token.text);
            let is_last = index + 1 == self.words.len();
            let same = folded == *word || is_last && bases(&folded).any(|base| base == word);
            if !same || self.capitals && token.text.chars().any(char::is_lowercase) {
                return None;
            }
            at += 1;
        }
        let connected =
            tokens.get(at).is_some_and(|next| next.kind == TokenKind::Word && adjoins(&tokens[at - 1], next));
        (!connected).then_some(at)
    }
}

/// Whether `next` follows without a blank.
fn adjoins(token: &Token<'_>, next: &Token<'_>) -> bool {
    token.end() == next.start
}

/// Names such as *al-Qaida* and *von der Leyen* begin in lower case.
fn starts_name_in_lower_case(word: &str) -> bool {
    matches!(word, "al" | "von")
}

fn words(written: &str) -> impl Iterator<Item = String> {
    written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold)
}

/// A word as it stands, and without the s of a genitive.
fn bases(folded: &str) -> impl Iterator<Item = &str> {
    [folded].into_iter().chain(folded.strip_suffix('s').filter(|base| base.len() >= 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::token::tokens;

    fn name(text: &str) -> Option<(usize, usize)> {
        gazetteer().at(&tokens(text))
    }

    #[test]
    fn spellings_of_one_name_are_the_same_name() {
        for [one, other] in [
            ["Selenskyjs Forderungen", "Zelenskyy"],
            ["Wolodymyr Selenskyj", "Zelensky"],
            ["Kiew", "Kyiv"],
            ["Weißen Haus", "White House"],
            ["USA", "U.S. troops"],
            ["Vereinigten Staaten", "United States"],
            ["J. D. Vance", "JD Vance"],
            ["Russlands", "Russia"],
        ] {
            assert!(name(one).is_some(), "{one}");
            assert_eq!(name(one).map(|(id, _)| id), name(other).map(|(id, _)| id), "{one} {other}");
        }
    }

    #[test]
    fn words_that_look_like_a_name_are_none() {
        for text in ["us", "Us", "iran", "Putinismus", "Fedora"] {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(name("North Korea").map(|(_, length)| length), Some(2));
        assert_eq!(name("Europäische Kommission hat").map(|(_, length)| length), Some(2));
    }

    #[test]
    fn there_are_enough_of_them() {
        assert!(NAMES.lines().filter(|line| !line.starts_with('#')).count() >= 600);
    }
}
