//! What is told: a title, a text for people, JSON for machines.

use std::fmt::Write as _;

use serde::Serialize;

use crate::digest::{Digest, Hasher};
use crate::ledger::RaisedAlarm;

/// The schema of the JSON that webhooks and commands get.
pub const ALARMS_SCHEMA: &str = "beleg.alarms/1";

/// Alarms that one text lists; the JSON has all of them.
const LISTED: usize = 50;

/// Alarms that are told together.
pub(super) struct Message<'a> {
    pub(super) alarms: &'a [RaisedAlarm],
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    key: String,
    title: String,
    text: String,
    alarms: &'a [RaisedAlarm],
}

impl Message<'_> {
    /// Names the message: the same alarms have the same key.
    pub(super) fn key(&self) -> String {
        if let [only] = self.alarms {
            return only.alarm.id.clone();
        }
        let mut hasher = Hasher::default();
        for raised in self.alarms {
            hasher.update(raised.alarm.id.as_bytes());
        }
        let digest: Digest = hasher.finish();
        digest.to_string().chars().take(16).collect()
    }

    /// A line that says what it is about.
    pub(super) fn title(&self) -> String {
        match self.alarms {
            [only] => format!("beleg: {} – {}", only.alarm.kind, article(&only.article)),
            alarms => {
                let mut articles: Vec<&str> = alarms.iter().map(|raised| raised.article.as_str()).collect();
                articles.sort_unstable();
                articles.dedup();
                let plural = if articles.len() == 1 { "" } else { "s" };
                format!("beleg: {} alarms about {} article{plural}", alarms.len(), articles.len())
            }
        }
    }

    /// The alarms in words, by article.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut last = "";
        for raised in self.alarms.iter().take(LISTED) {
            if raised.article != last {
                let gap = if last.is_empty() { "" } else { "\n" };
                // Writing to a String cannot fail.
                let _ = writeln!(text, "{gap}{}", raised.article);
                last = &raised.article;
            }
            let _ =
                writeln!(text, "- {}: {}\n  {}", raised.alarm.kind, raised.alarm.message, raised.alarm.url);
            if let Some(concerned) = raised.alarm.concerned(str::to_owned) {
                let _ = writeln!(text, "  {concerned}");
            }
            let _ = writeln!(text, "  acknowledge: beleg alarms --acknowledge {}", raised.alarm.id);
        }
        if let Some(more) = self.alarms.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let _ = writeln!(text, "\nand {more} more: `beleg alarms` lists them");
        }
        text
    }

    /// The whole message as JSON.
    pub(super) fn json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(&Document {
            schema: ALARMS_SCHEMA,
            key: self.key(),
            title: self.title(),
            text: self.text(),
            alarms: self.alarms,
        })
    }
}

/// The last part of an article's name.
fn article(name: &str) -> &str {
    name.trim_end_matches('/').rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ledger::{Alarm, AlarmKind};

    /// An invented alarm about an invented article.
    pub(in crate::watch::tell) fn alarm(number: u32) -> RaisedAlarm {
        RaisedAlarm {
            entry: i64::from(number),
            raised: "2026-11-26T04:00:00Z".parse().unwrap(),
            article: "articles/invented <story>.txt".into(),
            job: "nightly".into(),
            alarm: Alarm {
                id: format!("{number:016x}"),
                kind: AlarmKind::FigureChanged,
                source: "c1".into(),
                url: format!("https://example.org/{number}?a=1&b=2"),
                place: Some("line 12".into()),
                claim: Some("k1".into()),
                claim_text: Some("Es sind 48.000.".into()),
                before: Some("48,000".into()),
                after: Some("36,000".into()),
                message: "the page says “36,000” where it said “48,000”".into(),
            },
            acknowledged_by: None,
        }
    }

    #[test]
    fn the_same_alarms_have_the_same_key() {
        let (one, two) = ([alarm(1)], [alarm(1), alarm(2)]);
        assert_eq!(Message { alarms: &one }.key(), one[0].alarm.id);
        assert_eq!(Message { alarms: &two }.key(), Message { alarms: &two.clone() }.key());
        assert_ne!(Message { alarms: &two }.key(), Message { alarms: &[alarm(1), alarm(3)] }.key());
    }

    #[test]
    fn a_message_says_what_happened_where_and_what_to_do() {
        let alarms = [alarm(1), alarm(2)];
        let message = Message { alarms: &alarms };
        assert_eq!(message.title(), "beleg: 2 alarms about 1 article");
        assert_eq!(Message { alarms: &alarms[..1] }.title(), "beleg: figure changed – invented <story>.txt");
        let text = message.text();
        assert_eq!(text.matches("articles/invented <story>.txt\n").count(), 1, "{text}");
        assert_eq!(
            text.matches("- figure changed: the page says “36,000” where it said “48,000”").count(),
            2
        );
        assert!(text.contains("  claim in line 12: Es sind 48.000.\n"), "{text}");
        assert!(text.contains("beleg alarms --acknowledge 0000000000000001"), "{text}");
        let many: Vec<RaisedAlarm> = (0..60).map(alarm).collect();
        assert!(Message { alarms: &many }.text().ends_with("and 10 more: `beleg alarms` lists them\n"));
    }
}
