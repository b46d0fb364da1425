//! What editors decided about the claims of a report.

use std::collections::HashMap;
use std::io::Write;

use super::document::Report;
use super::error::ReportError;
use super::terminal::{self, TerminalOptions};
use crate::dossier::ClaimFacts;
use crate::ledger::{RaisedAlarm, SignedOff};

/// The latest decision about each claim, by the words of the claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOffs(HashMap<String, SignedOff>);

impl SignOffs {
    /// The decisions that the ledger has.
    pub fn new(decided: HashMap<String, SignedOff>) -> Self {
        Self(decided)
    }
}

impl Report {
    /// The report with what editors decided.
    #[must_use]
    pub fn with_sign_offs(self, sign_offs: SignOffs) -> Self {
        Self { sign_offs, ..self }
    }

    /// What was decided about `claim`.
    pub fn sign_off(&self, claim: &ClaimFacts) -> Option<&SignedOff> {
        self.sign_offs.0.get(&claim.text)
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

/// A decision in words, such as `confirmed by A. Editor on 2026-11-26: the source was called`.
pub(super) fn words(decided: &SignedOff) -> String {
    let sign_off = &decided.sign_off;
    let note = sign_off.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    let day = decided.at.strftime("%Y-%m-%d");
    let reopened = match &decided.reopened_by {
        Some(alarm) => format!(" · open again: the source drifted since (alarm {alarm})"),
        None => String::new(),
    };
    format!("{} by {} on {day}{note}{reopened}", sign_off.decision, sign_off.by)
}
