//! Who may ask whom, and when: a limit over all, and for each host a queue, a limit and a pause.
//!
//! A host is a name, without `www.`, with its port where a URL names one; each has a queue of its own. The first of a
//! queue waits for its host, and takes a place of the overall limit only when its host would let it start at once. So a
//! slow host, or one that asked for patience, keeps none of the places that other hosts could use.
//!
//! Hosts below one registrable domain share a limit of four times that of a host: a hundred blogs of one provider are
//! not asked by two hundred connections. What a registrable domain is, is guessed from the shape of the name, since a list
//! of all public suffixes would be out of date by the time it is needed. The address is no key: behind one address of a
//! delivery network there are hundreds of sites that have nothing to do with each other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::{Host, Url};

use super::backlog::Backlog;
use super::config::FetchConfig;
use super::hosts::HostRules;
use super::network::plain;
use super::pace::{Allowance, May, Pace, Reaction, Refusal};

/// Lets requests start, politely.
#[derive(Debug)]
pub(super) struct Schedule {
    overall: Arc<Semaphore>,
    backlog: Backlog,
    usual: Allowance,
    rules: Arc<HostRules>,
    hosts: Mutex<Hosts>,
}

/// The right to have one request under way; dropping it gives the place back.
#[derive(Debug)]
pub(super) struct Turn {
    slot: Arc<Slot>,
    started: Instant,
    _overall: OwnedSemaphorePermit,
    _site: Option<OwnedSemaphorePermit>,
}

/// The hosts in use, and those that were and whose next start lies ahead.
#[derive(Debug, Default)]
struct Hosts {
    slots: HashMap<String, Arc<Slot>>,
    sites: HashMap<String, Weak<Semaphore>>,
    /// How many slots there may be before those no longer needed are dropped.
    sweep_at: usize,
}

#[derive(Debug)]
struct Slot {
    /// Only the first of the queue is past it.
    door: Semaphore,
    pace: Mutex<Pace>,
    /// Wakes the first of the queue when something changed.
    changed: Notify,
    /// Wakes those under way when one of them is refused.
    refused: Notify,
    site: Option<Arc<Semaphore>>,
}

/// Fewer hosts than this are never swept.
const FEW: usize = 64;

/// How many hosts' worth of places those below one registrable domain share.
const SITE: usize = 4;

/// The name of the queue that a URL waits in: its host without `www.`, with its port where it names one.
pub fn queue_of(url: &Url) -> String {
    let host = plain(url.host_str().unwrap_or_default());
    let host = host.strip_prefix("www.").unwrap_or(host);
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

impl Schedule {
    /// The schedule that `config` asks for, and `rules` for single hosts.
    pub(super) fn new(config: &FetchConfig, rules: Arc<HostRules>) -> Self {
        let places = |number: usize| number.min(Semaphore::MAX_PERMITS / SITE);
        Self {
            overall: Arc::new(Semaphore::new(places(config.concurrency.get()))),
            backlog: Backlog::default(),
            usual: Allowance { places: places(config.per_host.get()), pause: config.pause.duration() },
            rules,
            hosts: Mutex::default(),
        }
    }

    /// Waits until a request for `url` may start. Requests to one host start in the order they asked, and none starts while
    /// many answers wait to be dealt with. Where the host
    /// is not to be asked for longer than beleg waits, says so at once.
    #[expect(clippy::expect_used, reason = "the semaphores are never closed, the only failure there is")]
    pub(super) async fn turn(&self, url: &Url) -> Result<Turn, Refusal> {
        let slot = self.slot(url);
        let door = slot.door.acquire().await.expect("never closed");
        loop {
            let now = Instant::now();
            let may = lock(&slot.pace).may_start(now);
            match may {
                May::Never(refusal) => return Err(refusal),
                May::WhenFree => slot.changed.notified().await,
                May::At(start) => tokio::select! {
                    () = sleep_until(start) => {}
                    () = slot.changed.notified() => {}
                },
                May::Now => {
                    let site = match &slot.site {
                        Some(site) => Some(Arc::clone(site).acquire_owned().await.expect("never closed")),
                        None => None,
                    };
                    let overall = Arc::clone(&self.overall).acquire_owned().await.expect("never closed");
                    self.backlog.room().await;
                    if let Some(started) = slot.start() {
                        drop(door);
                        return Ok(Turn { slot, started, _overall: overall, _site: site });
                    }
                }
            }
        }
    }

    /// The answers that hold back further requests.
    pub(super) fn backlog(&self) -> &Backlog {
        &self.backlog
    }

    /// Keeps at least this pause between two requests to the host of `url`.
    pub(super) fn at_least(&self, url: &Url, pause: Duration) {
        lock(&self.slot(url).pace).at_least(pause);
    }

    fn slot(&self, url: &Url) -> Arc<Slot> {
        let queue = queue_of(url);
        let mut hosts = lock(&self.hosts);
        if let Some(slot) = hosts.slots.get(&queue) {
            return Arc::clone(slot);
        }
        hosts.sweep();
        let allowance = self.rules.allowance(url, self.usual);
        let slot = Arc::new(Slot {
            door: Semaphore::new(1),
            pace: Mutex::new(Pace::new(allowance)),
            changed: Notify::new(),
            refused: Notify::new(),
            site: site_of(url).map(|site| hosts.site(site, SITE * allowance.places)),
        });
        hosts.slots.insert(queue, Arc::clone(&slot));
        slot
    }
}

impl Turn {
    /// When the request may start: now, when the turn came.
    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// Takes note of what the host made of the request.
    pub(super) fn note(&self, reaction: Reaction) {
        let refused = matches!(reaction, Reaction::Refused(_));
        lock(&self.slot.pace).note(reaction, self.started);
        self.slot.changed.notify_one();
        if refused {
            self.slot.refused.notify_waiters();
        }
    }

    /// Returns when the host refuses another request before this one is sent, as `is_unsent` says: then it is not to be
    /// sent yet. Never returns where it has been.
    pub(super) async fn called_off(&self, is_unsent: impl Fn() -> bool) {
        loop {
            let refused = self.slot.refused.notified();
            if lock(&self.slot.pace).was_refused_since(self.started) {
                break;
            }
            refused.await;
        }
        if !is_unsent() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        lock(&self.slot.pace).end();
        self.slot.changed.notify_one();
    }
}

impl Hosts {
    /// The places that the hosts of a site share.
    fn site(&mut self, site: String, places: usize) -> Arc<Semaphore> {
        if let Some(shared) = self.sites.get(&site).and_then(Weak::upgrade) {
            return shared;
        }
        let shared = Arc::new(Semaphore::new(places));
        self.sites.insert(site, Arc::downgrade(&shared));
        shared
    }

    /// Drops the slots that nobody uses and that hold nothing back, once there are twice as many as were needed the
    /// last time: constant work a host, and a map that shrinks.
    fn sweep(&mut self) {
        if self.slots.len() < self.sweep_at.max(FEW) {
            return;
        }
        let now = Instant::now();
        self.slots.retain(|_, slot| Arc::strong_count(slot) > 1 || !lock(&slot.pace).is_fresh(now));
        self.sites.retain(|_, site| site.strong_count() > 0);
        self.sweep_at = 2 * self.slots.len();
    }
}

impl Slot {
    /// Starts a request if it may start now.
    fn start(&self) -> Option<Instant> {
        let (mut pace, now) = (lock(&self.pace), Instant::now());
        (pace.may_start(now) == May::Now).then(|| {
            pace.start(now);
            now
        })
    }
}

/// The second labels below which countries register names, as in `example.co.uk`.
const REGISTRIES: [&str; 20] = [
    "ac", "asso", "co", "com", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "id", "ltd", "mil", "ne",
    "net", "nom", "or", "org", "sch",
];

/// The registrable domain of a URL, guessed: the last two labels of its name, or three below such as `co.uk`. Nothing
/// for addresses.
fn site_of(url: &Url) -> Option<String> {
    let Some(Host::Domain(name)) = url.host() else { return None };
    let labels: Vec<&str> = plain(name).rsplit('.').take(3).collect();
    let kept = match labels[..] {
        [country, registry, _] if country.len() == 2 && REGISTRIES.contains(&registry) => 3,
        _ => 2,
    };
    let mut site: Vec<&str> = labels.into_iter().take(kept).collect();
    site.reverse();
    Some(site.join("."))
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
    use crate::fetch::{Failure, FailureKind};
    use crate::quantity::Span;

    fn config(concurrency: usize, per_host: usize, pause: u64) -> FetchConfig {
        FetchConfig {
            concurrency: NonZeroUsize::new(concurrency).unwrap(),
            per_host: NonZeroUsize::new(per_host).unwrap(),
            pause: Span::from_millis(pause),
            ..FetchConfig::default()
        }
    }

    fn schedule(concurrency: usize, per_host: usize, pause: u64) -> Arc<Schedule> {
        Arc::new(Schedule::new(&config(concurrency, per_host, pause), Arc::default()))
    }

    fn url(host: &str) -> Url {
        format!("https://{host}/").parse().unwrap()
    }

    /// What a host does with each request: how long it takes, and what it makes of it.
    type Host = fn(usize, u128) -> (u64, Reaction);

    fn answers(_: usize, _: u128) -> (u64, Reaction) {
        (10, Reaction::Answered)
    }

    fn slow(_: usize, _: u128) -> (u64, Reaction) {
        (10_000, Reaction::Answered)
    }

    /// When each request of each host started, in milliseconds; `None` for one that was turned away at once.
    async fn starts(
        schedule: &Arc<Schedule>,
        hosts: &[(&'static str, usize, Host)],
    ) -> HashMap<&'static str, Vec<Option<u128>>> {
        let began = Instant::now();
        let mut tasks = JoinSet::new();
        for &(host, requests, reacts) in hosts {
            for number in 0..requests {
                let schedule = Arc::clone(schedule);
                tasks.spawn(async move {
                    let Ok(turn) = schedule.turn(&url(host)).await else { return (host, None) };
                    let start = began.elapsed().as_millis();
                    let (work, reaction) = reacts(number, start);
                    sleep(Duration::from_millis(work)).await;
                    turn.note(reaction);
                    (host, Some(start))
                });
            }
        }
        let mut started: HashMap<_, Vec<_>> = HashMap::new();
        for (host, start) in tasks.join_all().await {
            started.entry(host).or_default().push(start);
        }
        for starts in started.values_mut() {
            starts.sort_unstable();
        }
        started
    }

    async fn starts_of(schedule: &Arc<Schedule>, requests: usize, reacts: Host) -> Vec<Option<u128>> {
        starts(schedule, &[("a.example", requests, reacts)]).await.remove("a.example").unwrap()
    }

    fn some(starts: &[u128]) -> Vec<Option<u128>> {
        starts.iter().copied().map(Some).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_start_a_pause_apart() {
        assert_eq!(starts_of(&schedule(9, 9, 250), 4, answers).await, some(&[0, 250, 500, 750]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_by_one_request_first_and_by_more_as_it_answers() {
        let second: Host = |_, _| (1000, Reaction::Answered);
        let starts = starts_of(&schedule(9, 3, 0), 9, second).await;
        assert_eq!(starts, some(&[0, 1000, 1000, 2000, 2000, 2000, 3000, 3000, 3000]));
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_than_the_limit_run_in_all() {
        let all = ["a.example", "b.example", "c.example", "d.example"].map(|host| (host, 1, slow as Host));
        let mut starts: Vec<_> = starts(&schedule(2, 2, 0), &all).await.into_values().flatten().collect();
        starts.sort_unstable();
        assert_eq!(starts, some(&[0, 0, 10_000, 10_000]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_host_named_first_does_not_hold_up_another() {
        let hosts = [("slow.example", 300, slow as Host), ("fast.example", 20, answers as Host)];
        let starts = starts(&schedule(32, 2, 50), &hosts).await;
        assert_eq!(starts["fast.example"].last(), Some(&Some(19 * 50)));
    }

    #[tokio::test(start_paused = true)]
    async fn hosts_are_told_apart_by_name_and_port_but_not_by_www() {
        let queue = |url: &str| queue_of(&url.parse().unwrap());
        assert_eq!(queue("https://www.a.example/x"), queue("http://a.example./y"));
        assert_ne!(queue("https://a.example/"), queue("https://b.a.example/"));
        assert_ne!(queue("http://127.0.0.1:8001/"), queue("http://127.0.0.1:8002/"));
    }

    #[tokio::test(start_paused = true)]
    async fn hosts_of_one_domain_share_a_larger_limit() {
        let schedule = schedule(99, 1, 0);
        let mut turns = Vec::new();
        for number in 0..SITE {
            turns.push(schedule.turn(&url(&format!("blog-{number}.host.example"))).await.unwrap());
        }
        let (one_more, elsewhere) = (url("one-more.host.example"), url("host2.example"));
        assert!(tokio::time::timeout(Duration::from_secs(1), schedule.turn(&one_more)).await.is_err());
        assert!(tokio::time::timeout(Duration::from_secs(1), schedule.turn(&elsewhere)).await.is_ok());
        turns.pop();
        assert!(tokio::time::timeout(Duration::from_secs(1), schedule.turn(&one_more)).await.is_ok());
    }

    #[test]
    fn registrable_domains_are_guessed_from_their_shape() {
        let site = |host: &str| site_of(&url(host));
        for (host, expected) in [
            ("example.org", "example.org"),
            ("a.b.example.org", "example.org"),
            ("news.example.co.uk", "example.co.uk"),
            ("www.example.gv.at", "example.gv.at"),
            ("co.uk", "co.uk"),
            ("t.co", "t.co"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(site(host).as_deref(), Some(expected), "{host}");
        }
        assert_eq!(site("127.0.0.1"), None);
        assert_eq!(site("[::1]"), None);
    }

    #[tokio::test(start_paused = true)]
    async fn the_pause_is_kept_when_the_overall_limit_made_requests_wait() {
        let second: Host = |_, _| (1000, Reaction::Answered);
        let hosts = [("busy.example", 1, second), ("a.example", 3, answers as Host)];
        let starts = starts(&schedule(1, 3, 100), &hosts).await;
        let gaps: Vec<_> =
            starts["a.example"].windows(2).map(|two| two[1].unwrap() - two[0].unwrap()).collect();
        assert!(gaps.iter().all(|&gap| gap >= 100), "{starts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_holds_the_whole_host_for_the_time_it_names_and_no_other() {
        let once: Host = |_, start| match start {
            0 => (10, Reaction::Refused(Some(Duration::from_secs(2)))),
            _ => (10, Reaction::Answered),
        };
        let hosts = [("a.example", 3, once), ("b.example", 2, answers as Host)];
        let starts = starts(&schedule(9, 2, 0), &hosts).await;
        assert_eq!(starts["b.example"], some(&[0, 10]));
        let [first, second, third] = starts["a.example"][..] else { panic!("{starts:?}") };
        assert_eq!((first, second), (Some(0), Some(2010)));
        assert!(third >= second);
    }

    #[tokio::test(start_paused = true)]
    async fn no_request_of_mixed_traffic_starts_within_the_time_that_a_refusal_named() {
        // Every seventh request is refused for two seconds, while others are under way and answered.
        let mixed = |number, _| match number % 7 {
            3 => (5, Reaction::Refused(Some(Duration::from_secs(2)))),
            _ => (40, Reaction::Answered),
        };
        let starts = starts_of(&schedule(32, 8, 0), 60, mixed).await;
        let starts: Vec<_> = starts.into_iter().map(Option::unwrap).collect();
        let mut refusals = 0;
        for (number, &start) in starts.iter().enumerate().filter(|(number, _)| number % 7 == 3) {
            // Requests to one host start in the order they asked, so the number is that of the start.
            let refused = start + 5;
            let early: Vec<_> =
                starts[number + 1..].iter().filter(|&&at| at > refused && at < refused + 2000).collect();
            assert!(early.is_empty(), "refused at {refused}, but asked at {early:?}");
            refusals += 1;
        }
        assert!(refusals > 5);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_always_refuses_is_given_up_after_three() {
        let starts = starts_of(&schedule(9, 2, 0), 12, |_, _| (10, Reaction::Refused(None))).await;
        let asked: Vec<_> = starts.iter().flatten().collect();
        assert_eq!((asked.len(), starts.len()), (3, 12), "{starts:?}");
        assert!(**asked.last().unwrap() < 10_000, "{starts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_refuses_again_after_the_time_it_asked_for_is_given_up() {
        let patient = |_, _| (10, Reaction::Refused(Some(Duration::from_secs(5))));
        assert_eq!(starts_of(&schedule(9, 2, 0), 12, patient).await.into_iter().flatten().count(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_that_were_under_way_together_are_refused_but_once() {
        let wave = |_, start| match start {
            20 => (50, Reaction::Refused(Some(Duration::from_secs(1)))),
            _ => (10, Reaction::Answered),
        };
        let starts = starts_of(&schedule(9, 9, 0), 8, wave).await;
        assert_eq!(starts.iter().filter(|start| **start == Some(20)).count(), 4, "{starts:?}");
        assert!(starts.iter().all(Option::is_some), "{starts:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_makes_the_host_be_asked_more_slowly_until_it_answers_again() {
        let one = |_, start| match start {
            0 => (0, Reaction::Refused(None)),
            _ => (0, Reaction::Answered),
        };
        assert_eq!(starts_of(&schedule(9, 1, 100), 4, one).await, some(&[0, 500, 1000, 1100]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_where_nobody_is_found_is_not_asked_for_every_page() {
        let down = |_, _| {
            let failure = Failure { kind: FailureKind::Refused, detail: "connection refused".to_owned() };
            (10, Reaction::Unreached(failure))
        };
        let schedule = schedule(9, 2, 0);
        assert_eq!(starts_of(&schedule, 30, down).await.into_iter().flatten().count(), 4);
        assert!(matches!(schedule.turn(&url("a.example")).await, Err(Refusal::Down(_))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_hold_that_comes_while_others_wait_counts_for_them_too() {
        let schedule = schedule(9, 9, 1000);
        let first = schedule.turn(&url("a.example")).await.unwrap();
        let waiting = tokio::spawn({
            let schedule = Arc::clone(&schedule);
            async move { starts_of(&schedule, 1, answers).await }
        });
        sleep(Duration::from_millis(500)).await;
        first.note(Reaction::Refused(Some(Duration::from_secs(5))));
        drop(first);
        assert_eq!(waiting.await.unwrap(), some(&[5500]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_is_not_sent_yet_is_called_off_when_another_is_refused() {
        let (schedule, host) = (schedule(9, 9, 0), url("a.example"));
        drop(schedule.turn(&host).await.unwrap());
        let warm = schedule.turn(&host).await.unwrap();
        warm.note(Reaction::Answered);
        let (one, other) = tokio::join!(schedule.turn(&host), async {
            drop(warm);
            schedule.turn(&host).await
        });
        let (one, other) = (one.unwrap(), other.unwrap());
        let soon = |sent: bool| tokio::time::timeout(Duration::from_secs(1), one.called_off(move || !sent));
        assert!(soon(false).await.is_err(), "nothing was refused");
        let (called_off, ()) = tokio::join!(soon(false), async { other.note(Reaction::Refused(None)) });
        assert!(called_off.is_ok());
        assert!(soon(false).await.is_ok(), "also where it is asked only then");
        assert!(soon(true).await.is_err(), "what was sent is waited for");
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_asks_for_an_hour_is_not_waited_for() {
        let schedule = schedule(9, 2, 0);
        let first = schedule.turn(&url("a.example")).await.unwrap();
        first.note(Reaction::Refused(Some(Duration::from_hours(1))));
        drop(first);
        let refusal = schedule.turn(&url("a.example")).await.unwrap_err();
        assert_eq!(refusal, Refusal::Held(Duration::from_hours(1)));
        sleep(Duration::from_mins(59)).await;
        assert!(schedule.turn(&url("a.example")).await.is_ok(), "the last minute is");
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_that_the_site_asks_for_is_kept() {
        let schedule = schedule(9, 9, 100);
        schedule.at_least(&url("a.example"), Duration::from_secs(3));
        schedule.at_least(&url("a.example"), Duration::from_millis(1));
        let starts = starts_of(&schedule, 3, answers).await;
        let gaps: Vec<_> = starts.windows(2).map(|two| two[1].unwrap() - two[0].unwrap()).collect();
        assert_eq!(gaps, [3000, 3000]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_map_of_hosts_does_not_only_grow() {
        let schedule = schedule(9, 2, 100);
        let held = schedule.turn(&url("held.example")).await.unwrap();
        held.note(Reaction::Refused(Some(Duration::from_hours(1))));
        drop(held);
        for number in 0..10_000 {
            drop(schedule.turn(&url(&format!("host{number}.example"))).await.unwrap());
            sleep(Duration::from_millis(10)).await;
        }
        let hosts = lock(&schedule.hosts);
        assert!(hosts.slots.len() <= FEW && hosts.sites.len() <= FEW, "{}", hosts.slots.len());
        assert!(hosts.slots.contains_key("held.example"), "a hold outlives a sweep");
    }
}
