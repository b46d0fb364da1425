//! Figures and dates of test cases that say what each piece of text amounts to.
//!
//! A kind of text that beleg does not read is left out of the share, and named with the number of its cases.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use beleg::evidence::{AtomKind, ReadAtom, read_atoms};
use serde_json::Value;

use crate::data::{self, ScoreError, list, share, string};

/// What of a kind of case was read.
#[derive(Default)]
struct Tally {
    supported: usize,
    right: usize,
    left_out: BTreeMap<&'static str, usize>,
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
            tally.print(language, group);
        }
    }
    Ok(())
}

/// A piece of a text of the set, and what it amounts to.
struct Case<'a> {
    input: &'a str,
    /// The bytes of the piece.
    range: Range<usize>,
    /// The piece in lower case.
    text: String,
    result: &'a Value,
    language: &'a str,
}

/// A test of what was read, or the kind that is left out.
type Expected = fn(&Case<'_>) -> Result<IsMeant, &'static str>;

/// Whether an atom is the one that a result means.
type IsMeant = Box<dyn Fn(&ReadAtom) -> bool>;

impl Tally {
    fn take(&mut self, case: &Value, language: &str, expected: Expected) {
        let input = string(case, "Input");
        let written =
            string(&case["Context"], "ReferenceDateTime").get(..10).and_then(|day| day.parse().ok());
        let read = read_atoms(input, language, written);
        for result in list(case, "Results") {
            let range = bytes(input, result);
            let text = string(result, "Text").to_lowercase();
            let case = Case { input, range: range.clone(), text, result, language };
            let is_right = match expected(&case) {
                Ok(is_right) => is_right,
                Err(kind) => {
                    *self.left_out.entry(kind).or_default() += 1;
                    continue;
                }
            };
            self.supported += 1;
            let overlaps = |atom: &&ReadAtom| atom.range.start < range.end && range.start < atom.range.end;
            let right = read.iter().filter(overlaps).any(is_right);
            self.right += usize::from(right);
            if !right {
                data::miss(|| format!("{input}: {result}\n      - {read:?}"));
            }
        }
    }

    fn print(&self, language: &str, group: &str) {
        println!(
            "  {language} {group}: {:.3} of {}; left out {}:",
            share(self.right, self.supported),
            self.supported,
            self.left_out.values().sum::<usize>()
        );
        let kinds: Vec<String> =
            self.left_out.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
        println!("    {}", kinds.join(", "));
    }
}

/// The bytes of the result: the set counts UTF-16 units, and its last position is part of it.
fn bytes(input: &str, result: &Value) -> Range<usize> {
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

fn number(case: &Case<'_>) -> Result<IsMeant, &'static str> {
    let text = case.text.as_str();
    let value = case.value().ok_or("words that give no number")?;
    if text.starts_with("percent") || text.starts_with("per cent") {
        return Err("per cent before the number");
    }
    if (near(value.abs(), 1.0) || near(value, 0.0)) && !text.contains(|c: char| c.is_ascii_digit()) {
        return Err("one and zero alone, as words");
    }
    case.odd_form()?;
    Ok(Box::new(move |atom| atom.number.is_some_and(|number| near(number, value))))
}

impl Case<'_> {
    fn value(&self) -> Option<f64> {
        let written = string(&self.result["Resolution"], "value").trim_end_matches('%').to_owned();
        let written = if self.language == "de" { written.replace(',', ".") } else { written };
        written.parse().ok()
    }

    /// An error where a number is written in a way that news do not have.
    fn odd_form(&self) -> Result<(), &'static str> {
        let text = self.text.as_str();
        let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
        let digits = text.contains(|c: char| c.is_ascii_digit());
        let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
        let exponent =
            text.contains('e') && text.bytes().filter(u8::is_ascii_digit).count() > 1 && !text.contains(' ');
        if text.contains('^') || exponent {
            Err("powers and exponents")
        } else if digits && text.ends_with('g') {
            Err("G for milliards")
        } else if self.is_glued() {
            Err("digits within an address, a date, an identifier or a row without blanks")
        } else if has(&[" over "]) {
            Err("fractions with over")
        } else if text.starts_with(['-', '−']) && (text.contains('/') || text.contains(' ')) {
            Err("negative fractions, and a minus with a blank after it")
        } else if has(&[" - "]) {
            Err("hyphens with blanks around them")
        } else if digits
            && words.iter().any(|word| matches!(*word, "hundred" | "thousand" | "crore"))
            && has(&[" and "])
            || digits && text.contains(" hundred")
        {
            Err("digits and number words in one number")
        } else if is_fine_fraction(&words) {
            Err("fractions finer than tenths, and improper ones")
        } else {
            Ok(())
        }
    }

    /// Whether the digits of the piece have other letters or digits glued to them, with a sign between.
    fn is_glued(&self) -> bool {
        let is_sign = |c: &char| matches!(c, '/' | '.' | ',' | '-' | '+');
        let mut before = self.input[..self.range.start].chars().rev();
        let mut after = self.input[self.range.end..].chars();
        let digits = self.text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let glued = |first: Option<char>, second: Option<char>| {
            first.is_some_and(|first| is_sign(&first)) && second.is_some_and(char::is_alphanumeric)
        };
        digits && (glued(before.next(), before.next()) || glued(after.next(), after.next()))
    }
}

/// Whether `words` divide a whole into more than ten parts, or give more parts than a whole has.
fn is_fine_fraction(words: &[&str]) -> bool {
    const FINE: [&str; 10] = [
        "hundredth",
        "hundredths",
        "trillionth",
        "trillionths",
        "thirtieth",
        "twenty-first",
        "first",
        "firsts",
        "thousandth",
        "thousandths",
    ];
    const PARTS: [&str; 6] = ["third", "fourth", "fifth", "eighth", "quarter", "halbe"];
    let Some((last, before)) = words.split_last() else { return false };
    let singular = last.strip_suffix('s').unwrap_or(last);
    let whole = before.iter().rposition(|word| matches!(*word, "and" | "und")).map_or(0, |at| at + 1);
    let over = &before[whole..];
    let improper = over.len() > 1
        || over.first().is_some_and(|word| {
            matches!(*word, "twenty" | "thirty" | "drei" | "fünf") && singular != "quarter"
        });
    FINE.contains(last) || PARTS.contains(&singular) && improper
}

fn measured(case: &Case<'_>) -> Result<IsMeant, &'static str> {
    let text = case.text.as_str();
    let value = case.value().ok_or("units without a number")?;
    let unit = unit_name(string(&case.result["Resolution"], "unit"))?;
    if near(value, 1.0) && !text.contains('1') {
        return Err("one unit, as a word");
    }
    if text.contains(['(', '[', '{', '<']) {
        return Err("units in brackets");
    }
    if case.language == "en"
        && text.ends_with('m')
        && text.trim_end_matches('m').ends_with(|c: char| c.is_ascii_digit())
        && unit == " m"
    {
        return Err("m right after an English number, which is millions in news");
    }
    if ["c $", "hk $"].iter().any(|parted| text.contains(parted)) {
        return Err("signs of a currency with a blank within");
    }
    if ["celcius", "centigrate"].iter().any(|slip| text.contains(slip)) {
        return Err("misspelt units");
    }
    if text.ends_with('"') {
        return Err("inches as a quotation mark");
    }
    if text.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "kuai" | "mao")) {
        return Err("colloquial names of the yuan and its tenth");
    }
    if ends_in_bare_number(text, case.language) {
        return Err("money parts without their name");
    }
    case.odd_form()?;
    Ok(Box::new(move |atom| {
        atom.number.is_some_and(|number| near(number, value)) && atom.value.ends_with(unit)
    }))
}

/// Whether the last thing that *and* joins is a number alone: *two dollars and fifty*.
fn ends_in_bare_number(text: &str, language: &str) -> bool {
    let Some((_, last)) = text.rsplit_once(" and ").or_else(|| text.rsplit_once(" und ")) else {
        return false;
    };
    let is_whole = |atom: &ReadAtom| {
        atom.range == (0..last.len()) && atom.number.is_some_and(|number| atom.value.parse() == Ok(number))
    };
    last == "one"
        || last.bytes().all(|byte| byte.is_ascii_digit())
        || read_atoms(last, language, None).iter().any(is_whole)
}

/// The name that beleg has for the dimension of a unit of the set, or the kind that it does not read.
fn unit_name(unit: &str) -> Result<&'static str, &'static str> {
    Ok(match unit {
        "Dollar" | "United States dollar" => " $",
        "Euro" => " EUR",
        "Pound" | "British pound" | "Pence" | "Penny" => "",
        "Japanese yen" | "Yen" => " JPY",
        "Franc" | "Swiss franc" => " CHF",
        "Chinese yuan" => " CNY",
        "Canadian dollar" => " CAD",
        "Australian dollar" => " AUD",
        "Hong Kong dollar" => " HKD",
        "New Zealand dollar" => " NZD",
        "Mexican peso" => " MXN",
        "Indian rupee" | "Rupee" => " INR",
        "Turkish lira" => " TRY",
        "Bitcoin" => " BTC",
        "Cent" => " ct",
        "Inch" | "Mile" | "Foot" | "Meter" | "Kilometer" | "Millimeter" | "Centimeter" | "Decimeter"
        | "Yard" | "Nanometer" | "Micrometer" => " m",
        "Acre" | "Hectare" | "Square meter" | "Square kilometer" | "Square mile" | "Square foot" => " m²",
        "Liter" | "Milliliter" | "Gallon" | "Barrel" | "Cubic meter" | "Cubic foot" => " l",
        "Ounce" | "Ton" | "Metric ton" | "Kilogram" | "Gram" | "Milligram" | "Microgram" => " g",
        "Kilometer per hour" | "Mile per hour" | "Meter per second" => " m/s",
        "Year" | "Month" | "Week" | "Day" => " s",
        "Megabyte" | "Gigabyte" | "Terabyte" => " B",
        "C" | "F" => " °C",
        "Degree" => return Err("degrees that may be of an arc or of heat"),
        "Radian" | "Turn" | "Teaspoon" | "Tablespoon" | "Cup" | "Dram" => {
            return Err("angles and kitchen measures");
        }
        "Bit" | "Megabit" => return Err("bits"),
        "Age" => return Err("ages without a unit"),
        "Picometer"
        | "Meter per millisecond"
        | "Centimeter per millisecond"
        | "Kilometer per millisecond"
        | "K" => {
            return Err("units of the laboratory");
        }
        _ => return Err("currencies beside the thirty that are told apart"),
    })
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(other.abs())
}

/// Whether `text` names a day by its distance from the day of writing: a word for it, so many days ago, or a day of the week
/// alone or with *last*, *next* and the like.
fn is_counted_from_another(text: &str) -> bool {
    const DAYS: [&str; 15] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
    ];
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [
            "today" | "yesterday" | "tomorrow" | "heute" | "gestern" | "vorgestern" | "morgen" | "übermorgen",
        ]
        | ["the", "day", "before", "yesterday"]
        | ["the", "day", "after", "tomorrow"] => true,
        [number, "day" | "days", "ago"] | ["vor", number, "tag" | "tagen"] => {
            !matches!(*number, "few" | "several" | "some" | "wenigen" | "einigen")
        }
        [day]
        | [
            "on" | "last" | "next" | "this" | "am" | "letzten" | "vergangenen" | "nächsten" | "kommenden"
            | "diesen",
            day,
        ] => DAYS.contains(day),
        _ => false,
    }
}

/// A day of a month, with its year or without, in words or figures.
fn day(case: &Case<'_>) -> Result<IsMeant, &'static str> {
    let timex = string(&case.result["Value"], "Timex");
    let text = case.text.as_str();
    if is_counted_from_another(text) {
        let of = |resolution: &str| string(&case.result["Value"][resolution], "date").to_owned();
        let (past, future) = (of("PastResolution"), of("FutureResolution"));
        return Ok(Box::new(move |atom| {
            atom.kind == AtomKind::Date && (atom.value == past || atom.value == future)
        }));
    }
    let Some(month_and_day) = timex.get(4..10).filter(|rest| timex.len() == 10 && !rest.contains(['X', 'W']))
    else {
        return Err("weekdays, and days without a month");
    };
    let year = timex.get(..4).unwrap_or_default();
    let wanted = if year == "XXXX" { format!("-{month_and_day}") } else { format!("{year}{month_and_day}") };
    let months = [
        "jan", "feb", "mar", "mär", "apr", "mai", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov",
        "dez", "dec",
    ];
    let named = text
        .split(|c: char| !c.is_alphabetic())
        .any(|word| months.iter().any(|month| word.starts_with(month)));
    let numbers: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    if !named && numbers.len() < 2 {
        return Err("days relative to another");
    }
    if !named && numbers.len() == 2 && case.language == "en" {
        return Err("a day and a month in two English numbers");
    }
    let small = |number: &&str| number.parse().is_ok_and(|number: u8| number <= 12);
    let ambiguous = numbers.len() == 3
        && small(&numbers[0])
        && small(&numbers[1])
        && numbers[0].parse::<u8>().ok() != numbers[1].parse::<u8>().ok();
    if !named && ambiguous && case.language == "en" && numbers[0].len() < 4 && !text.contains('.') {
        return Err("English dates in digits whose day and month cannot be told apart");
    }
    if text.contains(" ago") || text.contains(" later") || text.contains("month") && !named {
        return Err("days relative to another");
    }
    Ok(Box::new(move |atom| atom.kind == AtomKind::Date && atom.value == wanted))
}
