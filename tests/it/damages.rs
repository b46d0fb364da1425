//! Archives with one thing wrong, each made from one that is right: what `beleg verify` says of them, and about what.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use beleg::archive::{Checked, Outcome, WarcReader, verify};
use beleg::digest::Digest;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::support::{Kept, verify_archive};

/// How a damage is to come out, and what is to be named: a part of the file's name, and what was checked.
type Expected = (Outcome, &'static str, &'static str);

const WRONG: Outcome = Outcome::Wrong;
const OPEN: Outcome = Outcome::NotCheckable;

/// Asserts that a damage was found as it should be, and that nothing is wrong where it should merely not be checkable.
fn assert_found(damage: &str, (outcome, file, what): Expected, listed: &[(Outcome, String, String, String)]) {
    let found = listed
        .iter()
        .any(|(how, where_, which, _)| *how == outcome && where_.contains(file) && which == what);
    assert!(found, "{damage}: nobody said {outcome:?} {file} {what}, but {listed:#?}");
    if outcome == OPEN {
        assert!(listed.iter().all(|(how, ..)| *how == OPEN), "{damage}: {listed:#?}");
    }
}

/// What a verification of one file says.
fn said(name: &str, bytes: &[u8]) -> Vec<(Outcome, String, String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let mut listed = Vec::new();
    let mut sink = |checked: Checked| {
        let Checked { file, item, what, outcome, detail } = checked;
        listed.push((outcome, file, what.to_owned(), format!("{item}: {detail}")));
    };
    verify(&path, &mut sink).unwrap();
    listed
}

// WARC files.

/// The gzip members of a WARC file.
fn members(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = WarcReader::new(bytes);
    let mut members = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        let (_, member) = record.finish().unwrap();
        let start = usize::try_from(member.offset).unwrap();
        members.push(bytes[start..start + usize::try_from(member.length).unwrap()].to_vec());
    }
    members
}

fn inflate(member: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(member).read_to_end(&mut bytes).unwrap();
    bytes
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes).unwrap();
    gzip.finish().unwrap()
}

/// The member with `from` replaced by `to` in its record, which must be there.
fn edited(member: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(inflate(member)).unwrap();
    assert!(text.contains(from), "no {from:?} in {text}");
    deflate(text.replacen(from, to, 1).as_bytes())
}

/// The value of a field of the record.
fn field(member: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(&inflate(member)).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default();
    line.to_owned()
}

/// Changes the members of a WARC file whose second is a response.
type Spoil = fn(&mut Vec<Vec<u8>>);

fn flip(bytes: &mut [u8], index: usize) {
    bytes[index] ^= 0x10;
}

/// The response with other words in its page; its block digest is computed anew where `block` says so.
fn other_page(member: &[u8], block: bool) -> Vec<u8> {
    let text = String::from_utf8(inflate(member)).unwrap().replace("Synthetic page A", "Synthetic page X");
    let (header, body) = text.split_once("\r\n\r\n").unwrap();
    let stated = field(member, "WARC-Block-Digest");
    let block_bytes = body.strip_suffix("\r\n\r\n").unwrap();
    let anew = if block { Digest::of(block_bytes.as_bytes()).labelled() } else { stated.clone() };
    deflate(format!("{}\r\n\r\n{body}", header.replace(&stated, &anew)).as_bytes())
}

#[test]
fn damaged_warc_files_are_found_out() {
    let damages: &[(&str, Spoil, Expected)] = &[
        ("nothing", |_| (), (OPEN, "", "")),
        ("a byte of deflate data", |all| flip(&mut all[1], 60), (WRONG, "x.warc.gz", "gzip member")),
        (
            "the checksum of a member",
            |all| {
                let at = all[1].len() - 8;
                flip(&mut all[1], at);
            },
            (WRONG, "x.warc.gz", "gzip member"),
        ),
        (
            "the length in a member",
            |all| {
                let at = all[1].len() - 1;
                flip(&mut all[1], at);
            },
            (WRONG, "x.warc.gz", "gzip member"),
        ),
        ("a reserved flag of gzip", |all| all[1][3] = 0x80, (WRONG, "x.warc.gz", "gzip member")),
        (
            "the end cut off",
            |all| {
                all.last_mut().unwrap().pop();
            },
            (WRONG, "x.warc.gz", "gzip member"),
        ),
        (
            "bytes between records",
            |all| all.insert(1, b"between".to_vec()),
            (WRONG, "x.warc.gz", "gzip member"),
        ),
        ("bytes after the last record", |all| all.push(vec![0; 9]), (WRONG, "x.warc.gz", "gzip member")),
        (
            "two records in one member",
            |all| {
                let second = all.remove(2);
                all[1] = deflate(&[inflate(&all[1]), inflate(&second)].concat());
            },
            (WRONG, "x.warc.gz", "gzip member"),
        ),
        (
            "all records in one member",
            |all| {
                let text: Vec<u8> = all.iter().flat_map(|member| inflate(member)).collect();
                *all = vec![deflate(&text)];
            },
            (WRONG, "x.warc.gz", "gzip member"),
        ),
        ("another page", |all| all[1] = other_page(&all[1], false), (WRONG, "x.warc.gz", "block digest")),
        (
            "another page with a new block digest",
            |all| all[1] = other_page(&all[1], true),
            (WRONG, "x.warc.gz", "payload digest"),
        ),
        (
            "a digest that is none",
            |all| all[1] = edited(&all[1], "WARC-Block-Digest: sha256:", "WARC-Block-Digest: sha256:zz"),
            (WRONG, "x.warc.gz", "block digest"),
        ),
        (
            "a digest of a kind that is not computed",
            |all| all[1] = edited(&all[1], "WARC-Block-Digest: sha256:", "WARC-Block-Digest: blake3:"),
            (OPEN, "x.warc.gz", "block digest"),
        ),
        (
            "no block digest",
            |all| all[1] = edited(&all[1], "WARC-Block-Digest", "X-Block-Digest"),
            (OPEN, "x.warc.gz", "block digest"),
        ),
        (
            "a block cut short",
            |all| all[1] = edited(&all[1], "</p>", ""),
            (WRONG, "x.warc.gz", "Content-Length"),
        ),
        (
            "a block with more than it says",
            |all| all[1] = edited(&all[1], "</p>", "</p></p>"),
            (WRONG, "x.warc.gz", "Content-Length"),
        ),
        (
            "no date",
            |all| all[1] = edited(&all[1], "WARC-Date", "X-Date"),
            (WRONG, "x.warc.gz", "record header"),
        ),
        (
            "a date that is none",
            |all| all[1] = edited(&all[1], "WARC-Date: 2", "WARC-Date: soon 2"),
            (WRONG, "x.warc.gz", "record header"),
        ),
        (
            "an id without brackets",
            |all| {
                let id = field(&all[1], "WARC-Record-ID");
                all[1] = edited(&all[1], &id, id.trim_matches(['<', '>']));
            },
            (WRONG, "x.warc.gz", "record header"),
        ),
        (
            "a line without a colon",
            |all| all[1] = edited(&all[1], "WARC-Date:", "WARC-Date"),
            (WRONG, "x.warc.gz", "record header"),
        ),
        (
            "another version",
            |all| all[1] = edited(&all[1], "WARC/1.1", "WARC/9.1"),
            (WRONG, "x.warc.gz", "record header"),
        ),
        (
            "a response of nothing",
            |all| all[1] = edited(&all[1], "WARC-Target-URI", "X-Target-URI"),
            (WRONG, "x.warc.gz", "record header"),
        ),
        (
            "a field twice",
            |all| all[1] = edited(&all[1], "WARC-Date:", "WARC-Type: response\r\nWARC-Date:"),
            (WRONG, "x.warc.gz", "record header"),
        ),
        (
            "a record twice",
            |all| {
                let again = all[1].clone();
                all.push(again);
            },
            (WRONG, "x.warc.gz", "record id"),
        ),
        (
            "the response of a request",
            |all| {
                all.remove(1);
            },
            (OPEN, "x.warc.gz", "concurrent reference"),
        ),
        (
            "the first record",
            |all| {
                all.remove(0);
            },
            (OPEN, "x.warc.gz", "warcinfo reference"),
        ),
    ];
    let kept = Kept::new();
    let warc = kept.first(".warc.gz");
    let whole = members(&fs::read(warc).unwrap());
    assert_eq!(
        (field(&whole[0], "WARC-Type"), field(&whole[1], "WARC-Type")),
        ("warcinfo".into(), "response".into())
    );
    for (damage, spoil, expected) in damages {
        let mut all = whole.clone();
        spoil(&mut all);
        let listed = said("x.warc.gz", &all.concat());
        match expected.1 {
            // Nothing is damaged.
            "" => assert!(listed.is_empty(), "{damage}: {listed:#?}"),
            _ => assert_found(damage, *expected, &listed),
        }
    }
}

// Packages.

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
                    lines[0] = lines[0].replacen("recordDigest\":\"sha256:", "recordDigest\":\"sha256:0", 1)
                })
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

// Archive folders.

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
                replace_in(&kept.first_in(root, "dossier.wacz.sha256"), "  dossier.wacz", " *dossier.wacz")
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
                let word = b"\"state\":\"alive\"";
                let start = bytes.windows(word.len()).position(|window| window == word).unwrap();
                bytes[start + 10] ^= 1;
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
