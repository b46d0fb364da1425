//! What a verification of the ledger found.

use crate::archive::RunId;
use crate::digest::Digest;

/// Faults beyond this many are not listed: one broken page can spoil thousands of rows.
const MOST: usize = 100;

/// What a verification of the ledger found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerVerification {
    /// How many things were checked and are as they must be.
    pub right: u64,
    /// What is not as it must be; the last one says so if there are more than are listed.
    pub wrong: Vec<LedgerFault>,
    /// What could not be checked, and why. A kill may leave such things; they are no damage.
    pub not_checkable: Vec<LedgerFault>,
    /// The dossiers and passes of the ledger, oldest first, to be compared with the files.
    pub dossiers: Vec<ManifestEntry>,
}

/// One thing that is wrong or could not be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerFault {
    /// Name of the file: `ledger.sqlite` and the like.
    pub file: String,
    /// The thing in it, such as `entry 3 (dossier of run 20261124T010000Z-0001)`.
    pub item: String,
    /// What of it was checked, such as `hash` or `seal`.
    pub what: String,
    /// What is the matter: a fragment that reads on from `what`.
    pub detail: String,
}

/// What the ledger says of the files of one dossier or pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestEntry {
    /// Number of the entry that says so.
    pub entry: i64,
    /// The run.
    pub run: RunId,
    /// The dossier folder, relative to the archive folder.
    pub folder: String,
    /// Digest of its `manifest.json`, where one was written.
    pub manifest: Option<Digest>,
    /// Digest of what the entry says of an article, as [`Dossier::digest`](crate::dossier::Dossier::digest) has it.
    pub dossier: Option<Digest>,
}

impl LedgerVerification {
    /// Counts one thing that is right.
    pub(super) fn right(&mut self) {
        self.right += 1;
    }

    /// Notes one thing that is wrong.
    pub(super) fn wrong(&mut self, fault: LedgerFault) {
        if self.wrong.len() < MOST {
            self.wrong.push(fault);
        } else if self.wrong.len() == MOST {
            let detail = "goes on: more is wrong than is listed".to_owned();
            self.wrong.push(LedgerFault {
                item: "file".to_owned(),
                what: "list of faults".to_owned(),
                detail,
                ..fault
            });
        }
    }

    /// Notes one thing that could not be checked.
    pub(super) fn not_checkable(&mut self, fault: LedgerFault) {
        self.not_checkable.push(fault);
    }

    /// Notes that `fault` is wrong unless `is_right`.
    pub(super) fn check(&mut self, is_right: bool, fault: impl FnOnce() -> LedgerFault) {
        if is_right {
            self.right();
        } else {
            self.wrong(fault());
        }
    }
}

impl LedgerFault {
    /// A fault of `item` in `file`.
    pub(super) fn new(file: &str, item: &str, what: &str, detail: impl Into<String>) -> Self {
        Self { file: file.to_owned(), item: item.to_owned(), what: what.to_owned(), detail: detail.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_faults_is_bounded_and_says_so() {
        let mut verification = LedgerVerification::default();
        for _ in 0..1000 {
            verification.wrong(LedgerFault::new("ledger.sqlite", "entry 1", "hash", "differs"));
        }
        assert_eq!(verification.wrong.len(), MOST + 1);
        assert_eq!(verification.wrong[MOST].detail, "goes on: more is wrong than is listed");
    }
}
