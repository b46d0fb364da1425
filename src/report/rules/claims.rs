//! The rules about claims: what the pages say otherwise, and what they do not say.

use super::finding::finding;
use crate::citation::Binding;
use crate::dossier::{AtomFacts, ClaimFacts};
use crate::evidence::{AtomKind, Outcome, Verdict, WeekdaySlip, Written, weekday_slips};
use crate::report::finding::{Finding, Severity};
use crate::report::wording::quoted;

/// Longest quotation in a message, in characters.
const QUOTED: usize = 120;
/// Most atoms that one message lists.
const LISTED: usize = 4;

/// The findings about `claim`, a sentence `written` so: one for each atom that a page contradicts, else one for its verdict;
/// and what is wrong in the sentence itself.
pub(super) fn of_claim(claim: &ClaimFacts, written: Written<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = claim.atoms.iter().filter_map(atom).collect();
    let contradicted = findings.iter().any(|found| found.severity == Severity::Error);
    findings.extend(verdict(claim, contradicted));
    findings.extend(weekday_slips(&claim.text, written).iter().map(|slip| weekday(&claim.text, slip)));
    for found in &mut findings {
        found.claim = Some(claim.id.clone());
        found.place = claim.places.first().copied();
    }
    findings
}

/// The finding about an atom for which the page has something else.
fn atom(atom: &AtomFacts) -> Option<Finding> {
    let (id, noun) = match (atom.outcome, atom.kind) {
        (Outcome::OtherCurrency, _) => ("figure/other-currency", "amount"),
        (Outcome::Differs | Outcome::Altered, kind) => match kind {
            AtomKind::Figure => ("figure/differs", "figure"),
            AtomKind::Quotation => ("quote/altered", "quotation"),
            AtomKind::Name => ("name/differs", "name"),
            AtomKind::Date => ("date/differs", "date"),
            AtomKind::Term => ("term/differs", "term"),
        },
        _ => return None,
    };
    let written = quoted(&atom.text, QUOTED);
    let what = match &atom.found {
        Some(found) => format!("The article has {written}, its source has {}", quoted(found, QUOTED)),
        None => format!("The article has {written}, its source gives another {noun}"),
    };
    let found = finding(id, &what, None);
    Some(Finding { citation: atom.citation.clone(), ..found })
}

/// The finding about a date of `text` that stands beside the wrong day of the week.
fn weekday(text: &str, slip: &WeekdaySlip) -> Finding {
    let written = quoted(text.get(slip.range.clone()).unwrap_or_default(), QUOTED);
    let year = slip.year.map(|year| format!(" in {year}")).unwrap_or_default();
    finding("date/weekday", &format!("The article has {written}, but{year} that day is a {}", slip.is), None)
}

fn verdict(claim: &ClaimFacts, contradicted: bool) -> Option<Finding> {
    if claim.citations.is_empty() {
        return holds_facts(claim)
            .then(|| finding("claim/uncited", "No source is cited for this sentence", None));
    }
    match claim.verdict {
        Verdict::Differs => (!contradicted).then(|| differs(claim)),
        Verdict::PartlyLocated => Some(partly_located(claim)),
        Verdict::NotLocated => Some(not_located(claim)),
        Verdict::SourceUnavailable => Some(source_unavailable(claim)),
        Verdict::Located | Verdict::NotCheckable => None,
    }
}

/// Whether the sentence holds more than a name or a phrase: something that must come from somewhere.
fn holds_facts(claim: &ClaimFacts) -> bool {
    let must_come_from_somewhere = |atom: &AtomFacts| {
        matches!(atom.kind, AtomKind::Quotation | AtomKind::Figure) && atom.outcome != Outcome::TooShort
    };
    claim.atoms.iter().any(must_come_from_somewhere)
}

fn differs(claim: &ClaimFacts) -> Finding {
    let found = finding("claim/differs", "A passage about the same thing says otherwise", None);
    Finding { citation: claim.evidence.first().map(|evidence| evidence.citation.clone()), ..found }
}

fn partly_located(claim: &ClaimFacts) -> Finding {
    let missing: Vec<&AtomFacts> =
        claim.atoms.iter().filter(|atom| atom.outcome == Outcome::NotFound).collect();
    if missing.is_empty() {
        return finding("claim/partly-located", "Not all of this sentence was found in its sources", None);
    }
    let mut list: Vec<String> = missing.iter().take(LISTED).map(|atom| quoted(&atom.text, QUOTED)).collect();
    if missing.len() > LISTED {
        list.push(format!("{} more", missing.len() - LISTED));
    }
    finding("claim/partly-located", &format!("No source of this sentence has {}", list.join(", ")), None)
}

/// A source that the author tied to this very sentence ought to bear it; one that merely stands on the same
/// page of the article need not.
fn not_located(claim: &ClaimFacts) -> Finding {
    let found = finding("claim/not-located", "Nothing in its sources bears this sentence", None);
    match claim.binding {
        Some(Binding::Inline | Binding::Footnote) => found,
        _ => Finding { severity: Severity::Note, ..found },
    }
}

fn source_unavailable(claim: &ClaimFacts) -> Finding {
    let found = finding("claim/source-unavailable", "No source of this sentence could be read", None);
    Finding { citation: claim.citations.first().cloned(), ..found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn rules(claim: &ClaimFacts) -> Vec<&'static str> {
        of_claim(claim, Written::in_language("de")).iter().map(|found| found.rule).collect()
    }

    #[test]
    fn a_contradicted_figure_is_named_with_what_the_page_has() {
        let mut claim = sample::claim(1, "Es waren 48.000 Stimmen.", Verdict::Differs);
        claim.atoms =
            vec![sample::atom(AtomKind::Figure, "48.000 Stimmen", Outcome::Differs, Some("38,000 votes"))];
        let found = of_claim(&claim, Written::in_language("de")).remove(0);
        assert_eq!((found.rule, found.severity), ("figure/differs", Severity::Error));
        assert_eq!((found.claim.as_deref(), found.citation.as_deref()), (Some("k1"), Some("c1")));
        assert!(
            found
                .message
                .starts_with("The article has “48.000 Stimmen”, its source has “38,000 votes”: correct")
        );
    }

    #[test]
    fn each_kind_of_atom_has_a_rule_of_its_own() {
        let rule = |kind, outcome| {
            let mut claim = sample::claim(1, "x", Verdict::Differs);
            claim.atoms = vec![sample::atom(kind, "x", outcome, None)];
            rules(&claim)
        };
        assert_eq!(rule(AtomKind::Quotation, Outcome::Altered), ["quote/altered"]);
        assert_eq!(rule(AtomKind::Name, Outcome::Differs), ["name/differs"]);
        assert_eq!(rule(AtomKind::Date, Outcome::Differs), ["date/differs"]);
        assert_eq!(rule(AtomKind::Term, Outcome::Differs), ["term/differs"]);
        assert_eq!(rule(AtomKind::Figure, Outcome::Same), ["claim/differs"]);
        assert_eq!(
            rule(AtomKind::Figure, Outcome::OtherCurrency),
            ["figure/other-currency", "claim/differs"]
        );
    }

    #[test]
    fn a_source_tied_to_the_sentence_itself_weighs_more_than_one_of_the_same_page() {
        let mut claim = sample::claim(1, "x", Verdict::NotLocated);
        claim.binding = Some(Binding::Inline);
        assert_eq!(of_claim(&claim, Written::in_language("de")).remove(0).severity, Severity::Warning);
        claim.binding = Some(Binding::Page);
        assert_eq!(of_claim(&claim, Written::in_language("de")).remove(0).severity, Severity::Note);
    }

    #[test]
    fn the_parts_that_were_not_found_are_listed_and_a_long_list_is_cut() {
        let mut claim = sample::claim(1, "x", Verdict::PartlyLocated);
        let missing = |text: &str| sample::atom(AtomKind::Figure, text, Outcome::NotFound, None);
        claim.atoms = ["1", "2", "3", "4", "5", "6"].map(missing).to_vec();
        let message = of_claim(&claim, Written::in_language("de")).remove(0).message;
        assert!(message.contains("“1”, “2”, “3”, “4”, 2 more:"), "{message}");
    }

    #[test]
    fn a_date_beside_the_wrong_day_of_the_week_is_found_whatever_the_verdict() {
        let claim = sample::claim(1, "Am Sonntag, 13. Januar 2024, war es kalt.", Verdict::Located);
        let found = of_claim(&claim, Written::in_language("de")).remove(0);
        assert_eq!((found.rule, found.severity), ("date/weekday", Severity::Error));
        assert!(
            found.message.starts_with(
                "The article has “Sonntag, 13. Januar 2024”, but that day is a Saturday: find out"
            ),
            "{}",
            found.message
        );
        assert_eq!(of_claim(&claim, Written::in_language("en")), []);
        let claim = sample::claim(1, "Am Sonntag, 13. Januar, war es kalt.", Verdict::Located);
        let on = Some(jiff::civil::date(2024, 1, 14));
        let found = of_claim(&claim, Written { language: "de", on }).remove(0);
        assert!(found.message.contains("but in 2024 that day is a Saturday"), "{}", found.message);
    }

    #[test]
    fn only_figures_and_quotations_want_a_source_where_none_is_cited() {
        let mut claim = sample::claim(1, "x", Verdict::NotCheckable);
        claim.citations = vec![];
        claim.atoms = vec![sample::atom(AtomKind::Name, "Erika Muster", Outcome::NotFound, None)];
        assert_eq!(rules(&claim), Vec::<&str>::new());
        claim.atoms.push(sample::atom(AtomKind::Figure, "2 %", Outcome::NotFound, None));
        assert_eq!(rules(&claim), ["claim/uncited"]);
    }

    #[test]
    fn what_is_located_or_cannot_be_checked_is_no_finding() {
        assert_eq!(rules(&sample::claim(1, "x", Verdict::Located)), Vec::<&str>::new());
        assert_eq!(rules(&sample::claim(1, "x", Verdict::NotCheckable)), Vec::<&str>::new());
    }
}
