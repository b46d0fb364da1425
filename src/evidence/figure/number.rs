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

/// Reads digits with separators as `language` writes them: `1.234,5` in German, `1,234.5` in English.
pub(super) fn digits(text: &str, language: Language) -> Option<Numeral> {
    let point = if language.has_decimal_point() { '.' } else { ',' };
    let group = if language.has_decimal_point() { ',' } else { '.' };
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == point || *c == group).collect();
    let groups = plain.matches(group).count();
    let (whole, fraction) = match plain.rsplit_once(point) {
        Some((whole, fraction)) if !whole.contains(point) => (whole, fraction),
        // 1.234.567 in a language that groups by commas: every part after the first has three digits.
        Some(_) if are_groups(&plain, point) => return digits_only(&plain),
        Some(_) => return None,
        // 2.5 in German text, 2,5 in English: one separator that does not stand before three digits.
        None if groups == 1 && !are_groups(&plain, group) => plain.split_once(group)?,
        None => (plain.as_str(), ""),
    };
    if whole.contains(group) && !are_groups(whole, group) {
        return None;
    }
    let bare: String = whole.chars().filter(char::is_ascii_digit).collect();
    if fraction.is_empty() {
        return digits_only(&bare);
    }
    let places = i32::try_from(fraction.len()).ok().filter(|&places| places <= 12)?;
    let value: f64 = format!("{bare}.{fraction}").parse().ok()?;
    value.is_finite().then_some(Numeral { value, step: 10_f64.powi(-places) })
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
        ] {
            assert_eq!(read(text, Language::English), Some((value, step)), "{text}");
        }
        assert_eq!(read("26.07.2020", Language::German), None);
        assert_eq!(read("1.2.3.4", Language::English), None);
        assert_eq!(read("9".repeat(400).as_str(), Language::English), None);
    }
}
