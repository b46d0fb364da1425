//! The parts of a sentence that can be checked, and what each amounts to.

use serde::Serialize;

use super::speaker::speaker;
use crate::evidence::atoms::{self, Part};
use crate::evidence::date::Date;
use crate::evidence::figure::{Dimension, Figure, Modifier};
use crate::evidence::language::Language;
use crate::evidence::token::tokens;
use crate::evidence::weighed::AtomKind;
use crate::evidence::written::Written;

/// A part of a sentence that can be checked by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checkable {
    /// What it is.
    pub kind: AtomKind,
    /// As the sentence writes it.
    pub text: String,
    /// Of a quotation: who says it, where the sentence names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Of a figure: what it amounts to, in `unit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Of a figure: the unit of what it measures, or the word for what it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Of a figure: `about`, `over` or `under`, where a word before it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifier: Option<&'static str>,
    /// Of a date, as far as it is given or can be counted from the day of writing: `2025-03-03`, `2025-03`, `2025`, `--03-03` (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// The checkable parts of `text`, a sentence `written` so, in order.
pub fn checkable(text: &str, written: Written<'_>) -> Vec<Checkable> {
    let language = Language::of(written.language);
    let tokens = tokens(text);
    let parts = atoms::parts(text, &tokens, language);
    let parts = match written.on {
        Some(day) => atoms::with_days(&parts, &tokens, language, day),
        None => parts,
    };
    parts.iter().map(|part| of_part(text, part, language)).collect()
}

/// The day that is meant, where there is no doubt which.
fn only(days: &[Date]) -> Option<&Date> {
    days.first().filter(|_| days.len() == 1)
}

fn of_part(text: &str, part: &Part, language: Language) -> Checkable {
    let bare = Checkable {
        kind: part.kind(),
        text: text.get(part.range()).unwrap_or_default().to_owned(),
        speaker: None,
        value: None,
        unit: None,
        modifier: None,
        date: None,
    };
    match part {
        Part::Quotation(quotation) | Part::Term(quotation) => {
            let speaker = speaker(text, &quotation.range, language);
            Checkable { speaker: speaker.map(|range| text[range].to_owned()), ..bare }
        }
        Part::Figure(figure) => Checkable {
            value: Some(figure.value),
            unit: unit(text, figure),
            modifier: modifier(figure.modifier),
            ..bare
        },
        Part::Date(date) => Checkable { date: Some(iso(date)), ..bare },
        Part::Day(days) => Checkable { date: only(days).map(iso), ..bare },
        Part::Name(_) => bare,
    }
}

fn unit(text: &str, figure: &Figure) -> Option<String> {
    let name = match figure.dimension {
        Dimension::Count => {
            return figure.counted.first().and_then(|range| text.get(range.clone())).map(str::to_owned);
        }
        Dimension::Money(currency) => return Some(currency.name()),
        Dimension::Percent => "percent",
        Dimension::PercentPoints => "percentage points",
        Dimension::Times => "times",
        Dimension::Ordinal => "ordinal",
        Dimension::Length => "metres",
        Dimension::Area => "square metres",
        Dimension::Volume => "litres",
        Dimension::Mass => "grams",
        Dimension::Duration => "seconds",
        Dimension::Clock => "minutes since midnight",
        Dimension::Temperature => "degrees Celsius",
        Dimension::Speed => "metres per second",
        Dimension::Power => "watts",
        Dimension::Energy => "watt hours",
        Dimension::Score => "score",
        Dimension::Share => "of the whole",
        Dimension::Cents => "cents",
        Dimension::Data => "bytes",
    };
    Some(name.to_owned())
}

fn modifier(modifier: Modifier) -> Option<&'static str> {
    match modifier {
        Modifier::None => None,
        Modifier::About => Some("about"),
        Modifier::Over => Some("over"),
        Modifier::Under => Some("under"),
    }
}

fn iso(date: &Date) -> String {
    let year = date.year.map_or_else(|| "-".to_owned(), |year| format!("{year:04}"));
    let month = date.month.map(|month| format!("-{month:02}")).unwrap_or_default();
    let day = date.day.map(|day| format!("-{day:02}")).unwrap_or_default();
    format!("{year}{month}{day}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_part_says_what_it_amounts_to() {
        let text = "„Das kostet etwa 5 Millionen Euro zu viel“, sagte Erika Muster am 3. März 2025.";
        let found = checkable(text, Written::in_language("de"));
        let of = |kind| found.iter().find(|part| part.kind == kind).unwrap();
        assert_eq!(of(AtomKind::Quotation).speaker.as_deref(), Some("Erika Muster"));
        let figure = of(AtomKind::Figure);
        assert_eq!(
            (figure.value, figure.unit.as_deref(), figure.modifier),
            (Some(5e6), Some("euro"), Some("about"))
        );
        assert_eq!(of(AtomKind::Date).date.as_deref(), Some("2025-03-03"));
    }

    #[test]
    fn what_is_counted_is_named_and_a_date_goes_as_far_as_it_is_given() {
        let found = checkable("Am 3. März kamen 48.000 Soldaten.", Written::in_language("de"));
        let figure = found.iter().find(|part| part.kind == AtomKind::Figure).unwrap();
        assert_eq!(figure.unit.as_deref(), Some("Soldaten"));
        assert_eq!(found.iter().find_map(|part| part.date.as_deref()), Some("--03-03"));
        assert_eq!(checkable("Das ist so.", Written::in_language("de")), []);
    }
}
