//! Every source and every claim, for those who ask for all of it.

use super::ink::Ink;
use super::page::{Page, Subject};
use crate::check::State;
use crate::dossier::{AtomFacts, ClaimFacts, SourceFacts};
use crate::evidence::Verdict;
use crate::report::document::Report;
use crate::report::wording::{clean, quoted};
use crate::report::{sign_offs, spot, words};

/// Longest passage shown, in characters.
const PASSAGE: usize = 400;

/// Writes all sources and all claims.
pub(super) fn write(page: &mut Page, report: &Report) {
    if !report.dossier.citations.is_empty() {
        page.gap();
        page.heading("Sources", "");
        report.dossier.citations.iter().for_each(|cited| source(page, cited));
    }
    if !report.dossier.claims.is_empty() {
        page.gap();
        page.heading("Claims", "");
        report.dossier.claims.iter().for_each(|stated| claim(page, report, stated));
    }
}

fn source(page: &mut Page, source: &SourceFacts) {
    let symbol = match source.state {
        State::Alive => (Ink::Good, "+"),
        State::Dead | State::Unreachable | State::Unchecked => (Ink::Error, "✗"),
        State::Doubtful | State::Blocked => (Ink::Warning, "?"),
    };
    page.entry(symbol, &source.id, Subject::Url(&source.url), &source.state.to_string());
    let detail = clean(&source.detail);
    let remark = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
    page.under(Ink::Faint, &format!("{}{remark}", source.reason.describe()));
}

fn claim(page: &mut Page, report: &Report, claim: &ClaimFacts) {
    let symbol = match claim.verdict {
        Verdict::Located => (Ink::Good, "+"),
        Verdict::PartlyLocated => (Ink::Note, "~"),
        Verdict::Differs => (Ink::Error, "≠"),
        Verdict::NotLocated | Verdict::SourceUnavailable => (Ink::Warning, "?"),
        Verdict::NotCheckable => (Ink::Faint, "·"),
    };
    let line = claim
        .places
        .first()
        .map(|place| spot::brief(*place, report.dossier.article.kind))
        .unwrap_or_default();
    page.entry(symbol, &line, Subject::Text(&claim.text), &claim.verdict.to_string());
    claim.reason.iter().for_each(|reason| page.under(Ink::Faint, reason));
    claim.atoms.iter().for_each(|part| page.under(Ink::Plain, &atom(part)));
    let nominated = claim.candidates.first().map(|candidate| (candidate, " (the model alone nominates it)"));
    if let Some((best, whose)) = claim.evidence.first().map(|best| (best, "")).or(nominated) {
        page.under(Ink::Faint, &format!("{} {}{whose}", best.citation, quoted(&best.passage, PASSAGE)));
        best.link.iter().for_each(|link| page.link_under(link));
    }
    if let Some(decided) = report.sign_off(claim) {
        page.under(if decided.is_settled() { Ink::Good } else { Ink::Warning }, &sign_offs::words(decided));
    }
}

fn atom(atom: &AtomFacts) -> String {
    let found = atom.found.as_ref().map(|found| format!(": {}", quoted(found, PASSAGE))).unwrap_or_default();
    format!(
        "{} {}, {}{found}",
        words::kind(atom.kind),
        quoted(&atom.text, PASSAGE),
        words::outcome(atom.outcome)
    )
}
