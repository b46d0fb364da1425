//! `beleg check` in the service of a build: what is asked, what is kept, what counts as alive.

use std::fs;

use crate::support::{Beleg, Report, Web, article, misbehaving};

fn check(folder: &std::path::Path, web: &Web) -> Beleg {
    Beleg::new(folder, "check").against(web).args(["--format", "json", "--fail-on", "never"])
}

fn states(beleg: Beleg) -> Vec<String> {
    Report::read(&beleg.run().exits(0).stdout).states()
}

#[test]
fn patterns_say_what_is_asked() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let urls = ["https://web.test/ok", "https://web.test/404", "https://web.test/410?a=1,2"];
    let ask = |args: &[&str]| states(check(folder.path(), &web).args(urls).args(args));
    assert_eq!(ask(&["--exclude", "/404$"]), ["alive/ok", "unchecked/excluded", "dead/gone"]);
    let two = ask(&["--include", "a=1,2$", "--include", "/404"]);
    assert_eq!(two, ["unchecked/excluded", "dead/not_found", "dead/gone"]);
    assert_eq!(web.asked("/ok"), 1);
    let wrong = check(folder.path(), &web).arg(urls[0]).args(["--exclude", "("]).run();
    wrong.gives_up_saying(&["--exclude", "unclosed group"]);
}

#[test]
fn every_place_within_a_page_that_is_cited_is_looked_for() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let page = "https://web.test/ok";
    let ask = |urls: &[&str]| {
        fs::write(folder.path().join("links.txt"), urls.join("\n") + "\n").unwrap();
        states(check(folder.path(), &web).args(["links.txt", "--cache", "results.jsonl"]))
    };
    assert_eq!(ask(&[page, &format!("{page}#top")]), ["alive/ok"]);
    assert_eq!(
        ask(&[page, &format!("{page}#nowhere")]),
        ["doubtful/fragment_missing"],
        "the cache hides no error"
    );
    assert_eq!(web.asked("/ok"), 2);
}

#[test]
fn what_was_alive_is_not_asked_again_soon_and_what_was_not_is() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let ask = |args: &[&str]| {
        states(check(folder.path(), &web).args(["https://web.test/ok", "https://web.test/404"]).args(args))
    };
    let cached = ["--cache", "results.jsonl"];
    for asked in 1..=2 {
        assert_eq!(ask(&cached), ["alive/ok", "dead/not_found"]);
        assert_eq!(
            (web.asked("/ok"), web.asked("/404")),
            (1, asked),
            "an error is never taken from the cache"
        );
    }
    ask(&["--cache", "results.jsonl", "--cache-age", "0s"]);
    assert_eq!(web.asked("/ok"), 2, "it has expired");
    let kept = fs::read_to_string(folder.path().join("results.jsonl")).unwrap();
    assert!(kept.contains("/ok") && !kept.contains("/404"), "{kept}");
    fs::write(folder.path().join("results.jsonl"), "not a result\n").unwrap();
    assert_eq!(ask(&cached), ["alive/ok", "dead/not_found"]);
}

#[test]
fn single_hosts_have_settings_of_their_own() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let config = "[fetch.hosts.\"web.test\"]\naccept = [403]\nheaders = { X-Key = \"${SYNTHETIC_KEY}\" }\n";
    fs::write(folder.path().join("config.toml"), config).unwrap();
    let urls = ["https://web.test/403", "https://web.test/401"];
    let ask = || check(folder.path(), &web).args(urls);
    assert_eq!(states(ask().env("SYNTHETIC_KEY", "secret")), ["alive/ok", "blocked/unauthorized"]);
    ask().run().gives_up_saying(&["SYNTHETIC_KEY", "not set"]);
}

#[test]
fn robots_txt_is_heeded_where_that_is_wanted() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let ask = || check(folder.path(), &web).arg("https://parked.test/robots-say-no");
    assert_eq!(states(ask()), ["alive/ok"]);
    assert_eq!(states(ask().env("BELEG_FETCH_ROBOTS", "respect")), ["blocked/robots"]);
    assert_eq!(web.asked("/robots-say-no"), 1);
}

#[test]
fn an_earlier_state_of_a_dead_source_is_offered_and_never_taken_for_the_source() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let cited = article(folder.path(), ["https://web.test/404"]);
    let ask = |name: &str, prefix: &str, written: &str| {
        let variable = format!("BELEG_CHECK_{name}");
        let beleg = check(folder.path(), &web).arg(&cited).env(&variable, prefix);
        let ran = beleg.env("BELEG_CHECK_WRITTEN", written).run().exits(0);
        let report = Report::read(&ran.stdout);
        assert_eq!(report.states(), ["dead/not_found"]);
        report.citations()[0]["advice"].as_str().unwrap().to_owned()
    };
    let map = |written| ask("TIMEMAPS", "https://slow.test/timemap/", written);
    assert_eq!(
        map("2025-06-01"),
        "Cite the copy of 2025-03-01 in slow.test: https://slow.test/state/2025/https://web.test/404 (or another source)"
    );
    assert!(map("2020-06-01").contains("2024-03-01"), "the first one after, where there is none before");
    let gate = ask("TIMEGATES", "https://slow.test/timegate/", "2025-06-01");
    assert!(gate.starts_with("Cite the copy of 2025-03-01 in slow.test"), "{gate}");
    let api = ask("AVAILABILITY", "https://slow.test/available?url=", "2025-06-01");
    assert!(api.starts_with("Cite the copy of 2025-03-01 in slow.test"), "{api}");
    assert_eq!(web.asked("/timemap/https://web.test/404"), 2);
}
