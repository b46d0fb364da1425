//! The report: a dossier and what follows from it.

use std::sync::Arc;

use super::finding::{Finding, Severity};
use super::rules;
use super::sign_offs::SignOffs;
use super::summary::Summary;
use crate::dossier::{ClaimFacts, Dossier, SourceFacts};

/// One article's report.
#[derive(Clone, Debug)]
pub struct Report {
    /// What the run found out.
    pub dossier: Arc<Dossier>,
    /// What an editor should know of it, gravest first, then in the order of the article.
    pub findings: Vec<Finding>,
    /// The counts.
    pub summary: Summary,
    /// What editors decided about its claims.
    pub sign_offs: SignOffs,
}

impl Report {
    /// The report of `dossier`.
    pub fn new(dossier: impl Into<Arc<Dossier>>) -> Self {
        let dossier = dossier.into();
        let findings = rules::find(&dossier);
        let summary = Summary::new(&dossier, &findings);
        Self { dossier, findings, summary, sign_offs: SignOffs::default() }
    }

    /// The findings of one severity.
    pub fn of_severity(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.severity == severity)
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&SourceFacts> {
        numbered(&self.dossier.citations, id, |source| &source.id)
    }

    /// The claim with this id.
    pub fn claim(&self, id: &str) -> Option<&ClaimFacts> {
        numbered(&self.dossier.claims, id, |claim| &claim.id)
    }
}

/// The item called `id`. Ids count from 1 in order, so it is looked for there first; a dossier that came from
/// elsewhere may number otherwise, and is searched.
fn numbered<'a, T>(items: &'a [T], id: &str, name: impl Fn(&T) -> &String) -> Option<&'a T> {
    let number: Option<usize> = id.get(1..).and_then(|digits| digits.parse().ok());
    let at_its_place = number.and_then(|number| items.get(number.checked_sub(1)?));
    at_its_place.filter(|item| name(item) == id).or_else(|| items.iter().find(|item| name(item) == id))
}
