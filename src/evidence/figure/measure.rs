//! Reads what a figure is measured in: the currency before it, the unit after it.

use super::reader::Reader;
use super::unit::{self, Dimension, Unit};
use crate::evidence::language::Language;
use crate::evidence::token::{TokenKind, fold};

impl Reader<'_> {
    pub(super) fn currency_before(&self, at: usize) -> Option<unit::Currency> {
        let before = self.row.0.get(at.checked_sub(1)?)?;
        match before.kind {
            TokenKind::Sign => unit::currency_sign(before.text),
            TokenKind::Word
                if before.text.len() == 3 && before.text.bytes().all(|byte| byte.is_ascii_uppercase()) =>
            {
                unit::currency_word(&fold(before.text))
            }
            _ => None,
        }
    }

    /// The unit at token `at`, and the index of the token after it.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        // 60-minute, 44-year-old, 50-mal, 104-jährig
        let at =
            at + usize::from(self.row.is_sign(at, '-') && self.row.adjoins(at) && self.row.adjoins(at + 1));
        // 21+ percent
        let at = at + usize::from(self.row.is_sign(at, '+') && self.row.adjoins(at));
        let token = self.row.0.get(at)?;
        let plain = |dimension| Unit { dimension, factor: 1.0, offset: 0.0 };
        if token.kind == TokenKind::Sign {
            if let Some(currency) = unit::currency_sign(token.text) {
                return Some((plain(Dimension::Money(currency)), at + 1));
            }
            return match token.text {
                "%" => Some((plain(Dimension::Percent), at + 1)),
                "°" => Some(self.degrees(at + 1)),
                _ => None,
            };
        }
        let word = self.row.word(at)?;
        if let Some(raised) = self.raised(&word, at) {
            return Some(raised);
        }
        if let Some(currency) = unit::currency_word(&word) {
            return Some((plain(Dimension::Money(currency)), at + 1));
        }
        match (&*word, self.row.word(at + 1).as_deref()) {
            ("us" | "amerikanische" | "amerikanischen", Some("dollar" | "dollars")) => {
                return Some((plain(Dimension::Money(unit::Currency::Dollar)), at + 2));
            }
            ("us", _)
                if self.row.is_sign(at + 1, '-')
                    && self.row.word(at + 2).is_some_and(|word| word.starts_with("dollar")) =>
            {
                return Some((plain(Dimension::Money(unit::Currency::Dollar)), at + 3));
            }
            ("schweizer" | "swiss", Some(next))
                if unit::currency_word(next) == Some(unit::Currency::Franc) =>
            {
                return Some((plain(Dimension::Money(unit::Currency::Franc)), at + 2));
            }
            ("per", Some("cent")) => return Some((plain(Dimension::Percent), at + 2)),
            ("percentage" | "percent", Some("point" | "points")) => {
                return Some((plain(Dimension::PercentPoints), at + 2));
            }
            ("pounds" | "pound", _) if self.language == Language::English && !self.weighs(at) => {
                return Some((plain(Dimension::Money(unit::Currency::Pound)), at + 1));
            }
            ("square" | "cubic", Some(next)) => {
                return unit::power_unit(&word, next).map(|unit| (unit, at + 2));
            }
            ("kilometer" | "kilometern" | "kilometers" | "kilometres" | "km", Some("pro" | "per" | "an")) => {
                let speed = Unit { dimension: Dimension::Speed, factor: 1.0 / 3.6, offset: 0.0 };
                return Some((speed, at + 3.min(self.row.0.len() - at)));
            }
            ("meter" | "metern" | "meters" | "metres" | "m", Some("pro" | "per")) => {
                return Some((plain(Dimension::Speed), at + 3.min(self.row.0.len() - at)));
            }
            ("kilowatt" | "megawatt" | "gigawatt" | "terawatt", Some("hours" | "hour")) => {
                let energy = unit::unit(&format!("{word}stunden")).map(|unit| (unit, at + 2));
                return energy;
            }
            ("km", _)
                if self.row.is_sign(at + 1, '/') && self.row.word(at + 2).is_some_and(|word| word == "h") =>
            {
                return Some((Unit { dimension: Dimension::Speed, factor: 1.0 / 3.6, offset: 0.0 }, at + 3));
            }
            ("miles", Some("per")) if self.row.word(at + 2).is_some_and(|word| word.starts_with("hour")) => {
                return Some((Unit { dimension: Dimension::Speed, factor: 0.447_04, offset: 0.0 }, at + 3));
            }
            ("grad" | "degree" | "degrees", _) => return Some(self.degrees(at + 1)),
            ("g", _) if !self.row.adjoins(at) && self.row.0[at].text != "g" => return None,
            _ => {}
        }
        // Only lower case "mal" after digits with a hyphen or as a word of its own; "M" of a name is no metre.
        unit::unit(&word).map(|unit| (unit, at + 1))
    }

    /// `m²`, `km²`, `m³`, `m^2`, and the metre alone, which is *m* after a blank, or in German after the number itself.
    fn raised(&self, word: &str, at: usize) -> Option<(Unit, usize)> {
        let metre = match word {
            "m" => 1.0,
            "km" => 1e3,
            "cm" => 1e-2,
            _ => return None,
        };
        let caret = usize::from(self.row.is_sign(at + 1, '^') && self.row.adjoins(at + 1));
        let raised = |sign: char, digit: &str| {
            self.row.adjoins(at + 1 + caret)
                && (self.row.is_sign(at + 1, sign) || caret > 0 && self.row.number(at + 2) == Some(digit))
        };
        let unit = |dimension, factor| Unit { dimension, factor, offset: 0.0 };
        if raised('²', "2") {
            return Some((unit(Dimension::Area, metre * metre), at + 2 + caret));
        }
        if raised('³', "3") {
            return Some((unit(Dimension::Volume, metre * metre * metre * 1e3), at + 2 + caret));
        }
        let stands_apart = !self.row.adjoins(at) || self.language == Language::German;
        let is_speed = matches!(self.row.word(at + 1).as_deref(), Some("pro" | "per"));
        let is_metre = !is_speed
            && word == "m"
            && self.row.0[at].text == "m"
            && stands_apart
            && !self.row.is_sign(at + 1, '.');
        is_metre.then(|| (unit(Dimension::Length, 1.0), at + 1))
    }

    /// The unit of an age that is given without one: *at the age of 104*, *aged 104*.
    pub(super) fn age(&self, at: usize) -> Option<Unit> {
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.row.word(at)).unwrap_or_default();
        let is_age = before(1) == "aged"
            || before(1) == "of" && before(2) == "age"
            || before(1) == "von" && before(2) == "alter";
        let has_unit = self.unit(at + 1).is_some();
        (is_age && !has_unit).then(|| unit::unit("years")).flatten()
    }

    /// Whether the pounds at token `at` are a weight: something weighs or is lifted nearby.
    fn weighs(&self, at: usize) -> bool {
        let around = at.saturating_sub(8)..(at + 5).min(self.row.0.len());
        around
            .into_iter()
            .filter_map(|near| self.row.word(near))
            .any(|word| word.starts_with("weigh") || word == "heavy")
    }

    fn degrees(&self, at: usize) -> (Unit, usize) {
        let celsius = Unit { dimension: Dimension::Temperature, factor: 1.0, offset: 0.0 };
        match self.row.word(at).as_deref() {
            Some("celsius" | "c") => (celsius, at + 1),
            Some("fahrenheit" | "f") => (unit::FAHRENHEIT, at + 1),
            _ => (celsius, at),
        }
    }
}
