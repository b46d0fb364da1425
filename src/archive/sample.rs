//! Synthetic exchanges and archives for the tests of this stage.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;
use tempfile::TempDir;

use super::layout::PACKAGE;
use super::manifest::ManifestFacts;
use super::run::RunId;
use super::seal::SigningKey;
use super::store::Store;
use super::wacz::{self, Extra, Package, PageEntry};
use super::writer::{About, RunFiles};
use crate::digest::Digest;
use crate::fetch::{
    Body, BodyWriter, Chain, End, Exchange, Failure, FailureKind, Led, Lookup, Protocol, Response, TlsFacts,
    TlsVerdict, Via,
};

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

/// A page that came over TLS, from a host with these addresses.
pub(super) fn secure_page(url: &str, body: &[u8], addresses: [&str; 2]) -> Chain {
    let mut chain = page(url, body);
    let lookup = Lookup {
        name: "example.org".into(),
        at: now(),
        addresses: addresses.iter().map(|address| address.parse().unwrap()).collect(),
    };
    let tls = TlsFacts {
        version: Some("1.3"),
        cipher_suite: Some("TLS_AES_128_GCM_SHA256".into()),
        chain: vec![b"synthetic certificate".to_vec()],
        verdict: TlsVerdict::Trusted,
        subject: None,
        issuer: None,
        not_before: None,
        not_after: None,
    };
    for exchange in &mut chain.exchanges {
        exchange.lookup = Some(Arc::new(lookup.clone()));
        exchange.tls = Some(Arc::new(tls.clone()));
    }
    chain
}

/// A page whose body is gone from the temporary file that held it.
pub(super) fn lost_page(url: &str) -> Chain {
    let mut writer = BodyWriter::default();
    writer.push(&text(2 << 20)).unwrap();
    let body = writer.finish();
    body.lose();
    let answer = Response { body, ..response(200, &[], b"") };
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
        let manifest = seal(&store, &dossier, &run(), &files);
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

/// Writes report, manifest and package of a dossier. The result is the digest of the manifest.
pub(super) fn seal(store: &Store, dossier: &Path, run: &RunId, files: &RunFiles) -> Digest {
    let report = report(run, files);
    std::fs::write(dossier.join("report.json"), &report).unwrap();
    let facts =
        ManifestFacts { run: run.clone(), article: article(), created: now(), warcs: files.entries() };
    let sealed = store.seal(dossier, facts).unwrap();
    let manifest = std::fs::read(dossier.join("manifest.json")).unwrap();
    let package = dossier.join(PACKAGE);
    let extra = [("dossier.json", report.as_bytes()), ("manifest.json", &*manifest)];
    write_package(&package, store.root(), files, &extra);
    let digest = Digest::of(&std::fs::read(&package).unwrap());
    std::fs::write(dossier.join("dossier.wacz.sha256"), format!("{digest}  {PACKAGE}\n")).unwrap();
    sealed
}

fn article() -> Digest {
    Digest::of(b"article")
}

/// What of a report leads to captures: one source for each response, and a claim that rests on all of them.
fn report(run: &RunId, files: &RunFiles) -> String {
    let mut citations = Vec::new();
    for warc in files.entries() {
        for record in warc.records.iter().filter(|record| ["response", "revisit"].contains(&&*record.kind)) {
            let id = format!("c{}", citations.len() + 1);
            let digest = record.payload.unwrap().labelled();
            citations.push(json!({"id": id, "capture": {"warc": warc.path, "offset": record.offset,
                "length": record.length, "record": record.urn(), "digest": digest}}));
        }
    }
    let ids: Vec<_> = citations.iter().map(|citation| citation["id"].clone()).collect();
    let claim = json!({"id": "k1", "citations": ids, "atoms": [{"citation": null}], "evidence": [{"citation": "c1"}]});
    json!({"run": {"id": run}, "article": {"sha256": article()}, "citations": citations, "claims": [claim]})
        .to_string()
}

/// Packages `files` with two pages and two further files.
pub(super) fn write_wacz(path: &Path, archive: &Path, files: &RunFiles) {
    write_package(path, archive, files, &[("audit.json", b"{}\n"), ("claims.csv", b"claim,verdict\n")]);
}

fn write_package(path: &Path, archive: &Path, files: &RunFiles, extra: &[(&str, &[u8])]) {
    let key = SigningKey::open(&archive.join("key.pem")).unwrap();
    let extra: Vec<_> = extra.iter().map(|(name, bytes)| (*name, Extra::Bytes(bytes))).collect();
    let page = PageEntry {
        url: "https://example.org/new".into(),
        title: Some("Synthetic page".into()),
        date: now(),
        mime: Some("text/html".into()),
        status: Some(200),
        text: Some(wacz::Texts::default().keep("This page is synthetic.").unwrap()),
    };
    let package = Package {
        title: "Synthetic dossier",
        created: now(),
        software: "beleg/0.1.0",
        files,
        pages: &[page],
        extra: &extra,
        key: Some(&key),
    };
    wacz::write(path, archive, &package).unwrap();
}
