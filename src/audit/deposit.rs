//! Writes the folder of a dossier: the report for people and machines, the WACZ, the manifest over all of it.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::error::AuditError;
use crate::archive::{ArchiveConfig, Manifest, PageEntry, RunFiles, wacz};
use crate::digest::Digest;
use crate::report::{self, Files, Format, Layout, Report};

/// The longest name of a dossier's folder, in bytes.
const LONGEST_NAME: usize = 60;

/// What was written.
pub(super) struct Deposit {
    /// For people: where the files are.
    pub(super) files: Files,
    /// The folder, relative to the archive, with `/` between folders.
    pub(super) folder: String,
    /// Digest of the manifest.
    pub(super) manifest: Digest,
}

/// Writes the folder `dossiers/ARTICLE/RUN`, the manifest last: what it names is on disk.
pub(super) fn write(
    config: &ArchiveConfig,
    report: &Report,
    recorded: Option<RunFiles>,
) -> Result<Deposit, AuditError> {
    let run = &report.dossier.run;
    let folder = format!("dossiers/{}/{}", slug(&report.dossier.article.path), run.id);
    let path = config.folder.join(&folder);
    fs::create_dir_all(&path).map_err(|source| AuditError::Write { path: path.clone(), source })?;
    let mut files = Files { archive: Some(config.folder.clone()), ..Files::default() };

    let json = rendered(Format::Json, report, &path)?;
    files.json = Some(store(path.join("report.json"), &json)?);
    let html = rendered(Format::Html, report, &path)?;
    files.html = Some(store(path.join("report.html"), &html)?);
    let mut named = vec!["report.json".to_owned(), "report.html".to_owned()];

    let recorded = recorded.unwrap_or_default();
    if config.wacz && report.summary.captures > 0 {
        let file = path.join("dossier.wacz");
        let extra = [("report.json", json.as_slice()), ("report.html", html.as_slice())];
        let title = report.dossier.article.title.as_deref().unwrap_or(&report.dossier.article.path);
        wacz::write(&file, &config.folder, &recorded, &pages(report), &extra, run.finished, title)?;
        named.push("dossier.wacz".to_owned());
        files.wacz = Some(file);
    }
    let manifest = Manifest::new(&run.id, report.dossier.article.sha256, &path, &named, &recorded)?;
    let manifest = manifest.write(&path.join("manifest.json"))?;
    files.records = recorded.records();
    Ok(Deposit { files, folder, manifest })
}

fn rendered(format: Format, report: &Report, path: &Path) -> Result<Vec<u8>, AuditError> {
    let mut bytes = Vec::new();
    report::write(format, report, &Files::default(), &Layout::default(), &mut bytes)
        .map_err(|source| AuditError::Write { path: path.join("report"), source })?;
    Ok(bytes)
}

/// The captured pages that a viewer is to list.
fn pages(report: &Report) -> Vec<PageEntry> {
    let citations = report.dossier.citations.iter();
    citations
        .filter_map(|source| {
            let capture = source.capture.as_ref()?;
            Some(PageEntry {
                url: source.final_url.clone()?,
                title: source.title.clone(),
                date: capture.date,
            })
        })
        .collect()
}

/// Writes a file through to the disk.
fn store(path: PathBuf, bytes: &[u8]) -> Result<PathBuf, AuditError> {
    let written = File::create(&path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(path),
        Err(source) => Err(AuditError::Write { path, source }),
    }
}

/// The name of an article's folder: its file name without the ending, in lower-case ASCII letters and digits.
fn slug(path: &str) -> String {
    let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mut slug = String::new();
    for character in stem.chars().flat_map(char::to_lowercase) {
        let plain = match character {
            'a'..='z' | '0'..='9' => Some(character),
            _ => None,
        };
        match plain {
            Some(character) => slug.push(character),
            None if slug.is_empty() || slug.ends_with('-') => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(LONGEST_NAME);
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "article".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn the_folder_is_named_after_the_file() {
        assert_eq!(slug("examples/sicherheitsgarantien.txt"), "sicherheitsgarantien");
        assert_eq!(slug("Mein Artikel (neu).md"), "mein-artikel-neu");
        assert_eq!(slug("-"), "article");
        assert_eq!(slug("../../etc/passwd"), "passwd");
        assert_eq!(slug("日本.txt"), "article");
        assert!(slug(&"x".repeat(300)).len() <= 60);
    }
}
