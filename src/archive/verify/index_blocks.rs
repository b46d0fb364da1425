//! Checks the list of blocks of a compressed index in a WACZ: where each gzip member of some lines lies, and its digest.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::outcome::Findings;
use super::wacz::{Entry, Package, read_bytes};
use crate::archive::layout::has_extension;
use crate::digest::Digest;

const WHAT: &str = "index block";

/// What a line says of its block.
#[derive(Deserialize)]
struct Block {
    offset: usize,
    length: usize,
    #[serde(default)]
    digest: Option<String>,
    /// Some programs state it in the first line alone.
    #[serde(default)]
    filename: Option<String>,
}

/// What the first line says of all: `!meta 0 {"format": …, "filename": …}`.
#[derive(Deserialize)]
struct Heading {
    filename: String,
}

/// Checks every list of blocks in the package.
pub(super) fn check_blocks(
    package: &mut Package,
    file: &str,
    entries: &BTreeMap<String, Entry>,
    findings: &mut Findings<'_>,
) {
    for name in entries.keys().filter(|name| name.starts_with("indexes/") && has_extension(name, "idx")) {
        let shown = format!("{file}/{name}");
        let read = read_bytes(package, name)
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| std::io::ErrorKind::InvalidData.into()));
        let list = match read {
            Ok(list) => list,
            Err(error) => {
                findings.wrong(&shown, "", WHAT, format!("cannot be read: {error}"));
                continue;
            }
        };
        let heading = list.lines().find(|line| line.starts_with("!meta")).map(json_of);
        let heading = heading.and_then(|json| serde_json::from_str::<Heading>(json).ok());
        let usual = heading.map(|heading| heading.filename).unwrap_or_default();
        let mut index = OpenIndex::default();
        for (line, number) in list.lines().zip(1_u64..).filter(|(line, _)| !line.starts_with("!meta")) {
            match index.fault(line, &usual, package) {
                None => findings.right(&shown, WHAT),
                Some(detail) => findings.wrong(&shown, &format!("line {number}"), WHAT, detail),
            }
        }
    }
}

/// The compressed index that lines are about, as it was last read.
#[derive(Default)]
struct OpenIndex {
    name: String,
    bytes: Vec<u8>,
}

impl OpenIndex {
    /// What is wrong with a line `<surt> <timestamp> <json>`; `None` where nothing is.
    fn fault(&mut self, line: &str, usual: &str, package: &mut Package) -> Option<String> {
        let Ok(block) = serde_json::from_str::<Block>(json_of(line)) else {
            return Some("does not say where its block lies".to_owned());
        };
        let name = block.filename.as_deref().unwrap_or(usual);
        if self.name != name {
            match read_bytes(package, &format!("indexes/{name}")) {
                Ok(bytes) => *self = Self { name: name.to_owned(), bytes },
                Err(error) => return Some(format!("{name} cannot be read: {error}")),
            }
        }
        let end = block.offset.checked_add(block.length);
        let Some(bytes) = end.and_then(|end| self.bytes.get(block.offset..end)) else {
            return Some(format!("its block lies outside of {name}"));
        };
        let stated = block.digest.as_deref().and_then(|digest| Digest::parse(digest).ok())?;
        (Digest::of(bytes) != stated).then(|| "its block has another digest".to_owned())
    }
}

/// The JSON that ends a line.
fn json_of(line: &str) -> &str {
    line.find('{').and_then(|start| line.get(start..)).unwrap_or_default()
}
