//! From what has turned or drifted to alarms.

use jiff::civil::Date;

use super::standing::Turn;
use crate::dossier::Dossier;
use crate::evidence::{Drift, Rested};
use crate::ledger::{Alarm, AlarmKind};
use crate::report::places_in_words;

/// The most of a passage that an alarm shows, in characters. The capture has all of it.
const SHOWN: usize = 400;

/// The source that an alarm is about.
pub(super) struct About<'a> {
    pub(super) article: &'a str,
    pub(super) baseline: i64,
    pub(super) source: &'a str,
    pub(super) url: &'a str,
}

impl About<'_> {
    /// The alarm for a turn on the day `today`; `detail` is what was seen.
    pub(super) fn turned(&self, turn: &Turn, detail: &str, today: Date) -> Alarm {
        let today = today.to_string();
        let (kind, mark, message) = match turn {
            Turn::Died => {
                let kind = AlarmKind::SourceDied;
                (
                    kind,
                    today.as_str(),
                    format!(
                        "it counts as dead: it failed on several days in a row, most lately with {detail}"
                    ),
                )
            }
            Turn::Revived => {
                (AlarmKind::SourceRevived, today.as_str(), "it was dead and answers again".to_owned())
            }
            Turn::Moved { to, .. } => (
                AlarmKind::SourceMoved,
                to.as_str(),
                format!("it moved for good to {to}: cite the new address"),
            ),
            Turn::Paywalled => {
                let message = format!("readers are shown only a teaser: {detail}");
                (AlarmKind::SourcePaywalled, today.as_str(), message)
            }
        };
        let (before, after) = match turn {
            Turn::Moved { from, to } => (Some(from.clone()), Some(to.clone())),
            _ => (None, None),
        };
        self.alarm(kind, mark, message, before, after)
    }

    /// The alarm for what the claim `claim` rested on and the page no longer says.
    pub(super) fn drifted(&self, claim: &str, rested: &Rested, drift: Drift) -> Alarm {
        let (kind, message, before, after) = match drift {
            Drift::PassageGone { before } => {
                let message =
                    format!("the page no longer says “{}”, which the claim rests on", short(&before));
                (AlarmKind::PassageGone, message, before, None)
            }
            Drift::FigureChanged { before, after } => {
                let message = format!("the page says “{}” where it said “{}”", short(&after), short(&before));
                (AlarmKind::FigureChanged, message, before, Some(after))
            }
            Drift::WordingChanged { before, after } => {
                let message = format!("the page says “{}” where it said “{}”", short(&after), short(&before));
                (AlarmKind::WordingChanged, message, before, Some(after))
            }
        };
        let mark = after.clone().unwrap_or_default();
        let id = Alarm::name(kind, self.article, self.url, Some(claim), self.baseline, &mark);
        let (before, after) = (Some(short(&before)), after.map(|after| short(&after)));
        Alarm {
            id,
            claim: Some(claim.to_owned()),
            claim_text: Some(rested.claim.clone()),
            ..self.alarm(kind, &mark, message, before, after)
        }
    }

    fn alarm(
        &self,
        kind: AlarmKind,
        mark: &str,
        message: String,
        before: Option<String>,
        after: Option<String>,
    ) -> Alarm {
        Alarm {
            id: Alarm::name(kind, self.article, self.url, None, self.baseline, mark),
            kind,
            source: self.source.to_owned(),
            url: self.url.to_owned(),
            place: None,
            claim: None,
            claim_text: None,
            before,
            after,
            message,
        }
    }
}

/// Where what `alarm` is about stands in the article, as `dossier` has it.
pub(super) fn place(alarm: &Alarm, dossier: &Dossier) -> Option<String> {
    let places = match &alarm.claim {
        Some(id) => &dossier.claims.iter().find(|claim| claim.id == *id)?.places,
        None => &dossier.citations.iter().find(|source| source.id == alarm.source)?.places,
    };
    (!places.is_empty()).then(|| places_in_words(places, dossier.article.kind))
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About<'static> {
        About { article: "a.txt", baseline: 1, source: "c1", url: "https://example.org/a" }
    }

    #[test]
    fn a_source_that_dies_again_on_another_day_is_another_alarm() {
        let on = |day| about().turned(&Turn::Died, "404 Not Found", jiff::civil::date(2026, 11, day));
        assert_eq!(on(2).id, on(2).id);
        assert_ne!(on(2).id, on(3).id);
        assert!(on(2).message.ends_with("404 Not Found"));
    }

    #[test]
    fn a_figure_that_changes_again_is_another_alarm() {
        let rested = Rested {
            claim: "48.000.".into(),
            language: "de".into(),
            passage: "It is 48,000.".into(),
            atoms: Vec::new(),
        };
        let alarm = |after: &str| {
            let drift = Drift::FigureChanged { before: "48,000".into(), after: after.into() };
            about().drifted("k1", &rested, drift)
        };
        assert_eq!(alarm("36,000").id, alarm("36,000").id);
        assert_ne!(alarm("36,000").id, alarm("37,000").id);
        assert_eq!(alarm("36,000").message, "the page says “36,000” where it said “48,000”");
        let long = alarm(&"9".repeat(10_000));
        assert_eq!(long.after.unwrap().chars().count(), SHOWN + 1);
    }
}
