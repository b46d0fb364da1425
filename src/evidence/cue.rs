//! Words that turn what a sentence says: negation, hearsay, and whether something rose or fell.
//!
//! A passage can share every word with a claim and say the opposite. Where only one of both denies, or one says that something
//! rose and the other that it fell, a reader has to look.

use super::language::Language;
use super::token::{Token, TokenKind, fold};

/// How many words after *not* may take its sense away.
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
        let mut words: Vec<String> = tokens
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
            .map(|token| fold(token.text))
            .collect();
        // Not only, not him alone, nicht zuletzt: none of them denies.
        let denies_nothing = |word: &String| {
            matches!(word.as_str(), "only" | "nur" | "alone" | "allein" | "zuletzt" | "least" | "just")
        };
        for at in (0..words.len()).rev() {
            let ahead = &words[at + 1..words.len().min(at + 1 + REACH)];
            if matches!(words[at].as_str(), "not" | "nicht" | "t") && ahead.iter().any(denies_nothing) {
                words.remove(at);
            }
        }
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
