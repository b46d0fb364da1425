//! What the verdict of a claim rests on, for a terminal.

use super::ink::Ink;
use super::options::TerminalOptions;
use super::page::{Page, Subject};
use crate::evidence::{Explained, Partner};
use crate::report::explained::ExplainedClaim;
use crate::report::wording::quoted;
use crate::report::words;

/// Longest claim and passage shown, in characters.
const LONGEST: usize = 1_200;

/// The claim, its verdict, its parts, and each passage with its features and the words that fired.
pub(in crate::report) fn explained_claim(explained: &ExplainedClaim, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    let explanation = &explained.explanation;
    let weighed = &explanation.weighed;
    page.heading(&format!("{} · {}", explained.claim.id, weighed.verdict), &explained.article);
    page.paragraph(0, Ink::Strong, &quoted(&explained.claim.text, LONGEST));
    weighed.reason.iter().for_each(|reason| page.paragraph(2, Ink::Faint, reason));
    if explained.claim.verdict != weighed.verdict {
        let then = explained.claim.verdict;
        page.paragraph(2, Ink::Warning, &format!("the run found: {then}; the rules are others since"));
    }
    for atom in &weighed.atoms {
        let found =
            atom.found.as_ref().map(|found| format!(": {}", quoted(found, LONGEST))).unwrap_or_default();
        let (kind, outcome) = (words::kind(atom.kind), words::outcome(atom.outcome));
        let source = atom.source.map(|source| format!(" ({source})")).unwrap_or_default();
        page.paragraph(
            2,
            Ink::Plain,
            &format!("{kind} {}, {outcome}{found}{source}", quoted(&atom.text, LONGEST)),
        );
    }
    if !explained.unread.is_empty() {
        let unread = explained.unread.join(", ");
        page.paragraph(2, Ink::Faint, &format!("no text of {unread} is in the archive"));
    }
    for (rank, passage) in explanation.passages.iter().enumerate() {
        page.gap();
        write_passage(&mut page, explained, passage, if rank == 0 { "best" } else { "runner-up" });
    }
    for candidate in &explanation.candidates {
        page.gap();
        write_passage(&mut page, explained, candidate, "by the model alone");
    }
    page.gap();
    page.paragraph(
        0,
        Ink::Faint,
        &format!(
            "{}: below {:.2} a passage says nothing of a claim, from {:.2} on it is surely about the same thing.",
            explanation.rules, explanation.floor, explanation.clear
        ),
    );
    page.into_text()
}

fn write_passage(page: &mut Page, explained: &ExplainedClaim, passage: &Explained, name: &str) {
    let id = passage.source.to_string();
    page.entry(
        (Ink::Note, "›"),
        &id,
        Subject::Url(explained.url(&id)),
        &format!("{name} {:.3}", passage.score),
    );
    page.under(Ink::Plain, &quoted(&passage.text, LONGEST));
    let mut sum: Vec<String> = passage
        .features
        .iter()
        .map(|feature| format!("{} {:.2} × {:.2}", feature.name, feature.weight, feature.share))
        .collect();
    if passage.costs > 0.0 {
        sum.push(format!("costs −{:.2}", passage.costs));
    }
    page.under(
        Ink::Faint,
        &format!("{:.3} = {}", passage.score, sum.join(" + ").replace("+ costs −", "− costs ")),
    );
    if let Some(similarity) = passage.similarity {
        page.under(Ink::Faint, &format!("model similarity {similarity:.3}, no part of the score"));
    }
    let fired: Vec<String> = passage.partners.iter().map(partner).collect();
    if !fired.is_empty() {
        page.under(Ink::Good, &fired.join(" · "));
    }
    if !passage.missing.is_empty() {
        page.under(Ink::Warning, &format!("not there: {}", passage.missing.join(", ")));
    }
}

/// A word in both texts, how sure it is where it is not quite, and what it counts.
fn partner(partner: &Partner) -> String {
    let met = if partner.passage.is_empty() { "part of it".to_owned() } else { partner.passage.join("/") };
    let sure = if partner.strength < 0.995 { format!(" {:.1}", partner.strength) } else { String::new() };
    format!("{} = {met}{sure} ({:.0} %)", partner.claim, partner.weight * 100.0)
}
