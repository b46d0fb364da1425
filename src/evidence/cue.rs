//! Words that turn what a sentence says: negation, hearsay, and whether something rose or fell.
//!
//! A passage can share every word with a claim and say the opposite. Where only one of both denies, or one says that something
//! rose and the other that it fell, a reader has to look.

use super::language::Language;
use super::token::{Row, Token, TokenKind, fold};

/// How many words after *not* may stand before *alone*.
const REACH: usize = 7;

/// What turns a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cues {
    negated: bool,
    hearsay: bool,
    rises: bool,
    falls: bool,
}

const NEGATIONS: [(Language, &[&str]); 2] = [
    (
        Language::German,
        &[
            "nicht",
            "kein",
            "keine",
            "keinen",
            "keinem",
            "keiner",
            "keines",
            "nie",
            "niemals",
            "weder",
            "ohne",
            "nichts",
            "niemand",
            "dementierte",
            "dementiert",
            "bestritt",
            "bestreitet",
            "verneinte",
            "ablehnte",
            "abgelehnt",
            "lehnte",
            "lehnt",
            "verweigerte",
            "verweigert",
            "unmoglich",
        ],
    ),
    (
        Language::English,
        &[
            "not",
            "no",
            "never",
            "neither",
            "nor",
            "without",
            "none",
            "nothing",
            "nobody",
            "cannot",
            "denied",
            "denies",
            "deny",
            "rejected",
            "rejects",
            "refused",
            "refuses",
            "impossible",
            "t",
        ],
    ),
];
const HEARSAY: [(Language, &[&str]); 2] = [
    (
        Language::German,
        &[
            "angeblich",
            "angebliche",
            "angeblichen",
            "mutmasslich",
            "mutmassliche",
            "mutmasslichen",
            "geruchte",
            "geruchten",
        ],
    ),
    (
        Language::English,
        &[
            "allegedly",
            "reportedly",
            "purportedly",
            "supposedly",
            "alleged",
            "rumors",
            "rumours",
            "rumored",
            "suspected",
        ],
    ),
];
const RISES: [(Language, &[&str]); 2] = [
    (
        Language::German,
        &[
            "stieg",
            "stiegen",
            "steigt",
            "steigen",
            "gestiegen",
            "wuchs",
            "wuchsen",
            "wachst",
            "gewachsen",
            "erhohte",
            "erhoht",
            "erhohten",
            "zunahm",
            "zugenommen",
            "anstieg",
            "zuwachs",
            "zulegte",
            "kletterte",
        ],
    ),
    (
        Language::English,
        &[
            "rose",
            "rises",
            "rise",
            "risen",
            "rising",
            "grew",
            "grows",
            "grown",
            "growth",
            "increased",
            "increases",
            "increase",
            "gained",
            "climbed",
            "soared",
            "surged",
            "jumped",
        ],
    ),
];
const FALLS: [(Language, &[&str]); 2] = [
    (
        Language::German,
        &[
            "fiel",
            "fielen",
            "gefallen",
            "sank",
            "sanken",
            "sinkt",
            "sinken",
            "gesunken",
            "ruckgang",
            "zuruckging",
            "abnahm",
            "abgenommen",
            "schrumpfte",
            "schrumpft",
            "senkte",
            "senkten",
            "gesenkt",
            "einbrach",
        ],
    ),
    (
        Language::English,
        &[
            "fell",
            "falls",
            "fallen",
            "falling",
            "dropped",
            "drops",
            "drop",
            "declined",
            "decreased",
            "decrease",
            "shrank",
            "shrunk",
            "sank",
            "slumped",
            "plunged",
            "lowered",
            "reduced",
            "cut",
        ],
    ),
];

impl Cues {
    /// The cues among `tokens`.
    pub(super) fn of(tokens: &[Token<'_>], language: Language) -> Self {
        let words: Vec<String> = (0..tokens.len())
            .filter(|&at| tokens[at].kind == TokenKind::Word && !denies_nothing(tokens, at))
            .map(|at| fold(tokens[at].text))
            .collect();
        let any = |lists: &[(Language, &[&str])]| {
            let list =
                lists.iter().find(|(other, _)| *other == language).map(|(_, list)| *list).unwrap_or_default();
            words.iter().any(|word| list.contains(&word.as_str()))
        };
        Self { negated: any(&NEGATIONS), hearsay: any(&HEARSAY), rises: any(&RISES), falls: any(&FALLS) }
    }

    /// What only one of both says, where that makes the match doubtful: a sentence for the editor.
    pub(super) fn doubt(claim: Self, page: Self) -> Option<&'static str> {
        if claim.rises && !claim.falls && page.falls && !page.rises
            || claim.falls && !claim.rises && page.rises && !page.falls
        {
            return Some("check by hand: one of both says that it rose, and the other that it fell");
        }
        match (claim.negated, page.negated) {
            (true, false) => return Some("check by hand: the claim negates, and the passage does not"),
            (false, true) => return Some("check by hand: the passage negates, and the claim does not"),
            _ => {}
        }
        (page.hearsay && !claim.hearsay)
            .then_some("check by hand: the passage calls it alleged, and the claim does not")
    }
}

/// Whether the *not* at `at` denies nothing: *not only*, *nicht zuletzt*, *not America alone*.
fn denies_nothing(tokens: &[Token<'_>], at: usize) -> bool {
    let row = Row(tokens);
    if !row.word(at).is_some_and(|word| matches!(&*word, "not" | "nicht" | "t")) {
        return false;
    }
    let limits = |word: &str| {
        matches!(
            word,
            "only"
                | "just"
                | "merely"
                | "simply"
                | "solely"
                | "least"
                | "nur"
                | "bloss"
                | "lediglich"
                | "zuletzt"
        )
    };
    if row.word(at + 1).is_some_and(|word| limits(&word)) {
        return true;
    }
    // *Not him alone* says that there are others; *not left alone* denies.
    let mut ahead = (at + 2..=at + REACH).take_while(|&next| row.word(next).is_some());
    let alone = ahead.find(|&next| row.word(next).is_some_and(|word| word == "alone" || word == "allein"));
    alone.is_some_and(|alone| {
        let is_pronoun = row.word(alone - 1).is_some_and(|word| PRONOUNS.contains(&&*word));
        tokens[alone - 1].is_capitalised() || is_pronoun
    })
}

/// What may be alone beside names and German nouns, folded.
const PRONOUNS: [&str; 17] = [
    "it", "him", "her", "them", "us", "me", "you", "that", "this", "er", "sie", "es", "ich", "wir", "ihn",
    "das", "dies",
];

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn doubt(german: &str, english: &str) -> Option<&'static str> {
        Cues::doubt(
            Cues::of(&tokens(german), Language::German),
            Cues::of(&tokens(english), Language::English),
        )
    }

    #[test]
    fn what_one_side_alone_says_is_doubtful() {
        assert!(doubt("Er stimmte zu.", "He did not agree.").is_some());
        assert!(doubt("Er stimmte nicht zu.", "He agreed.").is_some());
        assert!(doubt("Die Zahl stieg um 5 Prozent.", "The number fell by 5 percent.").is_some());
        assert!(doubt("Er stimmte zu.", "He did not agree, and it took only a day.").is_some());
        assert!(doubt("Sie wurde gelassen.", "She was not left alone.").is_some());
        assert!(doubt("Er stahl das Auto.", "He allegedly stole the car.").is_some());
    }

    #[test]
    fn what_both_say_is_not() {
        for (german, english) in [
            ("Er stimmte nicht zu.", "He didn't agree."),
            ("Die Zahl stieg um 5 Prozent.", "The number rose by 5 percent."),
            ("Angeblich stahl er das Auto.", "He allegedly stole the car."),
            ("Er kam am Montag.", "He came on Monday."),
            ("Nicht nur er kam.", "He and others came."),
            (
                "Das betreffe nicht nur Amerika, auch Europa.",
                "It does not have to concern America alone; Europe too.",
            ),
        ] {
            assert_eq!(doubt(german, english), None, "{german} {english}");
        }
    }
}
