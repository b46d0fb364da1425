//! Damages archives in every way, and looks at what a verification says.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use sha1::{Digest as _, Sha1};

use super::{Checked, Outcome, Verification, verify};
use crate::archive::layout::INDEX;
use crate::archive::sample::{Archive, page, redirected_page, text};
use crate::archive::warc::{Deflater, Header, Target, write_member};
use crate::digest::{Digest, Hasher};

fn verified(path: &Path) -> (Verification, Vec<Checked>) {
    let mut listed = Vec::new();
    let verification = verify(path, &mut |checked| listed.push(checked)).unwrap();
    (verification, listed)
}

/// What is wrong, and nothing else: `file | item | what`.
fn wrong(path: &Path) -> Vec<String> {
    let (_, listed) = verified(path);
    let wrong = listed.iter().filter(|checked| checked.outcome == Outcome::Wrong);
    wrong
        .map(|checked| format!("{} | {} | {}: {}", checked.file, checked.item, checked.what, checked.detail))
        .collect()
}

fn small_archive() -> Archive {
    Archive::of(&[page("https://example.org/a", &text(1100)), page("https://example.org/b", &text(1100))])
}

#[test]
fn a_whole_archive_is_right_in_every_part() {
    let archive = Archive::of(&[redirected_page(&text(5000)), page("https://example.org/b", &text(5000))]);
    let (verification, listed) = verified(archive.root());
    assert_eq!(listed, []);
    for what in [
        "gzip member",
        "record header",
        "block digest",
        "payload digest",
        "warcinfo reference",
        "concurrent reference",
        "revisit reference",
        "member digest",
        "record of the manifest",
        "file digest",
        "index line",
        "manifest",
        "manifest chain",
        "manifest of the package",
        "file of the manifest",
        "report",
        "capture of the report",
        "claim of the report",
        "ZIP structure",
        "entry digest",
        "digest of the list",
        "signature",
        "required file",
        "storage",
    ] {
        assert!(verification.right.get(what).is_some_and(|&count| count > 0), "{what}: {verification:?}");
    }
    assert_eq!(verification.manifests.iter().map(|seen| seen.sha256).collect::<Vec<_>>(), [archive.manifest]);
    for part in [&archive.dossier, &archive.dossier.join("manifest.json"), &archive.warc(), &archive.wacz()] {
        assert!(verified(part).0.is_right(), "{part:?}");
    }
}

/// Flips a bit in every byte of the file that `picks` holds for, and gives what is found to `look`.
fn flip_bytes(
    archive: &Archive,
    file: &Path,
    picks: impl Fn(usize) -> bool,
    look: impl Fn(usize, &Verification, &[Checked]),
) {
    let bytes = fs::read(file).unwrap();
    for index in (0..bytes.len()).filter(|&index| picks(index)) {
        let mut flipped = bytes.clone();
        flipped[index] ^= if index % 2 == 0 { 1 } else { 0x80 };
        fs::write(file, &flipped).unwrap();
        let (verification, listed) = verified(archive.root());
        look(index, &verification, &listed);
    }
    fs::write(file, &bytes).unwrap();
    assert!(verified(archive.root()).0.is_right());
}

#[test]
fn every_flipped_byte_of_a_capture_is_found_and_its_record_named() {
    let archive = small_archive();
    let records = &archive.files.warcs[0].entry.records;
    let is_frame = |index: usize| {
        let record = records.iter().rfind(|record| record.offset <= index as u64).unwrap();
        let within = index as u64 - record.offset;
        within < 10 || within + 8 >= record.length
    };
    // Every byte of the gzip headers and trailers, which no digest of WARC covers, and some of all others.
    flip_bytes(
        &archive,
        &archive.warc(),
        |index| index % 17 == 0 || is_frame(index),
        |index, _, listed| {
            let record = records.iter().rfind(|record| record.offset <= index as u64).unwrap();
            let named = |what: &str, item: &str| {
                listed.iter().any(|checked| {
                    checked.outcome == Outcome::Wrong
                        && checked.file == archive.files.warcs[0].entry.path
                        && checked.what == what
                        && checked.item.contains(item)
                })
            };
            assert!(named("file digest", ""), "byte {index}: {listed:#?}");
            assert!(named("member digest", &record.urn()), "byte {index}: {listed:#?}");
        },
    );
}

#[test]
fn every_flipped_byte_of_the_index_is_found_and_its_line_named() {
    let archive = small_archive();
    let lines = fs::read(archive.root().join(INDEX)).unwrap();
    flip_bytes(
        &archive,
        &archive.root().join(INDEX),
        |index| index % 3 == 0,
        |index, _, listed| {
            let line = lines[..index].split(|&byte| byte == b'\n').count();
            let about_index =
                listed.iter().filter(|checked| checked.file == INDEX && checked.outcome == Outcome::Wrong);
            let named: Vec<_> = about_index.map(|checked| checked.item.as_str()).collect();
            assert!(named.contains(&format!("line {line}").as_str()), "byte {index}: {listed:#?}");
            assert_eq!(listed.len(), named.len(), "byte {index}: {listed:#?}");
        },
    );
}

#[test]
fn every_flipped_byte_of_a_dossier_is_found() {
    let archive = small_archive();
    for (name, step) in [("report.json", 17), ("dossier.wacz", 29)] {
        let file = archive.dossier.join(name);
        flip_bytes(
            &archive,
            &file,
            |index| index % step == 0,
            |index, _, listed| {
                let found = listed
                    .iter()
                    .any(|checked| checked.file.ends_with(name) && checked.what == "file digest");
                assert!(found, "byte {index} of {name}: {listed:#?}");
            },
        );
    }
    flip_bytes(
        &archive,
        &archive.dossier.join("manifest.json"),
        |index| index % 17 == 0,
        |index, verification, _| {
            let vouched = verification.manifests.iter().any(|seen| seen.sha256 == archive.manifest);
            assert!(!vouched, "byte {index} of the manifest");
        },
    );
}

#[test]
fn a_package_alone_names_the_entry_that_is_damaged() {
    let archive = small_archive();
    let bytes = fs::read(archive.wacz()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.wacz");
    let warc = fs::read(archive.warc()).unwrap();
    let start = bytes.windows(warc.len()).position(|window| window == warc).unwrap();
    for index in (start..start + warc.len()).step_by(101) {
        let mut flipped = bytes.clone();
        flipped[index] ^= 4;
        fs::write(&copy, &flipped).unwrap();
        let wrong = wrong(&copy);
        assert!(
            wrong.iter().any(|line| line.contains("archive/") && line.contains("ZIP entry")),
            "{wrong:#?}"
        );
    }
    for end in (0..bytes.len()).step_by(97) {
        fs::write(&copy, &bytes[..end]).unwrap();
        assert!(!wrong(&copy).is_empty(), "cut at {end}");
    }
}

/// What is damaged, how, and what a verification says of it.
type Damage = (&'static str, fn(&Archive), &'static str);

#[test]
fn what_is_missing_or_too_much_is_named() {
    let damages: [Damage; 9] = [
        ("a capture", |archive| fs::remove_file(archive.warc()).unwrap(), "is not there, though dossiers/"),
        (
            "the index",
            |archive| fs::remove_file(archive.root().join(INDEX)).unwrap(),
            "index.cdx |  | index: is not there",
        ),
        (
            "the report",
            |archive| fs::remove_file(archive.dossier.join("report.json")).unwrap(),
            "report.json |  | file digest",
        ),
        ("half a capture", |archive| cut(&archive.warc(), 700), "the file ends inside this record"),
        ("the end of the index", |archive| cut(&archive.root().join(INDEX), 1), "its last line has no end"),
        (
            "a garbled manifest",
            |archive| fs::write(archive.dossier.join("manifest.json"), "{").unwrap(),
            "manifest: cannot be read",
        ),
        (
            "a manifest with white space",
            |archive| append(&archive.dossier.join("manifest.json"), b"\n"),
            "canonical form",
        ),
        ("bytes after the records", |archive| append(&archive.warc(), b"xx"), "no gzip member begins here"),
        ("a record after the records", repeat_first_record, "the manifest does not list it"),
    ];
    for (damage, make, expected) in damages {
        let archive = small_archive();
        make(&archive);
        let wrong = wrong(archive.root());
        assert!(wrong.iter().any(|line| line.contains(expected)), "{damage}: {wrong:#?}");
    }
}

fn cut(path: &Path, bytes: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_len(file.metadata().unwrap().len() - bytes).unwrap();
}

fn append(path: &Path, bytes: &[u8]) {
    fs::File::options().append(true).open(path).unwrap().write_all(bytes).unwrap();
}

fn repeat_first_record(archive: &Archive) {
    let length = usize::try_from(archive.files.warcs[0].entry.records[0].length).unwrap();
    let first = fs::read(archive.warc()).unwrap()[..length].to_vec();
    append(&archive.warc(), &first);
}

#[test]
fn a_run_without_a_manifest_is_right_as_far_as_it_goes() {
    let archive = small_archive();
    fs::remove_file(archive.dossier.join("manifest.json")).unwrap();
    let (verification, listed) = verified(archive.root());
    assert!(verification.is_right(), "{listed:#?}");
    assert!(listed.iter().any(|checked| checked.detail.starts_with("no manifest: the run did not end")));
    assert!(verification.right["block digest"] > 0);
}

/// A record as other programs write it.
fn foreign(kind: &str, fields: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut header = Header::default();
    header.push("WARC-Type", kind);
    header.push("WARC-Record-ID", format!("<urn:uuid:{}>", uuid::Uuid::new_v4()));
    header.push("WARC-Date", "2026-11-23T04:12:07Z");
    header.push("WARC-Target-URI", "<https://example.org/>");
    for (name, value) in fields {
        header.push(name, value);
    }
    let mut target = Target { out: Vec::new(), position: 0, hasher: Hasher::default() };
    write_member(&mut target, &mut Deflater::default(), header, b"", block, block.len() as u64).unwrap();
    target.out
}

fn sha1(bytes: &[u8]) -> String {
    format!("sha1:{}", data_encoding::BASE32.encode(&Sha1::digest(bytes)))
}

/// What a verification says of a file with the given bytes.
fn verified_bytes(bytes: &[u8]) -> (Verification, Vec<Checked>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("foreign.warc.gz");
    fs::write(&path, bytes).unwrap();
    verified(&path)
}

#[test]
fn both_payload_digests_of_a_chunked_body_are_accepted_and_told_apart() {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let coded = "5\r\nhello\r\n0\r\n\r\n";
    let block = format!("{head}{coded}");
    let type_of = ("Content-Type", "application/http; msgtype=response");
    for (digest, what) in [
        (sha1(coded.as_bytes()), Some("payload digest")),
        (sha1(b"hello"), Some("payload digest, transfer coding removed")),
        (sha1(b"other"), None),
    ] {
        let fields =
            [type_of, ("WARC-Payload-Digest", &digest), ("WARC-Block-Digest", &sha1(block.as_bytes()))];
        let (verification, listed) = verified_bytes(&foreign("response", &fields, block.as_bytes()));
        match what {
            Some(what) => {
                assert_eq!((verification.right.get(what), listed.len()), (Some(&1), 0), "{listed:#?}");
            }
            None => assert_eq!((verification.wrong, listed[0].what), (1, "payload digest")),
        }
    }
}

#[test]
fn digests_that_cannot_be_computed_are_not_called_wrong() {
    let (verification, listed) =
        verified_bytes(&foreign("resource", &[("Content-Type", "text/plain")], b"x"));
    assert_eq!((verification.wrong, verification.not_checkable), (0, 1), "{listed:#?}");
}

#[test]
fn damaged_files_of_other_programs_are_described() {
    let good = foreign("resource", &[("WARC-Block-Digest", &Digest::of(b"x").labelled())], b"x");
    let two = [inflate(&good), inflate(&good)].concat();
    let cases: [(Vec<u8>, &str); 9] = [
        (b"hello, this is no archive".to_vec(), "no gzip member begins here"),
        (gzip(b"hello"), "a line does not end in CR LF"),
        (gzip(b"<html>\r\n\r\n"), "does not begin with WARC/1.0 or WARC/1.1"),
        (gzip(&two), "more than one record"),
        (
            gzip(&replaced(&good, "Content-Length: 1", "Content-Length: 0")),
            "two line ends should follow the 0 bytes",
        ),
        (gzip(&replaced(&good, "Content-Length: 1", "Content-Length: 9")), "the block has 5"),
        (gzip(&replaced(&good, "WARC-Date: 2026", "WARC-Date: MMXX")), "is not a date"),
        (foreign("resource", &[("WARC-Block-Digest", "sha1:ABC")], b"x"), "is not a digest"),
        ([good.clone(), good.clone()].concat(), "the same id"),
    ];
    for (bytes, expected) in cases {
        let (verification, listed) = verified_bytes(&bytes);
        assert!(verification.wrong > 0, "{expected}");
        assert!(listed.iter().any(|checked| checked.detail.contains(expected)), "{expected}: {listed:#?}");
    }
}

#[test]
fn damage_does_not_hide_the_records_after_it() {
    let fields = [("WARC-Block-Digest", &*Digest::of(b"x").labelled())];
    let (first, second, third) = (
        foreign("resource", &fields, b"x"),
        foreign("resource", &fields, b"x"),
        foreign("resource", &fields, b"y"),
    );
    let mut bytes = [first.clone(), second, third].concat();
    bytes[first.len() / 2] ^= 0xff;
    let (verification, listed) = verified_bytes(&bytes);
    assert_eq!(verification.right["gzip member"], 2, "{listed:#?}");
    assert!(listed.iter().any(|checked| checked.what == "block digest"), "{listed:#?}");
}

fn inflate(member: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    std::io::copy(&mut flate2::read::GzDecoder::new(member), &mut bytes).unwrap();
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn replaced(member: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(inflate(member)).unwrap();
    assert!(text.contains(from), "{text}");
    text.replace(from, to).into_bytes()
}
