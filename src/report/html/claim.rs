//! Claims as the page shows them, with their atoms and passages.

use serde::Serialize;
use url::Url;

use super::badge::Badge;
use super::passage::{Segment, segments};
use super::reference::Reference;
use crate::dossier::{AtomFacts, ClaimFacts, EvidenceFacts};
use crate::evidence::Verdict;
use crate::report::document::Report;
use crate::report::link::href;
use crate::report::spot::{self, Step};
use crate::report::wording::{clean, tame};
use crate::report::{language, sign_offs, words};

/// One claim.
#[derive(Serialize)]
pub(super) struct ClaimView {
    id: String,
    place: Vec<Step>,
    text: String,
    verdict: Badge,
    reason: Option<String>,
    binding: Option<&'static str>,
    sources: Vec<Reference>,
    atoms: Vec<AtomView>,
    evidence: Vec<EvidenceView>,
    /// Whether its evidence is shown from the start.
    open: bool,
    /// What an editor decided about it.
    decided: Option<String>,
}

/// One checkable part of a claim.
#[derive(Serialize)]
struct AtomView {
    kind: &'static str,
    text: String,
    outcome: Badge,
    found: Option<String>,
}

/// One passage.
#[derive(Serialize)]
pub(super) struct EvidenceView {
    source: String,
    host: String,
    /// Code of its language; empty where it cannot be told.
    lang: &'static str,
    prefix: String,
    segments: Vec<Segment>,
    suffix: String,
    score: String,
    /// What a model of embeddings says of it.
    similarity: Option<String>,
    /// Whether the model alone says that it may be worth a look.
    is_candidate: bool,
    href: Option<String>,
}

impl ClaimView {
    /// What is shown of `claim`.
    pub(super) fn new(report: &Report, claim: &ClaimFacts) -> Self {
        let kind = report.dossier.article.kind;
        let sources = claim.citations.iter().filter_map(|id| report.source(id));
        Self {
            id: claim.id.clone(),
            place: claim.places.first().map(|place| spot::steps(*place, kind)).unwrap_or_default(),
            text: clean(&claim.text),
            verdict: Badge::of_verdict(claim.verdict),
            reason: claim.reason.as_deref().map(clean),
            binding: claim.binding.map(words::binding),
            sources: sources.map(Reference::to_source).collect(),
            atoms: claim.atoms.iter().map(AtomView::new).collect(),
            evidence: passages(report, claim),
            open: claim.verdict == Verdict::Differs,
            decided: report.sign_off(claim).map(|decided| clean(&sign_offs::words(decided))),
        }
    }
}

/// The passages of `claim`, and what a model nominates beside them.
fn passages(report: &Report, claim: &ClaimFacts) -> Vec<EvidenceView> {
    let candidate = |evidence| EvidenceView { is_candidate: true, ..EvidenceView::new(report, evidence) };
    let evidence = claim.evidence.iter().map(|evidence| EvidenceView::new(report, evidence));
    evidence.chain(claim.candidates.iter().map(candidate)).collect()
}

impl AtomView {
    fn new(atom: &AtomFacts) -> Self {
        Self {
            kind: words::kind(atom.kind),
            text: clean(&atom.text),
            outcome: Badge::of_outcome(atom.outcome, words::outcome(atom.outcome)),
            found: atom.found.as_deref().map(clean),
        }
    }
}

impl EvidenceView {
    /// What is shown of `evidence`.
    pub(super) fn new(report: &Report, evidence: &EvidenceFacts) -> Self {
        let url = report.source(&evidence.citation).map(|source| source.url.as_str()).unwrap_or_default();
        Self {
            source: clean(&evidence.citation),
            host: host(url),
            lang: language::of_text(&evidence.passage).unwrap_or_default(),
            prefix: tame(&evidence.prefix),
            segments: segments(evidence),
            suffix: tame(&evidence.suffix),
            score: format!("{:.2}", evidence.score),
            similarity: evidence.similarity.map(|similarity| format!("{similarity:.2}")),
            is_candidate: false,
            href: evidence.link.as_deref().and_then(href),
        }
    }
}

/// The host of `url`, or all of it where it has none.
pub(super) fn host(url: &str) -> String {
    let parsed = Url::parse(url).ok();
    clean(parsed.as_ref().and_then(Url::host_str).unwrap_or(url))
}
