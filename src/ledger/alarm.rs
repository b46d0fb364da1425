//! Alarms: what an editor is to know, once.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, Hasher};

/// Something that an editor is to know about a source or about a claim that rests on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Its name; the same thing has the same name whenever and wherever it is found.
    pub id: String,
    /// What happened.
    pub kind: AlarmKind,
    /// The source's number in the article.
    pub source: String,
    /// The source's URL.
    pub url: String,
    /// Where in the article that stands, in words: `line 12`; of a source, everywhere it is cited. Alarms from before this
    /// was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The claim's number in the article, where it is about a claim.
    pub claim: Option<String>,
    /// The claim.
    pub claim_text: Option<String>,
    /// What stood there: the passage or figure, or where the source led.
    pub before: Option<String>,
    /// What stands there now.
    pub after: Option<String>,
    /// What happened, in a sentence without its full stop.
    pub message: String,
}

/// The kinds of [`Alarm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmKind {
    /// The page no longer has the passage that the claim rests on.
    PassageGone,
    /// The passage gives another figure or date.
    FigureChanged,
    /// The passage is worded so that it says something else.
    WordingChanged,
    /// The source failed on so many days that it counts as dead.
    SourceDied,
    /// The source moved for good.
    SourceMoved,
    /// The source shows only a teaser.
    SourcePaywalled,
    /// The source answers again.
    SourceRevived,
}

/// Who has taken note of alarms: the body of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// The alarms.
    pub alarms: Vec<String>,
    /// Who.
    pub by: String,
    /// What they had to say.
    pub note: Option<String>,
}

/// Where alarms were told: the body of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The channel.
    pub channel: String,
    /// The alarms that it took.
    pub alarms: Vec<String>,
}

impl AlarmKind {
    /// The word that the ledger has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PassageGone => "passage_gone",
            Self::FigureChanged => "figure_changed",
            Self::WordingChanged => "wording_changed",
            Self::SourceDied => "source_died",
            Self::SourceMoved => "source_moved",
            Self::SourcePaywalled => "source_paywalled",
            Self::SourceRevived => "source_revived",
        }
    }

    /// What happened, in two or three words.
    pub fn describe(self) -> &'static str {
        match self {
            Self::PassageGone => "passage gone",
            Self::FigureChanged => "figure changed",
            Self::WordingChanged => "wording changed",
            Self::SourceDied => "source died",
            Self::SourceMoved => "source moved",
            Self::SourcePaywalled => "source behind a paywall",
            Self::SourceRevived => "source is back",
        }
    }
}

impl fmt::Display for AlarmKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.describe())
    }
}

impl Alarm {
    /// What of the article it is about, in words: `claim in line 12: …`, or `cited in lines 3, 7`. `shown` says how the
    /// claim is written.
    pub fn concerned(&self, shown: impl FnOnce(&str) -> String) -> Option<String> {
        match (&self.claim_text, &self.place) {
            (Some(claim), Some(place)) => Some(format!("claim in {place}: {}", shown(claim))),
            (Some(claim), None) => Some(format!("claim: {}", shown(claim))),
            (None, place) => place.as_ref().map(|place| format!("cited in {place}")),
        }
    }

    /// The name of an alarm: 16 hexadecimal digits of the SHA-256 over what it is about. `mark` tells apart what happens
    /// to the same source or claim again: the new value, or the day.
    pub fn name(
        kind: AlarmKind,
        article: &str,
        url: &str,
        claim: Option<&str>,
        baseline: i64,
        mark: &str,
    ) -> String {
        let mut hasher = Hasher::default();
        let baseline = baseline.to_string();
        for field in [kind.as_str(), article, url, claim.unwrap_or_default(), &baseline, mark] {
            // The length before each field keeps two lists of fields from giving the same bytes.
            hasher.update(format!("{}:", field.len()).as_bytes());
            hasher.update(field.as_bytes());
        }
        let digest: Digest = hasher.finish();
        digest.to_string().chars().take(16).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_has_the_same_name_and_nothing_else_has() {
        let name = |article, url, claim, baseline, mark| {
            Alarm::name(AlarmKind::FigureChanged, article, url, claim, baseline, mark)
        };
        let first = name("a.txt", "https://example.org/", Some("k1"), 1, "36,000");
        assert_eq!(first, name("a.txt", "https://example.org/", Some("k1"), 1, "36,000"));
        assert_eq!(first.len(), 16);
        for other in [
            name("b.txt", "https://example.org/", Some("k1"), 1, "36,000"),
            name("a.txt", "https://example.org/k", Some("1"), 1, "36,000"),
            name("a.txt", "https://example.org/", Some("k2"), 1, "36,000"),
            name("a.txt", "https://example.org/", None, 1, "36,000"),
            name("a.txt", "https://example.org/", Some("k1"), 2, "36,000"),
            name("a.txt", "https://example.org/", Some("k1"), 1, "37,000"),
        ] {
            assert_ne!(first, other);
        }
    }
}
