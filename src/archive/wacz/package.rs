//! Puts a WACZ together.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Seek, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::datapackage::{DataPackage, DataPackageDigest, PROFILE, Resource, VERSION};
use super::originals::{Uncopied, copy_originals};
use super::pages::{PageEntry, write_pages};
use crate::archive::cdxj::CdxLine;
use crate::archive::durable::write_atomically;
use crate::archive::error::ArchiveError;
use crate::archive::layout::CLOSED;
use crate::archive::open_warc::WarcFile;
use crate::archive::record::warc_date;
use crate::archive::seal::{SignedData, SigningKey, Statement};
use crate::archive::writer::RunFiles;
use crate::digest::{Digest, Hasher};

/// Entries from this size on need the 64-bit fields of ZIP. The margin is for what a deflated entry may grow by.
const LARGE: u64 = u32::MAX as u64 - (1 << 20);

/// What goes into a WACZ.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// Its title.
    pub title: &'a str,
    /// When it is made. With all else the same, the bytes are the same.
    pub created: Timestamp,
    /// Program and version, `beleg/0.1.0`.
    pub software: &'a str,
    /// The captures.
    pub files: &'a RunFiles,
    /// The pages that a reader may open, the main page first.
    pub pages: &'a [PageEntry],
    /// Further files by name, which go under `provenance/`. A JSON report is best called `audit.json`: validators take
    /// `report.json` for something else, and it is refused.
    pub extra: &'a [(&'a str, Extra<'a>)],
    /// What signs it; without a key it is not signed.
    pub key: Option<&'a SigningKey>,
}

/// What a further file holds.
#[derive(Clone, Copy, Debug)]
pub enum Extra<'a> {
    /// These bytes.
    Bytes(&'a [u8]),
    /// What the file at this path does. Reports of many sources are large, so they are copied a piece at a time.
    File(&'a Path),
}

/// Writes the package to `path`, reading the WARC files from the archive folder `archive`. It is self-contained: what
/// revisits refer to in the files of earlier runs is copied in.
pub fn write(path: &Path, archive: &Path, package: &Package<'_>) -> Result<(), ArchiveError> {
    let outcome = write_atomically(path, |out| write_entries(out, archive, package));
    outcome.map_err(|failed| match failed {
        Failed::Archive(error) => error,
        Failed::Zip(ZipError::Io(source)) => ArchiveError::Write { path: path.to_owned(), source },
        Failed::Zip(source) => ArchiveError::Package { path: path.to_owned(), source },
    })
}

/// Why a package was not made: of its own, or of the files it is made from.
enum Failed {
    Archive(ArchiveError),
    Zip(ZipError),
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Zip(error.into())
    }
}

impl From<ZipError> for Failed {
    fn from(error: ZipError) -> Self {
        Self::Zip(error)
    }
}

impl From<Uncopied> for Failed {
    fn from(error: Uncopied) -> Self {
        match error {
            Uncopied::Archive(error) => Self::Archive(error),
            Uncopied::Package(error) => error.into(),
        }
    }
}

impl From<ArchiveError> for Failed {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

fn write_entries(out: &mut BufWriter<File>, archive: &Path, package: &Package<'_>) -> Result<(), Failed> {
    let mut entries =
        Entries { zip: ZipWriter::new(out), date: zip_date(package.created), resources: Vec::new() };
    for warc in &package.files.warcs {
        entries.add_warc(archive, warc)?;
    }
    let originals = entries.add_originals(archive, package.files)?;
    entries.add("indexes/index.cdx", &index(package.files, &originals))?;
    entries.add_pages(package.pages)?;
    for (name, extra) in package.extra {
        let path = format!("provenance/{}", file_name(name)?);
        match extra {
            Extra::Bytes(bytes) => entries.add(&path, bytes)?,
            Extra::File(file) => entries.add_file(path, file)?,
        }
    }
    entries.finish(package)
}

/// The entries written so far.
struct Entries<W: Write + Seek> {
    zip: ZipWriter<W>,
    date: DateTime,
    resources: Vec<Resource>,
}

impl<W: Write + Seek> Entries<W> {
    /// Copies a WARC file in, stored as it is: replayers read records right out of the package.
    fn add_warc(&mut self, archive: &Path, warc: &WarcFile) -> Result<(), Failed> {
        let source = archive.join(&warc.entry.path);
        let file = File::open(&source).map_err(ArchiveError::read(&source))?;
        let path = format!("archive/{}", base_name(&warc.entry.path));
        let large = warc.entry.bytes >= LARGE;
        self.start(&path, CompressionMethod::Stored, large)?;
        let mut copy = Hashing::new(&mut self.zip);
        let bytes = io::copy(&mut BufReader::new(file).take(warc.entry.bytes + 1), &mut copy)?;
        let digest = copy.hasher.finish();
        if (digest, bytes) != (warc.entry.sha256, warc.entry.bytes) {
            return Err(ArchiveError::Changed { path: source }.into());
        }
        self.list(path, digest, bytes);
        Ok(())
    }

    /// Copies in what revisits refer to, and gives back the lines of the copies.
    fn add_originals(&mut self, archive: &Path, files: &RunFiles) -> Result<Vec<CdxLine>, Failed> {
        if files.originals.is_empty() {
            return Ok(Vec::new());
        }
        let name = format!("{}-originals{CLOSED}", files.run);
        let path = format!("archive/{name}");
        self.start(&path, CompressionMethod::Stored, total(&files.originals) >= LARGE)?;
        let mut copy = Hashing::new(&mut self.zip);
        let lines = copy_originals(archive, &files.originals, &name, &mut copy)?;
        let (digest, bytes) = (copy.hasher.finish(), copy.bytes);
        self.list(path, digest, bytes);
        Ok(lines)
    }

    /// Adds the list of pages.
    fn add_pages(&mut self, pages: &[PageEntry]) -> Result<(), Failed> {
        let path = "pages/pages.jsonl";
        // Nobody knows how long the texts are together before they are written.
        self.start(path, CompressionMethod::Deflated, true)?;
        let mut copy = Hashing::new(&mut self.zip);
        let mut buffered = BufWriter::new(&mut copy);
        write_pages(&mut buffered, pages)?;
        buffered.flush()?;
        drop(buffered);
        let (digest, bytes) = (copy.hasher.finish(), copy.bytes);
        self.list(path.to_owned(), digest, bytes);
        Ok(())
    }

    /// Adds a file and lists it.
    fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failed> {
        self.add_unlisted(path, bytes)?;
        self.list(path.to_owned(), Digest::of(bytes), bytes.len() as u64);
        Ok(())
    }

    /// Copies a file in and lists it.
    fn add_file(&mut self, path: String, source: &Path) -> Result<(), Failed> {
        let file = File::open(source).map_err(ArchiveError::read(source))?;
        let length = file.metadata().map_err(ArchiveError::read(source))?.len();
        self.start(&path, CompressionMethod::Deflated, length >= LARGE)?;
        let mut copy = Hashing::new(&mut self.zip);
        io::copy(&mut BufReader::with_capacity(64 << 10, file), &mut copy)?;
        let (digest, bytes) = (copy.hasher.finish(), copy.bytes);
        self.list(path, digest, bytes);
        Ok(())
    }

    fn add_unlisted(&mut self, path: &str, bytes: &[u8]) -> Result<(), Failed> {
        self.start(path, CompressionMethod::Deflated, bytes.len() as u64 >= LARGE)?;
        self.zip.write_all(bytes)?;
        Ok(())
    }

    fn start(&mut self, path: &str, method: CompressionMethod, large: bool) -> Result<(), Failed> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.date)
            .unix_permissions(0o644)
            .large_file(large);
        Ok(self.zip.start_file(path, options)?)
    }

    fn list(&mut self, path: String, digest: Digest, bytes: u64) {
        let name = base_name(&path).to_ascii_lowercase();
        let taken = self.resources.iter().any(|resource| resource.name == name);
        let name = if taken { path.to_ascii_lowercase().replace('/', "-") } else { name };
        self.resources.push(Resource { name, path, hash: digest.labelled(), bytes });
    }

    fn finish(mut self, package: &Package<'_>) -> Result<(), Failed> {
        let main = package.pages.first();
        let list = DataPackage {
            profile: PROFILE.to_owned(),
            resources: std::mem::take(&mut self.resources),
            created: package.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            wacz_version: VERSION.to_owned(),
            software: package.software.to_owned(),
            title: package.title.to_owned(),
            main_page_url: main.map(|page| page.url.clone()),
            main_page_date: main.map(|page| warc_date(page.date)),
        };
        let bytes = serde_json::to_vec_pretty(&list).map_err(io::Error::from)?;
        self.add_unlisted("datapackage.json", &bytes)?;
        let hash = Digest::of(&bytes).labelled();
        let statement = Statement { hash: &hash, created: &list.created, software: &list.software };
        let signed_data = package.key.and_then(|key| SignedData::sign(&statement, key));
        let digest = DataPackageDigest { path: "datapackage.json".to_owned(), hash, signed_data };
        self.add_unlisted(
            "datapackage-digest.json",
            &serde_json::to_vec_pretty(&digest).map_err(io::Error::from)?,
        )?;
        self.zip.finish()?;
        Ok(())
    }
}

/// Passes bytes on and keeps their digest and number.
struct Hashing<W> {
    out: W,
    hasher: Hasher,
    bytes: u64,
}

impl<W> Hashing<W> {
    fn new(out: W) -> Self {
        Self { out, hasher: Hasher::default(), bytes: 0 }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The lines of the run and of the originals, sorted, about the files as they are called in the package.
fn index(files: &RunFiles, originals: &[CdxLine]) -> Vec<u8> {
    let lines = files.warcs.iter().flat_map(|warc| {
        let name = base_name(&warc.entry.path);
        warc.lines.iter().filter_map(CdxLine::parse).map(move |line| line.renamed(name).to_string())
    });
    let mut lines: Vec<_> = lines.chain(originals.iter().map(ToString::to_string)).collect();
    lines.sort();
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>().into_bytes()
}

/// More bytes than the copies of `originals` take, the `warcinfo` records before them included.
fn total(originals: &[CdxLine]) -> u64 {
    originals.iter().filter_map(CdxLine::place).map(|(_, length)| length + (256 << 10)).sum()
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Ends of names that `frictionless`, and so `wacz validate`, takes for descriptions of a package, whatever is in them.
const RESERVED: [&str; 13] = [
    "chart.json",
    "checklist.json",
    "datapackage.json",
    "dialect.json",
    "inquiry.json",
    "jsonschema.json",
    "map.json",
    "pipeline.json",
    "report.json",
    "resource.json",
    "schema.json",
    "view.json",
    ".package.json",
];

/// A name that every reader takes: one folder deep, in the characters that Frictionless allows.
fn file_name(name: &str) -> Result<&str, ArchiveError> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    let refused = |why| Err(ArchiveError::FileName { name: name.to_owned(), why });
    if !name.starts_with(|c: char| c != '.' && allowed(c)) || !name.chars().all(allowed) {
        return refused("use lower-case letters, digits, dots, hyphens and underscores");
    }
    if RESERVED.iter().any(|end| name.ends_with(end)) {
        return refused("validators take a file of that name for a description of the package; use another");
    }
    Ok(name)
}

/// The date of every entry. ZIP knows no time zone and the years 1980 to 2107 only.
fn zip_date(created: Timestamp) -> DateTime {
    let at = created.to_zoned(TimeZone::UTC);
    let parts = [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(i8::unsigned_abs);
    let [month, day, hour, minute, second] = parts;
    DateTime::from_date_and_time(at.year().unsigned_abs(), month, day, hour, minute, second)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use zip::ZipArchive;

    use super::*;
    use crate::archive::sample::{Archive, now, redirected_page, text, write_wacz};

    #[test]
    fn the_package_has_the_layout_that_every_viewer_opens() {
        let archive = Archive::of(&[redirected_page(&text(3000))]);
        let path = archive.root().join("package.wacz");
        write_wacz(&path, archive.root(), &archive.files);
        let mut zip = ZipArchive::new(File::open(path).unwrap()).unwrap();
        let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
        let expected = [
            "archive/20261123T041207Z-9f3c-00000.warc.gz",
            "indexes/index.cdx",
            "pages/pages.jsonl",
            "provenance/audit.json",
            "provenance/claims.csv",
            "datapackage.json",
            "datapackage-digest.json",
        ];
        assert_eq!(names, expected);
        assert_eq!(zip.by_index(0).unwrap().compression(), CompressionMethod::Stored);
        let mut pages = String::new();
        zip.by_name("pages/pages.jsonl").unwrap().read_to_string(&mut pages).unwrap();
        let lines: Vec<serde_json::Value> =
            pages.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines[0]["format"], "json-pages-1.0");
        assert_eq!(
            (&lines[1]["url"], &lines[1]["ts"]),
            (&"https://example.org/new".into(), &"2026-11-23T04:12:07.123Z".into())
        );
        let list: DataPackage = serde_json::from_reader(zip.by_name("datapackage.json").unwrap()).unwrap();
        assert_eq!((list.created.as_str(), list.wacz_version.as_str()), ("2026-11-23T04:12:07Z", "1.1.1"));
        let names: BTreeSet<_> = list.resources.iter().map(|resource| resource.name.as_str()).collect();
        assert_eq!(names.len(), 5);
        assert!(names.iter().all(|name| *name == name.to_lowercase()));
    }

    #[test]
    fn what_an_earlier_run_holds_is_copied_in() {
        let archive = Archive::of(&[redirected_page(&text(3000))]);
        let store = crate::archive::Store::open(archive.root()).unwrap();
        let run = crate::archive::RunId::new(now(), 7);
        let mut writer = store.begin(&run, now(), &crate::archive::sample::about()).unwrap();
        writer.write(&redirected_page(&text(3000))).unwrap();
        let path = archive.root().join("second.wacz");
        write_wacz(&path, archive.root(), &writer.finish().unwrap());
        let mut zip = ZipArchive::new(File::open(&path).unwrap()).unwrap();
        let mut index = String::new();
        zip.by_name("indexes/index.cdx").unwrap().read_to_string(&mut index).unwrap();
        let files: Vec<_> = index
            .lines()
            .filter_map(CdxLine::parse)
            .map(|line| (line.facts.mime, line.facts.filename))
            .collect();
        assert!(
            files.contains(&("text/html".to_owned(), "20261123T041207Z-0007-originals.warc.gz".to_owned())),
            "{files:?}"
        );
        crate::archive::verify(&path, &mut |checked| {
            assert_ne!(checked.outcome, crate::archive::Outcome::Wrong, "{checked:?}");
        })
        .unwrap();
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let archive = Archive::of(&[redirected_page(&text(3000))]);
        let [one, other] = ["one.wacz", "other.wacz"].map(|name| {
            let path = archive.root().join(name);
            write_wacz(&path, archive.root(), &archive.files);
            fs::read(path).unwrap()
        });
        assert!(one == other);
    }

    #[test]
    fn a_changed_capture_or_a_bad_name_stops_it_and_leaves_no_file() {
        let archive = Archive::of(&[redirected_page(&text(3000))]);
        let path = archive.root().join("second.wacz");
        let mut package = Package {
            title: "",
            created: now(),
            software: "beleg/0.1.0",
            files: &archive.files,
            pages: &[],
            extra: &[],
            key: None,
        };
        for name in ["../report.html", "Report.html", "a/b.json", ".hidden", "", "report.json"] {
            let extra = [(name, Extra::Bytes(b"{}"))];
            let error = write(&path, archive.root(), &Package { extra: &extra, ..package }).unwrap_err();
            assert!(matches!(error, ArchiveError::FileName { .. }), "{error}");
        }
        package.extra = &[];
        let mut bytes = fs::read(archive.warc()).unwrap();
        bytes[100] ^= 1;
        fs::write(archive.warc(), bytes).unwrap();
        let error = write(&path, archive.root(), &package).unwrap_err();
        assert!(matches!(error, ArchiveError::Changed { .. }), "{error}");
        assert_eq!(
            fs::read_dir(archive.root())
                .unwrap()
                .filter(|entry| entry.as_ref().unwrap().path() == path)
                .count(),
            0
        );
    }
}
