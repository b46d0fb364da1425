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
            let part_of_name = self.row.adjoins(at)
                && self.row.0[at - 1].kind == TokenKind::Word
                && !self.is_currency_code(at - 1)
                || self.row.adjoins(at)
                    && self.row.is_sign(at - 1, '-')
                    && self.row.adjoins(at - 1)
                    && self.row.word(at.saturating_sub(2)).is_some_and(|word| !number::is_number_word(&word));
            let numeral = self
                .below_one(at)
                .or_else(|| number::digits(token.text, self.language))
                .or_else(|| self.clock_digits(at))?;
            let (numeral, next) = self.with_parts(numeral, at + 1);
            return (!part_of_name).then_some(Read { numeral, next, in_words: false });
        }
        let word = self.row.word(at)?;
        if let Some(read) = self.share_of_many(at).or_else(|| self.one_and_more(at)) {
            return Some(read);
        }
        if let Some(read) = self.in_words(at) {
            return Some(self.with_point(read));
        }
        let value = match &*word {
            "ein" | "eine" | "einer" | "einem" | "einen" | "a" | "one" => 1.0,
            "zero" | "nought" | "naught" | "null" => return self.below_one_in_words(at),
            _ => return None,
        };
        let next = at + 1;
        let (_, after) = self.magnified(Numeral { value, step: 1.0 }, next);
        (after > next).then_some(Read {
            numeral: Numeral { value, step: if value.fract() > 0.0 { 0.1 } else { 1.0 } },
            next,
            in_words: true,
        })
    }

    /// `.08`, as English writes numbers below one.
    fn below_one(&self, at: usize) -> Option<Numeral> {
        let point = at.checked_sub(1).filter(|&point| self.row.is_sign(point, '.'))?;
        let apart = self.row.adjoins(at) && !self.row.adjoins(point) && self.language.has_decimal_point();
        number::digits(&format!("0.{}", self.row.number(at)?), self.language).filter(|_| apart)
    }

    /// Adds the fraction that belongs to a number in digits: `2½`, `2 1/4`.
    fn with_parts(&self, numeral: Numeral, next: usize) -> (Numeral, usize) {
        let whole = numeral.value.fract() == 0.0;
        let glued = self.in_one_sign(next).filter(|_| self.row.adjoins(next));
        match glued.or_else(|| self.with_slash(next)).filter(|_| whole) {
            Some(part) => (Numeral { value: numeral.value + part.value, step: 0.1 }, part.next),
            None => (numeral, next),
        }
    }

    /// Adds what stands after a number and says a fraction more: *five and a half*, *three million and a quarter*, of which
    /// it is a quarter of a million.
    pub(super) fn with_fraction(
        &self,
        numeral: Numeral,
        next: usize,
        is_magnified: bool,
    ) -> (Numeral, usize) {
        let is_and = self.row.word(next).is_some_and(|word| matches!(&*word, "and" | "und"));
        let part = self.more_parts(next + 1).filter(|_| is_and && numeral.value.fract() == 0.0);
        let Some((part, end)) = part else { return (numeral, next) };
        let magnitude = |at: usize| unit::magnitude(&self.row.word(at)?, self.language != Language::English);
        let before = next.checked_sub(1).and_then(magnitude).filter(|&size| is_magnified || size >= 1e6);
        // One billion and half a million: the fraction has a magnitude of its own.
        let (size, end) = match (before, magnitude(end)) {
            (Some(before), Some(own)) if own < before => (own, end + 1),
            (before, _) => (before.unwrap_or(1.0), end),
        };
        let numeral = Numeral { value: numeral.value + part * size, step: 0.1 * size };
        if before.is_some() { (numeral, end) } else { self.magnified(numeral, end) }
    }

    /// *a quarter*, *two thirds*, *drei Viertel* after *and*.
    fn more_parts(&self, at: usize) -> Option<(f64, usize)> {
        let over = match &*self.row.word(at)? {
            "a" | "one" | "ein" => 1.0,
            word => number_word::word(word, self.language).filter(|&over| over < 10.0)?,
        };
        let under = number_word::parts(&self.row.word(at + 1)?, self.language)?;
        (over < under).then(|| (over / under, at + 2))
    }

    /// A share of a magnitude: *half a million*, *eine halbe Million*, *a quarter of a million*, *half a dozen*.
    fn share_of_many(&self, at: usize) -> Option<Read> {
        let article = self
            .row
            .word(at)
            .is_some_and(|word| matches!(&*word, "ein" | "eine" | "einer" | "einem" | "einen" | "a"));
        let from = at + usize::from(article);
        let (share, next) = match &*self.row.word(from)? {
            "half" | "halbe" | "halben" | "halbes" | "halber" => (0.5, from + 1),
            "quarter" => (0.25, from + 1),
            _ => self.more_parts(at)?,
        };
        let of = usize::from(self.row.word(next).is_some_and(|word| word == "of"));
        let a = usize::from(self.row.word(next + of).is_some_and(|word| matches!(&*word, "a" | "einer")));
        let next = next + of + a;
        let word = self.row.word(next)?;
        if let Some(size) =
            unit::magnitude(&word, self.language != Language::English).filter(|&size| size >= 12.0)
        {
            let numeral = Numeral { value: share * size, step: 0.1 * size };
            return Some(Read { numeral, next: next + 1, in_words: true });
        }
        // Half an hour, ein halbes Jahr
        let an = usize::from(self.row.word(from + 1).is_some_and(|word| matches!(&*word, "an" | "a")));
        let half =
            share.total_cmp(&0.5).is_eq() && (article != (an > 0)) && self.unit(from + 1 + an).is_some();
        half.then(|| Read { numeral: Numeral { value: 0.5, step: 0.1 }, next: from + 1 + an, in_words: true })
    }

    /// *one and a half*, *one and a quarter*
    fn one_and_more(&self, at: usize) -> Option<Read> {
        if self.language != Language::English || self.row.word(at)? != "one" {
            return None;
        }
        let (numeral, next) = self.with_fraction(Numeral { value: 1.0, step: 0.1 }, at + 1, false);
        (next > at + 1).then_some(Read { numeral, next, in_words: true })
    }

    /// *nought point five*, *null Komma drei*
    fn below_one_in_words(&self, at: usize) -> Option<Read> {
        let zero = Read { numeral: Numeral { value: 0.0, step: 1.0 }, next: at + 1, in_words: true };
        Some(self.with_point(zero)).filter(|read| read.next > at + 1)
    }

    /// Adds the digits that follow in words: *five point five*, *zwei Komma drei*.
    fn with_point(&self, read: Read) -> Read {
        let is_point = self.row.word(read.next).is_some_and(|word| match self.language {
            Language::German => word == "komma",
            _ => word == "point",
        });
        let (mut digits, mut next) = (String::new(), read.next + 1);
        while let Some(value) =
            self.row.word(next).filter(|_| is_point).and_then(|word| number_word::digit(&word, self.language))
        {
            let hyphen = self.row.is_sign(next + 1, '-') && self.row.adjoins(next + 1) && value % 10 == 0;
            let units = self.row.word(next + 2).filter(|_| hyphen && value >= 20);
            let units =
                units.and_then(|word| number_word::digit(&word, self.language)).filter(|&units| units < 10);
            digits.push_str(&(value + units.unwrap_or_default()).to_string());
            next += if units.is_some() { 3 } else { 1 };
        }
        match format!("{:.0}.{digits}", read.numeral.value).parse() {
            Ok(value) if (1..=6).contains(&digits.len()) && read.numeral.value.fract() == 0.0 => Read {
                numeral: Numeral { value, step: 0.1_f64.powi(i32::try_from(digits.len()).unwrap_or(1)) },
                next,
                ..read
            },
            _ => read,
        }
    }

    /// A number that is written out, over several words where it takes them: *two hundred and thirty-one*, *zwei Millionen
    /// dreihundert*.
    pub(super) fn in_words(&self, at: usize) -> Option<Read> {
        let one = self.is_one_of_many(at);
        let bare = self.is_bare_hundred(at);
        if number_word::word(&self.row.word(at)?, self.language).is_none() && !one && bare.is_none() {
            return None;
        }
        let (mut total, mut group, mut words) = (0.0, bare.unwrap_or_default(), u32::from(bare.is_some()));
        let mut next = at + usize::from(bare.is_some());
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
                // Twenty and three fifths: the fraction is no part of the whole number.
                let parts = self
                    .row
                    .word(from + 2)
                    .is_some_and(|word| number_word::parts(&word, self.language).is_some());
                from += usize::from(follows && !parts);
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

    /// *Hundred* without *a* before it, where it counts thousands or millions: *hundred thousand dollars*.
    fn is_bare_hundred(&self, at: usize) -> Option<f64> {
        let bare = self.language == Language::English && self.row.word(at)? == "hundred";
        let counts = unit::magnitude(&self.row.word(at + 1)?, false).is_some_and(|size| size >= 1e3);
        (bare && counts).then_some(100.0)
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
            // 2.5 k and 3.5 M stand before a sign or at the end, as units do not.
            let apart = short
                && hyphen == 0
                && matches!(self.row.0[next].text, "k" | "M")
                && self.language == Language::English;
            if apart
                && !self.row.adjoins(next)
                && self.row.0.get(next + 1).is_none_or(|next| next.kind == TokenKind::Sign)
            {
                let size = if word == "k" { 1e3 } else { 1e6 };
                return (Numeral { value: numeral.value * size, step: numeral.step * size }, next + 1);
            }
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
