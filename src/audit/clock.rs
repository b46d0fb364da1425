//! The time of a run: what it was when the run began, and what has passed since.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// Tells the time of one run. A clock of the system that is set meanwhile does not change it.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunClock {
    began: Timestamp,
    since: Instant,
}

impl RunClock {
    /// The clock of a run that begins now, and now is `began`.
    pub(super) fn starting(began: Timestamp) -> Self {
        Self { began, since: Instant::now() }
    }

    /// When the run began.
    pub(super) fn began(&self) -> Timestamp {
        self.began
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.since.elapsed()).unwrap_or(SignedDuration::MAX);
        self.began.saturating_add(passed).unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_from_the_beginning_on_and_has_an_end() {
        let clock = RunClock::starting("2026-11-26T10:00:00Z".parse().unwrap());
        assert!(clock.now() >= clock.began() && clock.now() < "2026-11-26T11:00:00Z".parse().unwrap());
        assert_eq!(RunClock::starting(Timestamp::MAX).now(), Timestamp::MAX);
    }
}
