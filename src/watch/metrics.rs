//! Counts of what happens, in the OpenMetrics text format.

use std::fmt;
use std::sync::atomic::AtomicU64;

use jiff::Timestamp;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use super::event::WatchEvent;

type Labels = Vec<(&'static str, String)>;
type Counts = Family<Labels, Counter>;
type Values = Family<Labels, Gauge<f64, AtomicU64>>;

/// Counts of what happened since the start.
pub struct Metrics {
    registry: Registry,
    passes: Counts,
    asked: Counts,
    alarms: Counts,
    told: Counts,
    untold: Counts,
    problems: Counts,
    articles: Values,
    pass_seconds: Values,
    last_pass: Values,
    next_pass: Values,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("beleg"),
            passes: Family::default(),
            asked: Family::default(),
            alarms: Family::default(),
            told: Family::default(),
            untold: Family::default(),
            problems: Family::default(),
            articles: Family::default(),
            pass_seconds: Family::default(),
            last_pass: Family::default(),
            next_pass: Family::default(),
        };
        let counts = [
            ("passes", "Passes that ended, by job and whether they were interrupted", &metrics.passes),
            ("sources_asked", "Sources that were asked, by state", &metrics.asked),
            ("alarms", "Alarms that were raised, by kind", &metrics.alarms),
            ("alarms_told", "Alarms that a channel took", &metrics.told),
            ("tell_failures", "Times that a channel did not take alarms", &metrics.untold),
            ("problems", "Things that could not be done, by job", &metrics.problems),
        ];
        for (name, help, family) in counts {
            metrics.registry.register(name, help, family.clone());
        }
        let values = [
            ("articles", "Articles of a job in its latest pass", &metrics.articles),
            ("pass_seconds", "How long the latest pass of a job took", &metrics.pass_seconds),
            ("last_pass_timestamp_seconds", "When the latest pass of a job ended", &metrics.last_pass),
            ("next_pass_timestamp_seconds", "When the next job is due", &metrics.next_pass),
        ];
        for (name, help, family) in values {
            metrics.registry.register(name, help, family.clone());
        }
        metrics
    }
}

impl Metrics {
    /// Takes in what happened at `now`.
    pub fn observe(&self, event: &WatchEvent, now: Timestamp) {
        match event {
            WatchEvent::PassBegun { job, articles } => {
                set(&self.articles, vec![("job", job.clone())], number(*articles));
            }
            WatchEvent::Asked { state, .. } => add(&self.asked, vec![("state", state.to_string())], 1),
            WatchEvent::Raised { kind, .. } => add(&self.alarms, vec![("kind", kind.as_str().to_owned())], 1),
            WatchEvent::Told { channel, alarms } => {
                add(&self.told, vec![("channel", channel.clone())], *alarms as u64);
            }
            WatchEvent::Untold { channel, .. } => add(&self.untold, vec![("channel", channel.clone())], 1),
            WatchEvent::Problem { job, .. } => add(&self.problems, vec![("job", job.clone())], 1),
            WatchEvent::PassEnded { job, seconds, interrupted, .. } => {
                let labels = vec![("job", job.clone()), ("interrupted", interrupted.to_string())];
                add(&self.passes, labels, 1);
                set(&self.pass_seconds, vec![("job", job.clone())], *seconds);
                set(&self.last_pass, vec![("job", job.clone())], now.as_duration().as_secs_f64());
            }
            WatchEvent::Waiting { until: Some(until) } => {
                set(&self.next_pass, Vec::new(), until.as_duration().as_secs_f64());
            }
            WatchEvent::TakenUp { .. } | WatchEvent::Asking { .. } | WatchEvent::Waiting { until: None } => {}
        }
    }

    /// All of it as text.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "labels are made for the call")]
fn add(family: &Counts, labels: Labels, number: u64) {
    family.get_or_create(&labels).inc_by(number);
}

#[expect(clippy::needless_pass_by_value, reason = "labels are made for the call")]
fn set(family: &Values, labels: Labels, value: f64) {
    family.get_or_create(&labels).set(value);
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^52 articles")]
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Reason, State};
    use crate::ledger::AlarmKind;

    #[test]
    fn what_happens_is_counted() {
        let metrics = Metrics::default();
        let now: Timestamp = "2026-11-26T04:00:00Z".parse().unwrap();
        let url = "https://example.org/".to_owned();
        let asked = WatchEvent::Asked { url, state: State::Dead, reason: Reason::NotFound };
        for _ in 0..3 {
            metrics.observe(&asked, now);
        }
        let raised = WatchEvent::Raised {
            id: "1".into(),
            kind: AlarmKind::SourceDied,
            article: "a.txt".into(),
            url: "https://example.org/".into(),
            message: "dead".into(),
        };
        metrics.observe(&raised, now);
        let ended = WatchEvent::PassEnded {
            job: "nightly".into(),
            taken_up: 0,
            asked: 3,
            alarms: 1,
            seconds: 1.5,
            interrupted: false,
        };
        metrics.observe(&ended, now);
        let text = metrics.text().unwrap();
        for line in [
            "beleg_sources_asked_total{state=\"dead\"} 3",
            "beleg_alarms_total{kind=\"source_died\"} 1",
            "beleg_passes_total{job=\"nightly\",interrupted=\"false\"} 1",
            "beleg_pass_seconds{job=\"nightly\"} 1.5",
            "# EOF",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} is not in\n{text}");
        }
    }
}
