//! Synthetic exchanges and archives for the tests of this stage.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

use super::manifest::Manifest;
use super::run::RunId;
use super::seal::SigningKey;
use super::store::Store;
use super::wacz::{self, Package, PageEntry};
use super::writer::{About, RunFiles};
use crate::digest::Digest;
use crate::fetch::{Body, Chain, End, Exchange, Failure, FailureKind, Led, Protocol, Response, Via};

/// When everything in the samples happens.
pub(super) fn now() -> Timestamp {
    "2026-11-23T04:12:07.123456Z".parse().unwrap()
}

/// The run of the samples.
pub(super) fn run() -> RunId {
    RunId::new(now(), 0x9f3c)
}

/// Who makes the samples.
pub(super) fn about() -> About {
    About {
        software: "beleg/0.1.0".into(),
        user_agent: "beleg/0.1.0 (test)".into(),
        operator: Some("Desk\r\nWARC-Type: forged".into()),
        is_part_of: Some("synthetic".into()),
    }
}

/// A text of `length` bytes that does not compress to nothing.
pub(super) fn text(length: usize) -> Vec<u8> {
    let digits: String =
        (0..).map(|n: u32| Digest::of(&n.to_be_bytes()).to_string()).take(length / 64 + 1).collect();
    digits.into_bytes()[..length].to_vec()
}

pub(super) fn response(status: u16, fields: &[(&str, &str)], body: &[u8]) -> Response {
    let headers =
        fields.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
    Response { protocol: Protocol::Http11, status, headers, body: Body::from_bytes(body), truncated: None }
}

pub(super) fn exchange(url: &str, answer: Result<Response, Failure>) -> Exchange {
    Exchange {
        elapsed: Duration::from_millis(42),
        peer: Some("[::ffff:192.0.2.7]:443".parse().unwrap()),
        request_headers: vec![
            ("host".into(), "example.org".into()),
            ("accept-encoding".into(), "identity".into()),
            ("cookie".into(), "session=secret".into()),
        ],
        ..Exchange::new(url.parse().unwrap(), now(), answer)
    }
}

pub(super) fn failure() -> Failure {
    Failure { kind: FailureKind::Timeout, detail: "no answer within 10 s".into() }
}

/// One page, fetched without detours.
pub(super) fn page(url: &str, body: &[u8]) -> Chain {
    let answer = response(200, &[("content-type", "text/html; charset=utf-8")], body);
    Chain { exchanges: vec![exchange(url, Ok(answer))], end: End::Answered }
}

/// A failed try, a redirect, and the page that it leads to.
pub(super) fn redirected_page(body: &[u8]) -> Chain {
    let moved = response(301, &[("location", "https://example.org/new")], b"");
    let answer = response(200, &[("content-type", "text/html"), ("transfer-encoding", "chunked")], body);
    let old = "https://www.example.org/old?b=2&a=1";
    let via = Via { url: old.parse().unwrap(), how: Led::Redirect };
    let led = Exchange { via: Some(via), ..exchange("https://example.org/new", Ok(answer)) };
    let exchanges = vec![exchange(old, Err(failure())), exchange(old, Ok(moved)), led];
    Chain { exchanges, end: End::Answered }
}

/// A finished archive with one dossier.
pub(super) struct Archive {
    pub(super) folder: TempDir,
    pub(super) dossier: PathBuf,
    pub(super) files: RunFiles,
    pub(super) manifest: Digest,
}

impl Archive {
    pub(super) fn of(chains: &[Chain]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut writer = store.begin(&run(), now(), &about()).unwrap();
        for chain in chains {
            writer.write(chain).unwrap();
        }
        let files = writer.finish().unwrap();
        let dossier = store.dossier("article", &run()).unwrap();
        write_wacz(&dossier.join("dossier.wacz"), folder.path(), &files);
        std::fs::write(dossier.join("report.json"), "{}\n").unwrap();
        let manifest = Manifest::of(&dossier, &run(), Digest::of(b"article"), files.entries()).unwrap();
        let manifest = manifest.write(&dossier).unwrap();
        Self { folder, dossier, files, manifest }
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The one WARC file.
    pub(super) fn warc(&self) -> PathBuf {
        self.root().join(&self.files.warcs[0].entry.path)
    }

    pub(super) fn wacz(&self) -> PathBuf {
        self.dossier.join("dossier.wacz")
    }
}

/// Packages `files` with two pages and two further files.
pub(super) fn write_wacz(path: &Path, archive: &Path, files: &RunFiles) {
    let key = SigningKey::open(&archive.join("key.pem")).unwrap();
    let page = PageEntry {
        url: "https://example.org/new".into(),
        title: Some("Synthetic page".into()),
        date: now(),
        mime: Some("text/html".into()),
        status: Some(200),
        text: Some("This page is synthetic.".into()),
    };
    let package = Package {
        title: "Synthetic dossier",
        created: now(),
        software: "beleg/0.1.0",
        files,
        pages: &[page],
        extra: &[("audit.json", b"{}\n"), ("claims.csv", b"claim,verdict\n")],
        key: Some(&key),
    };
    wacz::write(path, archive, &package).unwrap();
}
