//! Reads fractions: *two thirds*, *ein Drittel*, *¾*, *1/4*, *half of*, *one in five*, *jeder dritte*.

use super::number;
use super::number_word;
use super::reader::Reader;
use crate::evidence::language::Language;
use crate::evidence::token::TokenKind;

/// The denominators of fractions in digits that are fractions and no dates, places or scores.
const IN_DIGITS: [f64; 6] = [2.0, 3.0, 4.0, 5.0, 8.0, 10.0];
/// The most that a share is taken of: *one in a thousand*.
const MOST: f64 = 1_000.0;

/// A share of a whole, and the index of the token after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fraction {
    pub(super) value: f64,
    pub(super) next: usize,
}

impl Reader<'_> {
    /// The fraction that begins at token `at`.
    pub(super) fn fraction(&self, at: usize) -> Option<Fraction> {
        self.in_one_sign(at)
            .or_else(|| self.with_slash(at))
            .or_else(|| self.in_parts(at))
            .or_else(|| self.half(at))
            .or_else(|| self.one_in_several(at))
    }

    /// ½
    pub(super) fn in_one_sign(&self, at: usize) -> Option<Fraction> {
        let token = self.row.0.get(at).filter(|token| token.kind == TokenKind::Sign)?;
        let value = match token.text {
            "½" => 1.0 / 2.0,
            "⅓" => 1.0 / 3.0,
            "⅔" => 2.0 / 3.0,
            "¼" => 1.0 / 4.0,
            "¾" => 3.0 / 4.0,
            "⅕" => 1.0 / 5.0,
            "⅖" => 2.0 / 5.0,
            "⅗" => 3.0 / 5.0,
            "⅘" => 4.0 / 5.0,
            "⅙" => 1.0 / 6.0,
            "⅚" => 5.0 / 6.0,
            "⅛" => 1.0 / 8.0,
            "⅜" => 3.0 / 8.0,
            "⅝" => 5.0 / 8.0,
            "⅞" => 7.0 / 8.0,
            "⅒" => 1.0 / 10.0,
            _ => return None,
        };
        Some(Fraction { value, next: at + 1 })
    }

    /// 1/4, with nothing glued to it.
    pub(super) fn with_slash(&self, at: usize) -> Option<Fraction> {
        let glued = |at: usize| self.row.adjoins(at);
        let (over, under): (f64, f64) =
            (self.row.number(at)?.parse().ok()?, self.row.number(at + 2)?.parse().ok()?);
        let is_slash = self.row.is_sign(at + 1, '/') && glued(at + 1) && glued(at + 2);
        let apart = !glued(at) && (!glued(at + 3) || self.is_end(at + 3));
        let is_fraction = over > 0.0 && over < under && over.fract() == 0.0 && IN_DIGITS.contains(&under);
        (is_slash && apart && is_fraction).then(|| Fraction { value: over / under, next: at + 3 })
    }

    /// *two thirds*, *zwei Drittel*, *drei Viertel*, *dreiviertel*
    fn in_parts(&self, at: usize) -> Option<Fraction> {
        if self.row.word(at).is_some_and(|word| word == "dreiviertel") {
            return Some(Fraction { value: 0.75, next: at + 1 });
        }
        let (over, next) = self.numerator(at)?;
        let hyphen = usize::from(self.is_hyphen(next));
        let word = self.row.word(next + hyphen)?;
        let under = number_word::parts(&word, self.language)?;
        let next = next + hyphen + 1;
        let several = over > 1.0;
        let is_quarter_or_half = [2.0, 4.0].contains(&under);
        // *A third of the vote*, and not *a third term*, *ein Viertel in Berlin*, *for three quarters*.
        let whole = self.row.word(next);
        let of_it = whole.as_deref().is_some_and(|word| {
            matches!(
                word,
                "of" | "der"
                    | "des"
                    | "aller"
                    | "davon"
                    | "seiner"
                    | "ihrer"
                    | "more"
                    | "less"
                    | "mehr"
                    | "weniger"
            )
        });
        let ends = whole.is_none() && self.is_end(next);
        let sure = of_it
            || ends
            || several && !is_quarter_or_half
            || hyphen > 0
            || whole.is_some_and(|word| word == "million");
        (sure && over < under * 2.0).then(|| Fraction { value: over / under, next })
    }

    /// What stands over the line of a fraction in words.
    fn numerator(&self, at: usize) -> Option<(f64, usize)> {
        if let Some(digits) = self.row.number(at) {
            return digits
                .parse()
                .ok()
                .filter(|&over: &f64| over > 0.0 && over < 10.0)
                .map(|over| (over, at + 1));
        }
        let word = self.row.word(at)?;
        let over = match &*word {
            "a" | "an" | "one" | "ein" | "eine" | "einem" | "eines" => 1.0,
            word => number_word::word(word, self.language).filter(|&over| over < 10.0)?,
        };
        Some((over, at + 1))
    }

    /// *half of*, *more than half*, *die Hälfte*, *drei halbe*
    fn half(&self, at: usize) -> Option<Fraction> {
        let word = self.row.word(at)?;
        let before = at.checked_sub(1).and_then(|at| self.row.word(at)).unwrap_or_default();
        let after = self.row.word(at + 1).unwrap_or_default();
        let value = match (self.language, &*word) {
            (Language::German, "halfte") => {
                let ordinal = before.starts_with("erst") || before.starts_with("zweit");
                (!ordinal).then_some(0.5)
            }
            (Language::English, "half") => {
                let counts =
                    matches!(&*after, "of" | "the" | "a" | "its" | "their" | "his" | "her" | "our" | "as")
                        || matches!(
                            &*before,
                            "than" | "about" | "nearly" | "almost" | "over" | "roughly" | "a" | "one" | "by"
                        );
                // The first half, half an hour, half a million (which is a number), half-brother
                let other =
                    matches!(&*before, "first" | "second" | "other" | "the") || self.is_hyphen(at + 1);
                (counts && !other && !matches!(&*after, "hour" | "time")).then_some(0.5)
            }
            _ => None,
        }?;
        Some(Fraction { value, next: at + 1 })
    }

    /// *one in five*, *two out of three*, *einer von fünf*, *jeder dritte*
    fn one_in_several(&self, at: usize) -> Option<Fraction> {
        let word = self.row.word(at);
        if self.language == Language::German
            && word
                .as_deref()
                .is_some_and(|word| matches!(word, "jeder" | "jede" | "jedes" | "jeden" | "jedem"))
        {
            let under = number_word::place(&self.row.word(at + 1)?, self.language)?;
            return Some(Fraction { value: 1.0 / under, next: at + 2 });
        }
        let (over, next) = match word.as_deref() {
            Some("einer" | "eine" | "eines") => (1.0, at + 1),
            _ => self.numerator(at)?,
        };
        let next = match (self.language, &*self.row.word(next)?, self.row.word(next + 1).as_deref()) {
            (Language::English, "out", Some("of")) => next + 2,
            (Language::English, "in", _) if over < 2.0 => next + 1,
            (Language::German, "von", _) if self.row.number(at).is_none() => next + 1,
            _ => return None,
        };
        let read = self.whole_of(next)?;
        let (under, next) = read;
        let measured = self.unit(next).is_some();
        (under > over && under <= MOST && under.fract() == 0.0 && !measured)
            .then(|| Fraction { value: over / under, next })
    }

    /// The number of which a share is taken.
    fn whole_of(&self, at: usize) -> Option<(f64, usize)> {
        if let Some(text) = self.row.number(at) {
            let numeral = number::digits(text, self.language)?;
            // In 2020 is a year.
            return (text.len() <= 3 && !self.is_hyphen(at + 1)).then_some((numeral.value, at + 1));
        }
        let read = self.in_words(at)?;
        Some((read.numeral.value, read.next))
    }

    fn is_hyphen(&self, at: usize) -> bool {
        self.row.is_sign(at, '-') && self.row.adjoins(at) && self.row.adjoins(at + 1)
    }

    /// Whether a sentence or a part of it ends before token `at`.
    fn is_end(&self, at: usize) -> bool {
        self.row.0.get(at).is_none_or(|token| {
            token.kind == TokenKind::Sign && !matches!(token.text, "/" | "-" | "%" | "°" | "€" | "$")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::find::find;
    use super::super::unit::Dimension;
    use super::*;
    use crate::evidence::token::tokens;

    fn shares(text: &str, language: Language) -> Vec<f64> {
        let figures = find(&tokens(text), language, &[]);
        let shares = figures.iter().filter(|figure| figure.dimension == Dimension::Share);
        shares.map(|figure| (figure.value * 1_000.0).round() / 1_000.0).collect()
    }

    #[test]
    fn fractions_are_read_in_words_signs_and_digits() {
        for (text, value) in [
            ("Two thirds of the members agreed.", 0.667),
            ("About two-thirds agreed.", 0.667),
            ("Some ¾ of it was lost.", 0.75),
            ("It took up 1/4 of the space.", 0.25),
            ("More than half of them left.", 0.5),
            ("One in five children is poor.", 0.2),
            ("Nine out of ten were saved.", 0.9),
            ("a quarter of the vote", 0.25),
        ] {
            assert_eq!(shares(text, Language::English), [value], "{text}");
        }
        for (text, value) in [
            ("Zwei Drittel der Mitglieder stimmten zu.", 0.667),
            ("Ein Viertel davon ging verloren.", 0.25),
            ("Mehr als die Hälfte kam.", 0.5),
            ("Jeder dritte Deutsche ist dafür.", 0.333),
            ("Einer von fünf fehlte.", 0.2),
        ] {
            assert_eq!(shares(text, Language::German), [value], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_fraction_is_none() {
        for text in [
            "He won a third term in the second half.",
            "The attacks of 9/11 came on 24/7 television.",
            "One in 2020 and two in 2021.",
            "half an hour later",
            "growth in the fourth quarter",
        ] {
            assert!(shares(text, Language::English).is_empty(), "{text}");
        }
        assert!(shares("Das Viertel in Berlin, die zweite Hälfte.", Language::German).is_empty());
    }
}
