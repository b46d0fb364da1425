//! How a damage is to be told of, and what a verification says.

use std::fs;

use beleg::archive::{Checked, Outcome, WarcReader, verify};

/// How a damage is to come out, and what is to be named: a part of the file's name, and what was checked.
pub(super) type Expected = (Outcome, &'static str, &'static str);

pub(super) const WRONG: Outcome = Outcome::Wrong;
pub(super) const OPEN: Outcome = Outcome::NotCheckable;

/// Asserts that a damage was found as it should be, and that nothing is wrong where it should merely not be checkable.
pub(super) fn assert_found(
    damage: &str,
    (outcome, file, what): Expected,
    listed: &[(Outcome, String, String, String)],
) {
    let found = listed
        .iter()
        .any(|(how, where_, which, _)| *how == outcome && where_.contains(file) && which == what);
    assert!(found, "{damage}: nobody said {outcome:?} {file} {what}, but {listed:#?}");
    if outcome == OPEN {
        assert!(listed.iter().all(|(how, ..)| *how == OPEN), "{damage}: {listed:#?}");
    }
}

/// What a verification of one file says.
pub(super) fn said(name: &str, bytes: &[u8]) -> Vec<(Outcome, String, String, String)> {
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

/// The gzip members of a WARC file.
pub(super) fn members(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = WarcReader::new(bytes);
    let mut members = Vec::new();
    while let Some(record) = reader.next_record().unwrap() {
        let (_, member) = record.finish().unwrap();
        let start = usize::try_from(member.offset).unwrap();
        members.push(bytes[start..start + usize::try_from(member.length).unwrap()].to_vec());
    }
    members
}

/// Flips a bit of a byte.
pub(super) fn flip(bytes: &mut [u8], index: usize) {
    bytes[index] ^= 0x10;
}
