//! What editors decided about the claims of a report.

use std::collections::HashMap;

use crate::dossier::ClaimFacts;
use crate::ledger::SignedOff;

/// The latest decision about each claim, by the words of the claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOffs(HashMap<String, SignedOff>);

impl SignOffs {
    /// The decisions that the ledger has.
    pub fn new(decided: HashMap<String, SignedOff>) -> Self {
        Self(decided)
    }

    /// What was decided about `claim`.
    pub(super) fn about(&self, claim: &ClaimFacts) -> Option<&SignedOff> {
        self.0.get(&claim.text)
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
