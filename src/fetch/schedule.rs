//! Who may ask whom, and when: a limit over all, a limit and a pause for each host, and a hold where a host asks for one.
//!
//! A request waits for its host first and takes a place of the overall limit only when its host would let it start at
//! once. So a slow host, or one that asked for patience, keeps none of the places that other hosts could use.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

use super::config::FetchConfig;

/// Lets requests start, politely.
#[derive(Debug)]
pub(super) struct Schedule {
    overall: Arc<Semaphore>,
    per_host: usize,
    pause: Duration,
    hosts: Mutex<Hosts>,
}

/// The right to have one request under way; dropping it gives the place back.
#[derive(Debug)]
pub(super) struct Turn {
    _overall: OwnedSemaphorePermit,
    _host: OwnedSemaphorePermit,
}

/// The hosts in use, and those that were and whose next start lies ahead.
#[derive(Debug, Default)]
struct Hosts {
    slots: HashMap<String, Arc<Slot>>,
    /// How many slots there may be before those no longer needed are dropped.
    sweep_at: usize,
}

#[derive(Debug)]
struct Slot {
    places: Arc<Semaphore>,
    pace: Mutex<Pace>,
}

#[derive(Debug)]
struct Pace {
    /// No request starts before this.
    next: Instant,
    /// Refusals for asking too much (429), in a row.
    refusals: u32,
}

/// The longest that a request waits for a host that asked for patience.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);

/// The longest hold: a run is over by then.
const LONGEST: Duration = Duration::from_hours(24);

/// Fewer hosts than this are never swept.
const FEW: usize = 64;

impl Schedule {
    /// The schedule that `config` asks for.
    pub(super) fn new(config: &FetchConfig) -> Self {
        Self {
            overall: Arc::new(Semaphore::new(config.concurrency.get().min(Semaphore::MAX_PERMITS))),
            per_host: config.per_host.get().min(Semaphore::MAX_PERMITS),
            pause: config.pause.duration(),
            hosts: Mutex::default(),
        }
    }

    /// Waits until a request to `host` may start. Requests to one host start in the order they asked. Where the host
    /// is held for longer than beleg waits, says at once for how long.
    #[expect(clippy::expect_used, reason = "the semaphores are never closed, the only failure there is")]
    pub(super) async fn turn(&self, host: &str) -> Result<Turn, Duration> {
        let slot = self.slot(host);
        let place = Arc::clone(&slot.places).acquire_owned().await.expect("never closed");
        loop {
            let (next, now) = (slot.next_start(), Instant::now());
            if next > now + PATIENCE.max(self.pause) {
                return Err(next - now);
            }
            sleep_until(next).await;
            let overall = Arc::clone(&self.overall).acquire_owned().await.expect("never closed");
            if slot.start(self.pause) {
                return Ok(Turn { _overall: overall, _host: place });
            }
        }
    }

    /// Starts nothing on `host` for `wait` from now on, or for a day where that is longer.
    pub(super) fn hold(&self, host: &str, wait: Duration) {
        let slot = self.slot(host);
        let mut pace = lock(&slot.pace);
        pace.next = pace.next.max(Instant::now() + wait.min(LONGEST));
    }

    /// Takes note of what a host answered, and says how many times in a row it has refused for asking too much.
    pub(super) fn note(&self, host: &str, refused: bool) -> u32 {
        let slot = self.slot(host);
        let mut pace = lock(&slot.pace);
        pace.refusals = if refused { pace.refusals.saturating_add(1) } else { 0 };
        pace.refusals
    }

    fn slot(&self, host: &str) -> Arc<Slot> {
        let mut hosts = lock(&self.hosts);
        if let Some(slot) = hosts.slots.get(host) {
            return Arc::clone(slot);
        }
        hosts.sweep();
        let slot = Arc::new(Slot::new(self.per_host));
        hosts.slots.insert(host.to_owned(), Arc::clone(&slot));
        slot
    }
}

impl Hosts {
    /// Drops the slots that nobody uses and that hold nothing back, once there are twice as many as were needed the
    /// last time: constant work a host, and a map that shrinks.
    fn sweep(&mut self) {
        if self.slots.len() < self.sweep_at.max(FEW) {
            return;
        }
        let now = Instant::now();
        self.slots.retain(|_, slot| {
            let pace = lock(&slot.pace);
            Arc::strong_count(slot) > 1 || slot.in_use() || pace.next > now
        });
        self.sweep_at = 2 * self.slots.len();
    }
}

impl Slot {
    fn new(places: usize) -> Self {
        let pace = Pace { next: Instant::now(), refusals: 0 };
        Self { places: Arc::new(Semaphore::new(places)), pace: Mutex::new(pace) }
    }

    /// Whether a [`Turn`] is out: each holds on to the semaphore.
    fn in_use(&self) -> bool {
        Arc::strong_count(&self.places) > 1
    }

    fn next_start(&self) -> Instant {
        lock(&self.pace).next
    }

    /// Starts a request if it may start now; the next then waits for `pause`.
    fn start(&self, pause: Duration) -> bool {
        let (mut pace, now) = (lock(&self.pace), Instant::now());
        let may = pace.next <= now;
        if may {
            pace.next = now + pause;
        }
        may
    }
}

/// Locks a mutex whose holders never leave it in disorder.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use tokio::task::JoinSet;
    use tokio::time::sleep;

    use super::*;
    use crate::fetch::quantity::Span;

    fn schedule(concurrency: usize, per_host: usize, pause: u64) -> Arc<Schedule> {
        Arc::new(Schedule::new(&FetchConfig {
            concurrency: NonZeroUsize::new(concurrency).unwrap(),
            per_host: NonZeroUsize::new(per_host).unwrap(),
            pause: Span::from_millis(pause),
            ..FetchConfig::default()
        }))
    }

    /// Runs a request of `work` milliseconds for each host named, and gives the start of each in milliseconds.
    async fn starts(schedule: &Arc<Schedule>, jobs: &[(&'static str, u64)]) -> Vec<(&'static str, u128)> {
        let began = Instant::now();
        let mut tasks = JoinSet::new();
        for &(host, work) in jobs {
            let schedule = Arc::clone(schedule);
            tasks.spawn(async move {
                let _turn = schedule.turn(host).await.unwrap();
                let start = began.elapsed().as_millis();
                sleep(Duration::from_millis(work)).await;
                (host, start)
            });
        }
        let mut starts = tasks.join_all().await;
        starts.sort_by_key(|&(host, start)| (start, host));
        starts
    }

    fn of(host: &str, starts: &[(&str, u128)]) -> Vec<u128> {
        starts.iter().filter(|(at, _)| *at == host).map(|(_, start)| *start).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_start_a_pause_apart() {
        let starts = starts(&schedule(9, 9, 250), &[("a", 10); 4]).await;
        assert_eq!(of("a", &starts), [0, 250, 500, 750]);
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_the_limit_run_on_one_host() {
        let starts = starts(&schedule(9, 2, 0), &[("a", 1000); 5]).await;
        assert_eq!(of("a", &starts), [0, 0, 1000, 1000, 2000]);
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_the_limit_run_in_all() {
        let starts = starts(&schedule(2, 2, 0), &[("a", 1000), ("b", 1000), ("c", 1000), ("d", 1000)]).await;
        assert_eq!(starts.iter().map(|(_, start)| *start).collect::<Vec<_>>(), [0, 0, 1000, 1000]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_host_named_first_does_not_hold_up_another() {
        let mut jobs = vec![("slow", 10_000); 300];
        jobs.extend([("fast", 10); 20]);
        let starts = starts(&schedule(32, 2, 50), &jobs).await;
        assert_eq!(of("fast", &starts).last(), Some(&(19 * 50)));
    }

    #[tokio::test(start_paused = true)]
    async fn the_pause_is_kept_when_the_overall_limit_made_requests_wait() {
        let mut jobs = vec![("busy", 1000)];
        jobs.extend([("a", 1); 3]);
        let starts = starts(&schedule(1, 3, 100), &jobs).await;
        let gaps: Vec<_> = of("a", &starts).windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(gaps.iter().all(|&gap| gap >= 100), "{starts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_stops_the_whole_host_and_no_other() {
        let schedule = schedule(9, 2, 0);
        let first = schedule.turn("a").await.unwrap();
        let waiting = tokio::spawn({
            let schedule = Arc::clone(&schedule);
            async move { starts(&schedule, &[("a", 0), ("a", 0), ("b", 0)]).await }
        });
        schedule.hold("a", Duration::from_secs(2));
        drop(first);
        let starts = waiting.await.unwrap();
        assert_eq!((of("a", &starts), of("b", &starts)), (vec![2000, 2000], vec![0]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_that_comes_while_others_wait_counts_for_them_too() {
        let schedule = schedule(9, 9, 1000);
        let waiting = tokio::spawn({
            let schedule = Arc::clone(&schedule);
            async move { starts(&schedule, &[("a", 0), ("a", 0)]).await }
        });
        sleep(Duration::from_millis(500)).await;
        schedule.hold("a", Duration::from_secs(5));
        assert_eq!(of("a", &waiting.await.unwrap()), [0, 5500]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_asks_for_an_hour_is_not_waited_for() {
        let schedule = schedule(9, 2, 0);
        schedule.hold("a", Duration::from_hours(1));
        assert_eq!(schedule.turn("a").await.unwrap_err(), Duration::from_hours(1));
        sleep(Duration::from_mins(59)).await;
        assert!(schedule.turn("a").await.is_ok(), "the last minute is");
    }

    #[tokio::test(start_paused = true)]
    async fn the_map_of_hosts_does_not_only_grow() {
        let schedule = schedule(9, 2, 100);
        schedule.hold("held", Duration::from_hours(1));
        for number in 0..10_000 {
            drop(schedule.turn(&format!("host{number}")).await.unwrap());
            sleep(Duration::from_millis(10)).await;
        }
        let hosts = lock(&schedule.hosts);
        assert!(hosts.slots.len() <= FEW, "{}", hosts.slots.len());
        assert!(hosts.slots.contains_key("held"), "a hold outlives a sweep");
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_are_counted_in_a_row() {
        let schedule = schedule(9, 2, 0);
        assert_eq!([true, true, false, true].map(|refused| schedule.note("a", refused)), [1, 2, 0, 1]);
    }
}
