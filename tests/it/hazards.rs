//! The states of sources that go wrong, as `beleg check` and `beleg audit` tell them.

use std::time::Duration;

use serde_json::{Value, json, to_value};

use crate::support::{Beleg, HAZARDS, Report, article, misbehaving};

/// Patience enough for pages that are slow for a reason, and limits that the pages of the misbehaving web break.
const LIMITS: [&str; 6] = ["--timeout", "2s", "--max-bytes", "1MB", "--per-host", "16"];

#[test]
fn every_hazard_gets_its_state_and_reason() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let cited = article(folder.path(), HAZARDS.iter().map(|hazard| hazard.url));
    let check = Beleg::new(folder.path(), "check").arg(&cited).against(&web).args(LIMITS);
    let ran = check.args(["--format", "json"]).run().exits(1);
    assert!(ran.took < Duration::from_secs(30), "slow hosts hold up the others: {:?}", ran.took);
    let report = Report::read(&ran.stdout);
    let wrong: Vec<_> = HAZARDS
        .iter()
        .map(|hazard| (hazard, report.citation(hazard.url)))
        .filter(|(hazard, citation)| {
            !hazard.right.iter().any(|reason| to_value(reason).unwrap() == citation["reason"])
        })
        .map(|(hazard, citation)| {
            let (state, reason) = (&citation["state"], &citation["reason"]);
            format!("{}: {state}/{reason} ({}), and not {:?}", hazard.url, citation["detail"], hazard.right)
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), HAZARDS.len(), wrong.join("\n"));
    assert!(!folder.path().join("archive").exists(), "`check` archives nothing");
}

#[test]
fn whatever_goes_wrong_the_archive_stays_right() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let cited = article(folder.path(), HAZARDS.iter().map(|hazard| hazard.url));
    let audit = Beleg::audit(folder.path(), &cited).against(&web).args(LIMITS);
    let report = Report::read(&audit.args(["--format", "json"]).run().exits(1).stdout);
    for (url, kept) in [
        ("https://web.test/404", true),
        ("https://web.test/403-akamai", true),
        ("https://web.test/truncated", true),
        ("https://web.test/huge", true),
        ("https://web.test/gzip", true),
        ("https://slow.test/hang", false),
        ("https://expired.test/", false),
        ("http://10.0.0.1/", false),
    ] {
        assert_eq!(
            report.citation(url)["capture"] != Value::Null,
            kept,
            "{url}: an answer is kept, of whatever status"
        );
    }
    assert!(report.citation("https://web.test/huge")["bytes"].as_u64().unwrap() <= 1_100_000);
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

#[test]
fn a_redirect_chain_is_told_hop_by_hop() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let cited = article(folder.path(), ["https://web.test/redirect/3"]);
    let check = Beleg::new(folder.path(), "check").arg(&cited).against(&web);
    let report = Report::read(&check.args(["--format", "json"]).run().exits(0).stdout);
    let citation = &report.citations()[0];
    let hops: Vec<_> = (1..=3)
        .rev()
        .map(|left| json!({"url": format!("https://web.test/redirect/{left}"), "status": 302}))
        .collect();
    assert_eq!(citation["hops"], Value::from(hops));
    assert_eq!(citation["final_url"], "https://web.test/redirect/0");
}

#[test]
fn a_url_can_be_checked_without_an_article() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let check = |url: &str| {
        Beleg::new(folder.path(), "check").arg(url).against(&web).args(["--format", "json"]).run()
    };
    assert_eq!(Report::read(&check("https://web.test/ok").exits(0).stdout).states(), ["alive/ok"]);
    assert_eq!(Report::read(&check("https://web.test/410").exits(1).stdout).states(), ["dead/gone"]);
}

#[test]
fn a_certificate_of_an_unknown_authority_is_refused_unless_the_authority_is_named() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let check = || Beleg::new(folder.path(), "check").arg("https://web.test/ok").args(["--format", "json"]);
    let wary = check().finding(&web).run().exits(1);
    assert_eq!(Report::read(&wary.stdout).states(), ["unreachable/tls_invalid"]);
    let trusting = check().against(&web).run().exits(0);
    assert_eq!(Report::read(&trusting.stdout).states(), ["alive/ok"]);
}

#[test]
fn the_guard_can_be_lifted_for_a_local_server() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let url = format!("http://{}/ok", web.address);
    let check = || Beleg::new(folder.path(), "check").arg(&url).args(["--format", "json"]);
    assert_eq!(Report::read(&check().run().stdout).states(), ["unchecked/private_address"]);
    assert_eq!(Report::read(&check().arg("--allow-private").run().exits(0).stdout).states(), ["alive/ok"]);
}
