//! The states of sources that go wrong, as `beleg check` and `beleg audit` tell them.

use std::time::Duration;

use serde_json::{Value, json, to_value};

use crate::support::{Beleg, HAZARDS, Report, article, misbehaving};

/// Patience enough for pages that are slow for a reason, and limits that the pages of the misbehaving web break.
const LIMITS: [&str; 6] = ["--timeout", "3s", "--max-bytes", "1MB", "--per-host", "16"];

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
fn a_chain_of_certificates_that_lacks_one_is_told_from_a_forged_one() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let urls = ["https://incomplete.test/", "https://forged.test/", "https://self-signed.test/"];
    let check = Beleg::new(folder.path(), "check").args(urls).against(&web).args(["--format", "json"]);
    let report = Report::read(&check.run().exits(1).stdout);
    let said = |url: &str| report.citation(url)["detail"].as_str().unwrap().to_owned();
    assert!(
        said(urls[0]).starts_with("the server does not send the certificate of CN="),
        "{}",
        said(urls[0])
    );
    assert!(
        said(urls[1]).starts_with("certificate with a signature that is not by CN="),
        "{}",
        said(urls[1])
    );
    assert_eq!(said(urls[2]), "certificate that nobody but the server itself vouches for");
}

#[test]
fn each_reason_says_what_was_seen() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    for (url, seen) in [
        ("https://web.test/to-plain", "200 OK, after a redirect, from https to http"),
        ("https://web.test/refresh", "200 OK, after a redirect"),
        ("https://web.test/catch-all/story-12", "a made-up address beside it gets the same page"),
        ("https://web.test/section/story-12", "where a made-up address beside it leads as well"),
        ("https://web.test/bomb-zstd", "it is larger than 32 MiB once unpacked"),
        ("http://web.test:25/", "port 25 is not one of the web"),
    ] {
        let check = Beleg::new(folder.path(), "check").arg(url).against(&web).args(["--format", "json"]);
        let ran = check.args(["--fail-on", "never"]).run().exits(0);
        let report = Report::read(&ran.stdout);
        let detail = report.citations()[0]["detail"].as_str().unwrap();
        assert!(detail.contains(seen), "{url}: {detail}");
    }
}

#[test]
fn a_host_that_always_refuses_is_not_asked_for_every_page() {
    let (web, folder) = (misbehaving(), tempfile::tempdir().unwrap());
    let urls: Vec<_> = (0..12).map(|number| format!("https://patient.test/429-always?{number}")).collect();
    let cited = article(folder.path(), urls.iter().map(String::as_str));
    let check = Beleg::new(folder.path(), "check").arg(&cited).against(&web).args(["--format", "json"]);
    let report = Report::read(&check.args(["--fail-on", "never"]).run().exits(0).stdout);
    assert_eq!(report.states(), vec!["blocked/rate_limited"; 12]);
    let asked: u32 = (0..12).map(|number| web.asked(&format!("/429-always?{number}"))).sum();
    assert!(asked <= 4, "{asked}");
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
