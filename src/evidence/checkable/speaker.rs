//! Who says a quotation, as far as its own sentence names them.
//!
//! A cue tells: a verb that reports speech beside the quotation (`sagte Selenskyj`, `the mayor said`), or a word such as
//! *laut* and *according to*. The speaker is the noun phrase on the side of the cue where that verb has its subject. A
//! pronoun names nobody.

use std::ops::Range;

use crate::citation::reports_speech;
use crate::evidence::language::Language;
use crate::evidence::token::{Token, TokenKind, fold, tokens};

/// How many words before a quotation are looked at.
const REACH_BEFORE: usize = 24;
/// How many words after it a cue may stand.
const REACH_AFTER: usize = 6;
/// The most words that a speaker is named in.
const LONGEST: usize = 8;

/// Words that say who says something without a verb; the speaker follows them. Folded.
const CUES: [&str; 3] = ["laut", "so", "per"];
/// Words that begin a noun phrase. Folded.
const DETERMINERS: [&str; 18] = [
    "der", "die", "das", "den", "dem", "ein", "eine", "einer", "einem", "sein", "seine", "ihr", "ihre",
    "the", "a", "an", "his", "her",
];
/// Words in small letters within a name or a title. Folded.
const PARTICLES: [&str; 14] =
    ["von", "van", "de", "del", "da", "du", "bin", "al", "el", "la", "zu", "of", "for", "und"];

/// Words that make a noun phrase something else than the subject. Folded.
const PREPOSITIONS: [&str; 22] = [
    "am",
    "im",
    "in",
    "an",
    "auf",
    "bei",
    "beim",
    "vor",
    "nach",
    "mit",
    "seit",
    "gegenuber",
    "on",
    "at",
    "by",
    "to",
    "after",
    "before",
    "with",
    "from",
    "during",
    "since",
];

/// Where the speaker of the quotation at `quotation` is named in `text`.
pub(in crate::evidence) fn speaker(
    text: &str,
    quotation: &Range<usize>,
    language: Language,
) -> Option<Range<usize>> {
    let tokens = tokens(text);
    let after = tokens.partition_point(|token| token.start < quotation.end);
    let before = tokens.partition_point(|token| token.end() <= quotation.start);
    let phrases = Phrases { tokens: &tokens, language };
    let found = phrases.after(after).or_else(|| phrases.before(before))?;
    Some(tokens[found.start].start..tokens[found.end - 1].end())
}

struct Phrases<'a> {
    tokens: &'a [Token<'a>],
    language: Language,
}

impl Phrases<'_> {
    /// The speaker named after a quotation that ends before token `from`.
    fn after(&self, from: usize) -> Option<Range<usize>> {
        let from = from + usize::from(self.is_sign(from, ','));
        let until = self.clause_end(from).min(from + REACH_AFTER);
        let cue = (from..until).find(|at| self.is_cue(*at))?;
        let subject = self.forward(cue + 1);
        // Trump asked; the mayor said
        subject.or_else(|| (cue > from).then(|| self.backward(from, cue)).flatten())
    }

    /// The speaker named before a quotation that begins at token `until`.
    fn before(&self, until: usize) -> Option<Range<usize>> {
        let from = self.clause_start(until);
        let cue = (from..until).rev().find(|at| self.is_cue(*at))?;
        let verb = reports_speech(&self.tokens[cue].text.to_lowercase());
        let ahead = self.forward(cue + 1).filter(|phrase| phrase.end <= until);
        if verb { self.backward(from, cue).or(ahead) } else { ahead }
    }

    /// The first token of the clause that ends before token `until`: after the last full stop or quotation.
    fn clause_start(&self, until: usize) -> usize {
        let from = until.saturating_sub(REACH_BEFORE);
        let ends = |at: &usize| matches!(self.tokens[*at].text, "." | "!" | "?" | "“" | "”" | "«");
        (from..until).rev().find(ends).map_or(from, |at| at + 1)
    }

    fn clause_end(&self, from: usize) -> usize {
        let ends = |at: &usize| matches!(self.tokens[*at].text, "." | "!" | "?" | "„" | "“" | "»" | ";");
        (from..self.tokens.len()).find(ends).unwrap_or(self.tokens.len())
    }

    fn is_cue(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|token| token.kind == TokenKind::Word) else {
            return false;
        };
        let word = token.text.to_lowercase();
        let to = self
            .tokens
            .get(at.wrapping_sub(1))
            .is_some_and(|before| before.text.eq_ignore_ascii_case("according"));
        reports_speech(&word) || CUES.contains(&word.as_str()) || (word == "to" && to)
    }

    fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_sign(sign))
    }

    /// The noun phrase that begins at token `from`.
    fn forward(&self, from: usize) -> Option<Range<usize>> {
        let word = |at: usize| self.tokens.get(at).filter(|token| token.kind == TokenKind::Word);
        let determined = DETERMINERS.contains(&fold(word(from)?.text).as_str());
        let mut at = from + usize::from(determined);
        let mut end = from;
        while let Some(token) = word(at).filter(|_| at < from + LONGEST) {
            let folded = fold(token.text);
            let named = token.is_capitalised();
            let plain =
                determined && (end == from || self.language == Language::English) && !is_stop(&folded);
            if named || (plain && self.language == Language::English) {
                end = at + 1;
            } else if !(plain || (end > from && PARTICLES.contains(&folded.as_str()))) {
                break;
            }
            at = self.past_hyphen(at + 1);
        }
        (end > from && self.names_somebody(from..end)).then_some(from..end)
    }

    /// The noun phrase that ends before token `until`.
    fn backward(&self, from: usize, until: usize) -> Option<Range<usize>> {
        let mut start = until;
        let mut at = until;
        while at > from && until - at < LONGEST {
            at -= 1;
            let token = &self.tokens[at];
            let folded = fold(token.text);
            let hyphen = token.is_sign('-');
            if token.kind != TokenKind::Word && !hyphen {
                break;
            }
            if DETERMINERS.contains(&folded.as_str()) {
                start = at;
                break;
            }
            if PREPOSITIONS.contains(&folded.as_str()) {
                return None;
            }
            if token.is_capitalised() {
                start = at;
            } else if !hyphen && is_stop(&folded) && !PARTICLES.contains(&folded.as_str()) {
                break;
            }
        }
        (start < until && self.names_somebody(start..until)).then_some(start..until)
    }

    fn past_hyphen(&self, at: usize) -> usize {
        if self.is_sign(at, '-') { at + 1 } else { at }
    }

    /// Whether a phrase is more than a pronoun or an adverb at the beginning of a sentence.
    fn names_somebody(&self, phrase: Range<usize>) -> bool {
        let words: Vec<String> = self.tokens[phrase].iter().map(|token| fold(token.text)).collect();
        words.iter().any(|word| !DETERMINERS.contains(&word.as_str()) && !is_stop(word))
    }
}

/// Words that name nobody: pronouns, prepositions, adverbs of time.
fn is_stop(folded: &str) -> bool {
    const STOPS: [&str; 62] = [
        "er",
        "sie",
        "es",
        "ich",
        "wir",
        "man",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "who",
        "am",
        "im",
        "in",
        "an",
        "auf",
        "bei",
        "zu",
        "vor",
        "nach",
        "mit",
        "dass",
        "dann",
        "dazu",
        "danach",
        "zuvor",
        "gestern",
        "heute",
        "on",
        "at",
        "by",
        "to",
        "that",
        "when",
        "after",
        "before",
        "then",
        "later",
        "also",
        "gegenuber",
        "uber",
        "about",
        "with",
        "and",
        "but",
        "und",
        "aber",
        "doch",
        "auch",
        "noch",
        "wieder",
        "wortlich",
        "weiter",
        "so",
        "was",
        "this",
        "there",
        "how",
        "ja",
        "hatte",
    ];
    STOPS.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::quotation;

    #[track_caller]
    fn assert_speaker(text: &str, language: Language, expected: Option<&str>) {
        let quotation = quotation::find(text).remove(0).range;
        assert_eq!(speaker(text, &quotation, language).map(|range| &text[range]), expected, "{text}");
    }

    #[test]
    fn the_speaker_stands_beside_the_verb() {
        use Language::German;
        for (text, name) in [
            ("„Es ist so einfach“, sagte Selenskyj am Freitag.", "Selenskyj"),
            (
                "„Wir gehen jetzt“, erklärte der ukrainische Präsident Wolodymyr Selenskyj.",
                "der ukrainische Präsident Wolodymyr Selenskyj",
            ),
            ("Der Betriebsrat erklärte: „Niemand hat uns gefragt.“", "Der Betriebsrat"),
            ("Am Freitag sagte Erika Muster: „Das ist gut so.“", "Erika Muster"),
            ("Laut Wolfgang Ischinger ist das „nicht zu machen“.", "Wolfgang Ischinger"),
            ("„Das war nötig“, so die Intendantin.", "die Intendantin"),
        ] {
            assert_speaker(text, German, Some(name));
        }
    }

    #[test]
    fn english_has_the_subject_on_either_side() {
        use Language::English;
        for (text, name) in [
            ("“Will it last?” Trump asked.", "Trump"),
            ("“It is over,” said the mayor of Sampletown on Friday.", "the mayor of Sampletown"),
            ("“It is over,” the prime minister said.", "the prime minister"),
            ("According to Erika Sample, it is “not to be had”.", "Erika Sample"),
            ("Erika Sample told reporters: “It is over now.”", "Erika Sample"),
        ] {
            assert_speaker(text, English, Some(name));
        }
    }

    #[test]
    fn a_pronoun_or_nobody_is_no_speaker() {
        assert_speaker("„Nein, so geht das nicht!“, rief sie.", Language::German, None);
        assert_speaker("Er will eine „Koalition der Willigen“.", Language::German, None);
        assert_speaker("“It is over,” he said.", Language::English, None);
    }
}
