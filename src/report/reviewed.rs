//! A report with what editors decided about its claims.

use std::io::Write;

use super::document::Report;
use super::error::ReportError;
use super::sign_offs::SignOffs;
use super::terminal::{self, TerminalOptions};
use crate::dossier::ClaimFacts;
use crate::ledger::{RaisedAlarm, SignedOff};

impl Report {
    /// The report with what editors decided.
    #[must_use]
    pub fn with_sign_offs(self, sign_offs: SignOffs) -> Self {
        Self { sign_offs, ..self }
    }

    /// What was decided about `claim`.
    pub fn sign_off(&self, claim: &ClaimFacts) -> Option<&SignedOff> {
        self.sign_offs.about(claim)
    }

    /// The decisions about claims of this report, in the order of the claims, each with the claim's id.
    pub(super) fn decided(&self) -> impl Iterator<Item = (&str, &SignedOff)> {
        let claims = self.dossier.claims.iter();
        claims.filter_map(|claim| Some((claim.id.as_str(), self.sign_off(claim)?)))
    }

    /// Whether an editor has still to decide about `claim`: nobody did yet, or its source drifted since.
    pub fn is_open(&self, claim: &ClaimFacts) -> bool {
        !self.sign_off(claim).is_some_and(SignedOff::is_settled)
    }

    /// Writes one claim with its passages, for whoever decides about it. `alarms` were raised about it; `place` says which
    /// of how many it is.
    pub fn write_claim(
        &self,
        claim: &ClaimFacts,
        alarms: &[&RaisedAlarm],
        place: &str,
        options: &TerminalOptions,
        out: &mut dyn Write,
    ) -> Result<(), ReportError> {
        out.write_all(terminal::claim_to_review(self, claim, alarms, place, options).as_bytes())?;
        Ok(())
    }
}
