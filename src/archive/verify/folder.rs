//! Checks whatever a path names: an archive folder, a dossier, a WARC file, a WACZ.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bytes::Bytes;
use super::chain::{check_chain, check_link};
use super::dossier::{DossierCheck, check_dossier, load};
use super::index::ExpectedIndex;
use super::outcome::{Checked, Findings, Verification};
use super::record::Seen;
use super::references::{Reference, capture_name};
use super::wacz::check_wacz;
use super::warc::WarcCheck;
use crate::archive::cdxj::CdxLine;
use crate::archive::chain::folders_in;
use crate::archive::error::ArchiveError;
use crate::archive::layout::{
    CAPTURES, CLOSED, DOSSIERS, INDEX, MANIFEST, has_extension, is_capture_path, relative,
};
use crate::archive::manifest::{Manifest, WarcEntry};
use crate::archive::recover::{closed_name, is_open, warcs_below};
use crate::archive::seal::Roots;
use crate::archive::warc::{Record, WarcReader};
use crate::digest::Digest;

/// Buffer for reading WARC files.
const BUFFER: usize = 256 << 10;
const NO_MANIFEST: &str = "no manifest: the run did not end, or was not of an article";

/// Checks everything at `path`: an archive folder, a dossier's folder, a `.warc.gz` or a `.wacz` of any maker, or a
/// folder of such files. What is wrong or cannot be checked is given to `sink` as it is found; what is right is
/// counted. Memory does not grow with the size of the archive. Fails only if there is nothing to check.
pub fn verify(path: &Path, sink: &mut dyn FnMut(Checked)) -> Result<Verification, ArchiveError> {
    verify_with(path, &Roots::default(), sink)
}

/// As [`verify`], where `roots` vouch for time-stamping authorities, beside those of the web.
pub fn verify_with(
    path: &Path,
    roots: &Roots,
    sink: &mut dyn FnMut(Checked),
) -> Result<Verification, ArchiveError> {
    let metadata = fs::metadata(path).map_err(ArchiveError::read(path))?;
    let mut findings = Findings::new(sink);
    if !metadata.is_dir() {
        File::open(path).map_err(ArchiveError::read(path))?;
        verify_file(path, roots, &mut findings);
    } else if [CAPTURES, DOSSIERS, INDEX].iter().any(|name| path.join(name).exists()) {
        verify_archive(path, roots, &mut findings)?;
    } else if path.join(MANIFEST).exists() {
        verify_dossier(path, roots, &mut findings);
    } else {
        verify_loose_files(path, roots, &mut findings)?;
    }
    Ok(findings.finish())
}

fn verify_file(path: &Path, roots: &Roots, findings: &mut Findings<'_>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if name == MANIFEST {
        verify_dossier(path.parent().unwrap_or(path), roots, findings);
    } else if has_extension(&name, "wacz") || begins_like_zip(path) {
        check_wacz(path, &name, roots, findings);
    } else {
        let check = WarcCheck { file: &name, expected: None, open: is_open(path), with_digests: false };
        let elsewhere = check_warc(&check, path, findings, &mut |_| ());
        report_elsewhere(&elsewhere, findings);
    }
}

fn report_elsewhere(references: &[Reference], findings: &mut Findings<'_>) {
    for reference in references {
        reference.report_elsewhere(findings);
    }
}

fn begins_like_zip(path: &Path) -> bool {
    let mut start = [0; 4];
    File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && &start == b"PK\x03\x04"
}

fn verify_loose_files(folder: &Path, roots: &Roots, findings: &mut Findings<'_>) -> Result<(), ArchiveError> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths: Vec<_> =
        entries.map_err(ArchiveError::read(folder))?.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(CLOSED) || has_extension(&name, "warc") || has_extension(&name, "wacz")
    });
    if paths.is_empty() {
        return Err(ArchiveError::NothingToVerify { path: folder.to_owned() });
    }
    paths.sort();
    for path in paths {
        verify_file(&path, roots, findings);
    }
    Ok(())
}

/// Checks a dossier and the WARC files of its run, where the archive folder is around it.
fn verify_dossier(folder: &Path, roots: &Roots, findings: &mut Findings<'_>) {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let root =
        folder.ancestors().nth(3).filter(|root| root.join(CAPTURES).is_dir()).unwrap_or(&folder).to_owned();
    let Some(manifest) = check_dossier(&DossierCheck { root: &root, folder: &folder, roots }, findings)
    else {
        return;
    };
    if let Some(link) = manifest.previous.as_ref().filter(|_| root != folder) {
        let found = fs::read(root.join(&link.path)).ok().map(|bytes| Digest::of(&bytes));
        check_link(&relative(&root, &folder.join(MANIFEST)), link, found.as_ref(), findings);
    }
    for entry in manifest.warcs.iter().filter(|entry| is_capture_path(&entry.path)) {
        let path = root.join(&entry.path);
        if path.is_file() {
            let check =
                WarcCheck { file: &entry.path, expected: Some(entry), open: false, with_digests: true };
            let elsewhere = check_warc(&check, &path, findings, &mut |_| ());
            report_elsewhere(&elsewhere, findings);
        }
    }
}

fn verify_archive(root: &Path, roots: &Roots, findings: &mut Findings<'_>) -> Result<(), ArchiveError> {
    let manifests = verify_dossiers(root, roots, findings)?;
    check_chain(root, findings);
    let warcs = warcs_below_captures(root)?;
    let mut index = ExpectedIndex::default();
    let mut elsewhere = Vec::new();
    let mut manifest_at_hand = None;
    for path in &warcs {
        let name = relative(root, &closed_name(path));
        let listed = manifests.get(&name).map(Vec::as_slice).unwrap_or_default();
        let entry = entry_of(&name, listed, &mut manifest_at_hand, findings);
        if listed.is_empty() {
            findings.not_checkable(&name, "", "file digest", NO_MANIFEST);
        }
        let open = is_open(path);
        let check = WarcCheck { file: &name, expected: entry.as_deref(), open, with_digests: true };
        if !open {
            index.expect_file(&name);
        }
        let mut failed = None;
        let mut on_record = |seen: &Seen| {
            let line = CdxLine::of(&seen.header, seen.http.as_ref(), &seen.member, &name).filter(|_| !open);
            if let Some(Err(error)) = line.map(|line| index.push(line.to_string())) {
                failed = Some(error);
            }
        };
        elsewhere.extend(check_warc(&check, path, findings, &mut on_record));
        if let Some(error) = failed {
            findings.wrong(INDEX, "", "index", format!("cannot be compared: {error}"));
        }
    }
    resolve_elsewhere(elsewhere, &warcs, findings);
    index.check(root, findings);
    Ok(())
}

/// Checks every dossier. The result says which manifests list a WARC file.
fn verify_dossiers(
    root: &Path,
    roots: &Roots,
    findings: &mut Findings<'_>,
) -> Result<BTreeMap<String, Vec<PathBuf>>, ArchiveError> {
    let list = |folder: &Path| folders_in(folder).map_err(ArchiveError::read(folder));
    let mut manifests: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for article in list(&root.join(DOSSIERS))? {
        for folder in list(&article)? {
            if let Some(manifest) = check_dossier(&DossierCheck { root, folder: &folder, roots }, findings) {
                for warc in manifest.warcs {
                    manifests.entry(warc.path.clone()).or_default().push(folder.join(MANIFEST));
                }
            }
        }
    }
    Ok(manifests)
}

/// What the manifests say of the WARC file `name`. Where several list it, they must agree.
fn entry_of(
    name: &str,
    manifests: &[PathBuf],
    at_hand: &mut Option<(PathBuf, Manifest)>,
    findings: &mut Findings<'_>,
) -> Option<Arc<WarcEntry>> {
    let mut first: Option<Arc<WarcEntry>> = None;
    for path in manifests {
        if at_hand.as_ref().is_none_or(|(loaded, _)| loaded != path) {
            *at_hand = load(path).ok().map(|(manifest, _)| (path.clone(), manifest));
        }
        let (_, manifest) = at_hand.as_mut()?;
        // Each file is asked for once, and its records may be many: they are taken out and not copied.
        let place = manifest.warcs.iter().position(|warc| warc.path == name)?;
        let entry = manifest.warcs.swap_remove(place);
        match &first {
            None => first = Some(entry),
            Some(other) if *other == entry => findings.right(name, "agreement of manifests"),
            Some(_) => {
                let detail = format!("{} says something else of it than another manifest", path.display());
                findings.wrong(name, "", "agreement of manifests", detail);
            }
        }
    }
    first
}

fn check_warc(
    check: &WarcCheck<'_>,
    path: &Path,
    findings: &mut Findings<'_>,
    on_record: &mut dyn FnMut(&Seen),
) -> Vec<Reference> {
    match Bytes::of_file(path) {
        Ok(bytes) => check.run(bytes, findings, on_record),
        Err(error) => {
            findings.wrong(check.file, "", "file", format!("cannot be read: {error}"));
            Vec::new()
        }
    }
}

/// Looks for the records that others in other files refer to. Few do, so the files are walked a second time rather
/// than every id of the archive kept in memory.
fn resolve_elsewhere(references: Vec<Reference>, warcs: &[PathBuf], findings: &mut Findings<'_>) {
    let mut open: HashMap<String, Vec<Reference>> = HashMap::new();
    for reference in references {
        open.entry(reference.to().to_owned()).or_default().push(reference);
    }
    for path in warcs {
        if open.is_empty() {
            return;
        }
        let Ok(file) = File::open(path) else { continue };
        let mut reader = WarcReader::new(BufReader::with_capacity(BUFFER, file));
        loop {
            let offset = reader.position();
            match reader.next_record().and_then(|record| record.map(Record::finish).transpose()) {
                Ok(Some((header, _))) => {
                    let by_id = header.record_id().and_then(|id| open.remove(id));
                    let by_name = capture_name(&header).and_then(|name| open.remove(&name));
                    for reference in by_id.into_iter().chain(by_name).flatten() {
                        reference.check(&header, findings);
                    }
                }
                Err(_) if reader.jump_to_record_after(offset + 1).unwrap_or(false) => (),
                Ok(None) | Err(_) => break,
            }
        }
    }
    let mut missing: Vec<_> = open.into_iter().collect();
    missing.sort_by(|(one, _), (other, _)| one.cmp(other));
    for reference in missing.iter().flat_map(|(_, references)| references) {
        reference.report_missing(findings);
    }
}

fn warcs_below_captures(root: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let captures = root.join(CAPTURES);
    if captures.exists() {
        warcs_below(&captures).map_err(ArchiveError::read(&captures))
    } else {
        Ok(Vec::new())
    }
}
