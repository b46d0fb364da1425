//! The findings on the first screen: what to mend, what to look at, and many alike folded to one line.

use std::collections::BTreeMap;

use super::ink::Ink;
use super::page::{Page, Subject};
use crate::article::Place;
use crate::dossier::{ClaimFacts, EvidenceFacts};
use crate::report::document::Report;
use crate::report::finding::{Finding, Severity};
use crate::report::rules::rule;
use crate::report::spot;
use crate::report::wording::{count, quoted};

/// Most lines of the article that a folded entry names.
const LINES_NAMED: usize = 12;
/// Longest passage shown, in characters.
const PASSAGE: usize = 280;

/// Writes all findings: errors first, warnings and notes after them.
pub(super) fn write(page: &mut Page, report: &Report, verbose: bool) {
    let errors: Vec<&Finding> = report.of_severity(Severity::Error).collect();
    let warnings: Vec<&Finding> = report.of_severity(Severity::Warning).collect();
    let notes: Vec<&Finding> = report.of_severity(Severity::Note).collect();
    if errors.is_empty() {
        page.paragraph(0, Ink::Good, "beleg found nothing to mend before you publish.");
    } else {
        page.heading("Before you publish", &count(errors.len(), "error"));
        list(page, report, &errors, verbose);
    }
    if warnings.len() + notes.len() > 0 {
        let counts = [count(warnings.len(), "warning"), count(notes.len(), "note")];
        let shown: Vec<&str> =
            counts.iter().map(String::as_str).filter(|text| !text.starts_with("0 ")).collect();
        page.gap();
        page.heading("To look at yourself", &shown.join(", "));
        list(page, report, &warnings, verbose);
        list(page, report, &notes, verbose);
    }
}

/// Lists findings of one severity; of a rule that has many, only the first, and then how many more there are.
fn list(page: &mut Page, report: &Report, findings: &[&Finding], verbose: bool) {
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for found in findings {
        *totals.entry(found.rule).or_default() += 1;
    }
    let mut singles: Vec<&Finding> = Vec::new();
    let mut folded: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for &found in findings {
        let number = seen.entry(found.rule).or_default();
        *number += 1;
        let total = totals.get(found.rule).copied().unwrap_or_default();
        if verbose || *number <= shown(found.severity, total) {
            singles.push(found);
        } else {
            folded.entry(found.rule).or_default().push(found);
        }
    }
    for (index, found) in singles.iter().enumerate() {
        let is_same = |other: Option<&&Finding>| other.is_some_and(|other| is_same_claim(found, other));
        let before = index.checked_sub(1).and_then(|before| singles.get(before));
        let after = singles.get(index + 1);
        single(page, report, found, is_same(before));
        if !after.is_some_and(|after| says_the_same(found, after)) {
            page.under(Ink::Plain, &found.message);
        }
        if !is_same(after) {
            passage(page, report, found);
        }
    }
    for (id, rest) in folded {
        fold(page, report, id, &rest, totals.get(id) == Some(&rest.len()));
    }
}

/// How many of `total` findings of one rule are shown one by one. An editor reads every error, but not forty notes
/// of one kind.
fn shown(severity: Severity, total: usize) -> usize {
    let (many, first) = match severity {
        Severity::Error => (12, 10),
        Severity::Warning => (5, 3),
        Severity::Note => (2, 0),
    };
    if total > many { first } else { total }
}

fn is_same_claim(one: &Finding, other: &Finding) -> bool {
    one.claim.is_some() && one.claim == other.claim
}

/// Whether the message under `other` does for `one` as well: sources that share a fate are listed together.
fn says_the_same(one: &Finding, other: &Finding) -> bool {
    one.claim.is_none() && other.claim.is_none() && one.rule == other.rule && one.message == other.message
}

/// The first line of a finding. Of several in a row about the same sentence, the first shows the sentence.
fn single(page: &mut Page, report: &Report, found: &Finding, is_continued: bool) {
    let source = found.citation.as_deref().and_then(|id| report.source(id));
    let claim = found.claim.as_deref().and_then(|id| report.claim(id));
    let subject = match (claim, source) {
        (Some(_), _) if is_continued => Subject::Text("the same sentence"),
        (Some(claim), _) => Subject::Text(&claim.text),
        (None, Some(source)) => Subject::Url(&source.url),
        (None, None) => Subject::Text(report.dossier.article.path.as_str()),
    };
    let line =
        found.place.filter(|_| !is_continued).map(|place| spot::brief(place, report.dossier.article.kind));
    page.entry(symbol(found), &line.unwrap_or_default(), subject, found.rule);
}

/// The passage that a finding about a claim rests on.
fn passage(page: &mut Page, report: &Report, found: &Finding) {
    let claim = found.claim.as_deref().and_then(|id| report.claim(id));
    if let Some(evidence) = claim.and_then(|claim| shown_passage(found, claim)) {
        page.under(Ink::Faint, &quoted(&evidence.passage, PASSAGE));
        evidence.link.iter().for_each(|link| page.link_under(link));
    }
}

/// The passage to compare the article with, where a page says otherwise.
fn shown_passage<'a>(found: &Finding, claim: &'a ClaimFacts) -> Option<&'a EvidenceFacts> {
    let contradicts = found.severity == Severity::Error || found.rule == "figure/other-currency";
    let of_its_source = |evidence: &&EvidenceFacts| Some(&evidence.citation) == found.citation.as_ref();
    let best = claim.evidence.iter().find(of_its_source).or_else(|| claim.evidence.first());
    best.filter(|_| contradicts)
}

fn fold(page: &mut Page, report: &Report, id: &str, findings: &[&Finding], is_all: bool) {
    let (Some(first), Some(rule)) = (findings.first(), rule(id)) else { return };
    let place = format!("{} {}", findings.len(), if is_all { "times" } else { "more" });
    page.entry(symbol(first), &place, Subject::Text(rule.description), id);
    let mut places: Vec<Place> = findings.iter().filter_map(|found| found.place).collect();
    places.dedup_by_key(|place| (place.page, place.line));
    let more = if places.len() > LINES_NAMED { ", …" } else { "" };
    places.truncate(LINES_NAMED);
    let named = spot::places_in_words(&places, report.dossier.article.kind);
    page.under(Ink::Faint, &format!("{named}{more} (-v lists them)"));
}

fn symbol(found: &Finding) -> (Ink, &'static str) {
    match (found.severity, found.claim.is_some()) {
        (Severity::Error, true) => (Ink::Error, "≠"),
        (Severity::Error, false) => (Ink::Error, "✗"),
        (Severity::Warning, _) => (Ink::Warning, "?"),
        (Severity::Note, _) if found.rule == "citation/duplicate" => (Ink::Note, "="),
        (Severity::Note, _) => (Ink::Note, "·"),
    }
}
