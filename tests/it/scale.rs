//! The scheduled job over many articles. It measures and prints, and is not run with the other tests:
//!
//! ```sh
//! cargo test --release --test it scale -- --ignored --nocapture
//! ```
//!
//! `BELEG_SCALE_ARTICLES` sets the number of articles (10,000), of ten sources each. With `BELEG_SCALE_FOLDER=DIR` it only
//! writes articles, ledger and configuration to DIR, for measuring the program by hand: there, the sources are on port 8123
//! of 127.0.0.10 and the addresses after it, and those that are due are so since long.

#![expect(clippy::print_stdout, reason = "it is run to be read")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use beleg::archive::{ArchiveConfig, RequisiteChoice, RunId};
use beleg::article::ReadOptions;
use beleg::check::CheckConfig;
use beleg::demo::{Answer, Authority, Certificates, Request, Site, Validity};
use beleg::digest::Digest;
use beleg::dossier::{ArticleFacts, ClaimFacts, Dossier, Run, SourceFacts, Tool};
use beleg::fetch::{FetchConfig, Span};
use beleg::ledger::{Body, Check, Health, KeptDossier, Ledger, Observed, Standing};
use beleg::report::Report;
use beleg::watch::{RecheckConfig, WatchJob, Watcher, WatcherSettings};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::support::Web;

/// What each claim rests on.
const PASSAGE: &str =
    "It was said in a passage of the usual length that the synthetic bridge had cost 48,000 euros by then.";
/// Sources of each article.
const SOURCES: usize = 10;
/// Hosts that they lie on.
const HOSTS: usize = 50;
/// Sources that are due in the pass that asks.
const DUE: usize = 5_000;

fn start() -> Timestamp {
    "2026-11-02T04:00:00Z".parse().unwrap()
}

/// When some of the sources are due.
fn soon() -> Timestamp {
    start() + SignedDuration::from_hours(48)
}

fn url(article: usize, source: usize) -> String {
    let host = (article * SOURCES + source) % HOSTS;
    match by_hand() {
        None => format!("https://h{host}.scale.test/{article}/{source}"),
        Some(_) => format!("http://127.0.0.{}:8123/{article}/{source}", host + 10),
    }
}

/// The folder for measuring by hand.
fn by_hand() -> Option<PathBuf> {
    std::env::var_os("BELEG_SCALE_FOLDER").map(PathBuf::from)
}

/// Pages of about 30 kB, each of its own.
struct Pages;

impl Site for Pages {
    fn answer(&self, request: &Request) -> Answer {
        if request.path == "/robots.txt" {
            return Answer::new(404, &[("Content-Type", "text/plain")], "");
        }
        let filler =
            format!("<p>A paragraph of the synthetic page {} that is there to be long.</p>\n", request.path);
        let text = format!("{}<p>{PASSAGE}</p>", filler.repeat(30_000 / filler.len()));
        Answer::html(
            200,
            format!("<!doctype html><html lang=en><title>Synthetic</title><article>{text}</article></html>"),
        )
    }
}

fn text(article: usize) -> String {
    format!("Synthetic article number {article}.\n")
}

/// From JSON, as an earlier beleg wrote it: what was added to dossiers since is not in it.
fn source(article: usize, number: usize) -> SourceFacts {
    let url = url(article, number);
    serde_json::from_value(json!({
        "id": format!("c{}", number + 1), "url": url, "written": url, "places": [{"line": 3, "column": 1, "page": null}],
        "kind": "list", "state": "alive", "reason": "ok", "detail": "answers", "status": 200, "final_url": url, "hops": [],
        "checked": start(), "media_type": "text/html", "title": "A synthetic page with a title of the usual length",
        "published": null, "sha256": Digest::of(&number.to_be_bytes()), "bytes": 30_000, "advice": null,
        "claims": [format!("k{}", number + 1)], "capture": null,
    }))
    .unwrap()
}

fn claim(number: usize) -> ClaimFacts {
    let source = format!("c{}", number + 1);
    serde_json::from_value(json!({
        "id": format!("k{}", number + 1),
        "text": format!("Die synthetische Brücke Nummer {number} kostete 48.000 Euro, wie es damals hieß."),
        "places": [{"line": 3, "column": 1, "page": null}], "citations": [source], "binding": "list", "verdict": "located",
        "atoms": [{"kind": "figure", "text": "48.000 Euro", "outcome": "same", "found": "48,000 euros", "citation": source}],
        "evidence": [{
            "citation": source, "passage": PASSAGE, "prefix": "before it stands ", "suffix": " and after it stands",
            "start": 100, "end": 100 + PASSAGE.len(), "score": 0.7, "margin": 0.2,
            "link": format!("https://example.org/{number}#:~:text=It%20was%20said"), "marks": [[84, 96]],
        }],
    }))
    .unwrap()
}

/// The bodies of an article: its dossier, and its taking up as of entry `baseline`.
fn bodies(folder: &Path, article: usize, baseline: i64, next: Timestamp) -> [Body; 2] {
    let name = folder.join(format!("{article:05}.txt")).to_string_lossy().into_owned();
    let id = RunId::new(start() + SignedDuration::from_secs(i64::try_from(article).unwrap()), 7);
    let dossier = Dossier {
        tool: Tool { name: "beleg".into(), version: "0.1.0".into(), rules: None },
        run: Run { id: id.clone(), started: start(), finished: start(), interrupted: false },
        article: ArticleFacts {
            path: name.clone(),
            sha256: Digest::of(text(article).as_bytes()),
            title: None,
            language: "de".into(),
            date: None,
            kind: None,
        },
        citations: (0..SOURCES).map(|number| source(article, number)).collect(),
        claims: (0..SOURCES).map(claim).collect(),
    };
    let observed = dossier.citations.iter().map(|source| {
        let standing = Standing {
            health: Health::Well,
            paywalled: false,
            unchanged: 0,
            failed_days: 0,
            last_failed: None,
            leads_to: source.final_url.clone(),
            text: source.sha256,
            payload: source.sha256,
            next,
        };
        Observed::of(source, standing)
    });
    let check = Check {
        run: id,
        job: "nightly".into(),
        article: name,
        baseline,
        observed: observed.collect(),
        alarms: Vec::new(),
    };
    let kept = KeptDossier { dossier: dossier.into(), manifest: None, folder: "dossiers/x".into() };
    [Body::Dossier(Box::new(kept)), Body::Check(check)]
}

/// The most memory that this process ever had, in MiB.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
    let begun = Instant::now();
    let done = work.await;
    println!("{what}: {:.3} s, peak memory so far {} MiB", begun.elapsed().as_secs_f64(), peak());
    done
}

#[test]
#[ignore = "it measures, and takes minutes"]
fn scale() {
    let articles: usize =
        std::env::var("BELEG_SCALE_ARTICLES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if let Some(folder) = by_hand() {
        write_articles(&folder, articles);
        fs::create_dir(folder.join("archive")).unwrap();
        let config = "[fetch]\nallow = [\"127.0.0.0/8\"]\npause = \"0ms\"\n[archive]\nwacz = false\n[[watch]]\nname = \"nightly\"\n\
                      articles = [\"articles/*.txt\"]\ncron = \"* * * * *\"\n";
        fs::write(folder.join("config.toml"), config).unwrap();
        let ledger = folder.join("archive/ledger.sqlite");
        return runtime.block_on(fill(articles, &ledger, Path::new("articles"), Timestamp::MAX));
    }
    let folder = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..HOSTS).map(|host| format!("h{host}.scale.test")).collect();
    let hosts: Vec<&str> = names.iter().map(String::as_str).collect();
    let authority = Authority::new().unwrap();
    let leaf = authority.leaf(&hosts, Validity::Current).unwrap();
    let certificates = hosts.iter().fold(Certificates::default(), |all, host| all.with(host, &leaf));
    let web = Web::start(&hosts, certificates, authority.ca_pem(), Pages);
    fs::write(folder.path().join("authority.pem"), web.ca_pem()).unwrap();
    let written = write_articles(folder.path(), articles);
    runtime.block_on(measure(articles, folder.path(), &written, &web));
}

fn write_articles(folder: &Path, articles: usize) -> PathBuf {
    let written = folder.join("articles");
    fs::create_dir_all(&written).unwrap();
    for article in 0..articles {
        fs::write(written.join(format!("{article:05}.txt")), text(article)).unwrap();
    }
    written
}

/// Fills the ledger at `path`. The sources of the first articles are due at [`soon`], the others at `late`.
async fn fill(articles: usize, path: &Path, written: &Path, late: Timestamp) {
    let ledger = Ledger::open(path).await.unwrap();
    timed("filling the ledger", async {
        let mut batch = Vec::new();
        for article in 0..articles {
            let next = if article < DUE / SOURCES { soon() } else { late };
            let baseline = i64::try_from(article * 2 + 1).unwrap();
            batch.extend(bodies(written, article, baseline, next));
            if batch.len() >= 200 || article + 1 == articles {
                ledger.append_all(start(), &std::mem::take(&mut batch)).await.unwrap();
            }
        }
    })
    .await;
    timed("sealing it", ledger.seal()).await.unwrap();
    ledger.close().await.unwrap();
    let size = fs::metadata(path).unwrap().len();
    println!(
        "{articles} articles of {SOURCES} sources: the ledger has {size} bytes, {} a source",
        size / (articles * SOURCES) as u64
    );
}

async fn measure(articles: usize, folder: &Path, written: &Path, web: &Web) {
    let archive = ArchiveConfig {
        folder: folder.join("archive"),
        wacz: false,
        requisites: RequisiteChoice::None,
        ..ArchiveConfig::default()
    };
    fs::create_dir(&archive.folder).unwrap();
    let path = archive.folder.join("ledger.sqlite");
    let late = start() + SignedDuration::from_hours(24 * 56);
    let size = || fs::metadata(&path).unwrap().len();
    fill(articles, &path, written, late).await;

    let settings = WatcherSettings {
        recheck: RecheckConfig::default(),
        fetch: FetchConfig {
            resolve: web.hosts().iter().map(|(host, at)| format!("{host}={at}").parse().unwrap()).collect(),
            ca_file: Some(folder.join("authority.pem")),
            pause: Span::from_millis(0),
            ..FetchConfig::default()
        },
        check: CheckConfig::default(),
        archive,
        reading: ReadOptions::default(),
        model: None,
        everything: false,
    };
    let job = WatchJob {
        name: "nightly".into(),
        articles: vec![format!("{}/*.txt", written.display())],
        feed: None,
        sitemap: None,
        cron: "* * * * *".into(),
        time_zone: "UTC".into(),
        spread: Span::from_millis(0),
        requisites: false,
        tell: Vec::new(),
    };
    let watcher = Watcher::new(&[job], &[], settings, Arc::new(|_| ())).unwrap();
    let go = CancellationToken::new();
    let idle = start() + SignedDuration::from_hours(1);
    for _ in 0..2 {
        let passed = timed("a pass with nothing due", watcher.run_due(idle, &go)).await.unwrap();
        assert!(passed.iter().all(|passed| passed.asked == 0 && passed.taken_up == 0));
        fs::remove_file(folder.join("archive/watch.json")).unwrap();
    }
    let (before, peak_before) = (size(), peak());
    let passed = timed("a pass over the sources that are due", watcher.run_due(soon(), &go)).await.unwrap();
    println!(
        "{} sources asked, the ledger grew by {} bytes, peak memory from {peak_before} to {} MiB",
        passed[0].asked,
        size() - before,
        peak()
    );
    let reader = Ledger::open_read_only(&path).await.unwrap();
    let seen = timed("history of a URL", reader.history(&url(3, 3))).await.unwrap();
    assert_eq!(seen.len(), if articles > 3 { 2 } else { 1 });
    timed("a report", async {
        let found = reader.find("00003.txt").await.unwrap();
        Report::new(reader.dossier(&found[0]).await.unwrap().dossier)
    })
    .await;
    reader.close().await.unwrap();
    let found = timed("verifying it", beleg::ledger::verify(&path)).await.unwrap();
    assert_eq!(found.wrong, []);
}
