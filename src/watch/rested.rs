//! What the claims of an article rested on at a source when it was audited.

use crate::dossier::{AtomFacts, ClaimFacts, Dossier};
use crate::evidence::{AtomKind, Rested, RestedAtom, Verdict};

/// The claims that rested on the source `id` in `dossier`: the number and words of each, and what it rested on.
///
/// A claim rests on a source where parts of it were found there; or, if it has no parts to be found, where its best passage
/// is from there. One that was not located has nothing to lose.
pub fn at_source(dossier: &Dossier, id: &str) -> Vec<(String, Rested)> {
    let language = dossier.article.language.as_str();
    dossier.claims.iter().filter_map(|claim| Some((claim.id.clone(), rested(claim, id, language)?))).collect()
}

fn rested(claim: &ClaimFacts, id: &str, language: &str) -> Option<Rested> {
    if !matches!(claim.verdict, Verdict::Located | Verdict::PartlyLocated | Verdict::Differs) {
        return None;
    }
    let atoms: Vec<RestedAtom> = claim
        .atoms
        .iter()
        .filter(|atom| atom.citation.as_deref() == Some(id) && atom.outcome.is_borne_out())
        .filter(|atom| !is_day_by_name(atom))
        .filter_map(|atom| {
            let found = atom.found.clone()?;
            Some(RestedAtom { kind: atom.kind, text: atom.text.clone(), found })
        })
        .collect();
    let is_best = claim.evidence.first().is_some_and(|best| best.citation == id);
    if atoms.is_empty() && !(is_best && claim.verdict == Verdict::Located) {
        return None;
    }
    let of_source = claim.evidence.iter().filter(|evidence| evidence.citation == id);
    let held = |passage: &str| atoms.iter().filter(|atom| passage.contains(&atom.found)).count();
    // The first of those that hold most; `max_by_key` would give the last.
    let passage = of_source.map(|evidence| &evidence.passage).rev().max_by_key(|passage| held(passage));
    let passage = passage.or_else(|| atoms.first().map(|atom| &atom.found))?.clone();
    Some(Rested { claim: claim.text.clone(), language: language.to_owned(), passage, atoms })
}

/// Whether an atom is a day by its name alone, as *yesterday* or *on Tuesday*: a page that is edited a day later may well have
/// another, and still say the same.
fn is_day_by_name(atom: &AtomFacts) -> bool {
    atom.kind == AtomKind::Date && !atom.text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::EvidenceFacts;
    use crate::evidence::Outcome;

    fn claim(verdict: Verdict, atoms: &[(&str, Outcome, &str)], evidence: &[(&str, &str)]) -> ClaimFacts {
        let atom = |(found, outcome, citation): &(&str, Outcome, &str)| AtomFacts {
            kind: AtomKind::Figure,
            text: "48.000".into(),
            outcome: *outcome,
            found: Some((*found).to_owned()),
            citation: Some((*citation).to_owned()),
        };
        let passage = |(citation, passage): &(&str, &str)| EvidenceFacts {
            citation: (*citation).to_owned(),
            passage: (*passage).to_owned(),
            prefix: String::new(),
            suffix: String::new(),
            start: 0,
            end: 1,
            score: 0.5,
            margin: 0.1,
            similarity: None,
            origin: None,
            link: None,
            marks: Vec::new(),
        };
        ClaimFacts {
            id: "k1".into(),
            text: "48.000 Soldaten.".into(),
            places: Vec::new(),
            citations: vec!["c1".into(), "c2".into()],
            binding: None,
            verdict,
            reason: None,
            atoms: atoms.iter().map(atom).collect(),
            evidence: evidence.iter().map(passage).collect(),
            candidates: Vec::new(),
        }
    }

    fn passage(claim: &ClaimFacts, id: &str) -> Option<String> {
        rested(claim, id, "de").map(|rested| rested.passage)
    }

    #[test]
    fn a_claim_rests_where_its_parts_were_found() {
        let atoms = [("48,000", Outcome::Same, "c1"), ("50,000", Outcome::Differs, "c2")];
        let evidence =
            [("c2", "Of c2."), ("c1", "No figure."), ("c1", "It is 48,000."), ("c1", "Again 48,000.")];
        let claim = claim(Verdict::Differs, &atoms, &evidence);
        assert_eq!(passage(&claim, "c1").as_deref(), Some("It is 48,000."));
        assert_eq!(passage(&claim, "c2"), None);
    }

    #[test]
    fn a_claim_without_parts_rests_on_its_best_passage() {
        let claim_of = |verdict| claim(verdict, &[], &[("c1", "The best."), ("c2", "The next.")]);
        assert_eq!(passage(&claim_of(Verdict::Located), "c1").as_deref(), Some("The best."));
        assert_eq!(passage(&claim_of(Verdict::Located), "c2"), None);
        assert_eq!(passage(&claim_of(Verdict::NotCheckable), "c1"), None);
        let lost = claim(Verdict::NotLocated, &[("48,000", Outcome::Same, "c1")], &[]);
        assert_eq!(passage(&lost, "c1"), None);
    }
}
