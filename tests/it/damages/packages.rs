//! Packages with one thing wrong.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use beleg::digest::Digest;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::expected::{Expected, OPEN, WRONG, assert_found, flip, members, said};
use crate::support::Kept;

/// The entries of a package.
struct Entries(Vec<(String, Vec<u8>)>);

impl Entries {
    fn read(path: &Path) -> Self {
        let mut zip = ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
        let mut entries = Vec::new();
        for index in 0..zip.len() {
            let mut entry = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            entries.push((entry.name().unwrap().into_owned(), bytes));
        }
        Self(entries)
    }

    /// The file again; WARC files deflated too where `deflated` says so.
    fn write(&self, deflated: bool) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            let stored = name.starts_with("archive/") && !deflated;
            let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn bytes(&mut self, end: &str) -> &mut Vec<u8> {
        let found = self.0.iter_mut().find(|(name, _)| name.ends_with(end));
        &mut found.unwrap_or_else(|| panic!("no entry {end}")).1
    }

    fn text(&mut self, end: &str) -> String {
        String::from_utf8(self.bytes(end).clone()).unwrap()
    }

    fn remove(&mut self, end: &str) {
        let before = self.0.len();
        self.0.retain(|(name, _)| !name.ends_with(end));
        assert!(self.0.len() < before, "no entry {end}");
    }

    /// Replaces in an entry what must be there.
    fn replace(&mut self, end: &str, from: &str, to: &str) {
        let text = self.text(end);
        assert!(text.contains(from), "no {from:?} in {text}");
        *self.bytes(end) = text.replacen(from, to, 1).into_bytes();
    }

    /// Lists the entries as they are now, as a forger without the key would.
    fn list_anew(&mut self) {
        let mut list: Value = serde_json::from_slice(self.bytes("datapackage.json")).unwrap();
        let resources = list["resources"].as_array_mut().unwrap();
        for resource in resources {
            let (path, hash, bytes) = {
                let path = resource["path"].as_str().unwrap().to_owned();
                let Some((_, bytes)) = self.0.iter().find(|(name, _)| *name == path) else { continue };
                (path, Digest::of(bytes).labelled(), bytes.len())
            };
            resource["path"] = path.into();
            resource["hash"] = hash.into();
            resource["bytes"] = bytes.into();
        }
        *self.bytes("datapackage.json") = serde_json::to_vec(&list).unwrap();
        self.digest_anew();
    }

    fn digest_anew(&mut self) {
        let hash = Digest::of(self.bytes("datapackage.json")).labelled();
        let mut digest: Value = serde_json::from_slice(self.bytes("datapackage-digest.json")).unwrap();
        digest["hash"] = hash.into();
        *self.bytes("datapackage-digest.json") = serde_json::to_vec(&digest).unwrap();
    }

    /// Changes the lines of the index, and lists it anew.
    fn index(&mut self, change: impl FnOnce(&mut Vec<String>)) {
        let mut lines: Vec<String> = self.text("index.cdx").lines().map(str::to_owned).collect();
        change(&mut lines);
        *self.bytes("index.cdx") = (lines.join("\n") + "\n").into_bytes();
        self.list_anew();
    }
}

type SpoilPackage = fn(&mut Entries);

#[test]
fn damaged_packages_are_found_out() {
    let damages: &[(&str, SpoilPackage, Expected)] = &[
        ("the pages", |all| all.remove("pages.jsonl"), (WRONG, "x.wacz", "required file")),
        ("the index", |all| all.remove("index.cdx"), (WRONG, "x.wacz", "required file")),
        ("the captures", |all| all.remove(".warc.gz"), (WRONG, "x.wacz", "required file")),
        (
            "another digest of a record",
            |all| {
                all.index(|lines| {
                    lines[0] = lines[0].replacen("recordDigest\":\"sha256:", "recordDigest\":\"sha256:0", 1);
                });
            },
            (WRONG, "index.cdx", "index line"),
        ),
        (
            "another place of a record",
            |all| all.index(|lines| lines[0] = lines[0].replacen("\"offset\":\"", "\"offset\":\"1", 1)),
            (WRONG, "index.cdx", "index line"),
        ),
        (
            "another length of a record",
            |all| all.index(|lines| lines[0] = lines[0].replacen("\"length\":\"", "\"length\":\"1", 1)),
            (WRONG, "index.cdx", "index line"),
        ),
        (
            "another URL of a record",
            |all| all.index(|lines| lines[0] = lines[0].replacen("\"url\":\"http", "\"url\":\"https", 1)),
            (WRONG, "index.cdx", "index line"),
        ),
        (
            "a line of the index",
            |all| {
                all.index(|lines| lines.retain(|line| !line.contains("/moved")));
            },
            (WRONG, ".warc.gz", "index line"),
        ),
        (
            "the order of the index",
            |all| all.index(|lines| lines.reverse()),
            (WRONG, "index.cdx", "index line"),
        ),
        (
            "the signature",
            |all| {
                let mut digest: Value = serde_json::from_str(&all.text("datapackage-digest.json")).unwrap();
                let signature = digest["signedData"]["signature"].as_str().unwrap().to_owned();
                let other = if signature.starts_with('A') { "B" } else { "A" };
                digest["signedData"]["signature"] = format!("{other}{}", &signature[1..]).into();
                *all.bytes("datapackage-digest.json") = serde_json::to_vec(&digest).unwrap();
            },
            (WRONG, "x.wacz", "signature"),
        ),
        (
            "a list that nobody signed",
            |all| {
                all.replace("datapackage.json", "\"title\": \"", "\"title\": \"Another ");
                all.digest_anew();
            },
            (WRONG, "x.wacz", "signature"),
        ),
        (
            "the whole signature",
            |all| {
                let mut digest: Value = serde_json::from_str(&all.text("datapackage-digest.json")).unwrap();
                digest.as_object_mut().unwrap().remove("signedData");
                *all.bytes("datapackage-digest.json") = serde_json::to_vec(&digest).unwrap();
            },
            (OPEN, "x.wacz", "signature"),
        ),
        (
            "the digest of the list",
            |all| all.replace("datapackage.json", "\"title\": \"", "\"title\": \"Another "),
            (WRONG, "x.wacz", "digest of the list"),
        ),
        (
            "a digest for the list",
            |all| all.remove("datapackage-digest.json"),
            (OPEN, "x.wacz", "digest of the list"),
        ),
        ("the list", |all| all.remove("datapackage.json"), (WRONG, "x.wacz", "list of files")),
        (
            "a profile that viewers know",
            |all| all.replace("datapackage.json", "\"data-package\"", "\"wacz\""),
            (WRONG, "x.wacz", "list of files"),
        ),
        (
            "a page",
            |all| all.replace("pages.jsonl", "Synthetic", "Another"),
            (WRONG, "x.wacz", "entry digest"),
        ),
        ("a listed entry", |all| all.remove("claims.json"), (WRONG, "x.wacz", "entry digest")),
        (
            "a list of all entries",
            |all| all.0.push(("provenance/more.txt".into(), b"more".to_vec())),
            (WRONG, "x.wacz", "list of files"),
        ),
        (
            "the report",
            |all| {
                all.replace("dossier.json", "Synthetic page A", "Synthetic page X");
                all.list_anew();
            },
            (WRONG, "x.wacz", "file of the manifest"),
        ),
        (
            "the form of the manifest",
            |all| {
                all.replace("manifest.json", "{", "{ ");
                all.list_anew();
            },
            (WRONG, "x.wacz", "manifest"),
        ),
        (
            "what was dated",
            |all| {
                all.replace("manifest.json", "\"created\":\"2", "\"created\":\"1");
                all.list_anew();
            },
            (WRONG, ".tsr", "time-stamp"),
        ),
        (
            "the certificates of an authority",
            |all| {
                let text = all.text(".pem");
                let one = text.split_inclusive("-----END CERTIFICATE-----\n").next().unwrap().to_owned();
                *all.bytes(".pem") = one.replacen("MI", "MJ", 1).into_bytes();
                all.list_anew();
            },
            (WRONG, ".pem", "time-stamp authority"),
        ),
        (
            "a capture that the manifest lists",
            |all| {
                let warc = all.bytes("-00000.warc.gz");
                let kept: Vec<u8> = members(warc).iter().rev().skip(1).rev().flatten().copied().collect();
                *warc = kept;
                all.list_anew();
            },
            (WRONG, "-00000.warc.gz", "record of the manifest"),
        ),
        (
            "the captures of earlier runs",
            |all| {
                all.remove("originals.warc.gz");
                all.index(|lines| lines.retain(|line| !line.contains("originals")));
            },
            (WRONG, "-00000.warc.gz", "revisit reference"),
        ),
    ];
    let kept = Kept::new();
    let package = kept.second("dossier.wacz");
    let whole = fs::read(&package).unwrap();
    let right = said("x.wacz", &whole);
    assert!(
        right.iter().all(|(outcome, _, what, _)| (*outcome, what.as_str()) == (OPEN, "time-stamp authority"))
    );
    for (damage, spoil, expected) in damages {
        let mut entries = Entries::read(&package);
        spoil(&mut entries);
        let listed = said("x.wacz", &entries.write(false));
        assert_found(damage, *expected, &listed);
    }
    assert_found(
        "deflated",
        (WRONG, "x.wacz", "storage"),
        &said("x.wacz", &Entries::read(&package).write(true)),
    );
    assert_found("cut", (WRONG, "x.wacz", "ZIP structure"), &said("x.wacz", &whole[..whole.len() - 30]));
    let mut flipped = whole.clone();
    let warc = Entries::read(&package).bytes("-00000.warc.gz").clone();
    let start = flipped.windows(warc.len()).position(|window| window == warc).unwrap();
    flip(&mut flipped, start + warc.len() / 2);
    assert_found("a byte of a capture", (WRONG, "x.wacz", "ZIP entry"), &said("x.wacz", &flipped));
}
