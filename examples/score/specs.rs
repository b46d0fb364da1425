//! Figures and dates of test cases that say what each piece of text amounts to.

use std::path::Path;

use beleg::evidence::{AtomKind, ReadAtom, read_atoms};
use serde_json::Value;

use crate::data::{self, ScoreError, list, share, string};

/// What of a kind of case was read.
#[derive(Default)]
struct Tally {
    supported: usize,
    right: usize,
    left_out: usize,
}

/// Prints the figures of the set in `folder`.
pub(crate) fn score(folder: &Path) -> Result<(), ScoreError> {
    println!("recognizers-text-specs: figures and dates, exact, on the kinds that beleg reads");
    for (language, code) in [("German", "de"), ("English", "en")] {
        for (group, models, expected) in [
            ("numbers", &["Number/NumberModel", "Number/PercentModel"][..], number as Expected),
            (
                "units",
                &[
                    "NumberWithUnit/DimensionModel",
                    "NumberWithUnit/CurrencyModel",
                    "NumberWithUnit/TemperatureModel",
                    "NumberWithUnit/AgeModel",
                ][..],
                measured as Expected,
            ),
            ("dates", &["DateTime/DateParser"][..], day as Expected),
        ] {
            let mut tally = Tally::default();
            for model in models {
                let (kind, file) = model.split_once('/').unwrap_or_default();
                let cases = data::json(&folder.join(kind).join(language).join(format!("{file}.json")))?;
                for case in cases.as_array().into_iter().flatten() {
                    tally.take(case, code, expected);
                }
            }
            println!(
                "  {language} {group}: {:.3} of {} ({} of other kinds left out)",
                share(tally.right, tally.supported),
                tally.supported,
                tally.left_out
            );
        }
    }
    println!(
        "  left out: fractions and powers, one alone, signed numbers, digits parted by ordinary blanks, k and g after a blank,"
    );
    println!(
        "  currencies beside the dozen that are told apart, angles, data sizes, spoons, relative dates, days without a month,"
    );
    println!("  years in words, years of two digits, weekdays of a month");
    Ok(())
}

/// What a result of a case should be read as: its text as it must be covered, and a test of what was read. `None` where the
/// kind is not supported.
type Expected = fn(&Value, &str) -> Option<IsMeant>;

impl Tally {
    fn take(&mut self, case: &Value, language: &str, expected: Expected) {
        let input = string(case, "Input");
        let read = read_atoms(input, language);
        for result in list(case, "Results") {
            let Some(is_right) = expected(result, language) else {
                self.left_out += 1;
                continue;
            };
            self.supported += 1;
            let range = bytes(input, result);
            let overlaps = |atom: &&ReadAtom| atom.range.start < range.end && range.start < atom.range.end;
            let right = read.iter().filter(overlaps).any(is_right);
            self.right += usize::from(right);
            if !right {
                data::miss(|| format!("{input}: {result}\n      - {read:?}"));
            }
        }
    }
}

/// Whether an atom is the one that a result means.
type IsMeant = Box<dyn Fn(&ReadAtom) -> bool>;

/// The bytes of the result: the set counts UTF-16 units, and its last position is part of it.
fn bytes(input: &str, result: &Value) -> std::ops::Range<usize> {
    let position = |name: &str| result[name].as_u64().and_then(|at| usize::try_from(at).ok());
    if let (Some(start), Some(end)) = (position("Start"), position("End")) {
        return byte_at(input, start)..byte_at(input, end + 1);
    }
    let text = string(result, "Text");
    let start = input.to_lowercase().find(&text.to_lowercase()).unwrap_or_default();
    start..(start + text.len()).min(input.len())
}

fn byte_at(input: &str, position: usize) -> usize {
    let mut units = 0;
    for (at, c) in input.char_indices() {
        if units >= position {
            return at;
        }
        units += c.len_utf16();
    }
    input.len()
}

fn number(result: &Value, language: &str) -> Option<IsMeant> {
    let text = string(result, "Text").to_lowercase();
    let value = value(result, language)?;
    (value > 0.0 && !near(value, 1.0) && is_plain(&text)).then_some(())?;
    Some(Box::new(move |atom| atom.number.is_some_and(|number| near(number, value))))
}

/// Whether a number is written in a way that news have.
fn is_plain(text: &str) -> bool {
    const ODD: [&str; 18] = [
        "/", "^", "½", "⅙", "third", "fift", "eighth", "fourth", "quarter", "half", "over", "halb",
        "drittel", "viertel", "point", "komma", "-th", "first",
    ];
    let odd_end =
        text.ends_with(" k") || text.ends_with('g') && text.bytes().any(|byte| byte.is_ascii_digit());
    let exponent =
        text.contains('e') && text.bytes().filter(u8::is_ascii_digit).count() > 1 && !text.contains(' ');
    let blanks =
        text.split(' ').filter(|part| part.bytes().next().is_some_and(|byte| byte.is_ascii_digit())).count()
            > 1;
    let ratio = text.contains(" in ")
        || text.contains("out of")
        || text.contains("ths")
        || text.starts_with(['.', '-', '%'])
        || text.starts_with("percent")
        || text.starts_with("per cent");
    !(ODD.iter().any(|odd| text.contains(odd)) || odd_end || exponent || blanks || ratio)
}

fn measured(result: &Value, language: &str) -> Option<IsMeant> {
    let text = string(result, "Text").to_lowercase();
    let value = value(result, language)?;
    is_plain(&text).then_some(())?;
    let unit = unit_name(string(&result["Resolution"], "unit"))?;
    (value > 0.0 && (!near(value, 1.0) || text.contains('1'))).then_some(())?;
    Some(Box::new(move |atom| {
        atom.number.is_some_and(|number| near(number, value)) && atom.value.ends_with(unit)
    }))
}

/// The name that beleg has for the dimension of a unit of the set.
fn unit_name(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "Dollar" | "United States dollar" => " $",
        "Euro" => " EUR",
        "Pound" | "British pound" => "",
        "Japanese yen" | "Yen" => " JPY",
        "Franc" | "Swiss franc" => " CHF",
        "Chinese yuan" => " CNY",
        "Inch" | "Mile" | "Foot" | "Meter" | "Kilometer" | "Millimeter" | "Centimeter" | "Yard"
        | "Nanometer" | "Micrometer" => " m",
        "Acre" | "Hectare" | "Square meter" | "Square kilometer" | "Square mile" | "Square foot" => " m²",
        "Liter" | "Milliliter" | "Gallon" | "Barrel" | "Cubic meter" | "Cubic foot" => " l",
        "Ounce" | "Ton" | "Metric ton" | "Kilogram" | "Gram" | "Milligram" => " g",
        "Kilometer per hour" | "Mile per hour" | "Meter per second" => " m/s",
        "Year" | "Month" | "Week" | "Day" => " s",
        "C" | "F" => " °C",
        _ => return None,
    })
}

fn value(result: &Value, language: &str) -> Option<f64> {
    let written = string(&result["Resolution"], "value").trim_end_matches('%').to_owned();
    let written = if language == "de" { written.replace(',', ".") } else { written };
    written.parse().ok()
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(other.abs())
}

/// A day of a month, with its year or without, in words or figures.
fn day(result: &Value, _language: &str) -> Option<IsMeant> {
    let timex = string(&result["Value"], "Timex");
    let text = string(result, "Text").to_lowercase();
    let year = timex.get(..4)?;
    let month_and_day =
        timex.get(4..10).filter(|rest| timex.len() == 10 && !rest.contains(['X', 'W']))?.to_owned();
    let wanted = if year == "XXXX" { format!("-{month_and_day}") } else { format!("{year}{month_and_day}") };
    let months = [
        "jan", "feb", "mar", "mär", "apr", "mai", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov",
        "dez", "dec",
    ];
    let names_month = months.iter().any(|month| text.contains(month));
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let whole = numbers.len() == 3 && (numbers[0].len() == 4 || numbers[2].len() == 4);
    let year_is_digits = year == "XXXX" || text.contains(year);
    let relative =
        ["next", "last", "this", "ago", "week", "month", "day ", "from now", "later", "twenty", "thirt"]
            .iter()
            .any(|word| text.contains(word))
            && !text.contains("mon");
    ((names_month || whole) && year_is_digits && !relative).then_some(())?;
    Some(Box::new(move |atom| atom.kind == AtomKind::Date && atom.value == wanted))
}
