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
    let file = name(&Seal::path(path));
    let fault = |detail: String| LedgerFault::new(&file, "file", "seal", detail);
    match seal {
        Err(BadSeal::NotASeal(detail)) => verification.wrong(fault(format!("it is no seal: {detail}"))),
        Err(BadSeal::Io(error)) => verification.not_checkable(fault(format!("it cannot be read: {error}"))),
        Ok(None) => verification.not_checkable(fault(
            "there is no seal: bytes that no table shows cannot be checked, nor whether last entries were removed"
                .to_owned(),
        )),
        Ok(Some(seal)) => compare(path, seal, snapshot, chain, verification),
    }
}

fn compare(
    path: &Path,
    seal: &Seal,
    snapshot: &Snapshot,
    chain: Option<&Chain>,
    verification: &mut LedgerVerification,
) {
    let ledger = name(path);
    let same_bytes = (seal.sha256, seal.bytes) == (snapshot.sha256, snapshot.bytes);
    let wrong = |detail: String| LedgerFault::new(&ledger, "file", "seal", detail);
    let Some(chain) = chain else {
        return verification.check(same_bytes, || wrong(differs(seal, snapshot)));
    };
    if chain.sealed.as_deref() != Some(seal.head.to_string().as_str()) {
        // Where the bytes fit, it is the seal that was tampered with.
        let file = if same_bytes { name(&Seal::path(path)) } else { ledger };
        let detail = format!(
            "the last entry that was sealed, number {} with the hash {}, is not in the ledger",
            seal.entries, seal.head
        );
        return verification.wrong(LedgerFault::new(&file, "file", "seal", detail));
    }
    match (same_bytes, chain.last > seal.entries) {
        (true, false) => verification.right(),
        (false, true) if chain.whole => verification.not_checkable(earlier(path, seal, chain)),
        (true, true) if snapshot.has_log() => {
            verification.right();
            verification.not_checkable(earlier(path, seal, chain));
        }
        (true, true) => verification.wrong(LedgerFault::new(
            &name(&Seal::path(path)),
            "file",
            "seal",
            format!(
                "it names entry {}, but the bytes it vouches for go up to entry {}",
                seal.entries, chain.last
            ),
        )),
        (false, false) if chain.whole => verification.wrong(wrong(format!(
            "{ledger} differs from its seal in bytes that no table shows: {}",
            differs(seal, snapshot)
        ))),
        (false, _) => verification.wrong(wrong(differs(seal, snapshot))),
    }
}

/// The fault of a seal that was made before the last entries came: a kill between the two leaves it so.
fn earlier(path: &Path, seal: &Seal, chain: &Chain) -> LedgerFault {
    let detail = format!(
        "it was made at entry {}, the ledger goes on to entry {}: a run ended before it could seal; the next one will",
        seal.entries, chain.last
    );
    LedgerFault::new(&name(&Seal::path(path)), "file", "seal", detail)
}

fn differs(seal: &Seal, snapshot: &Snapshot) -> String {
    format!(
        "sealed were {} bytes with SHA-256 {}, found are {} bytes with {}",
        seal.bytes, seal.sha256, snapshot.bytes, snapshot.sha256
    )
}
