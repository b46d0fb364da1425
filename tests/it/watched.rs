//! The scheduled job as the program: killed at any moment of a pass, and with an editor who answers it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{SystemTime, UNIX_EPOCH};

use beleg::demo::{Answer, Authority, Certificates, Request, Site, Validity};
use serde_json::Value;

use crate::support::{Beleg, Report, Web, eventually, noise, pdf};

/// Articles, each with a source of its own.
const ARTICLES: usize = 6;

/// How often a pass is killed; `BELEG_KILLS` sets another number.
fn kills() -> usize {
    std::env::var("BELEG_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(6)
}

/// Pages that give a figure, and after a while another.
struct Figures(Arc<AtomicBool>);

impl Site for Figures {
    fn answer(&self, request: &Request) -> Answer {
        let path = request.path.trim_start_matches('/');
        let document = path.strip_suffix(".pdf");
        let number: usize = document.unwrap_or(path).parse().unwrap_or_default();
        let cost = if self.0.load(Ordering::SeqCst) { 700 + number } else { 300 + number };
        if document.is_some() {
            let lines = ["This document was made up for tests.", "It describes nothing that exists.", ""];
            let built = format!("The synthetic bridge number {number} cost {cost} million euros to build.");
            let body = pdf(&[&lines[..], &[built.as_str()]].concat());
            return Answer::new(200, &[("Content-Type", "application/pdf")], body);
        }
        Answer::html(
            200,
            format!(
                "<!doctype html><html lang=en><title>Synthetic page</title><article><p>This page was made up for tests.</p>\
                 <p>The synthetic bridge number {number} cost {cost} million euros to build.</p></article></html>"
            ),
        )
    }
}

/// A folder with articles and a configuration, and the web they cite.
fn prepare(folder: &Path, changed: &Arc<AtomicBool>) -> Web {
    let authority = Authority::new().unwrap();
    let leaf = authority.leaf(&["figures.test"], Validity::Current).unwrap();
    let certificates = Certificates::default().with("figures.test", &leaf);
    let web = Web::start(&["figures.test"], certificates, authority.ca_pem(), Figures(Arc::clone(changed)));
    fs::create_dir(folder.join("articles")).unwrap();
    for number in 0..ARTICLES {
        let cost = 300 + number;
        let text = format!(
            "A synthetic article\n\nThe synthetic bridge number {number} cost {cost} million euros \
             (https://figures.test/{number}).\n"
        );
        fs::write(folder.join(format!("articles/{number}.txt")), text).unwrap();
    }
    let config = "[archive]\nrequisites = \"none\"\nwacz = false\n[[watch]]\nname = \"daily\"\narticles = [\"articles\"]\n\
                  cron = \"0 4 * * *\"\ntell = [\"log\", \"feed\"]\n[[tell]]\nname = \"log\"\nkind = \"command\"\n\
                  command = [\"sh\", \"-c\", \"cat >> told.jsonl; echo >> told.jsonl\"]\n[[tell]]\nname = \"feed\"\nkind = \"feed\"\n\
                  path = \"alarms.xml\"\n";
    fs::write(folder.join("config.toml"), config).unwrap();
    web
}

fn watch(folder: &Path, web: &Web) -> Beleg {
    Beleg::new(folder, "watch").args(["--once", "--now", "--language", "en"]).against(web)
}

#[test]
fn the_daemon_runs_what_is_due_and_ends_in_good_order_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let web = prepare(folder.path(), &Arc::default());
    let daemon = Beleg::new(folder.path(), "watch").args(["--log", "json", "--heartbeat", "heartbeat"]);
    let mut child = daemon.args(["--metrics", "127.0.0.1:0"]).against(&web).spawn();
    // The heartbeat comes after the first pass.
    eventually("the daemon lives", || folder.path().join("heartbeat").exists());
    Command::new("kill").arg("-TERM").arg(child.id().to_string()).status().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    let events: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |name: &str| events.iter().filter(|event| event["event"] == name).count();
    assert_eq!((count("taken_up"), count("pass_ended"), count("waiting")), (ARTICLES, 1, 1), "{log}");
    let ended = events.iter().find(|event| event["event"] == "pass_ended").unwrap();
    assert_eq!(
        (&ended["job"], &ended["level"], &ended["interrupted"]),
        (&"daily".into(), &"info".into(), &false.into())
    );
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

#[test]
fn an_editor_sees_what_changed_decides_and_takes_note() {
    let folder = tempfile::tempdir().unwrap();
    let changed = Arc::new(AtomicBool::new(false));
    let web = prepare(folder.path(), &changed);
    let beleg = |command: &str| Beleg::new(folder.path(), command);
    watch(folder.path(), &web).run().exits(0);
    let reviewed = beleg("review").args(["0.txt", "--by", "A. Editor"]).typing("what?\nc\n").exits(0);
    assert!(
        reviewed.stdout.contains("The synthetic bridge number 0 cost 300 million euros"),
        "{}",
        reviewed.stdout
    );
    assert!(reviewed.stdout.contains("1 decision by A. Editor"), "{}", reviewed.stdout);
    assert!(beleg("review").args(["0.txt", "--by", "x"]).typing("").exits(0).stdout.contains("No claim of"));

    changed.store(true, Ordering::SeqCst);
    let alarmed = watch(folder.path(), &web).run().exits(1);
    assert_eq!(alarmed.stdout.matches("figure changed").count(), ARTICLES, "{}", alarmed.stdout);
    let claim = "claim in line 3: “The synthetic bridge number 0 cost 300 million euros.”";
    assert!(alarmed.stdout.contains(claim), "{}", alarmed.stdout);
    let history = beleg("history").arg("0.txt").run().exits(0).stdout;
    assert!(history.contains("daily rechecked: 1 alive · 1 alarm"), "{history}");
    let diff = beleg("diff").arg("https://figures.test/0").run().exits(0).stdout;
    assert!(diff.contains("[-300-]{+700+}"), "{diff}");
    assert!(diff.contains("says “700 million euros” where it said “300 million euros”"), "{diff}");
    let page = beleg("diff").args(["figures.test/0", "--format", "html"]).run().exits(0).stdout;
    assert!(page.contains("<del>300</del><ins>700</ins>"), "{page}");
    assert_eq!(
        beleg("history").arg("https://figures.test/0").run().exits(0).stdout.matches("+ alive").count(),
        2
    );

    let reopened =
        beleg("review").args(["0.txt", "--by", "A. Editor"]).typing("r\nthe page was changed\n").exits(0);
    assert!(reopened.stdout.contains("open again: the source drifted since"), "{}", reopened.stdout);
    let report = beleg("report").args(["0.txt", "--format", "json"]).run().exits(0);
    let report = Report::read(&report.stdout);
    let decided = &report.0["sign_offs"][0];
    assert_eq!((&decided["decision"], &decided["by"]), (&"rejected".into(), &"A. Editor".into()));
    assert_eq!(decided["note"], "the page was changed");

    beleg("alarms").run().exits(1);
    beleg("alarms").args(["--acknowledge", "all", "--by", "A. Editor"]).run().exits(0);
    assert_eq!(beleg("alarms").run().exits(0).stdout, "No alarm is open.\n");
    let verified = beleg("verify").arg("archive").run().exits(0);
    assert!(verified.stdout.contains("0 not checkable"), "every capture is vouched for: {}", verified.stdout);
}

#[test]
fn a_figure_that_changes_in_a_pdf_is_an_alarm_as_on_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let changed = Arc::new(AtomicBool::new(false));
    let web = prepare(folder.path(), &changed);
    fs::remove_dir_all(folder.path().join("articles")).unwrap();
    fs::create_dir(folder.path().join("articles")).unwrap();
    let text = "A synthetic article\n\nThe synthetic bridge number 9 cost 309 million euros (https://figures.test/9.pdf).\n";
    fs::write(folder.path().join("articles/9.txt"), text).unwrap();
    watch(folder.path(), &web).run().exits(0);
    let report = Beleg::new(folder.path(), "report").args(["--format", "json"]).run().exits(0);
    assert_eq!(Report::read(&report.stdout).0["claims"][0]["verdict"], "located");
    changed.store(true, Ordering::SeqCst);
    let alarmed = watch(folder.path(), &web).run().exits(1);
    assert!(
        alarmed.stdout.contains("says “709 million euros” where it said “309 million euros”"),
        "{}",
        alarmed.stdout
    );
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

/// The names of all alarms that the ledger has.
fn alarms(folder: &Path) -> Vec<String> {
    let listed = Beleg::new(folder, "alarms").args(["--all", "--format", "json"]).run();
    let listed: Value = serde_json::from_str(&listed.stdout).unwrap();
    listed["alarms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|alarm| alarm["id"].as_str().unwrap().to_owned())
        .collect()
}

/// The names of the alarms that a message to the command had, by message.
fn told(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("told.jsonl")).unwrap();
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.map(|message| message["alarms"][0]["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "shown where the test fails")]
fn a_kill_at_any_moment_loses_no_alarm_and_raises_none_twice() {
    let folder = tempfile::tempdir().unwrap();
    let changed = Arc::new(AtomicBool::new(false));
    let web = prepare(folder.path(), &changed);
    let begun = SystemTime::now();
    watch(folder.path(), &web).run().exits(0);
    let whole = begun.elapsed().unwrap();
    changed.store(true, Ordering::SeqCst);
    // Each run of the suite draws other moments; a failure says which.
    let seed = begun.duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
    println!("moments drawn with {seed}");
    for moment in noise(seed.into(), kills()) {
        let mut child = watch(folder.path(), &web).spawn();
        sleep(whole.mul_f64(f64::from(moment) / 255.0));
        child.kill().unwrap();
        child.wait().unwrap();
        Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
    }
    let last = watch(folder.path(), &web).run();
    assert!(last.code < 2, "{}", last.stderr);
    let raised = alarms(folder.path());
    let distinct: BTreeSet<&String> = raised.iter().collect();
    assert_eq!((raised.len(), distinct.len()), (ARTICLES, ARTICLES));
    // Each was told; after a kill at the wrong moment perhaps once more, under the same name.
    let told = told(folder.path());
    assert_eq!(told.iter().collect::<BTreeSet<_>>(), distinct);
    assert!(told.len() <= ARTICLES + kills(), "{told:?}");
    let feed = fs::read_to_string(folder.path().join("alarms.xml")).unwrap();
    assert_eq!(feed.matches("<entry>").count(), ARTICLES);
    assert_eq!(watch(folder.path(), &web).run().exits(0).stdout, "");
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}
