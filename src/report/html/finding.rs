//! Findings as the page shows them.

use serde::Serialize;

use super::claim::EvidenceView;
use super::reference::Reference;
use crate::dossier::ClaimFacts;
use crate::report::document::Report;
use crate::report::finding::{Finding, Severity};
use crate::report::rules::{RULES, Rule};
use crate::report::spot::{self, Step};
use crate::report::wording::clean;

/// One finding.
#[derive(Serialize)]
pub(super) struct FindingView {
    rule: &'static str,
    /// Severity as a word, and the class of its colour.
    severity: &'static str,
    symbol: &'static str,
    place: Vec<Step>,
    message: String,
    source: Option<Reference>,
    claim: Option<Reference>,
    /// Whether it is about the same claim as the one before it, which then need not be shown again.
    again: bool,
    /// The passage to compare the claim with.
    passage: Option<EvidenceView>,
}

/// Notes of one rule.
#[derive(Serialize)]
pub(super) struct NoteGroup {
    description: &'static str,
    findings: Vec<FindingView>,
}

impl FindingView {
    /// What is shown of the findings of one severity.
    pub(super) fn all(report: &Report, severity: Severity) -> Vec<Self> {
        let mut views: Vec<Self> = Vec::new();
        for found in report.of_severity(severity) {
            let mut view = Self::new(report, found);
            let claim = |view: &Self| view.claim.as_ref().map(|claim| claim.id.clone());
            view.again = view.claim.is_some() && views.last().and_then(claim) == claim(&view);
            views.push(view);
        }
        views
    }

    fn new(report: &Report, found: &Finding) -> Self {
        let source = found.citation.as_deref().and_then(|id| report.source(id));
        let claim = found.claim.as_deref().and_then(|id| report.claim(id));
        let kind = report.dossier.article.kind;
        Self {
            rule: found.rule,
            severity: found.severity.word(),
            symbol: symbol(found),
            place: found.place.map(|place| spot::steps(place, kind)).unwrap_or_default(),
            message: clean(&found.message),
            source: source.map(Reference::to_source),
            claim: claim.map(|claim| Reference { id: claim.id.clone(), text: clean(&claim.text) }),
            again: false,
            passage: claim.and_then(|claim| passage(report, found, claim)),
        }
    }
}

impl NoteGroup {
    /// The notes of `report`, by rule.
    pub(super) fn all(report: &Report) -> Vec<Self> {
        let group = |rule: &Rule| {
            let of_rule = report.of_severity(Severity::Note).filter(|found| found.rule == rule.id);
            Self {
                description: rule.description,
                findings: of_rule.map(|found| FindingView::new(report, found)).collect(),
            }
        };
        RULES.iter().map(group).filter(|group| !group.findings.is_empty()).collect()
    }
}

/// The passage that contradicts the claim: the best of the source that the finding names.
fn passage(report: &Report, found: &Finding, claim: &ClaimFacts) -> Option<EvidenceView> {
    let contradicts = found.severity == Severity::Error || found.rule == "figure/other-currency";
    let of_its_source =
        claim.evidence.iter().find(|evidence| Some(&evidence.citation) == found.citation.as_ref());
    let best = of_its_source.or_else(|| claim.evidence.first())?;
    contradicts.then(|| EvidenceView::new(report, best))
}

fn symbol(found: &Finding) -> &'static str {
    match (found.severity, found.claim.is_some()) {
        (Severity::Error, true) => "≠",
        (Severity::Error, false) => "✗",
        (Severity::Warning, _) => "?",
        (Severity::Note, _) if found.rule == "citation/duplicate" => "=",
        (Severity::Note, _) => "·",
    }
}
