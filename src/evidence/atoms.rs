//! The checkable parts of a claim.

use std::ops::Range;

use super::date::{self, Date};
use super::figure::{self, Dimension, Figure};
use super::language::Language;
use super::name::{self, Name};
use super::quotation::{self, LEAST_WORDS, Quotation};
use super::token::Token;
use super::weighed::AtomKind;
use crate::citation::cited_ranges;

/// A checkable part of a claim, with what is needed to check it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// Words in quotation marks, enough of them to be looked up.
    Quotation(Quotation),
    /// Words in quotation marks, few.
    Term(Quotation),
    /// A number with its unit.
    Figure(Figure),
    /// A date.
    Date(Date),
    /// A name.
    Name(Name),
}

impl Part {
    /// Where it stands in the claim, in bytes.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Quotation(quotation) | Self::Term(quotation) => quotation.range.clone(),
            Self::Figure(figure) => figure.range.clone(),
            Self::Date(date) => date.range.clone(),
            Self::Name(name) => name.range.clone(),
        }
    }

    /// What kind of atom it makes.
    pub(super) fn kind(&self) -> AtomKind {
        match self {
            Self::Quotation(_) => AtomKind::Quotation,
            Self::Term(_) => AtomKind::Term,
            Self::Figure(_) => AtomKind::Figure,
            Self::Date(_) => AtomKind::Date,
            Self::Name(_) => AtomKind::Name,
        }
    }
}

/// The checkable parts of `text`, in the order of the text. A name that comes twice is one part; the digits of an
/// address or of an identifier are none.
pub(super) fn parts(text: &str, tokens: &[Token<'_>], language: Language) -> Vec<Part> {
    let quotations = quotation::find(text);
    let dates = date::find(tokens, language);
    let taken: Vec<Range<usize>> = dates.iter().map(|date| date.range.clone()).collect();
    let figures = figure::find(tokens, language, &taken).into_iter().filter(is_checkable);
    let mut found: Vec<Part> = quotations
        .into_iter()
        .map(|quotation| {
            if quotation.words(text) < LEAST_WORDS {
                Part::Term(quotation)
            } else {
                Part::Quotation(quotation)
            }
        })
        .collect();
    found.extend(dates.into_iter().map(Part::Date));
    found.extend(figures.map(Part::Figure));
    let mut names: Vec<Name> = Vec::new();
    for name in name::find(tokens, language) {
        let twice = names.iter().any(|seen| match name.known {
            Some(known) => seen.known == Some(known),
            None => text[seen.range.clone()] == text[name.range.clone()],
        });
        if !twice {
            names.push(name);
        }
    }
    found.extend(names.into_iter().map(Part::Name));
    let addresses = cited_ranges(text);
    found.retain(|part| !addresses.iter().any(|address| address.contains(&part.range().start)));
    found.sort_by_key(|part| (part.range().start, part.range().end));
    found
}

/// Number words count only where they carry a unit: *zwei Jahre* can be looked up, *zwei Seiten* is a manner of speaking.
fn is_checkable(figure: &Figure) -> bool {
    !figure.in_words || figure.dimension != Dimension::Count || figure.value >= 1_000.0
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn atoms(text: &str) -> Vec<(AtomKind, &str)> {
        parts(text, &tokens(text), Language::German)
            .into_iter()
            .map(|part| (part.kind(), &text[part.range()]))
            .collect()
    }

    #[test]
    fn the_parts_of_a_claim_come_in_its_order() {
        let text = "Im Vergleich dazu umfasste die Friedensmission, die 1999 im Kosovo begann, 48.000 Soldaten, während die Ukraine \
            mehr als 50 Mal so groß ist wie das Kosovo.";
        assert_eq!(
            atoms(text),
            [
                (AtomKind::Date, "1999"),
                (AtomKind::Name, "Kosovo"),
                (AtomKind::Figure, "48.000 Soldaten"),
                (AtomKind::Name, "Ukraine"),
                (AtomKind::Figure, "50 Mal"),
            ]
        );
    }

    #[test]
    fn every_figure_of_the_example_article_is_recognised() {
        for (text, figures) in [
            (
                "„Sicherheit ist so einfach, das sind etwa 2 % des Problems“, sagte er am Freitag.",
                &["2 %"][..],
            ),
            (
                "ein Waffenstillstand entlang der 1.000 Kilometer langen Frontlinie „sehr schwierig“ durchzusetzen wäre.",
                &["1.000 Kilometer"],
            ),
            ("erneut Aggressionen zu zeigen, „zu 100 % unmöglich machen“ würden.", &["100 %"]),
            (
                "mindestens 100.000 Soldaten für eine umfassende Friedensmission mobilisiert werden",
                &["100.000 Soldaten"],
            ),
            (
                "Ein Kontingent von bis zu 100.000 Friedenstruppen könnte mit einer Streitmacht von etwa 200.000 Soldaten ausreichen.",
                &["100.000 Friedenstruppen", "200.000 Soldaten"],
            ),
            (
                "schlägt vor, dass EU-Länder bis zu 150 Milliarden Euro an Krediten aufnehmen können.",
                &["150 Milliarden Euro"],
            ),
            ("und nicht in ein oder zwei Jahren wieder angreift, fragt Selenskyj.", &["zwei Jahren"]),
        ] {
            let found: Vec<&str> = atoms(text)
                .into_iter()
                .filter(|(kind, _)| *kind == AtomKind::Figure)
                .map(|(_, text)| text)
                .collect();
            assert_eq!(found, figures, "{text}");
        }
    }

    #[test]
    fn the_digits_of_addresses_and_identifiers_are_no_figures() {
        assert_eq!(atoms("Auf example.org/2025/4711 steht es, auf arXiv:2101.00001 auch.")[..], []);
    }

    #[test]
    fn short_quotations_are_terms() {
        assert!(
            atoms("und forderte eine „Koalition der Willigen“.")
                .contains(&(AtomKind::Term, "„Koalition der Willigen“"))
        );
        assert_eq!(atoms("Das ist so.")[..], []);
    }
}
