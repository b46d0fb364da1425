//! Finds the dates of a text.

use super::agreement::Date;
use super::finder::{Finder, Parts, is_year};
use super::written::is_day_word;
use crate::evidence::figure::{Modifier, is_unit_or_magnitude};
use crate::evidence::language::Language;
use crate::evidence::lexicon::lexicon;
use crate::evidence::token::{Row, Token, TokenKind, folded};

/// The dates among `tokens`, in order.
pub(in crate::evidence) fn find(tokens: &[Token<'_>], language: Language) -> Vec<Date> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let read = || (Finder { row: Row(tokens), language }).date(at);
        match may_begin(&tokens[at]).then(read).flatten() {
            Some((date, next)) => {
                found.push(date);
                at = next;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether a date may begin with `token`: a number, the name of a month, or a day in words.
fn may_begin(token: &Token<'_>) -> bool {
    match token.kind {
        TokenKind::Number => true,
        TokenKind::Sign => false,
        TokenKind::Word => {
            let word = folded(token.text);
            month_named(&word).is_some() || is_day_word(&word)
        }
    }
}

impl Finder<'_> {
    /// The date that begins at token `at`, and the index of the token after it.
    fn date(&self, at: usize) -> Option<(Date, usize)> {
        let Parts { year, month, day, until, next } = self
            .dotted(at)
            .or_else(|| self.without_year(at))
            .or_else(|| self.iso(at))
            .or_else(|| self.slashed(at))
            .or_else(|| self.year_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))
            .or_else(|| self.year_alone(at))?;
        Some((
            Date {
                range: self.row.0[at].start..self.row.0[next - 1].end(),
                year,
                month,
                day,
                until,
                is_relative: false,
            },
            next,
        ))
    }

    /// 26. Juli 2020, 7. bis 9. Mai, 20th of July, 6 August, the 10th to the 12th of September
    fn day_first(&self, at: usize) -> Option<Parts> {
        let (day, next) = self.day(at)?;
        let (until, next) = self.last_day(next).map_or((None, next), |(until, next)| (Some(until), next));
        let month = self.month(next)?;
        Some(self.with_year(Parts {
            year: None,
            month: Some(month),
            day: Some(day),
            until,
            next: self.after_month(next),
        }))
    }

    /// July 26, 2020; July 2nd; August 5 to 9; Juli 2020
    fn month_first(&self, at: usize) -> Option<Parts> {
        let month = self.month(at)?;
        let next = self.after_month(at);
        if let Some(year) = self.year(next, true) {
            return Some(Parts { year: Some(year), month: Some(month), next: next + 1, ..Parts::default() });
        }
        if let Some((year, next)) = self.year_in_words(next) {
            return Some(Parts { year: Some(year), month: Some(month), next, ..Parts::default() });
        }
        if self.language != Language::English {
            return None;
        }
        let (day, next) = self.day_after_month(next)?;
        let span = self.last_day(next).filter(|&(_, next)| self.month(next).is_none());
        let (until, next) = span.map_or((None, next), |(until, next)| (Some(until), next));
        Some(self.with_year(Parts { year: None, month: Some(month), day: Some(day), until, next }))
    }

    /// A day of the month at `at`: `26.` in German; `26`, `26th`, `26th of` in English.
    fn day(&self, at: usize) -> Option<(u8, usize)> {
        if let Some((day, next)) = self.day_in_words(at) {
            return Some((day, next));
        }
        let day = self.row.number(at).filter(|text| text.len() <= 2)?.parse().ok().filter(|&day| day > 0)?;
        let is_month_next = || self.month(at + 2).is_some();
        if self.row.is_sign(at + 1, '.') && (self.language != Language::English || is_month_next()) {
            return Some((day, at + 2));
        }
        if self.language == Language::German {
            return None;
        }
        let ending = self.row.word(at + 1).is_some_and(|word| matches!(&*word, "st" | "nd" | "rd" | "th"));
        let next = at + 1 + usize::from(ending);
        let of = self.row.word(next).is_some_and(|word| word == "of")
            && (ending || self.month(next + 1).is_some());
        Some((day, next + usize::from(of)))
    }

    /// 2019-Sep-1, 2019/sep/01
    fn year_first(&self, at: usize) -> Option<Parts> {
        if !self.are_three_joined(at, &['/', '-']) {
            return None;
        }
        let year = self.year(at, false)?;
        let month = month_named(&self.row.word(at + 2)?)?;
        let day =
            self.row.number(at + 4).filter(|text| text.len() <= 2)?.parse().ok().filter(|&day| day > 0)?;
        Some(Parts { year: Some(year), month: Some(month), day: Some(day), until: None, next: at + 5 })
    }

    /// The day that stands after the name of an English month: `26`, `Oct-2`, *the twenty-first*, *twenty one*.
    fn day_after_month(&self, at: usize) -> Option<(u8, usize)> {
        let the = usize::from(self.row.word(at).is_some_and(|word| word == "the"));
        let joined = ['-', '/', '.'].iter().any(|&sign| self.row.is_sign(at, sign)) && self.row.adjoins(at);
        let glued = joined && self.row.adjoins(at + 1) && self.row.number(at + 1).is_some();
        // October. 2, with a full stop that no abbreviation needs
        let stop = self.row.is_sign(at, '.') && self.row.adjoins(at) && self.row.number(at + 1).is_some();
        let from = at + the.max(usize::from(glued || stop));
        self.day(from).or_else(|| self.day_as_number(from))
    }

    /// The last day of a span whose first day ends before `at`.
    fn last_day(&self, at: usize) -> Option<(u8, usize)> {
        let joined = self.row.is_sign(at, '-')
            || self.row.is_sign(at, '–')
            || self
                .row
                .word(at)
                .is_some_and(|word| matches!(&*word, "bis" | "und" | "to" | "and" | "until" | "through"));
        let article = usize::from(self.row.word(at + 1).is_some_and(|word| word == "the" || word == "zum"));
        self.day(at + 1 + article).filter(|_| joined)
    }

    fn with_year(&self, parts: Parts) -> Parts {
        let comma = usize::from(self.row.is_sign(parts.next, ','));
        match self.year(parts.next + comma, comma == 0) {
            Some(year) => Parts { year: Some(year), next: parts.next + comma + 1, ..parts },
            None => match self.year_in_words(parts.next + comma) {
                Some((year, next)) => Parts { year: Some(year), next, ..parts },
                None => parts,
            },
        }
    }

    /// 1999, where nothing counts with it and nothing is counted by it.
    fn year_alone(&self, at: usize) -> Option<Parts> {
        let cued = at > 0
            && (self.row.is_sign(at - 1, '(') && self.row.is_sign(at + 1, ')')
                || self.row.word(at - 1).is_some_and(|word| {
                    matches!(
                        &*word,
                        "seit" | "since" | "jahr" | "jahre" | "jahren" | "jahres" | "year" | "years"
                    )
                }));
        let year = self.year(at, cued)?;
        let glued_before =
            at > 0 && self.row.adjoins(at) && matches!(self.row.0[at - 1].text, "$" | "€" | "£" | "+" | ":");
        if glued_before || self.is_rough(at) || !cued && !self.is_in_time(at) && self.counts(at + 1) {
            return None;
        }
        Some(Parts { year: Some(year), next: self.after_span(at + 1), ..Parts::default() })
    }

    /// Whether a word before the number at `at` says that it is an amount: *about 1100*.
    fn is_rough(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).and_then(|at| self.row.word(at)).unwrap_or_default();
        Modifier::of(&word(2), &word(1)) != Modifier::None
    }

    /// Whether an English preposition of time stands before the year at `at`, so that the word after it is no noun that it
    /// counts: *in 2020 comprises*.
    fn is_in_time(&self, at: usize) -> bool {
        let recent = self
            .row
            .number(at)
            .and_then(|text| text.parse().ok())
            .is_some_and(|year: u16| (1_900..=2_050).contains(&year));
        recent
            && self.language == Language::English
            && at.checked_sub(1).and_then(|at| self.row.word(at)).is_some_and(|word| {
                matches!(&*word, "in" | "since" | "during" | "until" | "for" | "by" | "from")
            })
    }

    /// The token after the end of a span of years that goes on at `at`: *1968/69*, *2014–2018*.
    fn after_span(&self, at: usize) -> usize {
        let joined = ['/', '-', '–'].iter().any(|&sign| self.row.is_sign(at, sign)) && self.row.adjoins(at);
        let ends = self.row.adjoins(at + 1)
            && self.row.number(at + 1).is_some_and(|text| matches!(text.len(), 2 | 4));
        if joined && ends { at + 2 } else { at }
    }

    /// Whether token `at` makes the number before it an amount: a unit, a magnitude, or in German a noun.
    fn counts(&self, at: usize) -> bool {
        let Some(token) = self.row.0.get(at) else { return false };
        match token.kind {
            TokenKind::Number => false,
            TokenKind::Sign => matches!(token.text, "%" | "€" | "$" | "°"),
            TokenKind::Word => {
                let folded = folded(token.text);
                let measures = is_unit_or_magnitude(&folded);
                let noun = if self.language == Language::German {
                    token.is_capitalised() && lexicon().knows_german(&folded) && !is_time_word(&folded)
                } else {
                    let plural = token.text.ends_with('s') && token.text.len() > 4
                        || matches!(&*folded, "people" | "men" | "women" | "children");
                    plural && token.text.starts_with(char::is_lowercase) && !is_time_word(&folded)
                };
                measures || noun
            }
        }
    }

    pub(super) fn month(&self, at: usize) -> Option<u8> {
        let token = self.row.0.get(at).filter(|token| token.kind == TokenKind::Word)?;
        let word = folded(token.text);
        // *may* and *march* are words of their own, and so are short forms in lower case.
        let is_weekday = |back: usize| {
            at.checked_sub(back).and_then(|at| self.row.word(at)).is_some_and(|word| word.ends_with("day"))
        };
        let after_weekday = is_weekday(1) || is_weekday(2);
        let sure = token.is_capitalised() || word.len() > 4 && word != "march" || after_weekday;
        month_named(&word).filter(|_| sure)
    }

    /// The token after the month at `at`, the full stop of an abbreviation taken in.
    fn after_month(&self, at: usize) -> usize {
        let is_short = self.row.0[at].text.len() <= 4;
        at + 1 + usize::from(is_short && self.row.is_sign(at + 1, '.') && self.row.adjoins(at + 1))
    }

    /// A number of four digits that may be a year; where something says that it is one, any.
    pub(super) fn year(&self, at: usize, cued: bool) -> Option<u16> {
        let text = self.row.number(at).filter(|text| text.len() == 4)?;
        let glued = self.row.adjoins(at + 1)
            && self.row.0.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word);
        text.parse().ok().filter(|&year| (is_year(year) || cued && year > 0) && !glued)
    }
}

/// The month, 1 to 12, that a folded word names.
fn month_named(word: &str) -> Option<u8> {
    const MONTHS: [&[&str]; 12] = [
        &["januar", "january", "janner", "jan"],
        &["februar", "february", "feb"],
        &["marz", "march", "mar"],
        &["april", "apr"],
        &["mai", "may"],
        &["juni", "june", "jun"],
        &["juli", "july", "jul"],
        &["august", "aug"],
        &["september", "sept", "sep"],
        &["oktober", "october", "okt", "oct"],
        &["november", "nov"],
        &["dezember", "december", "dez", "dec"],
    ];
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u8::try_from(at + 1).ok()
}

fn is_time_word(folded: &str) -> bool {
    matches!(folded, "was" | "begann" | "uhr" | "elections" | "ende" | "anfang" | "mitte" | "this" | "talks")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evidence::date::DateAgreement;
    use crate::evidence::token::tokens;

    type Read<'a> = (&'a str, Option<u16>, Option<u8>, Option<u8>);

    fn dates(text: &str, language: Language) -> Vec<Read<'_>> {
        find(&tokens(text), language)
            .into_iter()
            .map(|date| (&text[date.range], date.year, date.month, date.day))
            .collect()
    }

    #[test]
    fn amounts_are_no_years_and_spans_of_years_are_one_date() {
        let english = |text| dates(text, Language::English);
        assert_eq!(english("about 1100 people came")[..], []);
        assert_eq!(english("counted 1100 people")[..], []);
        assert_eq!(english("the schedule for 2020 comprises 13 races"), [("2020", Some(2020), None, None)]);
        assert_eq!(english("in the winter of 1968/69"), [("1968/69", Some(1968), None, None)]);
        assert_eq!(dates("von 2014–2018 im", Language::German), [("2014–2018", Some(2014), None, None)]);
    }

    #[test]
    fn a_date_with_a_slip_is_near_the_right_one() {
        let date = |text: &str| find(&tokens(text), Language::English).remove(0);
        assert!(date("12 September 2021").is_near(&date("12 September 1021")));
        assert!(date("12 September 2021").is_near(&date("15 September 2021")));
        assert!(!date("12 September 2021").is_near(&date("3 May 2021")));
        assert!(!date("12 September 2021").is_near(&date("12 September 2021")));
    }

    #[test]
    fn dates_of_both_languages_are_read() {
        for (text, language, expected) in [
            ("am 26. Juli 2020 in", Language::German, ("26. Juli 2020", Some(2020), Some(7), Some(26))),
            ("am 26.07.2020", Language::German, ("26.07.2020", Some(2020), Some(7), Some(26))),
            ("die 1999 im Kosovo begann", Language::German, ("1999", Some(1999), None, None)),
            ("im Mai 2021", Language::German, ("Mai 2021", Some(2021), Some(5), None)),
            ("on July 26, 2020, at", Language::English, ("July 26, 2020", Some(2020), Some(7), Some(26))),
            ("the 20th of July to", Language::English, ("20th of July", None, Some(7), Some(20))),
            ("January 2nd when", Language::English, ("January 2nd", None, Some(1), Some(2))),
            ("on 6 August", Language::English, ("6 August", None, Some(8), Some(6))),
            ("2020-07-26", Language::English, ("2020-07-26", Some(2020), Some(7), Some(26))),
            ("on Oct-2 they", Language::English, ("Oct-2", None, Some(10), Some(2))),
            ("16. Nov. 2016", Language::English, ("16. Nov. 2016", Some(2016), Some(11), Some(16))),
            ("on 2019-Sep-1 it", Language::English, ("2019-Sep-1", Some(2019), Some(9), Some(1))),
            ("in 2015.5.13.", Language::English, ("2015.5.13", Some(2015), Some(5), Some(13))),
            ("on 9/18/15 he", Language::English, ("9/18/15", Some(2015), Some(9), Some(18))),
            ("May twenty-first", Language::English, ("May twenty-first", None, Some(5), Some(21))),
            (
                "twenty second of June 2017",
                Language::English,
                ("twenty second of June 2017", Some(2017), Some(6), Some(22)),
            ),
            (
                "January 22, two thousand eighteen",
                Language::English,
                ("January 22, two thousand eighteen", Some(2018), Some(1), Some(22)),
            ),
            (
                "September the twenty-first nineteen seventy-eight",
                Language::English,
                ("September the twenty-first nineteen seventy-eight", Some(1978), Some(9), Some(21)),
            ),
            (
                "im Mai neunzehnhundertachtundsiebzig",
                Language::German,
                ("Mai neunzehnhundertachtundsiebzig", Some(1978), Some(5), None),
            ),
            ("since 2019, the", Language::English, ("2019", Some(2019), None, None)),
        ] {
            assert_eq!(dates(text, language), [expected], "{text}");
        }
    }

    #[test]
    fn spans_of_days_agree_where_their_ends_do() {
        let date = |text: &str, language| find(&tokens(text), language).remove(0);
        let german = date("vom 7. bis 9. Mai 2021", Language::German);
        assert_eq!((german.day, german.until, german.month), (Some(7), Some(9), Some(5)));
        let english = date("from the 7th to the 9th of May 2021", Language::English);
        assert_eq!((english.day, english.until, english.month), (Some(7), Some(9), Some(5)));
        assert_eq!(german.agreement(&date("May 9", Language::English)), DateAgreement::Same);
        assert_eq!(german.agreement(&date("May 5-9", Language::English)), DateAgreement::Different);
    }

    #[test]
    fn amounts_are_no_years() {
        assert_eq!(dates("mit 1500 Soldaten und 1500 Gramm", Language::German), []);
        assert_eq!(dates("1500 soldiers, $1500, 2000 km, 1990er", Language::English), []);
        assert_eq!(dates("May we go? 450 March", Language::English), []);
    }

    #[test]
    fn a_page_need_not_repeat_the_year() {
        let date = |text: &str| find(&tokens(text), Language::English).remove(0);
        assert_eq!(date("July 26, 2020").agreement(&date("26 July")), DateAgreement::Same);
        assert_eq!(date("July 26").agreement(&date("July 27")), DateAgreement::Different);
        assert_eq!(date("July 26").agreement(&date("in 2020")), DateAgreement::Incomparable);
        assert_eq!(date("in 2020").agreement(&date("July 26, 2020")), DateAgreement::Same);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn any_text_gives_dates_within_it(pieces in prop::collection::vec(prop_oneof![
            Just("26"), Just("2020"), Just("."), Just(" "), Just("Juli"), Just("July"), Just(","), Just("-"), Just("07"), Just("th"), Just("bis"),
            Just("1.2.1999"), Just("of"), Just("ä")], 0..12)) {
            let text = pieces.concat();
            for language in [Language::German, Language::English, Language::Other] {
                for date in find(&tokens(&text), language) {
                    prop_assert!(text.get(date.range.clone()).is_some_and(|text| !text.is_empty()));
                }
            }
        }
    }
}
