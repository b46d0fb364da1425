//! The seal: does it fit the bytes of the file, and the entry that it names the chain?

use std::path::Path;

use super::super::seal::{BadSeal, Seal};
use super::chain::Chain;
use super::snapshot::{Snapshot, name};
use super::verification::{LedgerFault, LedgerVerification};

/// Judges the seal of the ledger at `path`. `chain` is `None` where the database could not be read to its end.
pub(super) fn judge(
    path: &Path,
    seal: &Result<Option<Seal>, BadSeal>,
    snapshot: &Snapshot,
    chain: Option<&Chain>,
    verification: &mut LedgerVerification,
) {
    let fault = |detail: &str| LedgerFault::new(&name(&Seal::path(path)), "file", "seal", detail);
    match (seal, chain) {
        (Ok(Some(seal)), Some(chain)) => compare(path, seal, snapshot, chain, verification),
        (Ok(Some(seal)), None) => compare_bytes(path, seal, snapshot, verification),
        (Ok(None), _) => verification.not_checkable(fault(
            "is missing: bytes that no table shows cannot be checked, nor whether last entries were removed",
        )),
        (Err(BadSeal::Io(why)), _) => verification.not_checkable(fault(&format!("cannot be read: {why}"))),
        (Err(BadSeal::NotASeal(why)), _) => {
            verification.wrong(fault(&format!("cannot be understood: {why}")));
        }
    }
}

fn compare(
    path: &Path,
    seal: &Seal,
    snapshot: &Snapshot,
    chain: &Chain,
    verification: &mut LedgerVerification,
) {
    let fault = |detail| LedgerFault::new(&name(&Seal::path(path)), "file", "seal", detail);
    if chain.sealed.as_deref() != Some(seal.head.to_string().as_str()) {
        compare_bytes(path, seal, snapshot, verification);
        return verification.wrong(fault(format!(
            "names entry {} with the hash {} as the last one, and the ledger has no such entry",
            seal.entries, seal.head
        )));
    }
    if chain.last == seal.entries || !chain.whole {
        return compare_bytes(path, seal, snapshot, verification);
    }
    if fits(seal, snapshot) && !snapshot.has_log() {
        return verification.wrong(fault(format!(
            "names entry {} as the last one, but vouches for bytes that go up to entry {}",
            seal.entries, chain.last
        )));
    }
    verification.not_checkable(fault(format!(
        "was made at entry {}, the ledger goes on to entry {}: a run ended before it could seal; the next one will",
        seal.entries, chain.last
    )));
}

fn compare_bytes(path: &Path, seal: &Seal, snapshot: &Snapshot, verification: &mut LedgerVerification) {
    if fits(seal, snapshot) {
        return verification.right();
    }
    let unseen = if verification.wrong.is_empty() { ", though no table shows it" } else { "" };
    let detail = format!(
        "differ from those that {} vouches for{unseen}: {} bytes with SHA-256 {} were sealed, there are {} with {}",
        name(&Seal::path(path)),
        seal.bytes,
        seal.sha256,
        snapshot.bytes,
        snapshot.sha256
    );
    verification.wrong(LedgerFault::new(&name(path), "file", "bytes", detail));
}

fn fits(seal: &Seal, snapshot: &Snapshot) -> bool {
    (seal.sha256, seal.bytes) == (snapshot.sha256, snapshot.bytes)
}
