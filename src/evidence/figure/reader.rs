//! Reads the amount of a figure: its numeral, and the magnitude words after it.

use super::number::{self, Numeral};
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
        if let Some(value) = number::word(&word, self.language) {
            // twenty-one
            if (20.0..100.0).contains(&value)
                && self.language == Language::English
                && self.row.is_sign(at + 1, '-')
            {
                let rest = self
                    .row
                    .word(at + 2)
                    .and_then(|word| number::word(&word, self.language).or((word == "one").then_some(1.0)));
                if let Some(rest) = rest.filter(|&rest| rest < 10.0) {
                    return Some(Read {
                        numeral: Numeral { value: value + rest, step: 1.0 },
                        next: at + 3,
                        in_words: true,
                    });
                }
            }
            return Some(Read { numeral: Numeral { value, step: 1.0 }, next: at + 1, in_words: true });
        }
        let value = match word.as_str() {
            "ein" | "eine" | "einer" | "einem" | "einen" | "a" | "one" => 1.0,
            "halbe" | "halben" | "half" => 0.5,
            "anderthalb" | "eineinhalb" => 1.5,
            _ => return None,
        };
        let next = at + 1 + usize::from(value < 1.0 && self.row.word(at + 1).is_some_and(|word| word == "a"));
        let (_, after) = self.magnified(Numeral { value, step: 1.0 }, next);
        (after > next).then_some(Read {
            numeral: Numeral { value, step: if value < 1.0 { 0.1 } else { 1.0 } },
            next,
            in_words: true,
        })
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
            if matches!(word.as_str(), "mio" | "mrd" | "tsd" | "bio" | "mill") && self.row.is_sign(next, '.')
            {
                next += 1;
            }
        }
        (numeral, next)
    }

    fn is_closing(&self, at: usize) -> bool {
        self.row.0.get(at).is_some_and(|token| token.kind == TokenKind::Sign)
    }
}
