//! Numbers that are written out: *zwölf*, *zweihundertsechsundfünfzig*, *twenty-one*.

use crate::evidence::language::Language;

/// The number that a folded word names, from two up: one is too often an article.
pub(super) fn word(folded: &str, language: Language) -> Option<f64> {
    match language {
        Language::German => german(folded),
        Language::English => english(folded),
        Language::Other => None,
    }
}

/// A German number of one word, below a million, or one and a half and the like.
fn german(folded: &str) -> Option<f64> {
    // Without the sign for it, ü is written ue.
    let plain = folded.replace("fuenf", "funf").replace("zwoelf", "zwolf");
    let word = plain.as_str();
    if let Some(whole) = word.strip_suffix("einhalb").filter(|whole| !whole.is_empty()) {
        return small(whole).map(|whole| whole + 0.5);
    }
    match word.split_once("tausend") {
        Some((thousands, rest)) => {
            let thousands = if thousands.is_empty() { 1.0 } else { below_thousand(thousands, true)? };
            Some(thousands * 1_000.0 + remainder(rest, below_thousand)?)
        }
        None => below_thousand(word, false),
    }
}

/// What follows a hundred or a thousand within a word; nothing is zero.
fn remainder(rest: &str, read: fn(&str, bool) -> Option<f64>) -> Option<f64> {
    match rest.strip_prefix("und").unwrap_or(rest) {
        "" => Some(0.0),
        rest => read(rest, true),
    }
}

/// `within` says that the word is part of a longer one, where *ein* is a number.
fn below_thousand(word: &str, within: bool) -> Option<f64> {
    match word.split_once("hundert") {
        Some((hundreds, rest)) => {
            let hundreds = if matches!(hundreds, "" | "ein") {
                1.0
            } else {
                small(hundreds).filter(|&count| count < 20.0)?
            };
            Some(hundreds * 100.0 + remainder(rest, below_hundred)?)
        }
        None => below_hundred(word, within),
    }
}

fn below_hundred(word: &str, within: bool) -> Option<f64> {
    if within && matches!(word, "ein" | "eins") {
        return Some(1.0);
    }
    if let Some(value) = small(word) {
        return Some(value);
    }
    let (unit, ten) = word.split_once("und")?;
    let unit = if unit == "ein" { 1.0 } else { small(unit).filter(|&unit| unit < 10.0)? };
    small(ten).filter(|&ten| (20.0..100.0).contains(&ten)).map(|ten| ten + unit)
}

fn small(word: &str) -> Option<f64> {
    const WORDS: [&str; 18] = [
        "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwolf",
        "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
    ];
    const TENS: [&str; 8] =
        ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
    position(&WORDS, word).map(|at| at + 2.0).or_else(|| position(&TENS, word).map(|at| (at + 2.0) * 10.0))
}

fn english(word: &str) -> Option<f64> {
    const WORDS: [&str; 18] = [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    position(&WORDS, word).map(|at| at + 2.0).or_else(|| position(&TENS, word).map(|at| (at + 2.0) * 10.0))
}

fn position(words: &[&str], word: &str) -> Option<f64> {
    let at = words.iter().position(|known| *known == word)?;
    u32::try_from(at).ok().map(f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_numbers_of_one_word_are_read() {
        for (written, value) in [
            ("zwolf", 12.0),
            ("einundzwanzig", 21.0),
            ("zweihundertsechsundfunfzig", 256.0),
            ("zweihundertsechsundfuenfzig", 256.0),
            ("eintausendeinhundertfunfzig", 1_150.0),
            ("dreihundertneunundneunzigtausendfunfhundertneun", 399_509.0),
            ("einhundertdrei", 103.0),
            ("funfzehntausend", 15_000.0),
            ("zweieinhalb", 2.5),
        ] {
            assert_eq!(word(written, Language::German), Some(value), "{written}");
        }
        assert_eq!(word("ninety", Language::English), Some(90.0));
        for written in ["ein", "hund", "hundertschaft", "tausendfach", "und", "verhundert", "zwanzigzwei"] {
            assert_eq!(word(written, Language::German), None, "{written}");
        }
    }
}
