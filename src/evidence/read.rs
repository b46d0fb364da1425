//! What beleg reads in a text: every figure and date, and what it takes them for.

use std::fmt::Write as _;
use std::ops::Range;

use jiff::civil;

use super::date::{self, Date};
use super::figure::{self, Dimension, Figure};
use super::language::Language;
use super::token::tokens;
use super::weighed::AtomKind;

/// A figure or date of a text, and what it is taken for.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadAtom {
    /// [`AtomKind::Figure`] or [`AtomKind::Date`].
    pub kind: AtomKind,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it amounts to: a figure in the unit of its dimension (`1500000 m`, `150000000000 EUR`), a date as far as it goes
    /// (`2025-03-05`, `--03-05`, `2025`).
    pub value: String,
    /// The number of a figure as written, magnitude words included and no unit converted.
    pub number: Option<f64>,
}

/// The figures and dates of `text`, which is in `language` (ISO 639-1), in order. Where the day that it was `written` is known,
/// *yesterday* is a date too; a day of the week gives two, the last one and the next.
pub fn read_atoms(text: &str, language: &str, written: Option<civil::Date>) -> Vec<ReadAtom> {
    let language = Language::of(language);
    let tokens = tokens(text);
    let mut dates = date::find(&tokens, language);
    let taken: Vec<Range<usize>> = dates.iter().map(|date| date.range.clone()).collect();
    let figures = figure::find(&tokens, language, &taken);
    let relative = written.map(|written| date::find_relative(&tokens, language, written, &dates));
    dates.extend(relative.unwrap_or_default());
    let mut found: Vec<ReadAtom> = dates.iter().map(of_date).chain(figures.iter().map(of_figure)).collect();
    found.sort_by_key(|atom| (atom.range.start, atom.range.end));
    found
}

fn of_figure(figure: &Figure) -> ReadAtom {
    let value = format!("{} {}", trimmed(figure.value), figure.dimension.unit_name());
    ReadAtom {
        kind: AtomKind::Figure,
        range: figure.range.clone(),
        value: value.trim_end().to_owned(),
        number: number(figure),
    }
}

/// The number as written.
fn number(figure: &Figure) -> Option<f64> {
    match figure.dimension {
        Dimension::Clock | Dimension::Score => None,
        // MEUR, USD million: the magnitude is written with the currency.
        Dimension::Money(_) if figure.factor > 1.0 => Some(figure.value),
        Dimension::Temperature if figure.factor < 1.0 => Some(figure.value * 9.0 / 5.0 + 32.0),
        _ => Some(figure.value / figure.factor),
    }
}

/// A number without needless digits after the point.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn of_date(date: &Date) -> ReadAtom {
    let year = date.year.map_or_else(|| "-".to_owned(), |year| format!("{year:04}"));
    // Writing to a string does not fail.
    let mut value = year;
    if let Some(month) = date.month {
        let _infallible = write!(value, "-{month:02}");
    }
    if let Some(day) = date.day {
        let _infallible = write!(value, "-{day:02}");
    }
    ReadAtom { kind: AtomKind::Date, range: date.range.clone(), value, number: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str, language: &str) -> Vec<String> {
        read_atoms(text, language, None).into_iter().map(|atom| atom.value).collect()
    }

    #[test]
    fn figures_and_dates_are_read_with_their_units() {
        assert_eq!(
            values(
                "Am 5. März 2025 wurden 1,5 Kilometer für 150 Milliarden Euro gebaut, am 28.10. nichts.",
                "de"
            ),
            ["2025-03-05", "1500 m", "150000000000 EUR", "--10-28"]
        );
        assert_eq!(
            values(
                "On the first of July two hundred and thirty-one people paid $3.5m for 660 m² at 86 °F.",
                "en"
            ),
            ["--07-01", "231", "3500000 $", "660 m²", "30 °C"]
        );
    }

    #[test]
    fn what_is_counted_from_the_day_of_writing_is_a_date_where_that_day_is_known() {
        let text = "He came yesterday.";
        assert_eq!(values(text, "en"), [] as [&str; 0]);
        let atoms = read_atoms(text, "en", Some(civil::date(2025, 3, 1)));
        assert_eq!(atoms.iter().map(|atom| atom.value.as_str()).collect::<Vec<_>>(), ["2025-02-28"]);
    }

    #[test]
    fn the_number_is_the_one_that_is_written() {
        let atoms = read_atoms("It was 86 degrees Fahrenheit over 10.5 miles.", "en", None);
        let numbers: Vec<String> =
            atoms.iter().filter_map(|atom| atom.number).map(|number| format!("{number:.1}")).collect();
        assert_eq!(numbers, ["86.0", "10.5"]);
    }
}
