//! Single numerals: digits with separators, and number words.

use crate::evidence::language::Language;

/// A numeral that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    /// What it amounts to.
    pub(super) value: f64,
    /// The size of its last digit that counts: 0.1 for 2.5, 1000 for 48,000.
    pub(super) step: f64,
}

impl Numeral {
    /// The same below zero.
    pub(super) fn negative(self) -> Self {
        Self { value: -self.value, ..self }
    }
}

/// Reads digits with separators as `language` writes them: `1.234,5` in German, `1,234.5` in English.
pub(super) fn digits(text: &str, language: Language) -> Option<Numeral> {
    let point = if language.has_decimal_point() { '.' } else { ',' };
    let group = if language.has_decimal_point() { ',' } else { '.' };
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == point || *c == group).collect();
    let groups = plain.matches(group).count();
    if point == '.' && is_indian(&plain) {
        return digits_only_of(&plain.replace(',', ""));
    }
    // Of two kinds of separators, the last is the decimal one, whatever the language: 1.111,11 in English.
    if groups == 1 && plain.rfind(group) > plain.rfind(point) && plain.contains(point) {
        let swapped: String = plain
            .chars()
            .map(|c| {
                if c == point {
                    group
                } else if c == group {
                    point
                } else {
                    c
                }
            })
            .collect();
        return with_separators(&swapped, point, group);
    }
    with_separators(&plain, point, group)
}

/// Reads `plain`, which is digits with `group` between thousands and `point` before decimals.
fn with_separators(plain: &str, point: char, group: char) -> Option<Numeral> {
    let groups = plain.matches(group).count();
    let (whole, fraction) = match plain.rsplit_once(point) {
        Some((whole, fraction)) if !whole.contains(point) => (whole, fraction),
        // 1.234.567 in a language that groups by commas: every part after the first has three digits.
        Some(_) if are_groups(plain, point) => return digits_only(plain),
        Some(_) => return None,
        // 2.5 in German text, 2,5 in English: one separator that does not stand before three digits.
        None if groups == 1 && !are_groups(plain, group) => plain.split_once(group)?,
        None => (plain, ""),
    };
    if whole.contains(group) && !are_groups(whole, group) {
        return None;
    }
    decimal(whole, fraction)
}

/// The number with the digits of `whole` before the point and those of `fraction` after it.
fn decimal(whole: &str, fraction: &str) -> Option<Numeral> {
    let bare: String = whole.chars().filter(char::is_ascii_digit).collect();
    if fraction.is_empty() {
        return digits_only(&bare);
    }
    let places = i32::try_from(fraction.len()).ok().filter(|&places| places <= 12)?;
    let value: f64 = format!("{bare}.{fraction}").parse().ok()?;
    value.is_finite().then_some(Numeral { value, step: 10_f64.powi(-places) })
}

/// Whether `text` is grouped as in India: 12,34,567.89.
fn is_indian(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let parts: Vec<&str> = whole.split(',').collect();
    let [first, between @ .., last] = parts.as_slice() else { return false };
    last.len() == 3
        && !between.is_empty()
        && (1..=2).contains(&first.len())
        && between.iter().all(|part| part.len() == 2)
}

/// Digits with a point at most.
fn digits_only_of(plain: &str) -> Option<Numeral> {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    decimal(whole, fraction)
}

/// Whether `text` is groups of three digits, the first of one to three.
fn are_groups(text: &str, group: char) -> bool {
    let mut parts = text.split(group);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
}

/// A whole number, as precise as the zeros at its end say.
pub(super) fn whole(value: f64) -> Numeral {
    digits_only(&format!("{value:.0}")).unwrap_or(Numeral { value, step: 1.0 })
}

fn digits_only(text: &str) -> Option<Numeral> {
    let bare: String = text.chars().filter(char::is_ascii_digit).collect();
    if bare.is_empty() || bare.len() > 18 {
        return None;
    }
    let value: f64 = bare.parse().ok()?;
    let zeros = bare.len() - bare.trim_end_matches('0').len();
    let zeros = if value == 0.0 { 0 } else { i32::try_from(zeros).ok()? };
    Some(Numeral { value, step: 10_f64.powi(zeros) })
}

/// Whether a folded word says that a number is the place in a row.
pub(super) fn is_number_word(folded: &str) -> bool {
    matches!(folded, "no" | "nr" | "number" | "nummer" | "platz" | "rang")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, language: Language) -> Option<(f64, f64)> {
        digits(text, language).map(|numeral| (numeral.value, numeral.step))
    }

    #[test]
    fn separators_mean_what_the_language_means() {
        for (text, value, step) in [
            ("1.234,5", 1_234.5, 0.1),
            ("48.000", 48_000.0, 1_000.0),
            ("2,5", 2.5, 0.1),
            ("2.5", 2.5, 0.1),
            ("1.000.000", 1e6, 1e6),
            ("105", 105.0, 1.0),
        ] {
            assert_eq!(read(text, Language::German), Some((value, step)), "{text}");
        }
        for (text, value, step) in [
            ("1,234.5", 1_234.5, 0.1),
            ("48,000", 48_000.0, 1_000.0),
            ("2.5", 2.5, 0.1),
            ("1.500", 1.5, 0.001),
            ("1’234’000", 1_234_000.0, 1_000.0),
            ("1 234 567", 1_234_567.0, 1.0),
            ("12,34,567.89", 1_234_567.89, 0.01),
            ("1.111,11", 1_111.11, 0.01),
        ] {
            assert_eq!(read(text, Language::English), Some((value, step)), "{text}");
        }
        assert_eq!(read("26.07.2020", Language::German), None);
        assert_eq!(read("1.2.3.4", Language::English), None);
        assert_eq!(read("9".repeat(400).as_str(), Language::English), None);
    }
}
