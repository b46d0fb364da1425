//! An archive that is right in every part: two runs over a small site, signed, chained and dated.

use std::fs;
use std::path::{Path, PathBuf};

use beleg::demo::{Answer, Authority, Certificates, Request, Site};
use serde_json::Value;
use tempfile::TempDir;

use super::beleg::{Beleg, Ran};
use super::files::files_below;
use super::timestamp_authority::TimestampAuthority;
use super::web::Web;

/// Two runs of `beleg archive` over the same pages, dated by an authority whose root is configured.
pub(crate) struct Kept {
    folder: TempDir,
    /// The names of the runs, the first one first.
    runs: [String; 2],
}

struct Pages;

impl Site for Pages {
    fn answer(&self, request: &Request) -> Answer {
        let page = |title: &str| {
            let text = "This page is synthetic. It was written for tests of beleg and describes nothing.";
            Answer::html(200, format!("<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}</p>"))
        };
        match request.path.as_str() {
            "/a" => page("Synthetic page A"),
            "/b" => page("Synthetic page B"),
            "/moved" => Answer::redirect(301, "/b"),
            _ => Answer::html(404, "<!doctype html><title>Synthetic: nothing is here</title>"),
        }
    }
}

impl Kept {
    pub(crate) fn new() -> Self {
        let authority = TimestampAuthority::start();
        let folder = tempfile::tempdir().unwrap();
        let config = format!(
            "[fetch]\nallow = [\"127.0.0.0/8\"]\n[archive]\ntimestamps = [\"{}\"]\ntimestamp_roots = \"root.pem\"\n",
            authority.url()
        );
        fs::write(folder.path().join("config.toml"), config).unwrap();
        fs::copy(authority.root(), folder.path().join("root.pem")).unwrap();
        let certificates = Authority::new().unwrap();
        let web = Web::start(&["web.test"], Certificates::default(), certificates.ca_pem(), Pages);
        for _ in 0..2 {
            let urls = ["a", "moved", "missing"].map(|path| format!("http://web.test/{path}"));
            let ran = Beleg::new(folder.path(), "archive").args(urls).finding(&web).run();
            assert!(ran.stderr.is_empty(), "{}", ran.stderr);
        }
        let runs = runs_in(folder.path());
        Self { folder, runs }
    }

    /// The folder that the runs were in; the archive is `archive` in it.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The file of the first run whose name ends so.
    pub(crate) fn first(&self, end: &str) -> PathBuf {
        self.first_in(self.path(), end)
    }

    /// The file of the second run whose name ends so.
    pub(crate) fn second(&self, end: &str) -> PathBuf {
        self.second_in(self.path(), end)
    }

    /// As [`Self::first`], in a copy.
    pub(crate) fn first_in(&self, copy: &Path, end: &str) -> PathBuf {
        file_of(copy, &self.runs[0], end)
    }

    /// As [`Self::second`], in a copy.
    pub(crate) fn second_in(&self, copy: &Path, end: &str) -> PathBuf {
        file_of(copy, &self.runs[1], end)
    }

    /// Everything once more, to be harmed.
    pub(crate) fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for file in files_below(self.path()) {
            let to = copy.path().join(file.strip_prefix(self.path()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&file, to).unwrap();
        }
        copy
    }
}

/// The names of the two runs: the manifest of the first names none before it.
fn runs_in(folder: &Path) -> [String; 2] {
    let manifests = files_below(folder).into_iter().filter(|file| file.ends_with("manifest.json"));
    let mut runs: Vec<(bool, String)> = manifests
        .map(|file| {
            let manifest: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
            (manifest.get("previous").is_some(), manifest["run"].as_str().unwrap().to_owned())
        })
        .collect();
    runs.sort();
    let names: Vec<_> = runs.into_iter().map(|(_, name)| name).collect();
    names.try_into().unwrap()
}

fn file_of(folder: &Path, run: &str, end: &str) -> PathBuf {
    let is_it = |file: &PathBuf| {
        let name = file.to_string_lossy();
        name.contains(run) && name.ends_with(end)
    };
    files_below(folder).into_iter().find(is_it).unwrap_or_else(|| panic!("{run} wrote no {end}"))
}

/// What `beleg verify` says of the archive in `folder`, as JSON.
pub(crate) fn verify_archive(folder: &Path) -> Ran {
    Beleg::new(folder, "verify").args(["archive", "--format", "json"]).run()
}
