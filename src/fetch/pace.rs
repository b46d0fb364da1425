//! How fast one host may be asked: it grows with good answers and falls back with refusals.

use std::time::Duration;

use tokio::time::Instant;

use super::exchange::Failure;

/// The longest that a request waits for a host that asked for patience.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// The longest hold: a run is over by then.
const LONGEST: Duration = Duration::from_hours(24);

/// The first further pause after a refusal; each refusal more doubles it, each good answer halves it.
const SLOWER: Duration = Duration::from_millis(500);

/// The longest that the pause grows to.
const SLOWEST: Duration = Duration::from_secs(30);

/// After so many refusals in a row the rest of a host's pages is not asked for.
const REFUSALS: u32 = 3;

/// After so many requests in a row that found nobody the rest of a host's pages is not asked for.
const UNREACHED: u32 = 4;

/// How long a host is left alone then. A run is over by then; a program that runs on asks again.
const REST: Duration = Duration::from_mins(10);

/// What a host allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance {
    /// Requests under way at once.
    pub(super) places: usize,
    /// Pause between the starts of two requests.
    pub(super) pause: Duration,
}

/// What a host made of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reaction {
    /// It answered, whatever it answered.
    Answered,
    /// It refused for being asked too much (429, or 503 with a time to come back), and named that time or not.
    Refused(Option<Duration>),
    /// It answered with trouble of its own, or broke off.
    Troubled,
    /// It could not be reached at all.
    Unreached(Failure),
}

/// When the next request may start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum May {
    /// At once.
    Now,
    /// Not before this.
    At(Instant),
    /// When one that is under way has ended.
    WhenFree,
    /// Not in this run, or only after longer than beleg waits.
    Never(Refusal),
}

/// Why a host is not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It asked to be left alone for so long.
    Held(Duration),
    /// It refused several requests in a row.
    Refusing,
    /// Several requests in a row found nobody: how the last of them failed.
    Down(Failure),
}

/// The state of one host.
#[derive(Debug)]
pub(super) struct Pace {
    allowance: Allowance,
    /// Requests under way.
    running: usize,
    /// How many may be: one at first, one more with each good answer, one again after a refusal.
    window: usize,
    /// How often the pause was doubled.
    slower: u32,
    /// No request starts before this.
    next: Instant,
    /// Refusals in a row; one that came although the host got the time it had asked for counts twice.
    refusals: u32,
    /// When the last of them came, and whether it named a time.
    refused: Option<(Instant, bool)>,
    /// Requests in a row that found nobody.
    unreached: u32,
    closed: Option<(Refusal, Instant)>,
}

impl Pace {
    pub(super) fn new(allowance: Allowance) -> Self {
        Self {
            allowance,
            running: 0,
            window: 1,
            slower: 0,
            next: Instant::now(),
            refusals: 0,
            refused: None,
            unreached: 0,
            closed: None,
        }
    }

    /// Whether a request may start at `now`.
    pub(super) fn may_start(&self, now: Instant) -> May {
        match &self.closed {
            Some((refusal, until)) if *until > now => return May::Never(refusal.clone()),
            _ => {}
        }
        if self.next > now + PATIENCE.max(self.pause()) {
            return May::Never(Refusal::Held(self.next - now));
        }
        if self.running >= self.window {
            May::WhenFree
        } else if self.next > now {
            May::At(self.next)
        } else {
            May::Now
        }
    }

    /// A request starts: the next then waits for the pause.
    pub(super) fn start(&mut self, now: Instant) {
        self.running += 1;
        self.next = now + self.pause();
    }

    /// A request has ended.
    pub(super) fn end(&mut self) {
        self.running = self.running.saturating_sub(1);
    }

    /// Takes note of what came of a request that was started at `started`.
    pub(super) fn note(&mut self, reaction: Reaction, started: Instant) {
        match reaction {
            Reaction::Answered => self.answered(),
            Reaction::Refused(asked) => self.was_refused(asked, started),
            Reaction::Troubled => {
                self.window = self.window.div_ceil(2);
                self.unreached = 0;
            }
            Reaction::Unreached(failure) => self.was_unreached(failure),
        }
    }

    /// Whether a request was refused after `started`.
    pub(super) fn was_refused_since(&self, started: Instant) -> bool {
        self.refused.is_some_and(|(at, _)| at >= started)
    }

    /// Keeps at least this pause between two starts, as the site's robots.txt asks for.
    pub(super) fn at_least(&mut self, pause: Duration) {
        let longer = pause.saturating_sub(self.allowance.pause);
        if !longer.is_zero() {
            self.next += longer;
            self.allowance = Allowance { places: 1, pause };
            self.window = 1;
        }
    }

    /// Whether nothing about it is worth keeping.
    pub(super) fn is_fresh(&self, now: Instant) -> bool {
        self.running == 0 && self.next <= now && self.closed.as_ref().is_none_or(|(_, until)| *until <= now)
    }

    fn answered(&mut self) {
        self.window = (self.window + 1).min(self.allowance.places);
        self.slower = self.slower.saturating_sub(1);
        self.refusals = 0;
        self.refused = None;
        self.unreached = 0;
        self.closed = None;
    }

    fn was_refused(&mut self, asked: Option<Duration>, started: Instant) {
        let now = Instant::now();
        self.unreached = 0;
        // Those that were under way when an earlier one was refused say nothing new.
        let is_new = self.refused.is_none_or(|(at, _)| started >= at);
        if is_new {
            let waited_as_asked = self.refused.is_some_and(|(_, named)| named);
            self.refusals += if waited_as_asked { 2 } else { 1 };
            self.window = 1;
            self.slower = (self.slower + 1).min(10);
            self.refused = Some((now, asked.is_some_and(|wait| !wait.is_zero())));
        }
        let wait = asked.map_or_else(|| self.pause(), |wait| wait.min(LONGEST));
        self.next = self.next.max(now + wait);
        if self.refusals >= REFUSALS {
            self.closed = Some((Refusal::Refusing, now + REST));
        }
    }

    fn was_unreached(&mut self, failure: Failure) {
        self.unreached += 1;
        self.window = 1;
        if self.unreached >= UNREACHED {
            self.closed = Some((Refusal::Down(failure), Instant::now() + REST));
        }
    }

    fn pause(&self) -> Duration {
        match self.slower.checked_sub(1) {
            None => self.allowance.pause,
            Some(doubled) => {
                let longer = self.allowance.pause.max(SLOWER).saturating_mul(1 << doubled.min(16));
                longer.min(SLOWEST).max(self.allowance.pause)
            }
        }
    }
}
