//! The verdict of a claim, by fixed rules over its atoms.
//!
//! The first row that applies decides.
//!
//! | verdict | when |
//! |---|---|
//! | `not_checkable` | no source is in reach of the claim |
//! | `source_unavailable` | none of its sources could be read |
//! | `differs` | a passage about the same thing gives another figure, date or wording |
//! | `not_checkable` | the claim has nothing to look up, and no passage is clearly about the same thing |
//! | `not_located` | no passage is about the same thing and no quotation stands on a page |
//! | `not_checkable` | only names are borne out, and no passage is surely about the same thing |
//! | `partly_located` | every atom is borne out, and something makes the match doubtful: the reason says what |
//! | `located` | every atom is borne out, or too short to be looked up |
//! | `partly_located` | some are |
//! | `not_located` | none is |

use super::weighed::{Atom, AtomKind, Outcome, Verdict};

/// What the rules look at, besides the atoms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// No source is in reach of the claim.
    NoSource,
    /// There are sources, and none of them could be read.
    NothingRead,
    /// No passage is about the same thing.
    NoPassage,
    /// A passage may be about the same thing.
    Passage,
    /// A passage is surely about the same thing.
    ClearPassage,
}

/// The verdict, and why where it needs a word. `doubt` says why a reader should look although all is there.
pub(super) fn decide(
    ground: Ground,
    atoms: &[Atom],
    doubt: Option<&'static str>,
) -> (Verdict, Option<&'static str>) {
    match by_atoms(ground, atoms) {
        (Verdict::Located, _) if doubt.is_some() => (Verdict::PartlyLocated, doubt),
        decided => decided,
    }
}

fn by_atoms(ground: Ground, atoms: &[Atom]) -> (Verdict, Option<&'static str>) {
    let any = |test: fn(&Atom) -> bool| atoms.iter().any(test);
    match ground {
        Ground::NoSource => return (Verdict::NotCheckable, Some("no source in reach")),
        Ground::NothingRead => {
            return (Verdict::SourceUnavailable, Some("none of its sources could be read"));
        }
        _ => {}
    }
    if any(|atom| matches!(atom.outcome, Outcome::Differs | Outcome::Altered)) {
        return (Verdict::Differs, None);
    }
    let quoted = any(|atom| {
        atom.kind == AtomKind::Quotation
            && matches!(atom.outcome, Outcome::Verbatim | Outcome::VerbatimWithOmissions)
    });
    if !any(|atom| atom.outcome != Outcome::TooShort) {
        return match ground {
            Ground::ClearPassage => (Verdict::Located, None),
            _ => (Verdict::NotCheckable, Some("nothing in it can be looked up")),
        };
    }
    if ground == Ground::NoPassage && !quoted {
        return (Verdict::NotLocated, None);
    }
    let borne_out = any(is_borne_out);
    // That a page has a name says nothing of what the claim says about its bearer.
    let only_names = borne_out && !any(|atom| is_borne_out(atom) && atom.kind != AtomKind::Name);
    if only_names && ground != Ground::ClearPassage {
        return (
            Verdict::NotCheckable,
            Some("its names are on the page, and nothing else in it can be looked up"),
        );
    }
    let missing = any(|atom| !is_borne_out(atom) && atom.outcome != Outcome::TooShort);
    match (borne_out, missing) {
        (true, false) => (Verdict::Located, None),
        (true, true) => (Verdict::PartlyLocated, None),
        (false, _) if ground == Ground::ClearPassage => (Verdict::PartlyLocated, None),
        (false, _) => (Verdict::NotLocated, None),
    }
}

fn is_borne_out(atom: &Atom) -> bool {
    atom.outcome.is_borne_out()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atom(kind: AtomKind, outcome: Outcome) -> Atom {
        Atom { kind, text: String::new(), range: 0..0, outcome, found: None, source: None }
    }

    #[test]
    fn a_doubt_takes_from_located_alone() {
        let doubt = Some("check by hand");
        let same = [atom(AtomKind::Figure, Outcome::Same)];
        assert_eq!(decide(Ground::ClearPassage, &same, doubt), (Verdict::PartlyLocated, doubt));
        let differs = [atom(AtomKind::Figure, Outcome::Differs)];
        assert_eq!(decide(Ground::ClearPassage, &differs, doubt), (Verdict::Differs, None));
    }

    #[test]
    fn the_table_holds() {
        use Ground::{ClearPassage, NoPassage, NoSource, NothingRead, Passage};
        use Outcome::{
            Altered, Differs, NotFound, OtherCurrency, PossibleTranslation, Same, TooShort, Verbatim,
        };
        let figure = |outcome| atom(AtomKind::Figure, outcome);
        let quotation = |outcome| atom(AtomKind::Quotation, outcome);
        for (ground, atoms, verdict) in [
            (NoSource, vec![figure(Same)], Verdict::NotCheckable),
            (NothingRead, vec![figure(Differs)], Verdict::SourceUnavailable),
            (Passage, vec![figure(Same), figure(Differs)], Verdict::Differs),
            (NoPassage, vec![quotation(Altered)], Verdict::Differs),
            (Passage, vec![], Verdict::NotCheckable),
            (ClearPassage, vec![], Verdict::Located),
            (Passage, vec![atom(AtomKind::Term, TooShort)], Verdict::NotCheckable),
            (NoPassage, vec![figure(NotFound)], Verdict::NotLocated),
            (NoPassage, vec![quotation(Verbatim)], Verdict::Located),
            (Passage, vec![figure(Same), atom(AtomKind::Term, TooShort)], Verdict::Located),
            (Passage, vec![quotation(PossibleTranslation)], Verdict::Located),
            (Passage, vec![figure(Same), figure(OtherCurrency)], Verdict::PartlyLocated),
            (ClearPassage, vec![figure(NotFound)], Verdict::PartlyLocated),
            (Passage, vec![figure(NotFound)], Verdict::NotLocated),
            (Passage, vec![atom(AtomKind::Name, Same)], Verdict::NotCheckable),
            (ClearPassage, vec![atom(AtomKind::Name, Same)], Verdict::Located),
        ] {
            assert_eq!(decide(ground, &atoms, None).0, verdict, "{ground:?} {atoms:?}");
        }
    }
}
