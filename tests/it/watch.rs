//! The scheduled job over a week of simulated time, against pages that die, come back, move, change and hide.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use beleg::archive::{ArchiveConfig, RequisiteChoice};
use beleg::article::ReadOptions;
use beleg::check::CheckConfig;
use beleg::demo::{Answer, Authority, Certificates, Request, Site, Validity};
use beleg::fetch::{FetchConfig, Span};
use beleg::ledger::{self, Acknowledgement, AlarmKind, Body, Decision, Ledger, SignOff, Which};
use beleg::watch::{
    ChannelConfig, ChannelKind, Clock, Heartbeat, Metrics, RecheckConfig, WatchEvent, WatchJob, Watcher,
    WatcherSettings,
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::support::{Web, bare_channel};

/// What the article says of each page, and the page's own words for it.
const PAGES: [(&str, &str, &str); 11] = [
    (
        "steady",
        "The synthetic bridge cost 3.5 million euros",
        "The synthetic bridge cost 3.5 million euros to build.",
    ),
    (
        "figure",
        "The synthetic tunnel cost 7.2 million euros",
        "The synthetic tunnel cost 7.2 million euros to dig.",
    ),
    ("dies", "The synthetic tower is 381 metres high", "The synthetic tower is 381 metres high in all."),
    ("revives", "The synthetic lake is 54 metres deep", "The synthetic lake is 54 metres deep at most."),
    ("moves", "The synthetic road is 62 kilometres long", "The synthetic road is 62 kilometres long by now."),
    ("layout", "The synthetic school has 1,240 pupils", "The synthetic school has 1,240 pupils this year."),
    (
        "paywall",
        "The synthetic museum had 83,000 visitors",
        "The synthetic museum had 83,000 visitors last year.",
    ),
    ("reworded", "The synthetic forest has 9,600 trees", "The synthetic forest has 9,600 trees in it."),
    (
        "gone",
        "The synthetic library holds 417,000 books",
        "The synthetic library holds 417,000 books on shelves.",
    ),
    ("flaps", "The synthetic airport has 26 gates", "The synthetic airport has 26 gates in use."),
    ("refuses", "The synthetic harbour has 19 cranes", "The synthetic harbour has 19 cranes in use."),
];

/// A web whose pages know which day it is.
struct Pages(Arc<AtomicI64>);

impl Site for Pages {
    fn answer(&self, request: &Request) -> Answer {
        let day = self.0.load(Ordering::SeqCst);
        let path = request.path.trim_start_matches('/');
        if let Some(answer) = own_site(path, day) {
            return answer;
        }
        let Some((_, _, said)) = PAGES.iter().find(|(name, ..)| *name == path.trim_end_matches("/new"))
        else {
            return Answer::html(
                404,
                "<!doctype html><title>Not found</title><p>No such synthetic page.</p>",
            );
        };
        let (away, elsewhere) =
            ((404, "<title>Not found</title><p>It is no longer here.</p>".to_owned()), None);
        let plain = || (200, page(said, ""));
        #[expect(clippy::match_same_arms, reason = "one arm a page")]
        let (answer, to) = match (path, day) {
            ("figure", 3..) => {
                ((200, page("The synthetic tunnel cost 9.1 million euros to dig.", "")), elsewhere)
            }
            ("dies", 2..) => (away, elsewhere),
            ("revives", 1..=4) => (away, elsewhere),
            ("moves", 4..) => (plain(), Some("https://pages.test/moves/new")),
            ("layout", _) => ((200, other_layout(said, day)), elsewhere),
            ("paywall", 5..) => ((200, teaser()), elsewhere),
            ("reworded", 3..) => ((200, page("In the synthetic forest, 9,600 trees stand.", "")), elsewhere),
            ("gone", 6..) => ((200, page("The synthetic library is closed for the season.", "")), elsewhere),
            ("flaps", 2..=3) => ((503, "<p>Come back later.</p>".to_owned()), elsewhere),
            ("refuses", 2..) => ((403, "<p>Access denied.</p>".to_owned()), elsewhere),
            // What changes from day to day and means nothing.
            (_, day) => ((200, page(said, &format!("Seen {day} times today."))), elsewhere),
        };
        match to {
            Some(to) => Answer::redirect(301, to),
            None => Answer::html(answer.0, answer.1),
        }
    }
}

/// A site of one's own with a feed. It says on the fourth day that its story was edited: by a time that is later than any run,
/// which an audit takes from the real clock.
fn own_site(path: &str, day: i64) -> Option<Answer> {
    let (updated, gates) = if day >= 4 { ("2099-01-01T00:00:00Z", 27) } else { ("2026-11-01T01:00:00Z", 26) };
    match path {
        "feed.xml" => Some(Answer::new(
            200,
            &[("Content-Type", "application/atom+xml")],
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/story'/><updated>{updated}</updated></entry></feed>"
            ),
        )),
        "story" => Some(Answer::new(
            200,
            &[("Content-Type", "text/plain; charset=utf-8")],
            format!(
                "A synthetic story\n\nThe synthetic airport has {gates} gates (https://pages.test/steady).\n"
            ),
        )),
        _ => None,
    }
}

fn page(said: &str, aside: &str) -> String {
    format!(
        "<!doctype html><html lang=en><title>A synthetic page</title><main><article><h1>Synthetic facts</h1>\
         <p>This page was made up for tests. Nothing on it is true.</p><p>{said}</p><p>There is more of the same kind on \
         other pages of this site, all of it just as synthetic.</p></article></main><aside>{aside}</aside></html>"
    )
}

/// The same words in other markup each day: once even where page furniture stands.
fn other_layout(said: &str, day: i64) -> String {
    let said = match day % 3 {
        0 => format!("<article><p>{said}</p></article>"),
        1 => format!("<div><table><tr><td><b>{}</b></td></tr></table></div>", said.replace(' ', "\n  ")),
        _ => format!(
            "<main><p>Nothing here, but a long synthetic paragraph that says nothing whatever about schools or \
             anything else, and goes on for a while so that it is taken for the text of the page, which it is in a way, \
             though all that matters stands beside it.</p></main><div class=sidebar><p>{said}</p></div>"
        ),
    };
    format!(
        "<!doctype html><html lang=en><title>A synthetic page</title><body class=d{day}>{said}</body></html>"
    )
}

fn teaser() -> String {
    "<!doctype html><html lang=en><title>A synthetic page</title><script type=\"application/ld+json\">\
     {\"@type\": \"NewsArticle\", \"isAccessibleForFree\": false}</script><article><p>The synthetic museum is known to \
     many.</p></article></html>"
        .to_owned()
}

/// The watch of one article, its clock and its web.
struct Week {
    folder: TempDir,
    web: Web,
    day: Arc<AtomicI64>,
    events: Arc<Mutex<Vec<WatchEvent>>>,
}

impl Week {
    fn begin() -> Self {
        let day = Arc::new(AtomicI64::new(0));
        let web = https(&["pages.test"], Pages(Arc::clone(&day)));
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("authority.pem"), web.ca_pem()).unwrap();
        let claims = PAGES.iter().map(|(name, claim, _)| format!("{claim} (https://pages.test/{name}).\n\n"));
        let text = format!("Synthetic facts for tests\n\n{}", claims.collect::<String>());
        fs::write(folder.path().join("article.txt"), text).unwrap();
        Self { folder, web, day, events: Arc::default() }
    }

    fn archive(&self) -> ArchiveConfig {
        ArchiveConfig {
            folder: self.folder.path().join("archive"),
            wacz: false,
            requisites: RequisiteChoice::None,
            ..ArchiveConfig::default()
        }
    }

    fn now(&self) -> Timestamp {
        let first: Timestamp = "2026-11-02T04:00:00Z".parse().unwrap();
        first + SignedDuration::from_hours(24 * self.day.load(Ordering::SeqCst))
    }

    fn job(&self) -> WatchJob {
        WatchJob {
            name: "daily".into(),
            articles: vec![format!("{}/*.txt", self.folder.path().display())],
            feed: None,
            sitemap: None,
            cron: "0 4 * * *".into(),
            time_zone: "UTC".into(),
            spread: Span::from_millis(0),
            requisites: false,
            tell: vec!["feed".into()],
        }
    }

    fn watcher(&self, job: WatchJob) -> Watcher {
        let day = Span::from_secs(86_400);
        let settings = WatcherSettings {
            recheck: RecheckConfig { alive: day, longest: day, ..RecheckConfig::default() },
            fetch: FetchConfig {
                resolve: self
                    .web
                    .hosts()
                    .iter()
                    .map(|(host, at)| format!("{host}={at}").parse().unwrap())
                    .collect(),
                ca_file: Some(self.folder.path().join("authority.pem")),
                pause: Span::from_millis(0),
                retries: 0,
                ..FetchConfig::default()
            },
            check: CheckConfig::default(),
            archive: self.archive(),
            reading: ReadOptions { language: Some("en".into()), ..ReadOptions::default() },
            model: None,
            everything: false,
        };
        let events = Arc::clone(&self.events);
        let observer = Arc::new(move |event: &WatchEvent| events.lock().unwrap().push(event.clone()));
        Watcher::new(&[job], &[feed_channel(&self.folder.path().join("alarms.xml"))], settings, observer)
            .unwrap()
    }

    /// One pass; its alarms as kind and name of the page.
    fn pass(&self) -> Vec<(AlarmKind, String)> {
        self.pass_of(self.job())
    }

    fn pass_of(&self, job: WatchJob) -> Vec<(AlarmKind, String)> {
        let (watcher, now) = (self.watcher(job), self.now());
        let passed =
            self.web.block_on(async { watcher.run_due(now, &CancellationToken::new()).await }).unwrap();
        let alarms = passed.into_iter().flat_map(|passed| {
            assert_eq!(passed.problems, Vec::<String>::new());
            passed.alarms
        });
        let mut told: Vec<_> = alarms
            .map(|raised| {
                (raised.alarm.kind, raised.alarm.url.trim_start_matches("https://pages.test/").to_owned())
            })
            .collect();
        told.sort();
        told
    }

    fn ledger(&self) -> PathBuf {
        self.archive().folder.join("ledger.sqlite")
    }

    fn verify(&self) {
        let found = self.web.block_on(ledger::verify(&self.ledger())).unwrap();
        assert_eq!((found.wrong, found.not_checkable), (vec![], vec![]), "on day {:?}", self.day);
    }
}

/// A web with TLS for `hosts`.
fn https(hosts: &[&str], site: impl Site) -> Web {
    let authority = Authority::new().unwrap();
    let leaf = authority.leaf(hosts, Validity::Current).unwrap();
    let certificates = hosts.iter().fold(Certificates::default(), |all, host| all.with(host, &leaf));
    Web::start(hosts, certificates, authority.ca_pem(), site)
}

fn feed_channel(path: &Path) -> ChannelConfig {
    ChannelConfig { path: Some(path.to_owned()), ..bare_channel("feed", ChannelKind::Feed) }
}

#[test]
fn a_week_raises_exactly_the_alarms_that_it_should_when_it_should() {
    use AlarmKind::{FigureChanged, PassageGone, SourceDied, SourceMoved, SourcePaywalled, SourceRevived};
    let week = Week::begin();
    let expected: BTreeMap<i64, Vec<(AlarmKind, &str)>> = BTreeMap::from([
        (3, vec![(FigureChanged, "figure"), (SourceDied, "revives")]),
        (4, vec![(SourceDied, "dies"), (SourceMoved, "moves")]),
        (5, vec![(SourcePaywalled, "paywall"), (SourceRevived, "revives")]),
        (6, vec![(PassageGone, "gone")]),
    ]);
    for day in 0..=8 {
        week.day.store(day, Ordering::SeqCst);
        let raised = week.pass();
        let due = expected.get(&day).cloned().unwrap_or_default();
        let due: Vec<_> = due.into_iter().map(|(kind, name)| (kind, name.to_owned())).collect();
        assert_eq!(raised, due, "on day {day}");
        assert_eq!(week.pass(), [], "a second pass on day {day} is not due");
        week.verify();
    }
    let feed = fs::read_to_string(week.folder.path().join("alarms.xml")).unwrap();
    assert_eq!(feed.matches("<entry>").count(), 7, "{feed}");
    assert!(feed.contains("the page says “9.1 million euros” where it said “7.2 million euros”"), "{feed}");
}

#[test]
fn alarms_are_acknowledged_and_a_drift_opens_a_claim_that_was_signed_off() {
    let week = Week::begin();
    assert_eq!(week.pass(), []);
    let article = week.folder.path().join("article.txt").to_string_lossy().into_owned();
    week.web.block_on(async {
        let ledger = Ledger::open(&week.ledger()).await.unwrap();
        let known = ledger.known_articles().await.unwrap()[&article];
        let dossier = ledger.dossier_of(known.dossier).await.unwrap().dossier;
        let words = dossier.claims.iter().find(|one| one.text.contains("tunnel")).unwrap();
        let sign_off = SignOff {
            dossier: known.dossier,
            article: article.clone(),
            claim: words.id.clone(),
            claim_text: words.text.clone(),
            decision: Decision::Confirmed,
            by: "A. Editor".into(),
            note: None,
        };
        ledger.append(week.now(), &Body::SignOff(sign_off)).await.unwrap();
        let decided = ledger.sign_offs(&article).await.unwrap();
        assert!(decided[&words.text].is_settled());
        assert_eq!(decided.len(), 1);
        ledger.close().await.unwrap();
    });
    week.day.store(3, Ordering::SeqCst);
    assert_eq!(week.pass(), [(AlarmKind::FigureChanged, "figure".to_owned())]);
    week.web.block_on(async {
        let ledger = Ledger::open(&week.ledger()).await.unwrap();
        let decided = ledger.sign_offs(&article).await.unwrap();
        let (_, decision) = decided.iter().find(|(claim, _)| claim.contains("tunnel")).unwrap();
        let open = ledger.alarms(Which::Open).await.unwrap();
        assert_eq!(decision.reopened_by.as_ref(), Some(&open[0].alarm.id));
        let noted =
            Acknowledgement { alarms: vec![open[0].alarm.id.clone()], by: "A. Editor".into(), note: None };
        ledger.append(week.now(), &Body::Acknowledgement(noted)).await.unwrap();
        assert_eq!(ledger.alarms(Which::Open).await.unwrap(), []);
        assert_eq!(ledger.alarms(Which::All).await.unwrap()[0].acknowledged_by.as_deref(), Some("A. Editor"));
        ledger.close().await.unwrap();
    });
    week.verify();
}

#[test]
fn an_article_that_was_edited_is_audited_again_and_one_that_was_not_is_not() {
    let week = Week::begin();
    week.pass();
    week.day.store(1, Ordering::SeqCst);
    week.pass();
    let article = week.folder.path().join("article.txt");
    let text = fs::read_to_string(&article).unwrap();
    let (_, claim, _) = PAGES[10];
    let without = text.replace(&format!("{claim} (https://pages.test/refuses).\n\n"), "");
    fs::write(&article, without.replace("26 gates", "27 gates")).unwrap();
    for day in [2, 3] {
        week.day.store(day, Ordering::SeqCst);
        week.pass();
    }
    assert_eq!(week.web.asked("/refuses"), 2, "what is no longer cited is no longer asked");
    let events = week.events.lock().unwrap();
    let taken = events.iter().filter(|event| matches!(event, WatchEvent::TakenUp { .. })).count();
    assert_eq!(taken, 2, "{events:?}");
    drop(events);
    week.verify();
}

#[test]
fn the_stories_of_a_feed_are_watched_and_fetched_again_when_it_says_that_they_changed() {
    let week = Week::begin();
    let job =
        || WatchJob { articles: Vec::new(), feed: Some("https://pages.test/feed.xml".into()), ..week.job() };
    for (day, fetched) in [(0, 1), (1, 1), (4, 2)] {
        week.day.store(day, Ordering::SeqCst);
        assert_eq!(week.pass_of(job()), [], "on day {day}");
        assert_eq!(week.web.asked("/story"), fetched, "on day {day}");
    }
    let known = week.web.block_on(async {
        let ledger = Ledger::open_read_only(&week.ledger()).await.unwrap();
        let known = ledger.known_articles().await.unwrap();
        ledger.close().await.unwrap();
        known
    });
    assert_eq!(known.keys().collect::<Vec<_>>(), ["https://pages.test/story"]);
    week.verify();
}

#[tokio::test]
async fn metrics_and_health_are_served_until_the_end() {
    let metrics = Arc::new(Metrics::default());
    let raised = WatchEvent::Problem { job: "daily".into(), what: "nothing".into() };
    metrics.observe(&raised, Timestamp::now());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let stopped = stop.clone().cancelled_owned();
    let served = tokio::spawn(beleg::watch::serve(listener, metrics, stopped));
    for (path, part) in [("/metrics", "beleg_problems_total{job=\"daily\"} 1\n"), ("/health", "alive\n")] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains(part), "{answer}");
    }
    stop.cancel();
    served.await.unwrap().unwrap();
}

/// A clock that goes as it is told: each wait takes as long as the script says, or as long as was asked for.
struct TestClock {
    now: Mutex<Timestamp>,
    script: Mutex<VecDeque<Option<SignedDuration>>>,
    stop: CancellationToken,
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn wait(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let asked = SignedDuration::try_from(time).unwrap();
        match self.script.lock().unwrap().pop_front() {
            Some(step) => *self.now.lock().unwrap() += step.unwrap_or(asked),
            None => self.stop.cancel(),
        }
        Box::pin(tokio::task::yield_now())
    }
}

#[test]
fn the_daemon_sleeps_over_three_times_and_runs_once_and_a_clock_set_back_makes_nothing_run_again() {
    let week = Week::begin();
    fs::write(week.folder.path().join("article.txt"), "Nothing in this synthetic text cites anything.\n")
        .unwrap();
    let watcher = week.watcher(week.job());
    let start: Timestamp = "2026-11-20T03:58:30Z".parse().unwrap();
    // Two waits up to 04:00, a night of three days, an hour back, and on up to the next time.
    let (asked, hours) = (None, |hours| Some(SignedDuration::from_hours(hours)));
    let script = [asked, asked, hours(72), hours(-1), asked, asked];
    let stop = CancellationToken::new();
    let clock = TestClock { now: Mutex::new(start), script: Mutex::new(script.into()), stop: stop.clone() };
    let heartbeat = Heartbeat::to(week.folder.path().join("heartbeat").to_str().unwrap()).unwrap();
    week.web.block_on(watcher.run(&clock, Some(&heartbeat), &stop)).unwrap();
    let events = week.events.lock().unwrap();
    let passes = events.iter().filter(|event| matches!(event, WatchEvent::PassEnded { .. })).count();
    // At once, since it never ran; at four; and once for the three times it slept over.
    assert_eq!(passes, 3, "{events:?}");
    let beat = fs::read_to_string(week.folder.path().join("heartbeat")).unwrap();
    assert_eq!(beat, "2026-11-23T03:02:00Z\n");
}
