//! Reads days and years that are written out: *the twenty-first*, *nineteen seventy-eight*.

use std::borrow::Cow;

use super::finder::{Finder, is_year};
use crate::evidence::figure::number_word;
use crate::evidence::language::Language;

/// English places in a row, from the first.
const PLACES: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
/// The beginnings of German ones.
const GERMAN_PLACES: [&str; 12] = [
    "erst", "zweit", "dritt", "viert", "funft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwolft",
];

impl Finder<'_> {
    /// *der erste Januar*, *first of July*, *May twenty-first*, where a month follows or stands before.
    pub(super) fn day_in_words(&self, at: usize) -> Option<(u8, usize)> {
        let word = self.row.word(at)?;
        let (number, next) = match self.language {
            Language::German => {
                let bare = word
                    .strip_suffix('n')
                    .or_else(|| word.strip_suffix('r'))
                    .unwrap_or(&word)
                    .strip_suffix('e')?;
                (GERMAN_PLACES.iter().position(|known| *known == bare)? + 1, at + 1)
            }
            Language::English => {
                let (number, next) = self.english_place(at, &word)?;
                let of = usize::from(self.row.word(next).is_some_and(|word| word == "of"));
                (number, next + of)
            }
            Language::Other => return None,
        };
        let the = self.word_before(at) == "the";
        let beside = self.month(next).is_some()
            || at > 0 && self.month(at - 1).is_some()
            || the && at > 1 && self.month(at - 2).is_some();
        u8::try_from(number).ok().filter(|_| beside).map(|day| (day, next))
    }

    /// The place that `word`, at `at`, names, with the word after it where it takes two: *twenty-first*.
    fn english_place(&self, at: usize, word: &str) -> Option<(usize, usize)> {
        let tens = match word {
            "twenty" => 20,
            "thirty" => 30,
            _ => return Some((PLACES.iter().position(|known| *known == word)? + 1, at + 1)),
        };
        let hyphen = usize::from(self.row.is_sign(at + 1, '-'));
        let last = self.row.word(at + 1 + hyphen)?;
        let units = PLACES.iter().take(9).position(|known| *known == last)? + 1;
        (tens + units <= 31).then_some((tens + units, at + 2 + hyphen))
    }

    /// A day after its month as a number in words: *May twenty one*.
    pub(super) fn day_as_number(&self, at: usize) -> Option<(u8, usize)> {
        let (value, next) = self.below_hundred(at)?;
        u8::try_from(value).ok().filter(|day| (2..=31).contains(day)).map(|day| (day, next))
    }

    /// A year in words: *nineteen seventy-eight*, *two thousand and eighteen*, *neunzehnhundertachtundsiebzig*.
    pub(super) fn year_in_words(&self, at: usize) -> Option<(u16, usize)> {
        let (value, next) = match self.language {
            Language::German => (whole(number_word(&self.row.word(at)?, Language::German)?)?, at + 1),
            Language::English => self.thousands(at).or_else(|| self.two_pairs(at))?,
            Language::Other => return None,
        };
        is_year(value).then_some((value, next))
    }

    /// *two thousand (and) eighteen*
    fn thousands(&self, at: usize) -> Option<(u16, usize)> {
        if self.row.word(at)? != "two" || self.row.word(at + 1)? != "thousand" {
            return None;
        }
        let and = usize::from(self.row.word(at + 2).is_some_and(|word| word == "and"));
        let rest = self.below_hundred(at + 2 + and);
        Some(rest.map_or((2_000, at + 2), |(rest, next)| (2_000 + rest, next)))
    }

    /// *nineteen seventy-eight*, *twenty eighteen*, *nineteen oh one*, *nineteen hundred*
    fn two_pairs(&self, at: usize) -> Option<(u16, usize)> {
        let century = whole(number_word(&self.row.word(at)?, Language::English)?)
            .filter(|first| (10..=20).contains(first))?;
        match &*self.row.word(at + 1)? {
            "hundred" => Some((century * 100, at + 2)),
            "oh" | "zero" => {
                let (units, next) = self.below_hundred(at + 2).filter(|(units, _)| *units < 10)?;
                Some((century * 100 + units, next))
            }
            _ => {
                let (rest, next) = self.below_hundred(at + 1).filter(|(rest, _)| *rest >= 10)?;
                Some((century * 100 + rest, next))
            }
        }
    }

    /// An English number below a hundred, in one word or two.
    fn below_hundred(&self, at: usize) -> Option<(u16, usize)> {
        let number =
            |word: &str| if word == "one" { Some(1) } else { whole(number_word(word, Language::English)?) };
        let first = number(&self.row.word(at)?).filter(|first| *first < 100)?;
        if first < 20 || first % 10 != 0 {
            return Some((first, at + 1));
        }
        let hyphen = usize::from(self.row.is_sign(at + 1, '-') && self.row.adjoins(at + 1));
        let units = self.row.word(at + 1 + hyphen).and_then(|word| number(&word)).filter(|units| *units < 10);
        Some(units.map_or((first, at + 1), |units| (first + units, at + 2 + hyphen)))
    }

    fn word_before(&self, at: usize) -> Cow<'_, str> {
        at.checked_sub(1).and_then(|at| self.row.word(at)).unwrap_or_default()
    }
}

/// Whether a day in words may begin with a folded word, in either language: *erste*, *first*, *twenty*.
pub(super) fn is_day_word(folded: &str) -> bool {
    let german = || {
        let bare = folded.strip_suffix(['n', 'r']).unwrap_or(folded);
        bare.strip_suffix('e').is_some_and(|bare| GERMAN_PLACES.contains(&bare))
    };
    matches!(folded, "twenty" | "thirty") || PLACES.contains(&folded) || german()
}

/// A number that is whole and no larger than any year.
fn whole(value: f64) -> Option<u16> {
    (0..=2_100).find(|&year: &u16| f64::from(year).total_cmp(&value).is_eq())
}
