//! The checkable parts of a claim.

use std::ops::Range;

use jiff::civil;

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
    /// A day that is counted from the day of writing: those that may be meant, of one place.
    Day(Vec<Date>),
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
            Self::Day(days) => days.first().map_or(0..0, |day| day.range.clone()),
            Self::Name(name) => name.range.clone(),
        }
    }

    /// The date, if it is one that is given as such.
    pub(super) fn date(&self) -> Option<&Date> {
        match self {
            Self::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Whether it is somebody's words.
    fn is_quoted(&self) -> bool {
        matches!(self, Self::Quotation(_) | Self::Term(_))
    }

    /// What kind of atom it makes.
    pub(super) fn kind(&self) -> AtomKind {
        match self {
            Self::Quotation(_) => AtomKind::Quotation,
            Self::Term(_) => AtomKind::Term,
            Self::Figure(_) => AtomKind::Figure,
            Self::Date(_) | Self::Day(_) => AtomKind::Date,
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

/// `parts` of a text that was written on `written`, and the days that it counts from there: *yesterday*, *am Dienstag*.
///
/// *Today* and *this year* are left out, for they rarely mean no more than that. So is what stands in a quotation: who is
/// quoted counts from the day he spoke.
pub(super) fn with_days(
    parts: &[Part],
    tokens: &[Token<'_>],
    language: Language,
    written: civil::Date,
) -> Vec<Part> {
    let dates: Vec<Date> = parts.iter().filter_map(Part::date).cloned().collect();
    let quoted =
        |day: &Date| parts.iter().any(|part| part.is_quoted() && part.range().contains(&day.range.start));
    let mut days: Vec<Vec<Date>> = Vec::new();
    for day in date::find_relative(tokens, language, written, &dates) {
        match days.last_mut().filter(|days| days[0].range == day.range) {
            Some(days) => days.push(day),
            None => days.push(vec![day]),
        }
    }
    let is_today = |days: &[Date]| days.len() == 1 && is_day_of_writing(&days[0], written);
    days.retain(|days| !is_today(days) && !quoted(&days[0]));
    let is_in_day = |part: &Part| {
        let range = part.range();
        days.iter().any(|days| days[0].range.start <= range.start && range.end <= days[0].range.end)
    };
    let mut all: Vec<Part> = parts.iter().filter(|part| !is_in_day(part)).cloned().collect();
    all.extend(days.into_iter().map(Part::Day));
    all.sort_by_key(|part| (part.range().start, part.range().end));
    all
}

fn is_day_of_writing(day: &Date, written: civil::Date) -> bool {
    let today = Date::of_day(written);
    day.year == today.year
        && (day.month, day.day) == day.month.map_or((None, None), |_| (today.month, today.day))
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
    fn days_are_counted_from_the_day_of_writing() {
        let days = |text: &str| {
            let tokens = tokens(text);
            let parts = with_days(
                &parts(text, &tokens, Language::German),
                &tokens,
                Language::German,
                civil::date(2025, 3, 5),
            );
            parts.iter().map(|part| (part.kind(), text[part.range()].to_owned())).collect::<Vec<_>>()
        };
        let date = |text: &str| (AtomKind::Date, text.to_owned());
        assert_eq!(
            days("Am Dienstag kam er, vor drei Tagen ging er."),
            [date("Am Dienstag"), date("vor drei Tagen")]
        );
        assert_eq!(days("Das gilt bis heute und auch in diesem Jahr."), [], "is said of more than that day");
        assert_eq!(days("Am Mittwoch kam er an."), [date("Am Mittwoch")], "today or in a week");
        assert_eq!(days("Am Dienstag, 4. März, war es so."), [date("4. März")]);
        let quoted = days("Er sagte: „Das war gestern noch ganz anders“, und zwar vorgestern.");
        assert_eq!(
            quoted.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
            [AtomKind::Quotation, AtomKind::Date]
        );
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
