//! Checks a WACZ: its ZIP structure, its list of files, its captures, and its index.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::bytes::Bytes;
use super::index_blocks::check_blocks;
use super::outcome::Findings;
use super::provenance::Provenance;
use super::record::Seen;
use super::signature::{LIST, LIST_DIGEST, check_list_digest};
use super::wacz_index::{Captures, check_line};
use super::warc::WarcCheck;
use crate::archive::index::Lines;
use crate::archive::layout::{CLOSED, has_extension};
use crate::archive::seal::Roots;
use crate::archive::wacz::{DataPackage, DataPackageDigest, PROFILE, Resource};
use crate::digest::Digest;

/// A list longer than this is not read.
const LONGEST: u64 = 1 << 28;

/// An open package.
pub(super) type Package = ZipArchive<BufReader<File>>;

/// What is known of one entry after it was read.
pub(super) struct Entry {
    pub(super) digest: Digest,
    pub(super) bytes: u64,
    stored: bool,
    /// Where its bytes begin in the file.
    start: Option<u64>,
}

/// Checks the WACZ at `path`, which messages call `file`. The result is the digest of the manifest in it, where there is
/// one.
pub(super) fn check_wacz(
    path: &Path,
    file: &str,
    roots: &Roots,
    findings: &mut Findings<'_>,
) -> Option<Digest> {
    let mut package = match open(path) {
        Ok(package) => package,
        Err(error) => {
            findings.wrong(file, "", "ZIP structure", format!("is no sound ZIP file: {error}"));
            return None;
        }
    };
    findings.right(file, "ZIP structure");
    let entries = read_entries(&mut package, file, findings);
    check_list(&mut package, file, &entries, findings);
    check_required(file, &entries, findings);
    let provenance = Provenance::read(&mut package, file, &entries, findings);
    if let Some(provenance) = &provenance {
        provenance.check(&mut package, file, &entries, roots, findings);
    }
    let captures = check_captures(path, file, &entries, provenance.as_ref(), findings);
    check_index(&mut package, file, &entries, captures, findings);
    provenance.map(|provenance| provenance.digest)
}

/// Opens the package. Entries that share bytes are refused: they are how small files grow without end.
fn open(path: &Path) -> zip::result::ZipResult<Package> {
    let mut package = ZipArchive::new(BufReader::new(File::open(path)?))?;
    if package.has_duplicate_names() || package.has_overlapping_entries()? {
        return Err(
            io::Error::new(io::ErrorKind::InvalidData, "entries overlap or have the same name").into()
        );
    }
    package.validate_header_consistency()?;
    Ok(package)
}

/// Reads every entry to its end, which checks its CRC-32.
fn read_entries(package: &mut Package, file: &str, findings: &mut Findings<'_>) -> BTreeMap<String, Entry> {
    let mut entries = BTreeMap::new();
    for index in 0..package.len() {
        let number = format!("entry {}", index + 1);
        match read_entry(package, index) {
            Ok((name, _)) if name.ends_with('/') => (),
            Ok((name, entry)) => {
                findings.right(file, "ZIP entry");
                entries.insert(name, entry);
            }
            Err((name, error)) => {
                let item = name.unwrap_or(number);
                findings.wrong(file, &item, "ZIP entry", format!("cannot be read: {error}"));
            }
        }
    }
    entries
}

fn read_entry(package: &mut Package, index: usize) -> Result<(String, Entry), (Option<String>, String)> {
    let mut entry = package.by_index(index).map_err(|error| (None, error.to_string()))?;
    let name = entry.name().map_err(|error| (None, error.to_string()))?.into_owned();
    let (stored, start) = (entry.compression() == CompressionMethod::Stored, entry.data_start());
    match Digest::of_reader(&mut entry) {
        Ok((digest, bytes)) => Ok((name, Entry { digest, bytes, stored, start })),
        Err(error) => Err((Some(name), error.to_string())),
    }
}

/// Compares the entries with the list, and the list with its digest.
fn check_list(
    package: &mut Package,
    file: &str,
    entries: &BTreeMap<String, Entry>,
    findings: &mut Findings<'_>,
) {
    let list = match read_json::<DataPackage>(package, LIST) {
        Ok(list) => list,
        Err(error) => return findings.wrong(file, LIST, "list of files", format!("cannot be read: {error}")),
    };
    if list.profile == PROFILE {
        findings.right(file, "list of files");
    } else {
        findings.wrong(
            file,
            LIST,
            "list of files",
            format!("profile is {:?}, which viewers refuse", list.profile),
        );
    }
    for resource in &list.resources {
        check_resource(resource, file, entries, findings);
    }
    for path in entries.keys().filter(|path| ![LIST, LIST_DIGEST].contains(&path.as_str())) {
        if !list.resources.iter().any(|resource| resource.path == *path) {
            findings.wrong(file, path, "list of files", format!("{LIST} does not list it"));
        }
    }
    check_vouched(package, file, &list, entries, findings);
}

fn check_resource(
    resource: &Resource,
    file: &str,
    entries: &BTreeMap<String, Entry>,
    findings: &mut Findings<'_>,
) {
    const WHAT: &str = "entry digest";
    let path = &resource.path;
    let Some(entry) = entries.get(path) else {
        return findings.wrong(file, path, WHAT, format!("{LIST} lists it, but it cannot be read"));
    };
    if entry.bytes != resource.bytes {
        let detail = format!("has {} bytes, and {LIST} says {}", entry.bytes, resource.bytes);
        return findings.wrong(file, path, WHAT, detail);
    }
    match Digest::parse(&resource.hash) {
        Ok(digest) => findings.compare((file, path, WHAT), &entry.digest, &digest),
        Err(error) => findings.not_checkable(file, path, WHAT, error.to_string()),
    }
}

/// Compares the list with its digest, and looks for who signed that.
fn check_vouched(
    package: &mut Package,
    file: &str,
    list: &DataPackage,
    entries: &BTreeMap<String, Entry>,
    findings: &mut Findings<'_>,
) {
    const WHAT: &str = "digest of the list";
    if !entries.contains_key(LIST_DIGEST) {
        return findings.not_checkable(file, LIST, WHAT, format!("there is no {LIST_DIGEST}"));
    }
    let Some(entry) = entries.get(LIST) else { return };
    match read_json::<DataPackageDigest>(package, LIST_DIGEST) {
        Ok(stated) => check_list_digest(file, &stated, list, &entry.digest, findings),
        Err(error) => findings.wrong(file, LIST_DIGEST, WHAT, format!("cannot be read: {error}")),
    }
}

fn read_json<T: serde::de::DeserializeOwned>(package: &mut Package, name: &str) -> io::Result<T> {
    Ok(serde_json::from_slice(&read_bytes(package, name)?)?)
}

/// The bytes of an entry that is no capture.
pub(super) fn read_bytes(package: &mut Package, name: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    package.by_name(name)?.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What every viewer needs, and `wacz validate` does not look for.
fn check_required(file: &str, entries: &BTreeMap<String, Entry>, findings: &mut Findings<'_>) {
    let has = |path: &str| entries.contains_key(path);
    let required = [
        ("pages/pages.jsonl", has("pages/pages.jsonl")),
        (
            "indexes/index.cdx",
            has("indexes/index.cdx") || (has("indexes/index.cdx.gz") && has("indexes/index.idx")),
        ),
        ("archive/*.warc.gz", entries.keys().any(|path| is_warc(path))),
    ];
    for (path, there) in required {
        if there {
            findings.right(file, "required file");
        } else {
            findings.wrong(file, path, "required file", "is not there: viewers cannot open the package");
        }
    }
}

fn is_warc(path: &str) -> bool {
    path.starts_with("archive/") && (path.ends_with(CLOSED) || has_extension(path, "warc"))
}

/// Checks the WARC files inside, right where they are stored.
fn check_captures(
    path: &Path,
    file: &str,
    entries: &BTreeMap<String, Entry>,
    provenance: Option<&Provenance>,
    findings: &mut Findings<'_>,
) -> Captures {
    let mut captures = Captures::default();
    let mut elsewhere = Vec::new();
    for (name, entry) in entries.iter().filter(|(name, _)| is_warc(name)) {
        if !entry.stored {
            findings.wrong(
                file,
                name,
                "storage",
                "is compressed: viewers find no page in it; store it as it is",
            );
            continue;
        }
        let Some(start) = entry.start else {
            findings.wrong(file, name, "storage", "does not say where it begins");
            continue;
        };
        findings.right(file, "storage");
        let shown = format!("{file}/{name}");
        let base = name.rsplit('/').next().unwrap_or_default();
        let expected = provenance.and_then(|provenance| provenance.warc(base));
        let check = WarcCheck { file: &shown, expected, open: false, with_digests: true };
        let mut on_record = |seen: &Seen| captures.take(seen, base);
        elsewhere.extend(check.run(Bytes::of_part(path, start, entry.bytes), findings, &mut on_record));
    }
    for reference in elsewhere {
        captures.resolve(&reference, findings);
    }
    captures
}

/// Compares the index with the captures, both ways.
fn check_index(
    package: &mut Package,
    file: &str,
    entries: &BTreeMap<String, Entry>,
    mut captures: Captures,
    findings: &mut Findings<'_>,
) {
    for name in entries.keys().filter(|name| name.starts_with("indexes/")) {
        let outcome = if has_extension(name, "cdx") || has_extension(name, "cdxj") {
            read_lines(package, name, file, &mut captures, findings, |entry| entry)
        } else if name.ends_with(".cdx.gz") {
            read_lines(package, name, file, &mut captures, findings, MultiGzDecoder::new)
        } else {
            Ok(())
        };
        if let Err(error) = outcome {
            findings.wrong(file, name, "index", format!("cannot be read: {error}"));
        }
    }
    captures.report_unindexed(file, findings);
    check_blocks(package, file, entries, findings);
}

fn read_lines<'a, R: Read>(
    package: &'a mut Package,
    name: &str,
    file: &str,
    captures: &mut Captures,
    findings: &mut Findings<'_>,
    decode: impl FnOnce(zip::read::ZipFile<'a, BufReader<File>>) -> R,
) -> io::Result<()> {
    let reader = BufReader::new(decode(package.by_name(name)?));
    check_lines(reader, &format!("{file}/{name}"), captures, findings)
}

fn check_lines(
    reader: impl BufRead,
    shown: &str,
    captures: &mut Captures,
    findings: &mut Findings<'_>,
) -> io::Result<()> {
    let mut before = Vec::new();
    for (line, number) in Lines(reader).zip(1_u64..) {
        let line = line?;
        let item = format!("line {number}");
        if line < before {
            findings.wrong(shown, &item, "index line", "is out of order");
        }
        match check_line(&line, captures) {
            Ok(()) => findings.right(shown, "index line"),
            Err(detail) => findings.wrong(shown, &item, "index line", detail),
        }
        before = line;
    }
    Ok(())
}
