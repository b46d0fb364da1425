//! Dossiers for the tests of this stage: invented, small, and with every optional part both there and not.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::body::Body;
use super::entry::KeptDossier;
use super::sqlite::Ledger;
use crate::archive::RunId;
use crate::article::Place;
use crate::check::{Reason, State};
use crate::citation::{Binding, CitationKind};
use crate::digest::Digest;
use crate::dossier::{
    ArticleFacts, AtomFacts, CaptureFacts, ClaimFacts, Dossier, EvidenceFacts, Hop, Run, SourceFacts, Tool,
};
use crate::evidence::{AtomKind, Outcome, Verdict};

/// When run number `n` began: one an hour.
pub(super) fn start(n: u16) -> Timestamp {
    let first: Timestamp = "2026-11-24T01:00:00Z".parse().unwrap();
    first + SignedDuration::from_hours(i64::from(n))
}

/// The dossier of run number `n` over one and the same article.
pub(super) fn dossier(n: u16) -> Dossier {
    let started = start(n);
    Dossier {
        tool: Tool { name: "beleg".to_owned(), version: "0.1.0".to_owned(), rules: None },
        run: Run {
            id: RunId::new(started, n),
            started,
            finished: started + SignedDuration::from_millis(1500),
            interrupted: n.is_multiple_of(2),
        },
        article: ArticleFacts {
            path: "articles/invented.txt".to_owned(),
            sha256: Digest::of(b"an invented article"),
            title: Some("Über Erfundenes".to_owned()),
            language: "de".to_owned(),
            date: None,
            kind: None,
        },
        citations: vec![captured(started, n), unreached()],
        claims: vec![claim("k1", Verdict::PartlyLocated), claim("k2", Verdict::SourceUnavailable)],
    }
}

/// A ledger at `path` with the dossiers 1 to `runs`, closed.
pub(super) async fn ledger(path: &Path, runs: u16) {
    let ledger = Ledger::open(path).await.unwrap();
    for n in 1..=runs {
        ledger.append_dossier(start(n), dossier(n), Some(Digest::of(&[7])), &folder(n)).await.unwrap();
    }
    ledger.close().await.unwrap();
}

/// The body of the entry of run number `n`.
pub(super) fn body(n: u16) -> Body {
    let manifest = Some(Digest::of(&[7]));
    Body::Dossier(Box::new(KeptDossier { dossier: dossier(n).into(), manifest, folder: folder(n) }))
}

/// The folder of the dossier of run number `n`.
pub(super) fn folder(n: u16) -> String {
    format!("dossiers/invented/{}", RunId::new(start(n), n))
}

fn captured(checked: Timestamp, n: u16) -> SourceFacts {
    let url = "https://example.org/a".to_owned();
    SourceFacts {
        hops: vec![Hop { url: url.clone(), status: 301 }],
        state: State::Doubtful,
        reason: Reason::Soft404,
        status: Some(200),
        final_url: Some("https://example.org/b".to_owned()),
        checked: Some(checked),
        sha256: Some(Digest::of(&n.to_be_bytes())),
        bytes: Some(2),
        capture: Some(CaptureFacts {
            warc: "captures/2026/11/invented-00000.warc.gz".to_owned(),
            offset: 4096,
            length: 512,
            record: "urn:uuid:00000000-0000-4000-8000-000000000000".to_owned(),
            digest: Digest::of(&n.to_be_bytes()).labelled(),
            date: checked,
            revisit: false,
        }),
        claims: vec!["k1".to_owned()],
        ..source("c1", url)
    }
}

fn unreached() -> SourceFacts {
    source("c2", "https://example.org/unreached".to_owned())
}

fn source(id: &str, url: String) -> SourceFacts {
    SourceFacts {
        id: id.to_owned(),
        written: url.clone(),
        url,
        places: vec![Place { line: 3, column: 1, page: None }],
        readings: Vec::new(),
        kind: CitationKind::PageFoot,
        state: State::Unreachable,
        reason: Reason::Timeout,
        detail: "no answer within 20 s".to_owned(),
        status: None,
        final_url: None,
        hops: Vec::new(),
        checked: None,
        media_type: None,
        title: None,
        published: None,
        text_sha256: None,
        sha256: None,
        bytes: None,
        advice: None,
        claims: Vec::new(),
        capture: None,
    }
}

fn claim(id: &str, verdict: Verdict) -> ClaimFacts {
    ClaimFacts {
        id: id.to_owned(),
        text: "„Erfundenes“ kostet 48.000 Euro.".to_owned(),
        places: vec![Place { line: 1, column: 1, page: Some(1) }],
        citations: vec!["c1".to_owned()],
        binding: Some(Binding::Page),
        verdict,
        reason: None,
        atoms: vec![AtomFacts {
            kind: AtomKind::Figure,
            text: "48.000 Euro".to_owned(),
            outcome: Outcome::Same,
            found: Some("48,000 euros".to_owned()),
            citation: Some("c1".to_owned()),
        }],
        evidence: vec![EvidenceFacts {
            citation: "c1".to_owned(),
            passage: "It costs 48,000 euros.".to_owned(),
            prefix: String::new(),
            suffix: String::new(),
            start: 0,
            end: 22,
            score: 0.123_456_789_012_345_67,
            margin: 1.0 / 3.0,
            similarity: None,
            origin: None,
            link: None,
            marks: vec![(9, 21)],
        }],
        candidates: Vec::new(),
    }
}
