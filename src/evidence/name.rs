//! Names of persons, places and bodies in a claim.
//!
//! Every German noun is capitalised, so a capital alone says nothing there. What counts as a name: what the gazetteer
//! knows; a run of capitalised words that begins with one the lexicon does not know; a word after a title.

use std::ops::Range;

use super::figure::is_unit_or_magnitude;
use super::language::Language;
use super::lexicon::{gazetteer, is_stopword, lexicon};
use super::token::{Token, TokenKind, folded};

/// Words, or ends of words, that a person's name follows. Folded.
const TITLES: [&str; 26] = [
    "prasident",
    "prasidentin",
    "minister",
    "ministerin",
    "kanzler",
    "kanzlerin",
    "premier",
    "botschafter",
    "general",
    "sprecher",
    "sprecherin",
    "chef",
    "chefin",
    "trainer",
    "richter",
    "papst",
    "konig",
    "president",
    "chancellor",
    "secretary",
    "senator",
    "governor",
    "pope",
    "king",
    "spokesman",
    "minister",
];
/// Words that stand within a name in lower case.
const PARTICLES: [&str; 10] = ["von", "van", "de", "del", "da", "du", "bin", "al", "el", "la"];
/// Ends of German words that are nouns whatever stands before them. Folded.
const NOUN_ENDINGS: [&str; 14] = [
    "ung", "ungen", "heit", "keit", "schaft", "tat", "ismus", "ion", "ionen", "strasse", "stadt", "platz",
    "zeitung", "klinik",
];

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Its number in the gazetteer.
    pub(super) known: Option<usize>,
}

/// The names among `tokens`, in order.
pub(super) fn find(tokens: &[Token<'_>], language: Language) -> Vec<Name> {
    let mut found: Vec<Name> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((name, length)) = gazetteer().at(&tokens[at..]) {
            found.push(Name { range: tokens[at].start..tokens[at + length - 1].end(), known: Some(name) });
            at += length;
            continue;
        }
        let length = run(&tokens[at..]);
        match name_in_run(tokens, at, length, language) {
            Some((start, end)) => {
                found.push(Name { range: tokens[start].start..tokens[end - 1].end(), known: None });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// How many of `tokens` make a run of capitalised words, particles within it included.
fn run(tokens: &[Token<'_>]) -> usize {
    let mut length = 0;
    for (at, token) in tokens.iter().enumerate().take(8) {
        let is_particle = at > 0 && PARTICLES.contains(&token.text);
        let apart = at > 0 && token.start != tokens[at - 1].end() + 1;
        if token.kind != TokenKind::Word || apart || !(token.is_capitalised() || is_particle) {
            break;
        }
        if at > 0 && gazetteer().at(&tokens[at..]).is_some() {
            break;
        }
        if !is_particle {
            length = at + 1;
        }
    }
    length
}

/// The name at the start of a run of `length` words from token `at`, as a range of tokens.
fn name_in_run(tokens: &[Token<'_>], at: usize, length: usize, language: Language) -> Option<(usize, usize)> {
    let word = |at: usize| folded(tokens[at].text);
    if length == 0 || is_stopword(&word(at), language) || tokens[at].text.chars().count() < 2 {
        return None;
    }
    let is_title = |at: usize| TITLES.iter().any(|title| word(at).ends_with(title));
    if is_title(at) {
        return None;
    }
    let after_title = at > 0 && is_title(at - 1) && tokens[at - 1].end() + 1 == tokens[at].start;
    let sentence_start = at == 0 || matches!(tokens[at - 1].text, "." | "!" | "?" | ":" | "„" | "“" | "\"");
    let is_noun = |at: usize| language == Language::German && is_known_noun(&word(at));
    if sentence_start && is_stopword(&word(at), language) || (at..at + length).any(is_noun) {
        return None;
    }
    // A compound such as US-Kommandeur has a hyphen after it, and is no name.
    let hyphen = tokens
        .get(at + length)
        .is_some_and(|next| next.is_sign('-') && next.start == tokens[at + length - 1].end());
    let long_enough = length >= 2 || after_title && length == 1;
    (long_enough && !hyphen).then_some((at, at + length))
}

/// Whether a German word is a noun, as far as the lexicon, its parts or its ending tell.
fn is_known_noun(folded: &str) -> bool {
    lexicon().knows_german(folded)
        || is_unit_or_magnitude(folded)
        || NOUN_ENDINGS.iter().any(|ending| folded.ends_with(ending))
        || !lexicon().parts(folded).is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn names(text: &str, language: Language) -> Vec<&str> {
        find(&tokens(text), language).into_iter().map(|name| &text[name.range]).collect()
    }

    #[test]
    fn german_nouns_are_no_names() {
        assert_eq!(
            names(
                "Präsident Emmanuel Macron äußerte optimistisch, dass die Verhandlungen einige Wochen dauern würden.",
                Language::German
            ),
            ["Emmanuel Macron"]
        );
        assert_eq!(
            names("Allerdings äußerten Claudia Major und Aldo Kleemann in einem Papier", Language::German),
            ["Claudia Major", "Aldo Kleemann"]
        );
        assert_eq!(
            names("Gleichzeitig müssten Schätzungen zufolge Soldaten mobilisiert werden.", Language::German),
            Vec::<&str>::new()
        );
        assert_eq!(
            names("im Weißen Haus sprach Außenminister Wadenstrumpf über Kiew.", Language::German),
            ["Weißen Haus", "Wadenstrumpf", "Kiew"]
        );
    }

    #[test]
    fn english_names_are_runs_of_capitals() {
        assert_eq!(
            names("The French president met Vesna Konhauser of Acme Widgets in Paris.", Language::English),
            ["Vesna Konhauser", "Acme Widgets", "Paris"]
        );
    }
}
