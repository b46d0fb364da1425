//! The German-English lexicon, and German compounds taken apart by it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::foreign::added;
use super::stopword::is_stopword;
use crate::evidence::key::Key;
use crate::evidence::language::Language;
use crate::evidence::stem::{VERB_PREFIXES, german_verb_forms, stem};
use crate::evidence::token::fold;

pub(super) const DE_EN: &str = include_str!("de-en.tsv");
pub(super) const STRONG: &str = include_str!("de-strong.tsv");
/// No part of a compound is shorter, in bytes.
const SHORTEST_PART: usize = 3;
/// A form of a short word is no longer than this, in bytes.
const LONGEST_SHORT_FORM: usize = 9;
/// A word longer than this is none, and is not taken apart.
const LONGEST_WORD: usize = 60;

/// Translations by stem, both ways.
pub(in crate::evidence) struct Lexicon {
    /// German stem to the English stems of each translation.
    german: HashMap<String, Vec<Vec<Key>>>,
    /// English stem to German stems.
    english: HashMap<String, Vec<Key>>,
    /// Folded German words as written, so that a compound is cut where a whole word ends.
    words: HashSet<String>,
    /// Forms of strong verbs to their infinitives.
    strong: HashMap<String, String>,
}

/// The lexicon that comes with beleg, and what was added to it.
pub(in crate::evidence) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        let mut lexicon = Lexicon::read(DE_EN, STRONG);
        lexicon.add(added());
        lexicon
    });
    &LEXICON
}

impl Lexicon {
    /// Reads lines of a German word, a tab, and English words or phrases separated by commas; and lines of an infinitive,
    /// a tab, and its forms.
    fn read(table: &str, verbs: &str) -> Self {
        let mut strong = HashMap::new();
        for line in verbs.lines().filter(|line| !line.starts_with('#')) {
            let Some((infinitive, forms)) = line.split_once('\t') else { continue };
            strong.extend(forms.split(',').map(|form| (fold(form.trim()), fold(infinitive))));
        }
        let mut lexicon =
            Self { german: HashMap::new(), english: HashMap::new(), words: HashSet::new(), strong };
        lexicon.add(table);
        lexicon
    }

    /// Adds the entries of `table`.
    fn add(&mut self, table: &str) {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((german, english)) = line.split_once('\t') else { continue };
            let word = fold(german);
            let root = stem(&word, Language::German);
            for phrase in english.split(',') {
                let stems: Vec<String> = phrase
                    .split([' ', '-'])
                    .map(fold)
                    .filter(|word| !word.is_empty() && !is_stopword(word, Language::English))
                    .map(|word| stem(&word, Language::English))
                    .collect();
                if let [only] = stems.as_slice() {
                    self.english.entry(only.clone()).or_default().push(Key::stem(&root));
                }
                if !stems.is_empty() {
                    let keys = stems.iter().map(|stem| Key::stem(stem)).collect();
                    self.german.entry(root.clone()).or_default().push(keys);
                }
            }
            self.words.insert(word);
        }
    }

    /// The English stems of each translation of a folded German word; a phrase has more than one.
    pub(in crate::evidence) fn to_english(&self, folded: &str) -> Option<&[Vec<Key>]> {
        self.german.get(&self.german_base(folded)?).map(Vec::as_slice)
    }

    /// The stem of the word in the lexicon that a folded German word is a form of.
    pub(in crate::evidence) fn german_base(&self, folded: &str) -> Option<String> {
        let known = |stem: &String| self.german.contains_key(stem);
        Some(stem(folded, Language::German))
            .filter(known)
            .or_else(|| german_verb_forms(folded).into_iter().find(known))
            .or_else(|| self.strong_verb(folded))
            .or_else(|| self.short_word(folded))
    }

    /// The stem of the short word that `folded` is a form of: *neue*, *Räder*, *geht*. Endings are not taken off such words
    /// unless what is left is a word.
    fn short_word(&self, folded: &str) -> Option<String> {
        if folded.len() > LONGEST_SHORT_FORM {
            return None;
        }
        ["", "e", "n", "s", "t", "er", "en", "em", "es", "st", "et", "te", "ten", "ern"]
            .iter()
            .filter_map(|ending| folded.strip_suffix(ending).filter(|rest| rest.len() >= 2))
            .flat_map(|rest| [rest.to_owned(), format!("{rest}en"), format!("{rest}e"), format!("{rest}n")])
            .find(|word| self.words.contains(word))
            .map(|word| stem(&word, Language::German))
    }

    /// The stem of the verb that `folded` is a form of: *übernahm*, *angenommen*, *ging*.
    fn strong_verb(&self, folded: &str) -> Option<String> {
        VERB_PREFIXES.iter().find_map(|prefix| {
            let rest = folded.strip_prefix(prefix)?;
            [Some(rest), rest.strip_prefix("ge")]
                .into_iter()
                .flatten()
                .filter_map(|form| self.strong.get(form))
                .map(|infinitive| stem(&format!("{prefix}{infinitive}"), Language::German))
                .find(|stem| self.german.contains_key(stem))
        })
    }

    /// The German stems of the translations of an English word, by its stem.
    pub(in crate::evidence) fn to_german(&self, stem: &str) -> &[Key] {
        self.english.get(stem).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a folded German word, or the word it is a form of, is in the lexicon.
    pub(in crate::evidence) fn knows_german(&self, folded: &str) -> bool {
        self.german_base(folded).is_some()
    }

    /// The words that a folded German compound is made of, where all of them are known; empty otherwise.
    pub(in crate::evidence) fn parts<'a>(&self, folded: &'a str) -> Vec<&'a str> {
        if folded.len() < 2 * SHORTEST_PART || folded.len() > LONGEST_WORD || !folded.is_ascii() {
            return Vec::new();
        }
        self.halves(folded)
            .map(|(left, right)| vec![left, right])
            .or_else(|| self.three(folded))
            .unwrap_or_default()
    }

    /// The best cut into two known words: the one whose shorter part is longest.
    fn halves<'a>(&self, word: &'a str) -> Option<(&'a str, &'a str)> {
        let last = word.len().checked_sub(SHORTEST_PART)?;
        (SHORTEST_PART..=last)
            .filter_map(|at| {
                let (left, right) = word.split_at(at);
                let left = self.first_part(left)?;
                (right.len() >= 4 && self.knows_german(right)).then_some((left, right))
            })
            .max_by_key(|(left, right)| (left.len().min(right.len()), left.len()))
    }

    fn three<'a>(&self, word: &'a str) -> Option<Vec<&'a str>> {
        let last = word.len().checked_sub(2 * SHORTEST_PART)?;
        (SHORTEST_PART..=last).rev().find_map(|at| {
            let (left, rest) = word.split_at(at);
            let left = self.first_part(left)?;
            let (middle, right) = self.halves(rest)?;
            Some(vec![left, middle, right])
        })
    }

    /// The known word that `part` is, or is with a linking sound after it (*Sicherheit-s-garantie*).
    fn first_part<'a>(&self, part: &'a str) -> Option<&'a str> {
        let is_word = |word: &str| word.len() >= SHORTEST_PART && self.words.contains(word);
        ["", "s", "es", "n", "en", "e", "er"]
            .iter()
            .find_map(|link| part.strip_suffix(link).filter(|word| is_word(word)))
            .or_else(|| {
                (part.len() >= 5 && !part.ends_with('s') && self.german.contains_key(part)).then_some(part)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translates(german: &str, english: &str) -> bool {
        let keys = [Key::stem(&stem(&fold(english), Language::English))];
        lexicon().to_english(&fold(german)).is_some_and(|found| found.iter().any(|phrase| phrase[..] == keys))
    }

    #[test]
    fn every_line_of_the_table_is_an_entry() {
        let lines = DE_EN.lines().filter(|line| !line.starts_with('#'));
        let mut count = 0;
        for line in lines {
            let (german, english) = line.split_once('\t').unwrap_or_else(|| panic!("{line} has no tab"));
            assert_eq!(german, german.to_lowercase(), "{line}");
            assert!(english.split(',').all(|word| !word.trim().is_empty()), "{line}");
            count += 1;
        }
        assert!(count >= 7_000, "{count}");
    }

    #[test]
    fn forms_of_a_word_are_translated() {
        for (german, english) in [
            ("Soldaten", "soldiers"),
            ("umfasste", "included"),
            ("angekündigt", "announce"),
            ("Verhandlungen", "talks"),
            ("Krediten", "loans"),
            ("verlor", "lost"),
            ("angenommen", "accept"),
            ("gingen", "went"),
            ("neue", "new"),
            ("rotes", "red"),
            ("geht", "go"),
            ("Räder", "wheel"),
        ] {
            assert!(translates(german, english), "{german} {english}");
        }
    }

    #[test]
    fn compounds_are_taken_apart() {
        assert_eq!(lexicon().parts("friedenstruppen"), ["frieden", "truppen"]);
        assert_eq!(lexicon().parts("friedensvertragsverhandlung"), ["friedensvertrag", "verhandlung"]);
        assert!(lexicon().parts("xyzzyplugh").is_empty());
    }

    #[test]
    fn the_way_back_is_known() {
        let german = Key::stem(&stem("soldaten", Language::German));
        assert!(lexicon().to_german(&stem("troops", Language::English)).contains(&german));
    }
}
