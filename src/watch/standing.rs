//! How a source stands after each look at it, and when it is looked at next.
//!
//! | what was seen | how it stands | next look |
//! |---|---|---|
//! | a page | `well` | 7 days, doubled with each look that finds the text the same, 56 at most |
//! | a page behind a paywall | `paywalled` | the same |
//! | robots refused, a login, a redirect that is not followed | `refused`: nobody knows | 7 days |
//! | an error, no answer, a soft 404, a parked domain, the home page instead | `failing` | 1 day |
//! | the same on a third day in a row | `dead` | 7 days |
//!
//! From longer times, up to a quarter is taken off, another part for each source: what was taken up in one night is not
//! asked in one night for ever. Two hours more are taken off so that a job that runs at the same time each day is not late
//! by a second and hence by a day.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::config::RecheckConfig;
use super::schedule::part_of;
use crate::check::{Reason, State};
use crate::digest::Digest;
use crate::fetch::Span;
use crate::ledger::{Health, Standing};

/// From times longer than this a part is taken off.
const SPREAD_FROM: SignedDuration = SignedDuration::from_hours(48);
/// What a job may be late by.
const SLACK: SignedDuration = SignedDuration::from_hours(2);

/// What one look at a source saw.
#[derive(Clone, Debug)]
pub(super) struct Sight<'a> {
    pub(super) url: &'a str,
    pub(super) state: State,
    pub(super) reason: Reason,
    pub(super) final_url: Option<&'a str>,
    pub(super) payload: Option<Digest>,
    /// Digest of the page's text, where it was read.
    pub(super) text: Option<Digest>,
}

/// What has turned in how a source stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It counts as dead from now on.
    Died,
    /// It is no longer dead.
    Revived,
    /// It moved for good, from one address to another.
    Moved { from: String, to: String },
    /// It shows only a teaser.
    Paywalled,
}

/// How a source stands that stood as `before`, after `sight` at `now`, which is the day `today` for the job; and what has
/// turned. At the first sight nothing has.
pub(super) fn step(
    before: Option<&Standing>,
    sight: &Sight<'_>,
    now: Timestamp,
    today: Date,
    config: &RecheckConfig,
) -> (Standing, Vec<Turn>) {
    let look = look(sight.state, sight.reason);
    let mut standing = before.cloned().unwrap_or_else(|| unseen(now));
    let mut turns = Vec::new();
    match look {
        Health::Well | Health::Paywalled => {
            if standing.health == Health::Dead {
                turns.push(Turn::Revived);
            }
            if look == Health::Paywalled && !standing.paywalled && before.is_some() {
                turns.push(Turn::Paywalled);
            }
            turns.extend(moved(before, sight));
            standing.take(look, sight);
        }
        Health::Failing | Health::Dead => {
            if standing.fail(today, config.dead_after) {
                turns.push(Turn::Died);
            }
        }
        Health::Refused | Health::Unasked => {
            // A source that counts as dead and then refuses robots may still be dead.
            if standing.health != Health::Dead {
                standing.health = look;
            }
        }
    }
    standing.next = now + wait(&standing, sight.url, config);
    (standing, turns)
}

/// What a state says of a source's health by itself.
#[expect(clippy::match_same_arms, reason = "one arm a state, in the order of the contract")]
fn look(state: State, reason: Reason) -> Health {
    match (state, reason) {
        (State::Alive, _) => Health::Well,
        (State::Doubtful, Reason::Paywall) => Health::Paywalled,
        (State::Doubtful, Reason::RedirectedToLogin | Reason::UnsafeRedirect) => Health::Refused,
        (
            State::Doubtful,
            Reason::Soft404 | Reason::RedirectedToHome | Reason::ParkedDomain | Reason::EmptyPage,
        ) => Health::Failing,
        (State::Doubtful, _) => Health::Well,
        (State::Blocked, _) => Health::Refused,
        (State::Dead | State::Unreachable, _) => Health::Failing,
        (State::Unchecked, _) => Health::Unasked,
    }
}

/// Whether the page can be held against what was cited: one that is cut off or hidden says nothing about that.
pub(super) fn is_readable(state: State, reason: Reason) -> bool {
    state == State::Alive || reason == Reason::FragmentMissing
}

fn moved(before: Option<&Standing>, sight: &Sight<'_>) -> Option<Turn> {
    let (from, to) = (before?.leads_to.as_deref()?, sight.final_url?);
    let is_new = sight.reason == Reason::Moved && from != to;
    is_new.then(|| Turn::Moved { from: from.to_owned(), to: to.to_owned() })
}

fn unseen(now: Timestamp) -> Standing {
    Standing {
        health: Health::Unasked,
        paywalled: false,
        unchanged: 0,
        failed_days: 0,
        last_failed: None,
        leads_to: None,
        text: None,
        payload: None,
        next: now,
    }
}

impl Standing {
    /// Takes in a look that found a page.
    fn take(&mut self, look: Health, sight: &Sight<'_>) {
        let same_payload = self.payload.is_some() && self.payload == sight.payload;
        let same_text = self.text.is_some() && self.text == sight.text;
        self.unchanged = if same_payload || same_text { self.unchanged.saturating_add(1) } else { 0 };
        // What the same bytes say is known, even if they were not read this time.
        self.text = sight.text.or(self.text.filter(|_| same_payload));
        self.payload = sight.payload;
        self.leads_to = sight.final_url.map(str::to_owned).or(self.leads_to.take());
        self.health = look;
        self.paywalled = look == Health::Paywalled;
        self.failed_days = 0;
        self.last_failed = None;
    }

    /// Takes in a failure on the day `today`, and says whether it is the one that makes the source dead.
    fn fail(&mut self, today: Date, dead_after: u32) -> bool {
        if self.last_failed != Some(today) {
            self.failed_days = self.failed_days.saturating_add(1);
            self.last_failed = Some(today);
        }
        self.unchanged = 0;
        let died = self.health != Health::Dead && self.failed_days >= dead_after;
        if died {
            self.health = Health::Dead;
        } else if self.health != Health::Dead {
            self.health = Health::Failing;
        }
        died
    }
}

/// How long the source at `url` is left alone.
fn wait(standing: &Standing, url: &str, config: &RecheckConfig) -> SignedDuration {
    let span = |span: Span| SignedDuration::try_from(span.duration()).unwrap_or_default();
    let whole = match standing.health {
        Health::Well | Health::Paywalled => {
            let doubled = 1_i32.checked_shl(standing.unchanged.min(16)).unwrap_or(i32::MAX);
            span(config.alive).saturating_mul(doubled).min(span(config.longest).max(span(config.alive)))
        }
        Health::Failing => span(config.trouble),
        Health::Refused | Health::Dead | Health::Unasked => span(config.alive),
    };
    let spread = if whole > SPREAD_FROM { whole / 4 } else { SignedDuration::ZERO };
    let early = SignedDuration::from_millis(part_of(url, spread.as_millis()));
    whole - early - SLACK.min(whole / 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://example.org/a";

    fn start() -> Timestamp {
        "2026-11-02T04:00:00Z".parse().unwrap()
    }

    fn day(number: i64) -> Timestamp {
        start() + SignedDuration::from_hours(24 * number)
    }

    fn sight(reason: Reason, text: &str) -> Sight<'static> {
        let digest = Some(Digest::of(text.as_bytes()));
        Sight { url: URL, state: reason.state(), reason, final_url: Some(URL), payload: digest, text: digest }
    }

    /// Looks at a source once on each of the days, and says what turned on which.
    fn looks(looks: &[(i64, Reason)]) -> (Standing, Vec<(i64, Turn)>) {
        let config = RecheckConfig::default();
        let mut standing: Option<Standing> = None;
        let mut turned = Vec::new();
        for (number, reason) in looks {
            let today = day(*number).to_zoned(jiff::tz::TimeZone::UTC).date();
            let (after, turns) =
                step(standing.as_ref(), &sight(*reason, "text"), day(*number), today, &config);
            turned.extend(turns.into_iter().map(|turn| (*number, turn)));
            standing = Some(after);
        }
        (standing.unwrap(), turned)
    }

    /// Days until the next look.
    fn days(standing: &Standing, from: i64) -> f64 {
        standing.next.duration_since(day(from)).as_secs_f64() / 86_400.0
    }

    #[test]
    fn a_source_dies_on_the_third_day_of_failure_and_not_before() {
        let gone = Reason::NotFound;
        assert_eq!(looks(&[(0, Reason::Ok), (7, gone), (8, gone)]).1, []);
        assert_eq!(looks(&[(0, Reason::Ok), (7, gone), (7, gone), (7, gone), (8, gone)]).1, []);
        let (standing, turned) =
            looks(&[(0, Reason::Ok), (7, gone), (8, Reason::Timeout), (9, gone), (16, gone)]);
        assert_eq!(turned, [(9, Turn::Died)]);
        assert_eq!((standing.health, standing.failed_days), (Health::Dead, 4));
    }

    #[test]
    fn a_good_day_between_begins_the_count_again() {
        let gone = Reason::Soft404;
        let (standing, turned) = looks(&[(0, gone), (1, gone), (2, Reason::Ok), (9, gone), (10, gone)]);
        assert_eq!((turned, standing.health, standing.failed_days), (vec![], Health::Failing, 2));
    }

    #[test]
    fn a_dead_source_that_answers_again_is_noticed_once() {
        let gone = Reason::NotFound;
        let (_, turned) = looks(&[(0, gone), (1, gone), (2, gone), (9, Reason::Ok), (16, Reason::Ok)]);
        assert_eq!(turned, [(2, Turn::Died), (9, Turn::Revived)]);
        let (standing, turned) = looks(&[(0, gone), (1, gone), (2, gone), (9, Reason::Forbidden)]);
        assert_eq!((turned, standing.health), (vec![(2, Turn::Died)], Health::Dead));
    }

    #[test]
    fn a_paywall_is_told_once_even_if_the_page_fails_in_between() {
        let (wall, ok) = (Reason::Paywall, Reason::Ok);
        let (_, turned) = looks(&[(0, ok), (7, wall), (14, wall), (21, Reason::Timeout), (22, wall)]);
        assert_eq!(turned, [(7, Turn::Paywalled)]);
        assert_eq!(looks(&[(0, wall), (7, wall)]).1, [], "it was so when it was cited");
        assert_eq!(looks(&[(0, ok), (7, wall), (14, ok), (21, wall)]).1.len(), 2);
    }

    #[test]
    fn a_move_is_told_when_it_leads_elsewhere_than_before() {
        let config = RecheckConfig::default();
        let today = start().to_zoned(jiff::tz::TimeZone::UTC).date();
        let to = "https://example.org/b";
        let (first, _) = step(None, &sight(Reason::Ok, "text"), start(), today, &config);
        let moved = Sight { final_url: Some(to), ..sight(Reason::Moved, "text") };
        let (second, turns) = step(Some(&first), &moved, day(7), today, &config);
        assert_eq!(turns, [Turn::Moved { from: URL.to_owned(), to: to.to_owned() }]);
        assert_eq!(step(Some(&second), &moved, day(14), today, &config).1, []);
        // A redirect that is not for good says nothing about where the source lives.
        let lent = Sight { reason: Reason::Ok, ..moved };
        assert_eq!(step(Some(&first), &lent, day(7), today, &config).1, []);
    }

    #[test]
    fn what_does_not_change_is_asked_ever_more_seldom_up_to_a_limit() {
        let ok = Reason::Ok;
        let mut seen = vec![(0, ok)];
        for (number, most) in [(7, 14.0), (21, 28.0), (49, 56.0), (105, 56.0), (161, 56.0)] {
            seen.push((number, ok));
            let (standing, _) = looks(&seen);
            let days = days(&standing, number);
            assert!(days < most && days > most * 0.7, "after day {number}: {days}");
        }
        let config = RecheckConfig { alive: Span::from_secs(86_400), ..RecheckConfig::default() };
        let today = start().to_zoned(jiff::tz::TimeZone::UTC).date();
        let (first, _) = step(None, &sight(ok, "text"), start(), today, &config);
        let (same, _) = step(Some(&first), &sight(ok, "text"), day(1), today, &config);
        let (other, _) = step(Some(&same), &sight(ok, "other text"), day(3), today, &config);
        assert_eq!((first.unchanged, same.unchanged, other.unchanged), (0, 1, 0));
        assert_eq!(other.next, day(4) - SLACK);
    }

    #[test]
    fn trouble_is_looked_at_daily_and_refusal_weekly() {
        assert_eq!(looks(&[(0, Reason::ServerError)]).0.next, day(1) - SLACK);
        let refused = days(&looks(&[(0, Reason::Forbidden)]).0, 0);
        assert!(refused < 7.0 && refused > 5.0, "{refused}");
    }

    #[test]
    fn the_same_bytes_say_what_they_said() {
        let config = RecheckConfig::default();
        let today = start().to_zoned(jiff::tz::TimeZone::UTC).date();
        let (first, _) = step(None, &sight(Reason::Ok, "text"), start(), today, &config);
        let unread = Sight { text: None, ..sight(Reason::Ok, "text") };
        let (second, _) = step(Some(&first), &unread, day(7), today, &config);
        assert_eq!((second.text, second.unchanged), (first.text, 1));
        let other = Sight { text: None, ..sight(Reason::Ok, "other") };
        assert_eq!(step(Some(&first), &other, day(7), today, &config).0.text, None);
    }
}
