//! A claim with all that bears on it, for the editor who decides about it.

use super::ink::Ink;
use super::options::TerminalOptions;
use super::page::{Page, Subject};
use crate::dossier::{ClaimFacts, EvidenceFacts};
use crate::ledger::RaisedAlarm;
use crate::report::document::Report;
use crate::report::wording::quoted;
use crate::report::{sign_offs, spot, words};

/// Longest claim and passage shown, in characters.
const LONGEST: usize = 1_200;
/// Passages shown.
const PASSAGES: usize = 3;

/// The claim, what became of its parts, its passages, the alarms about it, and what was decided about it before.
pub(in crate::report) fn claim_to_review(
    report: &Report,
    claim: &ClaimFacts,
    alarms: &[&RaisedAlarm],
    place: &str,
    options: &TerminalOptions,
) -> String {
    let mut page = Page::new(options);
    page.gap();
    let line = claim
        .places
        .first()
        .map(|place| format!(" · {}", spot::words(*place, report.dossier.article.kind)))
        .unwrap_or_default();
    page.heading(&format!("{place}{line} · {}", claim.verdict), "");
    page.paragraph(0, Ink::Strong, &quoted(&claim.text, LONGEST));
    claim.reason.iter().for_each(|reason| page.paragraph(2, Ink::Faint, reason));
    for atom in &claim.atoms {
        let found =
            atom.found.as_ref().map(|found| format!(": {}", quoted(found, LONGEST))).unwrap_or_default();
        let kind = words::kind(atom.kind);
        let outcome = words::outcome(atom.outcome);
        page.paragraph(2, Ink::Plain, &format!("{kind} {}, {outcome}{found}", quoted(&atom.text, LONGEST)));
    }
    for evidence in claim.evidence.iter().take(PASSAGES) {
        passage(&mut page, report, evidence, "");
    }
    for candidate in claim.candidates.iter().take(PASSAGES) {
        passage(&mut page, report, candidate, "by the model alone");
    }
    for raised in alarms {
        let day = raised.raised.strftime("%Y-%m-%d");
        page.paragraph(
            2,
            Ink::Error,
            &format!("since {day}: {} ({})", raised.alarm.message, raised.alarm.source),
        );
    }
    if let Some(decided) = report.sign_off(claim) {
        let ink = if decided.is_settled() { Ink::Good } else { Ink::Warning };
        page.paragraph(0, ink, &sign_offs::words(decided));
    }
    page.into_text()
}

fn passage(page: &mut Page, report: &Report, evidence: &EvidenceFacts, tag: &str) {
    let source = report.source(&evidence.citation);
    let url = source.map(|source| source.url.as_str()).unwrap_or_default();
    page.entry((Ink::Note, "›"), &evidence.citation, Subject::Url(url), tag);
    page.under(Ink::Plain, &quoted(&evidence.passage, LONGEST));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn what_a_model_alone_nominates_is_told_from_what_was_found() {
        let report = Report::new(sample::dossier());
        let shown = |id: &str| {
            let claim = report.claim(id).unwrap();
            claim_to_review(&report, claim, &[], "1 of 1", &TerminalOptions::default())
        };
        let (nominated, found) = (shown("k6"), shown("k1"));
        assert!(
            nominated.contains("by the model alone") && nominated.contains("synthetic flood"),
            "{nominated}"
        );
        assert!(!found.contains("the model") && found.contains("48,000 tonnes"), "{found}");
    }
}
