//! The counts of a report.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{Finding, Severity};
use crate::check::State;
use crate::dossier::Dossier;
use crate::evidence::Verdict;

/// The states of a source in the order they are shown.
pub(super) const STATES: [State; 6] =
    [State::Alive, State::Doubtful, State::Blocked, State::Dead, State::Unreachable, State::Unchecked];

/// The verdicts of a claim in the order they are shown.
pub(super) const VERDICTS: [Verdict; 6] = [
    Verdict::Located,
    Verdict::PartlyLocated,
    Verdict::Differs,
    Verdict::NotLocated,
    Verdict::NotCheckable,
    Verdict::SourceUnavailable,
];

/// The counts of a report. Every state, verdict and severity has its entry, with 0 where there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Citations: every place at which a source is cited.
    pub citations: usize,
    /// Sources: distinct URLs.
    pub sources: usize,
    /// Sources by state.
    pub states: BTreeMap<State, usize>,
    /// Claims.
    pub claims: usize,
    /// Claims by verdict.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Findings by severity.
    pub findings: BTreeMap<Severity, usize>,
    /// Sources of which the archive has a capture.
    pub captures: usize,
    /// Bytes of the payloads of those captures.
    pub bytes: u64,
}

impl Summary {
    /// Counts `dossier` and the `findings` made from it.
    pub fn new(dossier: &Dossier, findings: &[Finding]) -> Self {
        let captured = || dossier.citations.iter().filter(|source| source.capture.is_some());
        Self {
            citations: dossier.citations.iter().map(|source| source.places.len()).sum(),
            sources: dossier.citations.len(),
            states: tally(STATES, dossier.citations.iter().map(|source| source.state)),
            claims: dossier.claims.len(),
            verdicts: tally(VERDICTS, dossier.claims.iter().map(|claim| claim.verdict)),
            findings: tally(Severity::ALL, findings.iter().map(|finding| finding.severity)),
            captures: captured().count(),
            bytes: captured().filter_map(|source| source.bytes).fold(0, u64::saturating_add),
        }
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.get(&severity).copied().unwrap_or_default()
    }
}

fn tally<K: Ord>(all: impl IntoIterator<Item = K>, seen: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts: BTreeMap<K, usize> = all.into_iter().map(|key| (key, 0)).collect();
    for key in seen {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, sample};

    #[test]
    fn counts_places_as_citations_and_urls_as_sources() {
        let report = Report::new(sample::dossier());
        let places: usize = report.dossier.citations.iter().map(|source| source.places.len()).sum();
        assert_eq!(report.summary.citations, places);
        assert_eq!(report.summary.sources, report.dossier.citations.len());
        assert!(report.summary.citations > report.summary.sources);
    }

    #[test]
    fn every_count_adds_up_to_its_whole() {
        let Report { dossier, findings, summary, .. } = Report::new(sample::dossier());
        assert_eq!(summary.states.values().sum::<usize>(), dossier.citations.len());
        assert_eq!(summary.verdicts.values().sum::<usize>(), dossier.claims.len());
        assert_eq!(summary.findings.values().sum::<usize>(), findings.len());
    }

    #[test]
    fn shows_zeros_rather_than_gaps() {
        let summary = Summary::new(&sample::empty(), &[]);
        let json = serde_json::to_value(&summary).unwrap();
        assert_eq!(json["states"]["dead"], 0);
        assert_eq!(json["verdicts"]["source_unavailable"], 0);
        assert_eq!(json["findings"]["error"], 0);
    }
}
