//! Finds the figures of a text.

use std::ops::Range;

use super::modifier::Modifier;
use super::number;
use super::number_word;
use super::reader::Reader;
use super::unit::{Dimension, Unit};
use crate::evidence::language::Language;
use crate::evidence::token::{Row, Token, TokenKind, fold};

/// A number with its unit or with what it counts.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::evidence) struct Figure {
    /// Where it stands, unit or counted noun included, in bytes.
    pub(in crate::evidence) range: Range<usize>,
    /// What it amounts to, in the unit of its dimension.
    pub(in crate::evidence) value: f64,
    /// The size of its last digit that counts, in the same unit.
    pub(in crate::evidence) step: f64,
    /// What it measures.
    pub(in crate::evidence) dimension: Dimension,
    /// What one of its unit is in the unit of the dimension: figures in unlike units are converted.
    pub(in crate::evidence) factor: f64,
    /// The word before it that says which way it may be off.
    pub(in crate::evidence) modifier: Modifier,
    /// Where the words stand that may name what is counted, the likeliest first.
    pub(in crate::evidence) counted: Vec<Range<usize>>,
    /// Whether it is written out and small, such as *two days*: then it is as likely a manner of speaking.
    pub(in crate::evidence) in_words: bool,
    /// Whether a time of day has no a.m. or p.m. and no 24 hours.
    pub(in crate::evidence) half_day: bool,
}

impl Figure {
    /// The same figure in a text that has `by` bytes more before it.
    pub(in crate::evidence) fn shifted(mut self, by: usize) -> Self {
        self.range = self.range.start + by..self.range.end + by;
        for word in &mut self.counted {
            *word = word.start + by..word.end + by;
        }
        self
    }
}

/// The figures among `tokens`, in order. Tokens inside `taken` (dates) belong to something else.
pub(in crate::evidence) fn find(
    tokens: &[Token<'_>],
    language: Language,
    taken: &[Range<usize>],
) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = tokens[at].start;
        let passed = !may_begin(&tokens[at], language) || taken.iter().any(|range| range.contains(&start));
        match if passed { None } else { (Reader { row: Row(tokens), language }).figure(at) } {
            Some((figure, next)) => {
                found.push(figure);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a figure may begin with `token`. Most tokens are words that none begins with.
fn may_begin(token: &Token<'_>, language: Language) -> bool {
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Sign => !token.text.is_ascii(),
        TokenKind::Word => number_word::may_begin(&fold(token.text), language),
    }
}

impl Reader<'_> {
    /// The figure that begins at token `at`, and the index of the token after it.
    fn figure(&self, at: usize) -> Option<(Figure, usize)> {
        if let Some(score_or_clock) = self.with_colon(at) {
            return Some(score_or_clock);
        }
        let Some(read) = self.numeral(at) else { return self.share(at) };
        if let Some(share) =
            self.fraction(at).filter(|share| share.next > read.next).and_then(|_| self.share(at))
        {
            return Some(share);
        }
        let modifier = self.modifier(at);
        let sign = self.currency_before(at);
        let from = sign.map_or_else(|| self.sign_before(at).unwrap_or(at), |(_, from)| from);
        let (numeral, next) = self.magnified(read.numeral, read.next);
        let (numeral, next) = self.with_fraction(numeral, next, next > read.next);
        let numeral = if from < at && sign.is_none() { numeral.negative() } else { numeral };
        let start = self.row.0[from].start;
        let figure = |unit: Unit, next: usize, counted: Vec<Range<usize>>| {
            let end = self.row.0[next - 1].end();
            Figure {
                range: start..end,
                value: numeral.value * unit.factor + unit.offset,
                step: numeral.step * unit.factor,
                dimension: unit.dimension,
                factor: unit.factor,
                modifier,
                counted,
                in_words: read.in_words,
                half_day: false,
            }
        };
        if let Some((currency, _)) = sign {
            let money = Unit { dimension: Dimension::Money(currency), factor: 1.0, offset: 0.0 };
            return Some((figure(money, next, Vec::new()), next));
        }
        if next == read.next
            && let Some((minutes, half_day, next)) = self.clock(at, numeral, next)
        {
            let unit = Unit { dimension: Dimension::Clock, factor: 1.0, offset: 0.0 };
            let clock = figure(unit, next, Vec::new());
            return Some((Figure { value: minutes, step: 1.0, half_day, ..clock }, next));
        }
        if let Some(unit) = self.age(at) {
            return Some((figure(unit, next, Vec::new()), next));
        }
        if let Some((unit, next)) = self.unit(next) {
            let whole = figure(unit, next, Vec::new());
            let part = match unit.dimension {
                Dimension::Money(_) => self.hundredths(next),
                Dimension::Length => self.inches(unit, next),
                _ => None,
            };
            return Some(match part {
                Some((part, next)) => {
                    let range = whole.range.start..self.row.0[next - 1].end();
                    (Figure { range, value: whole.value + part, step: 0.01 * unit.factor, ..whole }, next)
                }
                None => (whole, next),
            });
        }
        let ordinal = self.ordinal_ending(at, next).or_else(|| self.is_numbered(at).then_some(next));
        if let Some(next) = ordinal {
            let unit = Unit { dimension: Dimension::Ordinal, factor: 1.0, offset: 0.0 };
            return Some((figure(unit, next, Vec::new()), next));
        }
        let counted = self.counted(next);
        let mut plain =
            figure(Unit { dimension: Dimension::Count, factor: 1.0, offset: 0.0 }, next, Vec::new());
        if let Some(noun) = counted.first() {
            plain.range.end = noun.end;
        }
        plain.counted = counted;
        Some((plain, next))
    }

    /// The share of a whole that begins at token `at`: *two thirds of*.
    fn share(&self, at: usize) -> Option<(Figure, usize)> {
        let fraction = self.fraction(at)?;
        let of = usize::from(self.row.word(fraction.next).is_some_and(|word| matches!(&*word, "of" | "a")));
        let a = usize::from(self.row.word(fraction.next + of).is_some_and(|word| word == "a"));
        if let Some((unit, next)) = self.unit(fraction.next + of + a) {
            return Some((self.part_of_unit(at, fraction.value, unit, next), next));
        }
        let figure = Figure {
            range: self.row.0[at].start..self.row.0[fraction.next - 1].end(),
            value: fraction.value,
            step: 0.01,
            dimension: Dimension::Share,
            factor: 1.0,
            modifier: self.modifier(at),
            counted: Vec::new(),
            in_words: true,
            half_day: false,
        };
        Some((figure, fraction.next))
    }

    /// A part of one unit, which is an amount and no share: *1/4 mile*, *a third of a mile*.
    fn part_of_unit(&self, at: usize, part: f64, unit: Unit, next: usize) -> Figure {
        Figure {
            range: self.row.0[at].start..self.row.0[next - 1].end(),
            value: part * unit.factor + unit.offset,
            step: 0.01 * unit.factor,
            dimension: unit.dimension,
            factor: unit.factor,
            modifier: self.modifier(at),
            counted: Vec::new(),
            in_words: true,
            half_day: false,
        }
    }

    /// Where the minus before the number at `at` stands: `-5`, *minus 5*. A dash between two numbers is none.
    fn sign_before(&self, at: usize) -> Option<usize> {
        let sign = at.checked_sub(1)?;
        if self
            .row
            .word(sign)
            .is_some_and(|word| word == "minus" || word == "negative" && self.language == Language::English)
        {
            return Some(sign);
        }
        let is_minus = ['-', '−', '–'].iter().any(|&minus| self.row.is_sign(sign, minus));
        let glued_before = self.row.adjoins(sign) && !self.row.is_sign(sign.saturating_sub(1), '(');
        let after_number = sign.checked_sub(1).is_some_and(|at| self.row.number(at).is_some());
        (is_minus && self.row.adjoins(at) && !glued_before && !after_number).then_some(sign)
    }

    /// Whether *number* stands before the number at `at`: *No. 1*, *Nummer-1-Hit*.
    fn is_numbered(&self, at: usize) -> bool {
        let Some(mut before) = at.checked_sub(1) else { return false };
        if (self.row.is_sign(before, '.') || self.row.is_sign(before, '-')) && before > 0 {
            before -= 1;
        }
        self.row.word(before).is_some_and(|word| number::is_number_word(&word))
    }

    /// `3rd`, and in German `3.` before a word in the middle of a sentence.
    fn ordinal_ending(&self, at: usize, next: usize) -> Option<usize> {
        if self.row.0[at].kind != TokenKind::Number {
            return None;
        }
        match self.language {
            Language::English => {
                let word = self.row.word(next).filter(|_| self.row.adjoins(next))?;
                matches!(&*word, "st" | "nd" | "rd" | "th").then_some(next + 1)
            }
            Language::German => {
                let follows = self.row.is_sign(next, '.')
                    && self.row.adjoins(next)
                    && self.row.word(next + 1).is_some();
                (follows && self.row.0[at].text.len() <= 2).then_some(next + 1)
            }
            Language::Other => None,
        }
    }

    pub(super) fn modifier(&self, at: usize) -> Modifier {
        let before = self.currency_before(at).map_or(at, |(_, from)| from);
        let last = before.checked_sub(1).and_then(|at| self.row.word(at)).unwrap_or_default();
        let first = before.checked_sub(2).and_then(|at| self.row.word(at)).unwrap_or_default();
        Modifier::of(&first, &last)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::currency::Currency;
    use super::*;
    use crate::evidence::token::tokens;

    fn figures(text: &str, language: Language) -> Vec<(String, f64, Dimension)> {
        find(&tokens(text), language, &[])
            .into_iter()
            .map(|figure| (text[figure.range].to_owned(), figure.value, figure.dimension))
            .collect()
    }

    fn only(text: &str, language: Language) -> (String, f64, Dimension) {
        let mut found = figures(text, language);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn hours_are_told_by_what_stands_around_them() {
        for (text, minutes) in [
            ("Shortly before 6 on Sunday morning, a commuter called.", 360.0),
            ("It came shortly before 13h.", 780.0),
            ("They met at 7 o'clock.", 420.0),
        ] {
            let (_, value, dimension) = only(text, Language::English);
            assert_eq!((value, dimension), (minutes, Dimension::Clock), "{text}");
        }
        assert_eq!(only("She came before 6 people did.", Language::English).2, Dimension::Count);
    }

    #[test]
    fn a_number_after_the_word_number_is_a_place_in_a_row() {
        assert_eq!(only("their first No. 1 hit", Language::English), ("1".into(), 1.0, Dimension::Ordinal));
        assert_eq!(only("der erste Nummer-4-Hit", Language::German), ("4".into(), 4.0, Dimension::Ordinal));
    }

    #[test]
    fn german_figures_are_read() {
        for (text, written, value, dimension) in [
            ("etwa 2 % des Problems", "2 %", 2.0, Dimension::Percent),
            ("entlang der 1.000 Kilometer langen Front", "1.000 Kilometer", 1e6, Dimension::Length),
            ("zu 100 % unmöglich", "100 %", 100.0, Dimension::Percent),
            ("mindestens 100.000 Soldaten für", "100.000 Soldaten", 1e5, Dimension::Count),
            ("begann, 48.000 Soldaten, während", "48.000 Soldaten", 48e3, Dimension::Count),
            ("mehr als 50 Mal so groß", "50 Mal", 50.0, Dimension::Times),
            (
                "bis zu 150 Milliarden Euro an Krediten",
                "150 Milliarden Euro",
                150e9,
                Dimension::Money(Currency::Euro),
            ),
            ("rund 1,2 Mio. Menschen", "1,2 Mio. Menschen", 1.2e6, Dimension::Count),
            ("der 69-Jährige", "69-Jährige", 69.0 * 31_557_600.0, Dimension::Duration),
            ("um 8.30 Uhr", "8.30 Uhr", 510.0, Dimension::Clock),
            ("um 21:30 Uhr", "21:30 Uhr", 1_290.0, Dimension::Clock),
            ("ein 2:0 im Heimspiel", "2:0", 2_000.0, Dimension::Score),
            ("das 3. Staatsexamen", "3.", 3.0, Dimension::Ordinal),
            ("zwei Komma drei Prozent", "zwei Komma drei Prozent", 2.3, Dimension::Percent),
            ("13 Euro und 45 Cent", "13 Euro und 45 Cent", 13.45, Dimension::Money(Currency::Euro)),
            ("eine halbe Million Menschen", "eine halbe Million Menschen", 5e5, Dimension::Count),
            ("40 000 Menschen", "40 000 Menschen", 4e4, Dimension::Count),
            (
                "16 Millionen kanadische Dollar",
                "16 Millionen kanadische Dollar",
                16e6,
                Dimension::Money(Currency::CanadianDollar),
            ),
            ("bei 14 Celsius", "14 Celsius", 14.0, Dimension::Temperature),
            ("sechs Gigawatt Strom", "sechs Gigawatt", 6e9, Dimension::Power),
            ("eine Milliarde Dollar", "eine Milliarde Dollar", 1e9, Dimension::Money(Currency::Dollar)),
        ] {
            assert_eq!(only(text, Language::German), (written.to_owned(), value, dimension), "{text}");
        }
    }

    #[test]
    fn english_figures_are_read() {
        for (text, written, value, dimension) in [
            ("some 48,000 troops in Kosovo", "48,000 troops", 48e3, Dimension::Count),
            ("up to $150 billion in loans", "$150 billion", 150e9, Dimension::Money(Currency::Dollar)),
            ("€800 billion for", "€800 billion", 800e9, Dimension::Money(Currency::Euro)),
            ("1.2 million people", "1.2 million people", 1.2e6, Dimension::Count),
            ("$1.5bn.", "$1.5bn", 1.5e9, Dimension::Money(Currency::Dollar)),
            ("at 9:30 p.m. on", "9:30 p.m.", 1_290.0, Dimension::Clock),
            ("more than 50 times the size", "50 times", 50.0, Dimension::Times),
            ("a 44-year-old man", "44-year", 44.0 * 31_557_600.0, Dimension::Duration),
            ("the 29th police station", "29th", 29.0, Dimension::Ordinal),
            ("twenty-one percent", "twenty-one percent", 21.0, Dimension::Percent),
            ("20 billion Euro in", "20 billion Euro", 20e9, Dimension::Money(Currency::Euro)),
            ("some 188 miles an hour", "188 miles an hour", 188.0 * 1_609.344 / 3_600.0, Dimension::Speed),
            ("16,000 metric tons", "16,000 metric tons", 16e9, Dimension::Mass),
            (
                "thirteen dollars and forty-five cents",
                "thirteen dollars and forty-five cents",
                13.45,
                Dimension::Money(Currency::Dollar),
            ),
            ("HK$10.05 billion.", "HK$10.05 billion", 10.05e9, Dimension::Money(Currency::HongKongDollar)),
            (
                "125 million Australian dollars",
                "125 million Australian dollars",
                125e6,
                Dimension::Money(Currency::AustralianDollar),
            ),
            ("five and a half million people", "five and a half million people", 5.5e6, Dimension::Count),
            ("3 million and a half.", "3 million and a half", 3.5e6, Dimension::Count),
            ("half a million people", "half a million people", 5e5, Dimension::Count),
            ("13 lakh people", "13 lakh people", 13e5, Dimension::Count),
            ("minus 5.5 percent", "minus 5.5 percent", -5.5, Dimension::Percent),
            ("at -12 °C", "-12 °C", -12.0, Dimension::Temperature),
            ("five point five percent", "five point five percent", 5.5, Dimension::Percent),
            ("1 414 021 100 people", "1 414 021 100 people", 1_414_021_100.0, Dimension::Count),
            ("600 square miles", "600 square miles", 600.0 * 1_609.344 * 1_609.344, Dimension::Area),
        ] {
            assert_eq!(only(text, Language::English), (written.to_owned(), value, dimension), "{text}");
        }
    }

    #[test]
    fn modifiers_are_read() {
        let modifier = |text: &str, language| find(&tokens(text), language, &[])[0].modifier;
        assert_eq!(modifier("mehr als 50 Mal", Language::German), Modifier::Over);
        assert_eq!(modifier("bis zu 150 Euro", Language::German), Modifier::Under);
        assert_eq!(modifier("about $150", Language::English), Modifier::About);
    }

    #[test]
    fn names_with_numbers_are_no_figures() {
        assert_eq!(figures("an Airbus A380 and the B52", Language::English), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn any_text_gives_figures_within_it(pieces in prop::collection::vec(prop_oneof![
            Just("1.234,5"), Just("48"), Just("."), Just(":"), Just("-"), Just(" "), Just("%"), Just("€"), Just("Mio"), Just("ein"), Just("Uhr"), Just("p.m."),
            Just("Jährige"), Just("twenty"), Just("half a"), Just("billion"), Just("km"), Just("/h"), Just("°"), Just("ß"), Just("999999999999999999999")], 0..14)) {
            let text = pieces.concat();
            for language in [Language::German, Language::English, Language::Other] {
                for figure in find(&tokens(&text), language, &[]) {
                    prop_assert!(text.get(figure.range.clone()).is_some_and(|text| !text.is_empty()));
                    prop_assert!(figure.value.is_finite());
                }
            }
        }
    }
}
