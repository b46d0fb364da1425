//! Checks a time-stamp of a manifest, and the certificates that were kept with it.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use jiff::{SignedDuration, Timestamp as Time};

use super::outcome::{Findings, TimestampSeen};
use crate::archive::seal::{Roots, Timestamp, TimestampError, Trust, certificates_in};
use crate::digest::Digest;

const WHAT: &str = "time-stamp";
const CHAIN: &str = "time-stamp authority";
/// By how much the clock of an authority and that of a run may differ.
const CLOCKS: SignedDuration = SignedDuration::from_mins(10);
/// Neither a time-stamp nor its certificates are longer.
const LONGEST: u64 = 1 << 20;

/// The manifest that time-stamps are of.
#[derive(Clone, Copy)]
pub(super) struct Stamped<'a> {
    /// Digest of its bytes.
    pub(super) digest: Digest,
    /// When it says that it was made.
    pub(super) created: Time,
    /// What authorities' certificates are to lead to.
    pub(super) roots: &'a Roots,
}

impl Stamped<'_> {
    /// Checks the time-stamp `response` in `file` and the text of its certificates, where they were kept. `pem` is what
    /// messages call that text.
    pub(super) fn check(
        &self,
        (file, response): (&str, &[u8]),
        (pem, certificates): (&str, Option<&[u8]>),
        findings: &mut Findings<'_>,
    ) {
        let beside = certificates.map(certificates_in);
        if beside == Some(None) {
            findings.wrong(pem, "", CHAIN, "holds no certificates as beleg writes them");
        }
        let beside = beside.flatten().unwrap_or_default();
        let timestamp = match Timestamp::verify(response, &self.digest, self.roots, &beside) {
            Ok(timestamp) => timestamp,
            Err(error) if error.is_undecided() => {
                return findings.not_checkable(file, "", WHAT, error.to_string());
            }
            Err(error @ TimestampError::Certificate { .. }) => {
                return findings.wrong(file, "", CHAIN, error.to_string());
            }
            Err(error) => return findings.wrong(file, "", WHAT, error.to_string()),
        };
        if timestamp.time < self.created.saturating_sub(CLOCKS).unwrap_or(Time::MIN) {
            let detail = format!("dates the manifest {}, and it was made {}", timestamp.time, self.created);
            return findings.wrong(file, "", WHAT, detail);
        }
        findings.right(file, WHAT);
        if !beside.iter().all(|der| timestamp.has(der)) {
            findings.wrong(pem, "", CHAIN, "holds a certificate that the time-stamp does not rest on");
        }
        report_trust(file, &timestamp.trust, findings);
        let Timestamp { time, authority, trust, .. } = timestamp;
        findings.verification.timestamps.push(TimestampSeen {
            file: file.to_owned(),
            time,
            authority,
            trust,
        });
    }
}

fn report_trust(file: &str, trust: &Trust, findings: &mut Findings<'_>) {
    let detail = match trust {
        Trust::Named(_) | Trust::Web(_) => return findings.right(file, CHAIN),
        Trust::Unnamed(root) => {
            format!("leads to {root:?}, which came along with it; archive.timestamp_roots says whom to trust")
        }
        Trust::Unknown(issuer) => {
            format!(
                "the certificate of {issuer:?}, which vouches for it, is not at hand; archive.timestamp_roots may name it"
            )
        }
    };
    findings.not_checkable(file, "", CHAIN, detail);
}

/// Reads a file that is never long; `None` where there is none.
pub(super) fn read_short(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?.take(LONGEST).read_to_end(&mut bytes)?,
    };
    Ok(Some(bytes))
}
