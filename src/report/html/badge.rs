//! States, verdicts and outcomes as badges: a word, a symbol and a colour that say the same thing.

use serde::Serialize;

use crate::check::State;
use crate::evidence::{Outcome, Verdict};

/// A word with a symbol and a colour.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Badge {
    /// What it says.
    pub(super) word: String,
    /// The class of its colour: `good`, `note`, `warning`, `error` or `quiet`.
    pub(super) tone: &'static str,
    /// Says the same without words or colour.
    pub(super) symbol: &'static str,
    /// Its name in class names and ids.
    pub(super) key: &'static str,
}

impl Badge {
    /// The badge of a source's state.
    pub(super) fn of_state(state: State) -> Self {
        let (tone, symbol, key) = match state {
            State::Alive => ("good", "✓", "alive"),
            State::Doubtful => ("warning", "?", "doubtful"),
            State::Blocked => ("warning", "⊘", "blocked"),
            State::Dead => ("error", "✗", "dead"),
            State::Unreachable => ("error", "✗", "unreachable"),
            State::Unchecked => ("error", "✗", "unchecked"),
        };
        Self { word: state.to_string(), tone, symbol, key }
    }

    /// The badge of a claim's verdict.
    pub(super) fn of_verdict(verdict: Verdict) -> Self {
        let (tone, symbol, key) = match verdict {
            Verdict::Located => ("good", "✓", "located"),
            Verdict::PartlyLocated => ("note", "~", "partly-located"),
            Verdict::Differs => ("error", "≠", "differs"),
            Verdict::NotLocated => ("warning", "?", "not-located"),
            Verdict::NotCheckable => ("quiet", "·", "not-checkable"),
            Verdict::SourceUnavailable => ("warning", "⊘", "source-unavailable"),
        };
        Self { word: verdict.to_string(), tone, symbol, key }
    }

    /// The badge of what became of an atom; `word` is how it is put.
    pub(super) fn of_outcome(outcome: Outcome, word: &str) -> Self {
        let (tone, symbol, key) = match outcome {
            Outcome::Same
            | Outcome::SameRounded
            | Outcome::SameConverted
            | Outcome::Variant
            | Outcome::Verbatim
            | Outcome::VerbatimWithOmissions => ("good", "✓", "found"),
            Outcome::PossibleTranslation => ("note", "~", "translation"),
            Outcome::Altered | Outcome::Differs => ("error", "≠", "differs"),
            Outcome::OtherCurrency => ("warning", "?", "currency"),
            Outcome::NotFound => ("warning", "?", "not-found"),
            Outcome::TooShort => ("quiet", "·", "too-short"),
        };
        Self { word: word.to_owned(), tone, symbol, key }
    }
}
