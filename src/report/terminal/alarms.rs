//! Alarms by article: what happened to which source, the claim that rests on it, and how to take note of it.

use super::ink::Ink;
use super::options::TerminalOptions;
use super::page::{Page, Subject};
use crate::ledger::{AlarmKind, RaisedAlarm};
use crate::report::wording::quoted;

/// Longest claim shown, in characters.
const CLAIM: usize = 300;

/// What to do about alarms that nobody took note of.
const NEXT: &str = "`beleg diff URL` shows what changed on a page, `beleg alarms --acknowledge NAME` takes note of an alarm.";

/// What `alarms` say.
pub(in crate::report) fn alarms(alarms: &[RaisedAlarm], options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    let mut last = "";
    for raised in alarms {
        if raised.article != last {
            if !last.is_empty() {
                page.gap();
            }
            page.heading(&raised.article, "");
            last = &raised.article;
        }
        one(&mut page, raised);
    }
    if alarms.iter().any(|raised| raised.acknowledged_by.is_none()) {
        page.gap();
        page.paragraph(0, Ink::Faint, NEXT);
    }
    page.into_text()
}

fn one(page: &mut Page, raised: &RaisedAlarm) {
    let alarm = &raised.alarm;
    let symbol = match alarm.kind {
        AlarmKind::PassageGone | AlarmKind::SourceDied => (Ink::Error, "✗"),
        AlarmKind::FigureChanged | AlarmKind::WordingChanged => (Ink::Error, "≠"),
        AlarmKind::SourceMoved | AlarmKind::SourcePaywalled => (Ink::Warning, "?"),
        AlarmKind::SourceRevived => (Ink::Good, "+"),
    };
    page.entry(symbol, &alarm.source, Subject::Url(&alarm.url), alarm.kind.describe());
    page.under(Ink::Plain, &alarm.message);
    if let Some(concerned) = alarm.concerned(|claim| quoted(claim, CLAIM)) {
        page.under(Ink::Faint, &concerned);
    }
    let raised_at = raised.raised.strftime("%Y-%m-%d %H:%M");
    let noted = raised.acknowledged_by.as_ref().map(|by| format!(" · acknowledged by {by}"));
    page.under(Ink::Faint, &format!("{} · {raised_at} UTC{}", alarm.id, noted.unwrap_or_default()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Alarm;

    #[test]
    fn alarms_stand_under_their_article() {
        let alarm = |article: &str, kind, claim: Option<&str>| RaisedAlarm {
            entry: 3,
            raised: "2026-11-26T04:00:00Z".parse().unwrap(),
            article: article.into(),
            job: "nightly".into(),
            alarm: Alarm {
                id: "0123456789abcdef".into(),
                kind,
                source: "c2".into(),
                url: "https://example.org/a".into(),
                place: (kind != AlarmKind::SourceRevived).then(|| "lines 3, 7".to_owned()),
                claim: claim.map(|_| "k1".into()),
                claim_text: claim.map(str::to_owned),
                before: None,
                after: None,
                message: "it says otherwise \u{1b}[31m".into(),
            },
            acknowledged_by: (kind == AlarmKind::SourceDied).then(|| "A. Editor".into()),
        };
        let shown = [
            alarm("a.txt", AlarmKind::FigureChanged, Some("Es sind 48.000.")),
            alarm("a.txt", AlarmKind::SourceDied, None),
            alarm("b.txt", AlarmKind::SourceRevived, None),
        ];
        let text = alarms(&shown, &TerminalOptions::default());
        assert_eq!((text.matches("a.txt").count(), text.matches("b.txt").count()), (1, 1), "{text}");
        for part in [
            "figure changed",
            "claim in lines 3, 7: “Es sind 48.000.”",
            "cited in lines 3, 7",
            "2026-11-26 04:00 UTC · acknowledged by A. Editor",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains('\u{1b}') && text.contains("--acknowledge NAME"), "{text}");
        assert!(
            !alarms(&shown[1..2], &TerminalOptions::default()).contains("--acknowledge"),
            "nothing is left to do"
        );
    }
}
