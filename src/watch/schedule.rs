//! When a job runs.
//!
//! The times are those of a wall clock in the job's time zone. A time that daylight saving leaves out (02:30 on the last
//! Sunday of March in Berlin) is made up for at the first moment after the gap. A time that comes twice counts once, the
//! first time; only a job that runs every so many minutes or hours runs in both hours.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use croner::Cron;

use super::config::WatchJob;
use super::error::WatchError;
use crate::digest::Digest;

/// A clock that is set back by no more than this is waited for; one that is set back further was wrong before.
const SET_BACK: SignedDuration = SignedDuration::from_hours(2);

/// The times of a job.
#[derive(Clone, Debug)]
pub struct Schedule {
    cron: Cron,
    zone: TimeZone,
    delay: SignedDuration,
}

impl Schedule {
    /// The times of `job`.
    ///
    /// # Errors
    /// Where its cron expression or its time zone cannot be understood.
    pub fn of(job: &WatchJob) -> Result<Self, WatchError> {
        let unusable = |what: String| WatchError::Job { job: job.name.clone(), what };
        let cron: Cron = job.cron.parse().map_err(|error| {
            unusable(format!(
                "{:?} is no cron expression ({error}); write five fields, as in \"15 4 * * *\"",
                job.cron
            ))
        })?;
        let zone = TimeZone::get(&job.time_zone).map_err(|_| {
            unusable(format!("{:?} is no time zone; write one as in \"Europe/Berlin\"", job.time_zone))
        })?;
        let delay = delay(&job.name, SignedDuration::try_from(job.spread.duration()).unwrap_or_default());
        Ok(Self { cron, zone, delay })
    }

    /// The job's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Its next time after `time`, where there is one.
    pub fn after(&self, time: Timestamp) -> Option<Timestamp> {
        let undelayed = time.checked_sub(self.delay).ok()?.to_zoned(self.zone.clone());
        let next = self.cron.find_next_occurrence(&undelayed, false).ok()?;
        next.timestamp().checked_add(self.delay).ok()
    }

    /// When it is to run that last ran at `last`: a time in the past where one was missed. However many were missed while
    /// the machine was asleep, it runs once.
    pub fn due(&self, last: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
        match last {
            // It never ran: it does so at once.
            None => Some(now),
            // The clock was set back: what ran in the hour that comes twice does not run again.
            Some(last) if last > now && last.duration_since(now) > SET_BACK => self.after(now),
            Some(last) => self.after(last),
        }
    }
}

/// How long after its times the job `name` begins: the same time after each, another for each name.
fn delay(name: &str, spread: SignedDuration) -> SignedDuration {
    SignedDuration::from_millis(part_of(name, spread.as_millis()))
}

/// A number from 0 up to `whole`, the same for the same name.
pub(super) fn part_of(name: &str, whole: i128) -> i64 {
    let whole = i64::try_from(whole).unwrap_or(i64::MAX);
    if whole <= 0 {
        return 0;
    }
    let digest = Digest::of(name.as_bytes()).to_string();
    // Fifteen hexadecimal digits fit an i64.
    let number = digest.get(..15).and_then(|digits| i64::from_str_radix(digits, 16).ok()).unwrap_or_default();
    number % whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::Span;

    fn job(cron: &str) -> WatchJob {
        WatchJob {
            name: "nightly".into(),
            articles: Vec::new(),
            feed: None,
            sitemap: None,
            cron: cron.into(),
            time_zone: "Europe/Berlin".into(),
            spread: Span::from_millis(0),
            requisites: false,
            tell: Vec::new(),
        }
    }

    fn time(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// The times after `from`, as Berlin's clocks show them.
    fn times(cron: &str, from: &str, number: usize) -> Vec<String> {
        let schedule = Schedule::of(&job(cron)).unwrap();
        let mut at = time(from);
        std::iter::from_fn(|| {
            at = schedule.after(at)?;
            Some(at.to_zoned(schedule.zone().clone()).strftime("%m-%d %H:%M %Z").to_string())
        })
        .take(number)
        .collect()
    }

    #[test]
    fn a_time_that_spring_leaves_out_is_made_up_for_after_the_gap() {
        assert_eq!(
            times("30 2 * * *", "2026-03-27T12:00:00Z", 4),
            ["03-28 02:30 CET", "03-29 03:00 CEST", "03-30 02:30 CEST", "03-31 02:30 CEST"]
        );
        assert_eq!(
            times("0 * * * *", "2026-03-29T00:30:00Z", 2),
            ["03-29 03:00 CEST", "03-29 04:00 CEST"],
            "an hourly job leaves no hour out and doubles none"
        );
    }

    #[test]
    fn a_time_that_autumn_has_twice_counts_once() {
        assert_eq!(
            times("30 2 * * *", "2026-10-24T12:00:00Z", 3),
            ["10-25 02:30 CEST", "10-26 02:30 CET", "10-27 02:30 CET"]
        );
        assert_eq!(
            times("0 * * * *", "2026-10-24T23:30:00Z", 4),
            ["10-25 02:00 CEST", "10-25 02:00 CET", "10-25 03:00 CET", "10-25 04:00 CET"],
            "an hourly job runs in both"
        );
    }

    #[test]
    fn a_machine_that_slept_over_three_times_runs_once() {
        let schedule = Schedule::of(&job("0 4 * * *")).unwrap();
        let (last, now) = (time("2026-11-20T03:00:00Z"), time("2026-11-23T12:00:00Z"));
        let missed = schedule.due(Some(last), now).unwrap();
        assert!(missed <= now);
        assert!(schedule.due(Some(now), now).unwrap() > now);
    }

    #[test]
    fn a_clock_set_back_an_hour_makes_nothing_run_again() {
        let schedule = Schedule::of(&job("0 4 * * *")).unwrap();
        let (ran, now) = (time("2026-11-20T03:00:00Z"), time("2026-11-20T02:10:00Z"));
        assert_eq!(schedule.due(Some(ran), now), Some(time("2026-11-21T03:00:00Z")));
        // A clock that was years ahead must not stop the job for years.
        assert_eq!(schedule.due(Some(time("2099-01-01T00:00:00Z")), now), Some(time("2026-11-20T03:00:00Z")));
    }

    #[test]
    fn a_job_that_never_ran_is_due() {
        let schedule = Schedule::of(&job("0 4 1 1 *")).unwrap();
        let now = time("2026-11-20T02:10:00Z");
        assert_eq!(schedule.due(None, now), Some(now));
    }

    #[test]
    fn jobs_with_a_spread_begin_at_times_of_their_own() {
        let at = |name: &str| {
            let job = WatchJob { name: name.into(), spread: Span::from_secs(3600), ..job("0 4 * * *") };
            Schedule::of(&job).unwrap().after(time("2026-11-20T12:00:00Z")).unwrap()
        };
        let (one, other) = (at("one"), at("other"));
        assert_ne!(one, other);
        assert_eq!(one, at("one"));
        for begins in [one, other] {
            assert!(
                begins >= time("2026-11-21T03:00:00Z") && begins < time("2026-11-21T04:00:00Z"),
                "{begins}"
            );
        }
    }

    #[test]
    fn what_is_no_time_is_named() {
        let error = Schedule::of(&job("every day")).unwrap_err().to_string();
        assert!(error.contains("nightly") && error.contains("every day"), "{error}");
        let elsewhere = WatchJob { time_zone: "Mars/Olympus".into(), ..job("0 4 * * *") };
        assert!(Schedule::of(&elsewhere).unwrap_err().to_string().contains("Mars/Olympus"));
    }
}
