//! Reads the amount of a figure: its numeral, and the magnitude words after it.

use std::borrow::Cow;

use super::number::{self, Numeral};
use super::number_word;
use super::unit;
use crate::evidence::language::Language;
use crate::evidence::token::{Row, TokenKind};

/// Reads figures out of a row of tokens.
pub(super) struct Reader<'a> {
    pub(super) row: Row<'a>,
    pub(super) language: Language,
}

/// A numeral, and the index of the token after it.
pub(super) struct Read {
    pub(super) numeral: Numeral,
    pub(super) next: usize,
    /// Whether it is written out.
    pub(super) in_words: bool,
}

impl Reader<'_> {
    /// Reads digits, or a number word, or *eine* before a magnitude word.
    pub(super) fn numeral(&self, at: usize) -> Option<Read> {
        let token = self.row.0.get(at)?;
        if token.kind == TokenKind::Number {
            // B52, A380, Covid-19: a number that is glued to letters is part of a name.
            let part_of_name = self.row.adjoins(at) && self.row.0[at - 1].kind == TokenKind::Word
                || self.row.adjoins(at)
                    && self.row.is_sign(at - 1, '-')
                    && self.row.adjoins(at - 1)
                    && self.row.word(at.saturating_sub(2)).is_some_and(|word| !number::is_number_word(&word));
            let numeral = number::digits(token.text, self.language).or_else(|| self.clock_digits(at))?;
            return (!part_of_name).then_some(Read { numeral, next: at + 1, in_words: false });
        }
        let word = self.row.word(at)?;
        if let Some(read) = self.in_words(at) {
            return Some(read);
        }
        let value = match &*word {
            "ein" | "eine" | "einer" | "einem" | "einen" | "a" | "one" => 1.0,
            "halbe" | "halben" | "half" => 0.5,
            "anderthalb" | "eineinhalb" => 1.5,
            _ => return None,
        };
        let next = at + 1 + usize::from(value < 1.0 && self.row.word(at + 1).is_some_and(|word| word == "a"));
        let (_, after) = self.magnified(Numeral { value, step: 1.0 }, next);
        (after > next).then_some(Read {
            numeral: Numeral { value, step: if value.fract() > 0.0 { 0.1 } else { 1.0 } },
            next,
            in_words: true,
        })
    }

    /// A number that is written out, over several words where it takes them: *two hundred and thirty-one*, *zwei Millionen
    /// dreihundert*.
    fn in_words(&self, at: usize) -> Option<Read> {
        let one = self.is_one_of_many(at);
        if number_word::word(&self.row.word(at)?, self.language).is_none() && !one {
            return None;
        }
        let (mut total, mut group, mut words) = (0.0, 0.0, 0);
        let mut next = at;
        while let Some((from, word)) = self.next_number_word(next, words > 0) {
            let value = number_word::word(&word, self.language)
                .or_else(|| (one && words == 0 || self.may_be_one(group, &word)).then_some(1.0));
            if let Some(value) = value {
                // Fifty two, two hundred three; but not: two, three.
                if words > 0 && !may_follow(group, total, value) {
                    break;
                }
                group += value;
            } else {
                let Some(size) =
                    unit::magnitude(&word, self.language != Language::English).filter(|_| word.len() > 3)
                else {
                    break;
                };
                if size < 20.0 || words == 0 || total > 0.0 && size >= total {
                    break;
                }
                if size < 1_000.0 {
                    group = f64::max(group, 1.0) * size;
                } else {
                    total += f64::max(group, 1.0) * size;
                    group = 0.0;
                }
            }
            words += 1;
            next = from + 1;
        }
        let value = total + group;
        let numeral = if words > 1 && value.fract() == 0.0 {
            number::whole(value)
        } else {
            Numeral { value, step: 1.0 }
        };
        let numeral = if value.fract() > 0.0 { Numeral { value, step: 0.1 } } else { numeral };
        (words > 0).then_some(Read { numeral, next, in_words: true })
    }

    /// The next word of a number that is written out, a hyphen or *and* before it passed over.
    fn next_number_word(&self, at: usize, within: bool) -> Option<(usize, Cow<'_, str>)> {
        let mut from = at;
        if within && self.language == Language::English {
            if self.row.is_sign(from, '-') && self.row.adjoins(from) && self.row.adjoins(from + 1) {
                from += 1;
            } else if self.row.word(from).is_some_and(|word| word == "and") {
                let follows = self
                    .row
                    .word(from + 1)
                    .is_some_and(|word| number_word::word(&word, self.language).is_some());
                from += usize::from(follows);
            }
        }
        self.row.word(from).map(|word| (from, word))
    }

    /// Whether *a* or *one* at `at` counts a magnitude: *one hundred and three*, *eine Million dreihundert*.
    fn is_one_of_many(&self, at: usize) -> bool {
        let is_one =
            self.row.word(at).is_some_and(|word| matches!(&*word, "one" | "a" | "ein" | "eine" | "einer"));
        let magnitude = |at: usize| {
            self.row
                .word(at)
                .filter(|word| word.len() > 3)
                .and_then(|word| unit::magnitude(&word, self.language != Language::English))
        };
        is_one && magnitude(at + 1).is_some_and(|size| size >= 100.0)
    }

    /// Whether *one* ends a number: *twenty-one*, *hundred and one*.
    fn may_be_one(&self, group: f64, word: &str) -> bool {
        self.language == Language::English && word == "one" && group >= 20.0 && group % 10.0 == 0.0
    }

    /// `8.00` before *Uhr*, which is no decimal number of any language.
    fn clock_digits(&self, at: usize) -> Option<Numeral> {
        let is_clock = self.row.word(at + 1).is_some_and(|word| word == "uhr");
        let (hour, _) = self.row.0[at].text.split_once('.').filter(|_| is_clock)?;
        hour.parse().ok().map(|value| Numeral { value, step: 1.0 })
    }

    /// Takes in the magnitude words that follow: *48 thousand*, *1,2 Mio.*, *two hundred thousand*.
    pub(super) fn magnified(&self, numeral: Numeral, next: usize) -> (Numeral, usize) {
        let (mut numeral, mut next) = (numeral, next);
        for _ in 0..2 {
            let hyphen = usize::from(
                self.row.is_sign(next, '-') && self.row.adjoins(next) && self.row.adjoins(next + 1),
            );
            let Some(word) = self.row.word(next + hyphen) else { break };
            let short = word.len() == 1;
            let Some(size) = unit::magnitude(&word, self.language != Language::English) else { break };
            if short && (!self.row.adjoins(next) || self.row.adjoins(next + 1) && !self.is_closing(next + 1))
            {
                break;
            }
            numeral = Numeral { value: numeral.value * size, step: numeral.step * size };
            next += hyphen + 1;
            if matches!(&*word, "mio" | "mrd" | "tsd" | "bio" | "mill") && self.row.is_sign(next, '.') {
                next += 1;
            }
        }
        (numeral, next)
    }

    fn is_closing(&self, at: usize) -> bool {
        self.row.0.get(at).is_some_and(|token| token.kind == TokenKind::Sign)
    }
}

/// Whether `value` may come after `group` (what was read since the last thousand or million) and `total` (what was read before).
fn may_follow(group: f64, total: f64, value: f64) -> bool {
    if group == 0.0 {
        return value < 1_000_000.0 && total > 0.0;
    }
    group % 100.0 == 0.0 && value < 100.0
        || group >= 20.0 && group % 10.0 == 0.0 && group % 100.0 != 0.0 && value < 10.0
}
