//! What a claim is about: its words with meaning, and what each of them may be on a page in another language.

use std::ops::Range;

use super::key::Key;
use super::language::Language;
use super::lexicon::{gazetteer, is_stopword, lexicon};
use super::name::Name;
use super::stem::stem;
use super::token::{Token, TokenKind, fold};

/// The most content words of one claim that are weighed.
const MOST_WORDS: usize = 120;
/// How sure it is that a word that begins with the same sounds is the same word: across languages, and within one.
const COGNATE: (f64, f64) = (0.7, 0.5);
/// How much a part of a compound counts against a word of its own.
const PART: f64 = 0.65;

/// A word, name or part of a compound that a passage about the same thing would have.
#[derive(Clone, Debug)]
pub(super) struct ContentWord {
    /// Where the word stands in the claim, in bytes.
    pub(super) range: Range<usize>,
    /// What it may be on the page.
    pub(super) meanings: Vec<Meaning>,
    /// How much it counts: 1 for a word, less for a part of one.
    pub(super) share: f64,
    /// Whether it is a name.
    pub(super) is_name: bool,
}

/// A word or phrase that a content word may be on a page.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    /// The keys of its words.
    pub(super) keys: Vec<Key>,
    /// How sure it is, up to 1.
    pub(super) strength: f64,
}

/// The content words of a claim as a page in `page` language would have them. Words inside `skipped` (figures, dates)
/// are compared on their own.
pub(super) fn content_words(
    tokens: &[Token<'_>],
    names: &[Name],
    skipped: &[Range<usize>],
    claim: Language,
    page: Language,
) -> Vec<ContentWord> {
    let mut found = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
        if found.len() >= MOST_WORDS {
            break;
        }
        let within = |range: &Range<usize>| range.contains(&token.start);
        if skipped.iter().any(within) {
            continue;
        }
        if let Some(name) = names.iter().find(|name| name.known.is_some() && within(&name.range)) {
            if name.range.start == token.start {
                found.push(known_name(name));
            }
            continue;
        }
        let is_name = names.iter().any(|name| within(&name.range));
        let folded = fold(token.text);
        if folded.len() < 2 || is_stopword(&folded, claim) {
            continue;
        }
        found.extend(
            words(&folded, token.start..token.end(), claim, page).map(|word| ContentWord { is_name, ..word }),
        );
    }
    found
}

fn known_name(name: &Name) -> ContentWord {
    let meanings =
        name.known.map(|known| Meaning { keys: vec![Key::name(known)], strength: 1.0 }).into_iter().collect();
    ContentWord { range: name.range.clone(), meanings, share: 1.0, is_name: true }
}

/// The content words that one word makes: itself, or the parts of a compound that has no translation of its own.
fn words(
    folded: &str,
    range: Range<usize>,
    claim: Language,
    page: Language,
) -> impl Iterator<Item = ContentWord> {
    let whole = meanings(folded, claim, page);
    let mut found = Vec::new();
    let parts = if claim == Language::German && !lexicon().knows_german(folded) {
        lexicon().parts(folded)
    } else {
        Vec::new()
    };
    if parts.is_empty() || claim == page {
        found.push(ContentWord { range, meanings: whole, share: 1.0, is_name: false });
    } else {
        found.extend(parts.into_iter().map(|part| {
            let mut meanings = meanings(part, claim, page);
            // Security guarantee in one word on the page as well, or a word borrowed whole.
            meanings.extend(whole.iter().cloned());
            ContentWord { range: range.clone(), meanings, share: PART, is_name: false }
        }));
    }
    found.into_iter()
}

fn meanings(folded: &str, claim: Language, page: Language) -> Vec<Meaning> {
    let mut found = vec![Meaning { keys: vec![Key::stem(&stem(folded, page))], strength: 1.0 }];
    if claim != page {
        // Borrowed words keep their ending: the stem of the one language may not be that of the other.
        found.push(Meaning { keys: vec![Key::stem(&stem(folded, claim))], strength: 1.0 });
    }
    match (claim, page) {
        (Language::German, Language::English) => {
            let phrases = lexicon().to_english(folded).unwrap_or_default();
            found.extend(phrases.iter().map(|keys| Meaning { keys: keys.clone(), strength: 1.0 }));
        }
        (Language::English, Language::German) => {
            let german = lexicon().to_german(&stem(folded, Language::English));
            found.extend(german.iter().map(|&key| Meaning { keys: vec![key], strength: 1.0 }));
        }
        _ => {}
    }
    let strength = if claim == page { COGNATE.1 } else { COGNATE.0 };
    found.extend(Key::cognate(folded).map(|key| Meaning { keys: vec![key], strength }));
    found
}

/// Adds the keys that a word of a page is found by.
pub(super) fn page_keys(token: &Token<'_>, folded: &str, language: Language, keys: &mut Vec<Key>) {
    keys.push(Key::stem(&stem(folded, language)));
    keys.extend(Key::cognate(folded));
    if token.is_capitalised() {
        keys.extend(Key::sound(genitive_off(folded)));
    }
    if language == Language::German {
        keys.extend(lexicon().german_base(folded).map(|base| Key::stem(&base)));
        keys.extend(lexicon().parts(folded).into_iter().map(|part| Key::stem(&stem(part, language))));
    }
}

/// Adds the key of the name that begins at the first of `tokens`; gives the number of tokens it takes.
pub(super) fn name_key(tokens: &[Token<'_>], keys: &mut Vec<Key>) -> usize {
    let Some((name, length)) = gazetteer().at(tokens) else { return 0 };
    keys.push(Key::name(name));
    length
}

/// A folded name without the s of a genitive.
pub(super) fn genitive_off(folded: &str) -> &str {
    folded.strip_suffix('s').filter(|base| base.len() >= 4 && !base.ends_with('s')).unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::super::name;
    use super::super::token::tokens;
    use super::*;

    fn meets(german: &str, english: &str) -> bool {
        let claim = tokens(german);
        let mut keys = Vec::new();
        for token in &tokens(english) {
            page_keys(token, &fold(token.text), Language::English, &mut keys);
        }
        content_words(&claim, &name::find(&claim, Language::German), &[], Language::German, Language::English)
            .iter()
            .all(|word| word.meanings.iter().any(|meaning| meaning.keys.iter().all(|key| keys.contains(key))))
    }

    #[test]
    fn a_german_word_meets_its_translation() {
        for (german, english) in [
            ("Soldaten", "troops"),
            ("Sicherheitsgarantien", "security guarantees"),
            ("Friedensmission", "peacekeeping mission"),
            ("das Kontingent", "a contingent"),
            ("Koalition der Willigen", "coalition of the willing"),
            ("Militärpräsenz", "military presence"),
        ] {
            assert!(meets(german, english), "{german} {english}");
        }
        assert!(!meets("Soldaten", "tomatoes"));
    }
}
