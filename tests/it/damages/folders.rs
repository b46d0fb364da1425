//! Archive folders with one thing wrong.

use std::fs;
use std::path::Path;

use beleg::digest::Digest;
use serde_json::Value;
use tempfile::TempDir;

use super::expected::{Expected, OPEN, WRONG, assert_found, flip};
use crate::support::{Kept, verify_archive};

type SpoilFolder = fn(&Kept, &Path);

fn replace_in(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "no {from:?} in {}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn damaged_archive_folders_are_found_out() {
    let damages: &[(&str, SpoilFolder, Expected)] = &[
        (
            "the report",
            |kept, root| replace_in(&kept.first_in(root, "report.json"), "\"alive\"", "\"dead\""),
            (WRONG, "report.json", "file digest"),
        ),
        (
            "the report, with a manifest to match",
            |kept, root| {
                let report = kept.first_in(root, "report.json");
                let before = Digest::of(&fs::read(&report).unwrap()).to_string();
                replace_in(&report, "\"alive\"", "\"dying\"");
                let after = Digest::of(&fs::read(&report).unwrap()).to_string();
                replace_in(&kept.first_in(root, "manifest.json"), &before, &after);
            },
            (WRONG, "manifest.json", "manifest chain"),
        ),
        (
            "the last report, with a manifest to match",
            |kept, root| {
                let report = kept.second_in(root, "report.json");
                let before = Digest::of(&fs::read(&report).unwrap()).to_string();
                replace_in(&report, "\"alive\"", "\"dying\"");
                let after = Digest::of(&fs::read(&report).unwrap()).to_string();
                replace_in(&kept.second_in(root, "manifest.json"), &before, &after);
            },
            (WRONG, "manifest.json", "manifest digest"),
        ),
        (
            "a manifest",
            |kept, root| fs::remove_file(kept.first_in(root, "manifest.json")).unwrap(),
            (WRONG, "manifest.json", "manifest"),
        ),
        (
            "a dossier",
            |kept, root| fs::remove_dir_all(kept.second_in(root, "manifest.json").parent().unwrap()).unwrap(),
            (WRONG, "manifest.json", "manifest"),
        ),
        (
            "which manifest is the last",
            |kept, root| {
                let first = kept.first_in(root, "manifest.json");
                let name = first.strip_prefix(root.join("archive")).unwrap().to_str().unwrap();
                let digest = Digest::of(&fs::read(&first).unwrap());
                let head = format!(
                    r#"{{"manifest":{{"path":"{name}","sha256":"{digest}"}},"schema":"beleg.head/1"}}"#
                );
                fs::write(root.join("archive/head.json"), head).unwrap();
            },
            (WRONG, "head.json", "manifest chain"),
        ),
        (
            "the name of the last manifest",
            |_, root| fs::remove_file(root.join("archive/head.json")).unwrap(),
            (OPEN, "head.json", "manifest chain"),
        ),
        (
            "a line of the index",
            |_, root| {
                let index = root.join("archive/index.cdx");
                let text = fs::read_to_string(&index).unwrap();
                fs::write(index, text.split_once('\n').unwrap().1).unwrap();
            },
            (WRONG, "index.cdx", "index line"),
        ),
        (
            "the end of the index",
            |_, root| {
                let index = root.join("archive/index.cdx");
                let text = fs::read_to_string(&index).unwrap();
                fs::write(index, &text[..text.len() - 1]).unwrap();
            },
            (WRONG, "index.cdx", "index"),
        ),
        (
            "the index",
            |_, root| fs::remove_file(root.join("archive/index.cdx")).unwrap(),
            (WRONG, "index.cdx", "index"),
        ),
        (
            "a capture",
            |kept, root| fs::remove_file(kept.first_in(root, ".warc.gz")).unwrap(),
            (WRONG, ".warc.gz", "file digest"),
        ),
        (
            "a byte of a capture",
            |kept, root| {
                let warc = kept.first_in(root, ".warc.gz");
                let mut bytes = fs::read(&warc).unwrap();
                let middle = bytes.len() / 2;
                flip(&mut bytes, middle);
                fs::write(warc, bytes).unwrap();
            },
            (WRONG, ".warc.gz", "member digest"),
        ),
        (
            "a time-stamp",
            |kept, root| {
                let stamp = kept.first_in(root, ".tsr");
                let mut bytes = fs::read(&stamp).unwrap();
                let end = bytes.len() - 3;
                flip(&mut bytes, end);
                fs::write(stamp, bytes).unwrap();
            },
            (WRONG, ".tsr", "time-stamp"),
        ),
        (
            "the time-stamp of another manifest",
            |kept, root| {
                fs::copy(kept.second_in(root, ".tsr"), kept.first_in(root, ".tsr")).unwrap();
            },
            (WRONG, ".tsr", "time-stamp"),
        ),
        (
            "a time-stamp for its certificates",
            |kept, root| fs::remove_file(kept.first_in(root, ".tsr")).unwrap(),
            (WRONG, ".pem", "time-stamp"),
        ),
        (
            "certificates of a time-stamp",
            |kept, root| {
                let pem = kept.first_in(root, ".pem");
                let text = fs::read_to_string(&pem).unwrap();
                fs::write(pem, text.replacen("MI", "MJ", 1)).unwrap();
            },
            (WRONG, ".pem", "time-stamp authority"),
        ),
        (
            "the digest of a package",
            |kept, root| {
                replace_in(&kept.first_in(root, "dossier.wacz.sha256"), "  dossier.wacz", " *dossier.wacz");
            },
            (WRONG, "dossier.wacz", "file digest"),
        ),
        (
            "the package of another run",
            |kept, root| {
                fs::copy(kept.second_in(root, "dossier.wacz"), kept.first_in(root, "dossier.wacz")).unwrap();
            },
            (WRONG, "dossier.wacz", "manifest of the package"),
        ),
        (
            "a package",
            |kept, root| fs::remove_file(kept.first_in(root, "dossier.wacz")).unwrap(),
            (WRONG, "dossier.wacz.sha256", "file digest"),
        ),
        (
            "a file that nobody lists",
            |kept, root| {
                let folder = kept.first_in(root, "manifest.json");
                fs::write(folder.with_file_name("notes.txt"), "who wrote this?").unwrap();
            },
            (OPEN, "notes.txt", "file digest"),
        ),
        (
            "the ledger",
            |_, root| fs::remove_file(root.join("archive/ledger.sqlite")).unwrap(),
            (WRONG, "ledger.sqlite", "content"),
        ),
        (
            "a word in the ledger",
            |_, root| {
                let path = root.join("archive/ledger.sqlite");
                let mut bytes = fs::read(&path).unwrap();
                let word: &[u8] = b"\"state\":\"alive\"";
                // A database keeps old copies of its pages here and there.
                let windows = bytes.windows(word.len()).enumerate();
                let starts: Vec<_> =
                    windows.filter(|(_, window)| *window == word).map(|(start, _)| start).collect();
                assert!(!starts.is_empty());
                for start in starts {
                    flip(&mut bytes, start + 10);
                }
                fs::write(path, bytes).unwrap();
            },
            (WRONG, "ledger.sqlite", "hash"),
        ),
    ];
    let kept = Kept::new();
    let right: Value = serde_json::from_str(&verify_archive(kept.path()).exits(0).stdout).unwrap();
    assert_eq!(right["not_checkable"], Value::Array(Vec::new()));
    assert_eq!(right["timestamps"].as_array().unwrap().len(), 4, "{right}");
    for (damage, spoil, expected) in damages {
        let copy: TempDir = kept.copy();
        spoil(&kept, copy.path());
        let ran = verify_archive(copy.path());
        let said: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(ran.code, i32::from(expected.0 == WRONG), "{damage}: {said:#}");
        let mut listed = Vec::new();
        for (outcome, name) in [(WRONG, "wrong"), (OPEN, "not_checkable")] {
            for fault in said[name].as_array().unwrap() {
                let part = |name: &str| fault[name].as_str().unwrap().to_owned();
                listed.push((outcome, part("file"), part("what"), part("item") + ": " + &part("detail")));
            }
        }
        assert_found(damage, *expected, &listed);
        assert!(said["weakest_link"].as_str().unwrap().contains(&listed[0].1), "{damage}: {said:#}");
    }
}
