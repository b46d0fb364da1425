//! Writes the folder of a dossier: the report for people and machines, the manifest over it and the captures, the
//! time-stamps of the manifest, and the package that holds all of it.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;

use super::error::AuditError;
use super::scope::SOFTWARE;
use super::timestamps::Stamp;
use crate::archive::wacz::{self, Extra, Package, PageEntry, Text};
use crate::archive::{ManifestFacts, PACKAGE, RunFiles, RunId, SigningKey, Store, WarcEntry};
use crate::digest::Digest;
use crate::dossier::Dossier;
use crate::report::{self, Files, Format, Options, Report, ReportError};

/// A dossier's folder that is sealed and still lacks its package.
pub(super) struct Begun {
    folder: PathBuf,
    /// Digest of the manifest.
    pub(super) manifest: Digest,
}

/// What was written.
pub(super) struct Deposit {
    /// For people: where the files are.
    pub(super) files: Files,
    /// The folder, relative to the archive, with `/` between folders.
    pub(super) folder: String,
    /// Digest of the manifest.
    pub(super) manifest: Digest,
}

/// Where the manifest of a recheck lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rechecked {
    /// Its folder, relative to the archive folder.
    pub folder: String,
    /// Its digest.
    pub manifest: Digest,
}

/// What a run has captured.
pub(super) struct Captured {
    /// The WARC files.
    pub(super) files: RunFiles,
    /// The texts of the pages, in the order of the sources.
    pub(super) texts: Vec<Option<Text>>,
}

/// Writes the report into the folder `dossiers/ARTICLE/RUN`, and the manifest last: what it names is on disk.
pub(super) fn begin(
    store: &Store,
    report: &Report,
    captured: Option<&Captured>,
) -> Result<Begun, AuditError> {
    let Dossier { run, article, .. } = &*report.dossier;
    let folder = store.dossier(&article.path, &run.id)?;
    keep_reports(&folder, report)?;
    let facts = ManifestFacts {
        run: run.id.clone(),
        article: article.sha256,
        created: run.finished,
        warcs: captured.map(|captured| captured.files.entries()).unwrap_or_default(),
    };
    let manifest = store.seal(&folder, facts)?;
    Ok(Begun { folder, manifest })
}

impl Begun {
    /// Adds the time-stamps of the manifest, and the package with all of it.
    pub(super) fn finish(
        self,
        store: &Store,
        report: &Report,
        captured: Option<&Captured>,
        stamps: &[Stamp],
        signing: &Signing,
    ) -> Result<Deposit, AuditError> {
        let Self { folder, manifest } = self;
        let mut names = vec!["report.html".to_owned(), "report.json".to_owned()];
        let mut kept = vec![
            ("dossier.json".to_owned(), folder.join("report.json")),
            ("report.html".to_owned(), folder.join("report.html")),
            ("manifest.json".to_owned(), folder.join("manifest.json")),
        ];
        for Stamp { name, response, timestamp } in stamps {
            for (end, bytes) in
                [("tsr", response.as_slice()), ("pem", timestamp.certificates_pem().as_bytes())]
            {
                let name = format!("{name}.{end}");
                let path = folder.join(&name);
                keep(&path, bytes)?;
                kept.push((name, path));
            }
        }
        if let Some(captured) = captured.filter(|_| signing.package && report.summary.captures > 0) {
            let Dossier { run, article, .. } = &*report.dossier;
            let claims = claims(&report.dossier)?;
            let mut extra: Vec<_> =
                kept.iter().map(|(name, path)| (name.as_str(), Extra::File(path))).collect();
            extra.insert(2, ("claims.json", Extra::Bytes(&claims)));
            let package = Package {
                title: article.title.as_deref().unwrap_or(&article.path),
                created: run.finished,
                software: SOFTWARE,
                files: &captured.files,
                pages: &pages(report, &captured.texts),
                extra: &extra,
                key: signing.key.as_ref(),
            };
            let path = folder.join(PACKAGE);
            wacz::write(&path, store.root(), &package)?;
            keep_checksum(&path)?;
            names.push(PACKAGE.to_owned());
        }
        let archive = store.root().display().to_string();
        let files = Files { folder: folder.display().to_string(), names, archive };
        Ok(Deposit { files, folder: relative(&folder, store.root()), manifest })
    }
}

/// Whether there is to be a package, and what signs it.
#[derive(Clone, Debug)]
pub(super) struct Signing {
    pub(super) package: bool,
    pub(super) key: Option<SigningKey>,
}

/// The claims with what the pages say, as they stand in the report.
fn claims(dossier: &Dossier) -> Result<Vec<u8>, AuditError> {
    let mut bytes = serde_json::to_vec_pretty(&dossier.claims)
        .map_err(|error| AuditError::Write { path: PathBuf::from("claims.json"), source: error.into() })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes the digest of the package beside it, in the form of `sha256sum`. The manifest cannot state it, since the package
/// holds the manifest.
fn keep_checksum(package: &Path) -> Result<(), AuditError> {
    let path = package.with_extension("wacz.sha256");
    let digest = File::open(package).and_then(Digest::of_reader);
    let (digest, _) = digest.map_err(|source| AuditError::Write { path: path.clone(), source })?;
    let name = package.file_name().unwrap_or_default().to_string_lossy();
    keep(&path, format!("{digest}  {name}\n").as_bytes())
}

/// Writes the folder `dossiers/JOB/RUN` of a run that is of no article: the manifest alone.
pub(super) fn vouch(
    store: &Store,
    job: &str,
    run: &RunId,
    created: Timestamp,
    warcs: Vec<Arc<WarcEntry>>,
) -> Result<Rechecked, AuditError> {
    let folder = store.dossier(job, run)?;
    let facts = ManifestFacts { run: run.clone(), article: Digest::ZERO, created, warcs };
    let manifest = store.seal(&folder, facts)?;
    Ok(Rechecked { folder: relative(&folder, store.root()), manifest })
}

/// Writes the report for people and the one for machines, side by side.
fn keep_reports(folder: &Path, report: &Report) -> Result<(), AuditError> {
    let html = || keep_report(&folder.join("report.html"), Format::Html, report);
    thread::scope(|scope| {
        let beside = thread::Builder::new().spawn_scoped(scope, html);
        let json = keep_report(&folder.join("report.json"), Format::Json, report);
        // Where the system gives no further thread, this one writes both.
        let html = beside.map_or_else(|_| html(), |thread| thread.join().unwrap_or(Err(AuditError::Worker)));
        json.and(html)
    })
}

/// Writes a report through to the disk, a piece at a time.
fn keep_report(path: &Path, format: Format, report: &Report) -> Result<(), AuditError> {
    let failed = |source| AuditError::Write { path: path.to_owned(), source };
    let mut out = BufWriter::new(File::create(path).map_err(failed)?);
    report::write(format, report, &Options::default(), &mut out).map_err(|error| match error {
        ReportError::Output(source) => failed(source),
        error => error.into(),
    })?;
    out.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| file.sync_all()).map_err(failed)
}

/// The captured pages that a viewer is to list.
fn pages(report: &Report, texts: &[Option<Text>]) -> Vec<PageEntry> {
    let citations = report.dossier.citations.iter().zip(texts);
    citations
        .filter_map(|(source, text)| {
            let capture = source.capture.as_ref()?;
            Some(PageEntry {
                url: source.final_url.clone()?,
                title: source.title.clone(),
                date: capture.date,
                mime: source.media_type.clone(),
                status: source.status,
                text: text.clone(),
            })
        })
        .collect()
}

/// Writes a file through to the disk.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), AuditError> {
    let written = File::create(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|source| AuditError::Write { path: path.to_owned(), source })
}

/// `folder` as the ledger names it: below the archive, with `/` between folders.
fn relative(folder: &Path, archive: &Path) -> String {
    let below = folder.strip_prefix(archive).unwrap_or(folder);
    let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}
