//! Writes the folder of a dossier: the report for people and machines, the WACZ, the manifest over all of it.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use super::error::AuditError;
use super::recheck::Rechecked;
use super::scope::SOFTWARE;
use crate::archive::wacz::{self, Package, PageEntry};
use crate::archive::{Manifest, RunFiles, RunId, SigningKey, Store, WarcEntry};
use crate::digest::Digest;
use crate::dossier::Dossier;
use crate::report::{self, Files, Format, Options, Report};

/// What was written.
pub(super) struct Deposit {
    /// For people: where the files are.
    pub(super) files: Files,
    /// The folder, relative to the archive, with `/` between folders.
    pub(super) folder: String,
    /// Digest of the manifest.
    pub(super) manifest: Digest,
}

/// What a run has captured.
pub(super) struct Captured {
    /// The WARC files.
    pub(super) files: RunFiles,
    /// The texts of the pages, in the order of the sources.
    pub(super) texts: Vec<Option<String>>,
}

/// Writes the folder `dossiers/ARTICLE/RUN`, the manifest last: what it names is on disk.
pub(super) fn write(
    store: &Store,
    with_wacz: bool,
    key: Option<&SigningKey>,
    report: &Report,
    captured: Option<&Captured>,
) -> Result<Deposit, AuditError> {
    let Dossier { run, article, .. } = &report.dossier;
    let folder = store.dossier(&article.path, &run.id)?;
    let json = rendered(Format::Json, report)?;
    let html = rendered(Format::Html, report)?;
    keep(&folder.join("report.json"), &json)?;
    keep(&folder.join("report.html"), &html)?;
    let mut names = vec!["report.html".to_owned(), "report.json".to_owned()];
    if let Some(captured) = captured.filter(|_| with_wacz && report.summary.captures > 0) {
        let package = Package {
            title: article.title.as_deref().unwrap_or(&article.path),
            created: run.finished,
            software: SOFTWARE,
            files: &captured.files,
            pages: &pages(report, &captured.texts),
            extra: &[("dossier.json", &json), ("report.html", &html)],
            key,
        };
        wacz::write(&folder.join("dossier.wacz"), store.root(), &package)?;
        names.push("dossier.wacz".to_owned());
    }
    let warcs = captured.map(|captured| captured.files.entries()).unwrap_or_default();
    let manifest = Manifest::of(&folder, &run.id, article.sha256, warcs)?.write(&folder)?;
    let files =
        Files { folder: folder.display().to_string(), names, archive: store.root().display().to_string() };
    Ok(Deposit { files, folder: relative(&folder, store.root()), manifest })
}

/// Writes the folder `dossiers/JOB/RUN` of a run that is of no article: the manifest alone.
pub(super) fn vouch(
    store: &Store,
    job: &str,
    run: &RunId,
    warcs: Vec<WarcEntry>,
) -> Result<Rechecked, AuditError> {
    let folder = store.dossier(job, run)?;
    let manifest = Manifest::of(&folder, run, Digest::ZERO, warcs)?.write(&folder)?;
    Ok(Rechecked { folder: relative(&folder, store.root()), manifest })
}

fn rendered(format: Format, report: &Report) -> Result<Vec<u8>, AuditError> {
    let mut bytes = Vec::new();
    report::write(format, report, &Options::default(), &mut bytes)?;
    Ok(bytes)
}

/// The captured pages that a viewer is to list.
fn pages(report: &Report, texts: &[Option<String>]) -> Vec<PageEntry> {
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
