//! What came of a verification.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::archive::manifest::ManifestLink;
use crate::archive::seal::{PublicKey, Trust};
use crate::digest::Digest;

/// Whether something is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is.
    Right,
    /// It is not.
    Wrong,
    /// Nothing is there to check it against.
    NotCheckable,
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The file, relative to what was verified.
    pub file: String,
    /// The part of it: a record, a line, an entry. Empty where it is the whole file.
    pub item: String,
    /// What was checked, such as `payload digest`.
    pub what: &'static str,
    /// How it came out.
    pub outcome: Outcome,
    /// What was seen, for people.
    pub detail: String,
}

/// How much was checked, and how it came out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// What is right: how many of each thing that was checked.
    pub right: BTreeMap<&'static str, u64>,
    /// How many things were checked in each file, and how they came out.
    pub files: BTreeMap<String, Tally>,
    /// How many things are wrong.
    pub wrong: u64,
    /// How many cannot be checked.
    pub not_checkable: u64,
    /// Every manifest that was read, for the ledger to vouch for.
    pub manifests: Vec<ManifestSeen>,
    /// Every signature that is right.
    pub signatures: Vec<SignatureSeen>,
    /// Every time-stamp that is right.
    pub timestamps: Vec<TimestampSeen>,
}

/// How many things came out which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Right.
    pub right: u64,
    /// Wrong.
    pub wrong: u64,
    /// Not checkable.
    pub not_checkable: u64,
}

/// A signature that is right. Whose key it is, only somebody outside can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureSeen {
    /// The package, relative to what was verified.
    pub file: String,
    /// The key that signed it.
    pub key: PublicKey,
}

/// A time-stamp that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampSeen {
    /// The time-stamp, relative to what was verified.
    pub file: String,
    /// The time that it gives.
    pub time: Timestamp,
    /// Who gives it.
    pub authority: String,
    /// Who vouches for the authority.
    pub trust: Trust,
}

/// A manifest that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestSeen {
    /// The manifest, relative to what was verified.
    pub file: String,
    /// Its run.
    pub run: String,
    /// When it says that it was made.
    pub created: Timestamp,
    /// The manifest that it says was before it.
    pub previous: Option<ManifestLink>,
    /// Its digest.
    pub sha256: Digest,
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn is_right(&self) -> bool {
        self.wrong == 0
    }

    /// How many things are right.
    pub fn right_in_all(&self) -> u64 {
        self.right.values().sum()
    }
}

/// Counts what is right, and passes on what is not.
pub(super) struct Findings<'a> {
    pub(super) verification: Verification,
    /// The file that was last looked at, and what came of it since.
    at_hand: (String, Tally),
    sink: &'a mut dyn FnMut(Checked),
}

impl<'a> Findings<'a> {
    pub(super) fn new(sink: &'a mut dyn FnMut(Checked)) -> Self {
        Self { verification: Verification::default(), at_hand: (String::new(), Tally::default()), sink }
    }

    /// Everything that came out.
    pub(super) fn finish(mut self) -> Verification {
        self.put_back();
        self.verification
    }

    pub(super) fn right(&mut self, file: &str, what: &'static str) {
        *self.verification.right.entry(what).or_default() += 1;
        self.tally(file).right += 1;
    }

    pub(super) fn wrong(&mut self, file: &str, item: &str, what: &'static str, detail: impl Into<String>) {
        self.verification.wrong += 1;
        self.tally(file).wrong += 1;
        self.pass_on(file, item, what, Outcome::Wrong, detail.into());
    }

    pub(super) fn not_checkable(
        &mut self,
        file: &str,
        item: &str,
        what: &'static str,
        detail: impl Into<String>,
    ) {
        self.verification.not_checkable += 1;
        self.tally(file).not_checkable += 1;
        self.pass_on(file, item, what, Outcome::NotCheckable, detail.into());
    }

    /// Right if `found` is `expected`, and else wrong, with both.
    pub(super) fn compare<T: PartialEq + std::fmt::Display>(
        &mut self,
        (file, item, what): (&str, &str, &'static str),
        found: &T,
        expected: &T,
    ) {
        if found == expected {
            self.right(file, what);
        } else {
            self.wrong(file, item, what, format!("is {found}, and should be {expected}"));
        }
    }

    /// The tally of `file`. Most things are checked one after the other in the same file, so the one at hand is kept apart.
    fn tally(&mut self, file: &str) -> &mut Tally {
        if self.at_hand.0 != file {
            self.put_back();
            file.clone_into(&mut self.at_hand.0);
        }
        &mut self.at_hand.1
    }

    fn put_back(&mut self) {
        let (file, tally) = std::mem::take(&mut self.at_hand);
        if tally != Tally::default() {
            let kept = self.verification.files.entry(file).or_default();
            kept.right += tally.right;
            kept.wrong += tally.wrong;
            kept.not_checkable += tally.not_checkable;
        }
    }

    fn pass_on(&mut self, file: &str, item: &str, what: &'static str, outcome: Outcome, detail: String) {
        (self.sink)(Checked { file: file.to_owned(), item: item.to_owned(), what, outcome, detail });
    }
}
