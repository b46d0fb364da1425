//! Archives that wget, warcio and wacz made: nothing in them is called wrong, and what they do not state is not made up.
//! `tests/foreign/make` says how they came about.

use std::path::{Path, PathBuf};

use beleg::archive::{Checked, Outcome, Verification, verify};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(name)
}

/// What is right in the file, and what is not checkable; nothing is wrong.
fn verified(name: &str) -> (Verification, Vec<String>) {
    let mut open = Vec::new();
    let mut sink = |checked: Checked| {
        assert_eq!(checked.outcome, Outcome::NotCheckable, "{name}: {checked:?}");
        open.push(checked.what.to_owned());
    };
    let verification = verify(&fixture(name), &mut sink).unwrap();
    (verification, open)
}

#[test]
fn wget_is_read_compressed_or_not_with_its_digests() {
    let (compressed, open) = verified("wget.warc.gz");
    assert!(open.is_empty(), "{open:?}");
    assert!(compressed.right["gzip member"] > 10 && compressed.right["block digest"] > 10, "{compressed:?}");
    assert!(compressed.right["payload digest"] >= 5, "{compressed:?}");
    let (plain, open) = verified("wget-plain.warc");
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(plain.right["record"], compressed.right["gzip member"]);
    assert_eq!(plain.right["block digest"], compressed.right["block digest"]);
}

#[test]
fn a_revisit_of_another_file_is_not_checkable_alone() {
    let (verification, open) = verified("wget-dedup.warc.gz");
    assert_eq!(verification.right["block digest"], 9, "{verification:?}");
    let of = |kind: &str| open.iter().filter(|what| *what == kind).count();
    // wget states the digest of nothing for the block of each.
    assert_eq!((of("revisit reference"), of("block digest"), open.len()), (6, 6, 12), "{open:?}");
}

#[test]
fn warcio_is_read_with_its_digests_of_coded_bodies() {
    let (verification, open) = verified("warcio.warc.gz");
    assert!(open.is_empty(), "{open:?}");
    assert!(verification.right["payload digest"] >= 6, "{verification:?}");
    let (verification, open) = verified("browsertrix-like.warc.gz");
    assert!(open.is_empty(), "{open:?}");
    assert!(verification.right["payload digest"] >= 4, "{verification:?}");
}

#[test]
fn packages_of_other_programs_are_right_as_far_as_they_go() {
    for name in ["py-wacz.wacz", "browsertrix-like.wacz"] {
        let (verification, open) = verified(name);
        assert_eq!(open, ["signature"], "{name}");
        for what in
            ["index line", "index block", "required file", "storage", "entry digest", "digest of the list"]
        {
            assert!(
                verification.right.get(what).is_some_and(|&count| count > 0),
                "{name}: {what}: {verification:?}"
            );
        }
    }
    let (_, open) = verified("py-wacz-md5.wacz");
    assert!(
        open.iter().all(|what| ["signature", "entry digest", "digest of the list"].contains(&what.as_str())),
        "{open:?}"
    );
}
