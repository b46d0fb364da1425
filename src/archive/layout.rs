//! Where things lie in an archive folder.
//!
//! Every path that a file of the folder states is relative to the folder, with `/` between its parts.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::run::RunId;

/// The folder of the WARC files.
pub(super) const CAPTURES: &str = "captures";
/// The folder of the dossiers.
pub(super) const DOSSIERS: &str = "dossiers";
/// The index over all WARC files.
pub(super) const INDEX: &str = "index.cdx";
/// The file that the one writer holds locked.
pub(super) const LOCK: &str = ".lock";
/// The manifest of a dossier.
pub(super) const MANIFEST: &str = "manifest.json";
/// Says which manifest is the last.
pub(super) const HEAD: &str = "head.json";
/// The package of a dossier.
pub const PACKAGE: &str = "dossier.wacz";
/// How the name of a file ends that holds the digest of another, as `sha256sum` writes it.
pub(super) const CHECKSUM: &str = ".sha256";
/// How the name of a time-stamp ends.
pub(super) const TIMESTAMP: &str = ".tsr";
/// How the name of a time-stamp's certificates ends.
pub(super) const CERTIFICATES: &str = ".pem";
/// How the name of a closed WARC file ends.
pub(super) const CLOSED: &str = ".warc.gz";
/// How the name of a WARC file ends while it is being written.
pub(super) const OPEN: &str = ".warc.gz.open";

/// The longest name of an article's folder, in bytes.
const LONGEST_NAME: usize = 60;

/// The WARC file number `serial` of a run that began at `started`, relative to the archive folder.
pub(super) fn warc_path(run: &RunId, started: Timestamp, serial: u32) -> String {
    format!("{CAPTURES}/{}/{run}-{serial:05}{CLOSED}", started.strftime("%Y/%m"))
}

/// The name a closed WARC file has while it is open.
pub(super) fn open_name(closed: &Path) -> PathBuf {
    let mut name = closed.as_os_str().to_owned();
    name.push(".open");
    PathBuf::from(name)
}

/// The folder of one article's dossier from one run. `article` is the path or URL it was named by.
pub fn dossier_folder(archive: &Path, article: &str, run: &RunId) -> PathBuf {
    archive.join(DOSSIERS).join(folder_name(article)).join(run.as_str())
}

/// What the folder of an article is called: its file name without the ending, in lower-case ASCII letters and digits
/// with hyphens between. Different articles may share a folder; their runs keep them apart.
fn folder_name(article: &str) -> String {
    let stem = Path::new(article).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mut name = String::new();
    for character in stem.chars().flat_map(char::to_lowercase) {
        if character.is_ascii_alphanumeric() {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(LONGEST_NAME);
    let name = name.trim_matches('-');
    if name.is_empty() { "article".to_owned() } else { name.to_owned() }
}

/// Whether the file name `name` ends in `.` and `extension`.
pub(super) fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|given| given == extension)
}

/// `path` as the files of the archive folder `root` name it.
pub(super) fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// Whether a path that a manifest names lies below the captures, as all of beleg's do.
pub(in crate::archive) fn is_capture_path(path: &str) -> bool {
    path.starts_with("captures/") && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dossier_lies_in_the_folder_named_after_its_article() {
        assert_eq!(folder_name("examples/sicherheitsgarantien.txt"), "sicherheitsgarantien");
        assert_eq!(folder_name("Mein Artikel (neu).md"), "mein-artikel-neu");
        assert_eq!(folder_name("../../etc/passwd"), "passwd");
        for nameless in ["-", "", "..", "/", "日本.txt"] {
            assert_eq!(folder_name(nameless), "article", "{nameless}");
        }
        assert_eq!(folder_name(&"x".repeat(300)).len(), LONGEST_NAME);
    }

    #[test]
    fn a_warc_file_lies_in_the_month_its_run_began() {
        let started: Timestamp = "2026-11-03T04:12:07Z".parse().unwrap();
        let run = RunId::new(started, 0x9f3c);
        let path = warc_path(&run, started, 2);
        assert_eq!(path, "captures/2026/11/20261103T041207Z-9f3c-00002.warc.gz");
        assert_eq!(open_name(Path::new(&path)), Path::new(&format!("{path}.open")));
        assert_eq!(relative(Path::new("/a"), Path::new("/a/captures/x")), "captures/x");
    }
}
