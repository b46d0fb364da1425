//! `beleg audit` on the example article: without a network, and against a web that is there.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use beleg::demo::StandIn;

use crate::support::{Beleg, Ran, Report, example, files_below, newsroom};

#[test]
fn offline_it_ends_fast_with_every_source_unchecked() {
    let folder = tempfile::tempdir().unwrap();
    let ran = Beleg::audit(folder.path(), &example()).args(["--offline", "--format", "json"]).run().exits(1);
    assert!(ran.took < Duration::from_secs(10), "{:?}", ran.took);
    let report = Report::read(&ran.stdout);
    assert_eq!(report.states(), ["unchecked/offline"; 5]);
    assert!(report.claims_at(92).iter().all(|claim| claim["verdict"] == "source_unavailable"));
}

#[test]
fn without_a_way_to_any_host_it_ends_in_seconds_with_every_source_unreachable() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap();
    let resolve = ["www.cnn.com", "www.state.gov"].map(|host| format!("--resolve={host}={nobody}"));
    let ran = Beleg::audit(folder.path(), &example()).args(resolve).args(["--format", "json"]).run().exits(1);
    assert!(ran.took < Duration::from_secs(20), "{:?}", ran.took);
    let report = Report::read(&ran.stdout);
    assert_eq!(report.states(), ["unreachable/refused"; 5]);
    assert_eq!(report.findings("citation/duplicate").len(), 1);
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

/// Audits the example article against the stand-in web, as a user would against a local server.
async fn audit_against_stand_in(folder: &std::path::Path, times: usize) -> Vec<Ran> {
    let stand_in = StandIn::start().await.unwrap();
    let authority = folder.join("ca.pem");
    std::fs::write(&authority, &stand_in.ca_pem).unwrap();
    let resolve: Vec<_> =
        stand_in.hosts.iter().map(|host| format!("--resolve={host}={}", stand_in.address)).collect();
    let folder = folder.to_owned();
    let audits = tokio::task::spawn_blocking(move || {
        let audit = || Beleg::audit(&folder, &example()).args(&resolve).arg("--ca-file").arg(&authority);
        (0..times).map(|_| audit().args(["--format", "json"]).run().exits(1)).collect()
    });
    let ran = audits.await.unwrap();
    stand_in.stop().await;
    ran
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_real_article_can_be_checked_against_a_local_server() {
    let folder = tempfile::tempdir().unwrap();
    let ran = audit_against_stand_in(folder.path(), 1).await.remove(0);
    let report = Report::read(&ran.stdout);
    assert_eq!(report.states(), ["alive/ok", "alive/ok", "alive/ok", "alive/ok", "alive/moved"]);
    for citation in report.citations() {
        assert_eq!(citation["status"], 200);
        assert!(citation["capture"]["length"].as_u64().unwrap() > 0, "{}", citation["url"]);
    }
    assert!(files_below(&folder.path().join("archive")).iter().any(|file| file.ends_with("dossier.wacz")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_audit_adds_to_the_archive_and_leaves_it_right() {
    let folder = tempfile::tempdir().unwrap();
    let ran = audit_against_stand_in(folder.path(), 2).await;
    let runs: Vec<_> = ran.iter().map(|ran| Report::read(&ran.stdout).0["run"]["id"].clone()).collect();
    assert_ne!(runs[0], runs[1]);
    let digests = |ran: &Ran| {
        let report = Report::read(&ran.stdout);
        report.citations().iter().map(|citation| citation["sha256"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(digests(&ran[0]), digests(&ran[1]), "the pages are the same");
    Beleg::new(folder.path(), "verify").arg("archive").run().exits(0);
}

#[test]
fn a_cited_pdf_is_evidence_like_a_page() {
    let (web, folder) = (newsroom(), tempfile::tempdir().unwrap());
    let article = folder.path().join("story.txt");
    let text = "Die Stadt gab 2024 rund 3,5 Millionen Euro für Schulen aus (https://news.test/report.pdf).\n";
    std::fs::write(&article, text).unwrap();
    let ran = Beleg::audit(folder.path(), &article).args(["--format", "json"]).against(&web).run().exits(0);
    let report = Report::read(&ran.stdout);
    let claim = &report.0["claims"][0];
    assert_eq!(claim["verdict"], "located", "{claim}");
    assert!(claim["evidence"][0]["passage"].as_str().unwrap().contains("3,5 Millionen Euro"), "{claim}");
    let explained = Beleg::new(folder.path(), "explain").arg("k1").run().exits(0);
    assert!(explained.stdout.contains("3,5 Millionen Euro"), "{}", explained.stdout);
}
