//! WARC files with one thing wrong.

use std::fs;
use std::io::{Read as _, Write as _};

use beleg::digest::Digest;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::expected::{Expected, OPEN, WRONG, assert_found, flip, members, said};
use crate::support::Kept;

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

/// The response with other words in its page; its block digest is computed anew where `block` says so.
fn other_page(member: &[u8], block: bool) -> Vec<u8> {
    let text = String::from_utf8(inflate(member)).unwrap().replace("Synthetic page", "Synthetic leaf");
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
    let mut whole = members(&fs::read(warc).unwrap());
    // Whichever answer came first: the one that is spoilt is that of a page.
    let page = whole.iter().position(|member| {
        field(member, "WARC-Type") == "response" && field(member, "WARC-Target-URI").ends_with("/a")
    });
    whole.swap(1, page.unwrap());
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
