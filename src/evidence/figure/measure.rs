//! Reads what a figure is measured in: the currency before it, the unit after it.

use super::currency::Currency;
use super::reader::Reader;
use super::unit::{self, Dimension, Unit};
use crate::evidence::language::Language;
use crate::evidence::token::{TokenKind, fold};

impl Reader<'_> {
    /// The currency that stands before the number at `at`, and the index of its first token: `€`, `C$`, `USD`.
    pub(super) fn currency_before(&self, at: usize) -> Option<(Currency, usize)> {
        let first = at.checked_sub(1)?;
        let before = self.row.0.get(first)?;
        match before.kind {
            TokenKind::Sign => {
                let letters = first.checked_sub(1).filter(|_| before.text == "$" && self.row.adjoins(first));
                let marked =
                    letters.and_then(|at| Some((Currency::of_marked_dollar(&self.row.word(at)?)?, at)));
                marked.or_else(|| Some((Currency::of_sign(before.text)?, first)))
            }
            TokenKind::Word if self.is_currency_code(first) => {
                Some((Currency::of_word(&fold(before.text))?, first))
            }
            _ => None,
        }
    }

    /// Whether token `at` is a code of ISO 4217, in capitals: `USD`.
    pub(super) fn is_currency_code(&self, at: usize) -> bool {
        self.row.0.get(at).is_some_and(|token| {
            token.text.len() == 3
                && token.text.bytes().all(|byte| byte.is_ascii_uppercase())
                && Currency::of_word(&fold(token.text)).is_some()
        })
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
            if let Some(currency) = Currency::of_sign(token.text) {
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
        if let Some(money) = self.money(&word, at) {
            return Some(money);
        }
        if let Some(speed) = self.speed(&word, at) {
            return Some(speed);
        }
        match (&*word, self.row.word(at + 1).as_deref()) {
            ("per", Some("cent")) => return Some((plain(Dimension::Percent), at + 2)),
            ("percentage" | "percent", Some("point" | "points")) => {
                return Some((plain(Dimension::PercentPoints), at + 2));
            }
            ("pounds" | "pound", _) if self.language == Language::English && !self.weighs(at) => {
                return Some((plain(Dimension::Money(Currency::Pound)), at + 1));
            }
            ("square" | "cubic", Some(next)) => {
                return unit::power_unit(&word, next).map(|unit| (unit, at + 2));
            }
            ("kilowatt" | "megawatt" | "gigawatt" | "terawatt", Some("hours" | "hour")) => {
                let energy = unit::unit(&format!("{word}stunden")).map(|unit| (unit, at + 2));
                return energy;
            }
            ("metric", Some("ton" | "tons" | "tonnes")) => {
                return unit::unit("tonne").map(|unit| (unit, at + 2));
            }
            ("pence" | "penny", _) if self.language == Language::English => {
                let pence = Unit { dimension: Dimension::Money(Currency::Pound), factor: 0.01, offset: 0.0 };
                return Some((pence, at + 1));
            }
            ("mb", _) if self.row.0[at].text == "MB" => {
                return unit::unit("megabyte").map(|unit| (unit, at + 1));
            }
            ("t", _) if self.row.0[at].text == "t" => return unit::unit("tonne").map(|unit| (unit, at + 1)),
            ("yo", _) if self.language == Language::English => {
                return unit::unit("years").map(|unit| (unit, at + 1));
            }
            ("deg", _) => return Some(self.degrees(at + 1 + usize::from(self.row.is_sign(at + 1, '.')))),
            ("fahrenheit", _) => return Some((unit::FAHRENHEIT, at + 1)),
            ("grad" | "degree" | "degrees", _) => return Some(self.degrees(at + 1)),
            ("g", _) if !self.row.adjoins(at) && self.row.0[at].text != "g" => return None,
            _ => {}
        }
        // Only lower case "mal" after digits with a hyphen or as a word of its own; "M" of a name is no metre.
        unit::unit(&word).map(|unit| (unit, at + 1))
    }

    /// The currency at token `at`, whose folded word is `word`: *Euro*, *kanadische Dollar*, *US dollars*, *MEUR*.
    fn money(&self, word: &str, at: usize) -> Option<(Unit, usize)> {
        let unit = |currency, factor| Unit { dimension: Dimension::Money(currency), factor, offset: 0.0 };
        if let Some((currency, size)) = Currency::with_magnitude(self.row.0[at].text) {
            return Some((unit(currency, size), at + 1));
        }
        // US-Dollar, Hong Kong dollars, South African rand
        let named = (1..=2).find_map(|ahead| {
            let hyphen = usize::from(self.row.is_sign(at + ahead, '-'));
            let last = at + ahead + hyphen;
            let whose = self.row.word(at + ahead - 1)?;
            Currency::of_country(&whose, &self.row.word(last)?).map(|currency| (currency, last))
        });
        if let Some((currency, last)) = named.filter(|_| Currency::of_word(word).is_none()) {
            return Some((unit(currency, 1.0), last + 1));
        }
        let currency = Currency::of_word(word)?;
        // 75 USD million
        let size =
            self.row.word(at + 1).and_then(|word| unit::magnitude(&word, self.language != Language::English));
        match size.filter(|&size| size >= 1e6) {
            Some(size) => Some((unit(currency, size), at + 2)),
            None => Some((unit(currency, 1.0), at + 1)),
        }
    }

    /// A length in a time: `km/h`, *miles an hour*, *Meter pro Sekunde*.
    fn speed(&self, word: &str, at: usize) -> Option<(Unit, usize)> {
        let length = if word == "m" {
            Some(1.0)
        } else {
            unit::unit(word).filter(|unit| unit.dimension == Dimension::Length).map(|unit| unit.factor)
        }?;
        let per = self.row.is_sign(at + 1, '/')
            || self
                .row
                .word(at + 1)
                .is_some_and(|word| matches!(&*word, "per" | "pro" | "an" | "a" | "je" | "in"));
        let article = usize::from(self.row.word(at + 2).is_some_and(|word| matches!(&*word, "der" | "the")));
        let seconds = match &*self.row.word(at + 2 + article)? {
            "hour" | "h" | "hr" | "stunde" => 3_600.0,
            "minute" | "min" => 60.0,
            "second" | "sec" | "s" | "sekunde" => 1.0,
            _ => return None,
        };
        let unit = Unit { dimension: Dimension::Speed, factor: length / seconds, offset: 0.0 };
        per.then_some((unit, at + 3 + article))
    }

    /// The hundredths that follow an amount of money: *thirteen dollars and forty-five cents*, *zwei Euro fünfzig*.
    pub(super) fn hundredths(&self, at: usize) -> Option<(f64, usize)> {
        let and = usize::from(self.row.word(at).is_some_and(|word| matches!(&*word, "and" | "und")));
        let read = self.numeral(at + and)?;
        let amount = read.numeral.value;
        let is_cents =
            self.row.word(read.next).is_some_and(|word| matches!(&*word, "cent" | "cents" | "pence"));
        let ends = self
            .row
            .0
            .get(read.next)
            .is_none_or(|token| token.kind == TokenKind::Sign && !token.is_sign('-'));
        let is_amount = amount.fract() == 0.0 && (1.0..100.0).contains(&amount);
        let two_digits = self.row.number(at).is_some_and(|text| text.len() == 2);
        let bare = and == 0 && (read.in_words || two_digits) && ends;
        (is_amount && (is_cents || bare)).then(|| (amount / 100.0, read.next + usize::from(is_cents)))
    }

    /// The inches that follow feet, in metres: *5 feet 2 inches*, *5 ft 2 in*.
    pub(super) fn inches(&self, foot: Unit, at: usize) -> Option<(f64, usize)> {
        const FOOT: f64 = 0.304_8;
        let and = usize::from(self.row.word(at).is_some_and(|word| word == "and"));
        let inches: f64 = self.row.number(at + and)?.parse().ok()?;
        let named =
            self.row.word(at + and + 1).is_some_and(|word| matches!(&*word, "in" | "inch" | "inches"));
        let is_foot = foot.factor.total_cmp(&FOOT).is_eq();
        (is_foot && named && inches < 12.0).then(|| (inches * 0.025_4, at + and + 2))
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
                && (self.row.is_sign(at + 1, sign) || self.row.number(at + 1 + caret) == Some(digit))
        };
        let unit = |dimension, factor| Unit { dimension, factor, offset: 0.0 };
        if raised('²', "2") {
            return Some((unit(Dimension::Area, metre * metre), at + 2 + caret));
        }
        if raised('³', "3") {
            return Some((unit(Dimension::Volume, metre * metre * metre * 1e3), at + 2 + caret));
        }
        let stands_apart = !self.row.adjoins(at) || self.language == Language::German;
        let is_metre =
            word == "m" && self.row.0[at].text == "m" && stands_apart && !self.row.is_sign(at + 1, '.');
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
