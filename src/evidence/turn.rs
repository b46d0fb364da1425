//! The turns of a transcript: who speaks where on a page, and whether that is whom a claim names.
//!
//! A ministry's interview and a court's record name the speaker in capitals before a colon at the start of a line:
//! `SECRETARY RUBIO:`, `QUESTION:`. What follows is theirs until the next such line.

use super::language::Language;
use super::lexicon::gazetteer;
use super::name;
use super::name_likeness::same_name;
use super::token::{TokenKind, fold, tokens};

/// How far back from a passage its turn is looked for, in bytes. A speech has no turns.
const REACH: usize = 20_000;
/// The longest name of a speaker, in bytes.
const LONGEST: usize = 60;
/// Those who ask, whoever they are.
const ASKERS: [&str; 8] =
    ["question", "q", "frage", "reporter", "interviewer", "moderator", "host", "journalist"];

/// Who speaks at byte `at` of `text`, as the transcript names them.
pub(super) fn speaker_at(text: &str, at: usize) -> Option<&str> {
    let upto = text.get(..at)?;
    let mut from = upto.len().saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    // The passage may begin in the middle of the line that names its speaker.
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    text[from..line_end].lines().rev().find_map(label)
}

/// The name in capitals before the colon of a line.
fn label(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_label = name.len() <= LONGEST
        && letters >= 1
        && name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | '(' | ')'));
    is_label.then_some(name.trim())
}

/// Whether the transcript's `label` is surely somebody else than `speaker`, whom a claim in `language` names. Who is named by
/// an office alone may be anybody.
pub(super) fn is_another(label: &str, speaker: &str, language: Language) -> bool {
    let named = tokens(speaker);
    let names = name::find(&named, language);
    let Some(claimed) = names.last() else { return false };
    let asks = tokens(label).first().is_some_and(|token| ASKERS.contains(&fold(token.text).as_str()));
    if asks {
        return true;
    }
    let last = |text: &str| {
        tokens(text)
            .into_iter()
            .rfind(|token| token.kind == TokenKind::Word)
            .map(|token| token.text.to_owned())
    };
    let (Some(said), Some(meant)) = (last(label), last(&speaker[claimed.range.clone()])) else {
        return false;
    };
    let known = |text: &str| {
        let capitalised = in_small_letters(text);
        gazetteer().at(&tokens(&capitalised)).map(|(number, _)| number)
    };
    let same_known = claimed.known.is_some() && claimed.known == known(&said);
    !same_known && !same_name(&said, &meant)
}

/// A word in capitals as it is written in a text: *Rubio*.
fn in_small_letters(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRANSCRIPT: &str = "A synthetic transcript.\nQUESTION: Is it late?\nSECRETARY RUBIO: It is not.\nIt is early.\nMR. KILMEADE: Well.";

    #[test]
    fn what_follows_a_name_in_capitals_is_theirs() {
        let speaker = |words: &str| speaker_at(TRANSCRIPT, TRANSCRIPT.find(words).unwrap());
        assert_eq!(speaker("A synthetic"), None);
        assert_eq!(speaker("Is it late"), Some("QUESTION"));
        assert_eq!(speaker("It is not"), Some("SECRETARY RUBIO"));
        assert_eq!(speaker("It is early"), Some("SECRETARY RUBIO"));
        assert_eq!(speaker("Well"), Some("MR. KILMEADE"));
        assert_eq!(speaker_at("No transcript: only text.\nNothing.", 30), None);
    }

    #[test]
    fn whom_a_claim_names_is_compared_with_who_speaks() {
        assert!(!is_another("SECRETARY RUBIO", "Außenminister Marco Rubio", Language::German));
        assert!(!is_another("PRESIDENT ZELENSKYY", "Selenskyj", Language::German));
        assert!(is_another("QUESTION", "Marco Rubio", Language::German));
        assert!(is_another("MR. KILMEADE", "Marco Rubio", Language::German));
        assert!(!is_another("MR. KILMEADE", "der Minister", Language::German));
    }
}
