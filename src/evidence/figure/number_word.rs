//! Numbers that are written out: *zwölf*, *zweihundertsechsundfünfzig*, *twenty-one*.

use crate::evidence::language::Language;

/// The number that a folded word names, from two up: one is too often an article.
pub(in crate::evidence) fn word(folded: &str, language: Language) -> Option<f64> {
    match language {
        Language::German => german(folded),
        Language::English => english(folded),
        Language::Other => None,
    }
}

/// Whether a number may begin with a folded word: a number word, an article before *million*, *half*, *each*.
pub(super) fn may_begin(folded: &str, language: Language) -> bool {
    const STEMS: [&str; 15] = [
        "zwei", "zwo", "drei", "vier", "funf", "fuenf", "sech", "sieb", "acht", "neun", "zehn", "elf",
        "hundert", "tausend", "einund",
    ];
    match language {
        Language::German => {
            matches!(
                folded,
                "ein"
                    | "eine"
                    | "einer"
                    | "einem"
                    | "einen"
                    | "eines"
                    | "halb"
                    | "halbe"
                    | "halben"
                    | "halbes"
                    | "halber"
                    | "halfte"
                    | "anderthalb"
                    | "eineinhalb"
                    | "null"
                    | "jeder"
                    | "jede"
                    | "jedes"
                    | "jeden"
                    | "jedem"
                    | "a"
                    | "one"
            ) || STEMS.iter().any(|stem| folded.contains(stem))
        }
        Language::English => {
            matches!(
                folded,
                "a" | "an" | "one" | "half" | "quarter" | "hundred" | "zero" | "nought" | "naught"
            ) || english(folded).is_some()
        }
        Language::Other => matches!(folded, "a" | "one" | "ein" | "eine" | "einer" | "einem" | "einen"),
    }
}

/// What follows *point*, a word each: a digit, or two of them.
pub(super) fn digit(folded: &str, language: Language) -> Option<u32> {
    let value = match folded {
        "zero" | "nought" | "naught" | "oh" | "null" => return Some(0),
        "one" | "eins" => return Some(1),
        word => self::word(word, language)?,
    };
    // Below a hundred and whole: it fits.
    (2..100).find(|&digit| f64::from(digit).total_cmp(&value).is_eq())
}

/// Into how many parts a folded word divides a whole: *thirds*, *Viertel*.
pub(super) fn parts(folded: &str, language: Language) -> Option<f64> {
    let stem = folded.strip_suffix('s').unwrap_or(folded);
    Some(match (language, stem) {
        (Language::English, "half" | "halve") | (Language::German, "halbe") => 2.0,
        (Language::English, "third") | (Language::German, "drittel") => 3.0,
        (Language::English, "quarter" | "fourth") | (Language::German, "viertel") => 4.0,
        (Language::English, "fifth") | (Language::German, "funftel") => 5.0,
        (Language::English, "sixth") | (Language::German, "sechstel") => 6.0,
        (Language::English, "seventh") | (Language::German, "siebtel") => 7.0,
        (Language::English, "eighth") | (Language::German, "achtel") => 8.0,
        (Language::English, "ninth") | (Language::German, "neuntel") => 9.0,
        (Language::English, "tenth") | (Language::German, "zehntel") => 10.0,
        _ => return None,
    })
}

/// The place in a row, from the second to the tenth, that a folded German word names: *dritte*.
pub(super) fn place(folded: &str, language: Language) -> Option<f64> {
    if language != Language::German {
        return None;
    }
    let stem = folded.strip_suffix(['r', 's', 'n', 'm']).unwrap_or(folded);
    Some(match stem {
        "zweite" => 2.0,
        "dritte" => 3.0,
        "vierte" => 4.0,
        "funfte" => 5.0,
        "sechste" => 6.0,
        "siebte" => 7.0,
        "achte" => 8.0,
        "neunte" => 9.0,
        "zehnte" => 10.0,
        _ => return None,
    })
}

/// A German number of one word, below a million, or one and a half and the like.
fn german(folded: &str) -> Option<f64> {
    // Without the sign for it, ü is written ue.
    let plain = folded.replace("fuenf", "funf").replace("zwoelf", "zwolf");
    let word = plain.as_str();
    if matches!(word, "anderthalb" | "eineinhalb" | "einundhalb" | "einundeinhalb") {
        return Some(1.5);
    }
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
