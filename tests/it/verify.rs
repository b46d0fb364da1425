//! `beleg verify`: an archive is right as it was written, and wrong once a single byte of it is another.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Beleg, Ran, files_below};

/// How many bytes of each file are flipped, one at a time, evenly spread from the first to the last.
const POSITIONS: usize = 9;

/// The archive of one demo; tests copy it before they harm it.
static ARCHIVE: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    Beleg::new(folder.path(), "demo").run().exits(1);
    folder
});

fn verify(folder: &Path) -> Ran {
    Beleg::new(folder, "verify").args(["archive", "--format", "json"]).run()
}

fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files_below(ARCHIVE.path()) {
        let to = folder.path().join(file.strip_prefix(ARCHIVE.path()).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(&file, to).unwrap();
    }
    folder
}

/// The files of the archive whose name ends so, as paths within its folder.
fn files(ending: &str) -> Vec<PathBuf> {
    let files = files_below(ARCHIVE.path());
    let found = files.iter().filter(|file| file.to_string_lossy().ends_with(ending));
    found.map(|file| file.strip_prefix(ARCHIVE.path()).unwrap().to_owned()).collect()
}

#[test]
fn after_the_demo_all_is_right() {
    let ran = verify(ARCHIVE.path()).exits(0);
    let verification: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(verification["schema"], "beleg.verification/1");
    assert!(verification["right"].as_u64().unwrap() > 20, "{verification}");
    assert_eq!(verification["wrong"].as_array().unwrap().len(), 0, "{verification}");
    let people = Beleg::new(ARCHIVE.path(), "verify").run().exits(0);
    assert!(people.stdout.contains("right"), "{}", people.stdout);
}

/// Flips bytes of every file that ends so, one at a time, and asserts that each is found and the file named.
#[track_caller]
fn every_flip_is_found(ending: &str) {
    let files = files(ending);
    assert!(!files.is_empty(), "the demo wrote no {ending}");
    let mut missed = Vec::new();
    for file in files {
        let bytes = fs::read(ARCHIVE.path().join(&file)).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        for step in 0..POSITIONS {
            let at = step * (bytes.len() - 1) / (POSITIONS - 1);
            let mut harmed = bytes.clone();
            harmed[at] ^= 0x01;
            let folder = copy();
            fs::write(folder.path().join(&file), harmed).unwrap();
            let ran = verify(folder.path());
            if ran.code != 1 || !ran.said().contains(name) {
                missed.push(format!("byte {at} of {}: exit {}\n{}", file.display(), ran.code, ran.said()));
            }
        }
    }
    assert!(missed.is_empty(), "{} flips went unnoticed or unnamed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn a_flipped_byte_of_a_capture_is_found() {
    every_flip_is_found(".warc.gz");
}

#[test]
fn a_flipped_byte_of_the_index_is_found() {
    every_flip_is_found("index.cdx");
}

#[test]
fn a_flipped_byte_of_the_ledger_is_found() {
    every_flip_is_found("ledger.sqlite");
}

#[test]
fn a_flipped_byte_of_the_dossier_is_found() {
    every_flip_is_found("dossier.wacz");
    every_flip_is_found("report.json");
    every_flip_is_found("report.html");
}

#[test]
fn a_flipped_byte_of_a_capture_is_told_with_its_record_and_what_fails() {
    let folder = copy();
    let file = &files(".warc.gz")[0];
    let mut bytes = fs::read(folder.path().join(file)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(folder.path().join(file), bytes).unwrap();
    let ran = verify(folder.path()).exits(1);
    let verification: Value = serde_json::from_str(&ran.stdout).unwrap();
    let wrong = verification["wrong"].as_array().unwrap();
    let name = file.file_name().unwrap().to_str().unwrap();
    let named = wrong.iter().find(|item| item["file"].as_str().unwrap().ends_with(name));
    let named = named.unwrap_or_else(|| panic!("{name} is not among {wrong:?}"));
    for part in ["item", "what", "detail"] {
        assert!(!named[part].as_str().unwrap().is_empty(), "{part} of {named}");
    }
}

#[test]
fn a_file_cut_short_or_gone_is_found() {
    for ending in [".warc.gz", "index.cdx", "dossier.wacz", "manifest.json"] {
        let folder = copy();
        let file = folder.path().join(&files(ending)[0]);
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        verify(folder.path()).exits(1);
        fs::remove_file(&file).unwrap();
        verify(folder.path()).exits(1);
    }
}

#[test]
fn a_single_capture_file_or_dossier_can_be_verified() {
    for ending in [".warc.gz", "dossier.wacz"] {
        let file = ARCHIVE.path().join(&files(ending)[0]);
        Beleg::new(ARCHIVE.path(), "verify").arg(file).run().exits(0);
    }
}

#[test]
fn what_is_no_archive_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    Beleg::new(folder.path(), "verify").arg("no-such-folder").run().gives_up_saying(&["no-such-folder"]);
    fs::write(folder.path().join("garbage.warc.gz"), b"no gzip at all").unwrap();
    let ran = Beleg::new(folder.path(), "verify").arg("garbage.warc.gz").run().exits(1);
    assert!(ran.said().contains("garbage.warc.gz"), "{}", ran.said());
}
