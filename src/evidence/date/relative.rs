//! Days that are named by how far they are from the day of writing: *yesterday*, *vor drei Tagen*, *on Tuesday*.
//!
//! They amount to a date only where the day of writing is known. A day of the week may be the last one or the next, so that
//! it gives both; which is meant the tense would have to tell.

use jiff::ToSpan as _;
use jiff::civil::{self, Weekday};

use super::agreement::Date;
use super::weekday;
use crate::evidence::figure::number_word;
use crate::evidence::language::Language;
use crate::evidence::token::{Row, Token, TokenKind};

/// The longest way back or ahead, in days, that a number of days is counted.
const FARTHEST: i64 = 3_660;
/// The same where the number is written out.
const FARTHEST_IN_WORDS: i32 = 100;

/// What a name of a day amounts to.
#[derive(Clone, Copy)]
enum Named {
    /// So many days from the day of writing.
    Days(i64),
    /// The day of the week before the day of writing.
    Last(Weekday),
    /// The day of the week after it, or, as some count, the one in the next week.
    Next(Weekday),
    /// The last one or the next.
    Either(Weekday),
    /// The year so many years from that of writing.
    Year(i16),
}

/// The relative dates among `tokens` of a text in `language` that was written on `written`, in order. Where two days may be
/// meant, both are given for the same place. `taken` are dates that were found: a day of the week beside one adds nothing.
pub(in crate::evidence) fn find_relative(
    tokens: &[Token<'_>],
    language: Language,
    written: civil::Date,
    taken: &[Date],
) -> Vec<Date> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((named, next)) = (Reader { row: Row(tokens), language }).named(at) else {
            at += 1;
            continue;
        };
        let range = tokens[at].start..tokens[next - 1].end();
        if !taken.iter().any(|date| is_beside(date, &range)) {
            found.extend(days(named, written).into_iter().flatten().map(|day| of_day(day, &range)));
            if let Named::Year(years) = named {
                found.extend(of_year(written.year().saturating_add(years), &range));
            }
        }
        at = next;
    }
    found
}

/// Whether a date stands within the same few characters, as in *Tuesday, 4 March*.
fn is_beside(date: &Date, range: &std::ops::Range<usize>) -> bool {
    date.range.start < range.end + 8 && range.start < date.range.end + 3
}

fn days(named: Named, written: civil::Date) -> [Option<civil::Date>; 2] {
    let shifted = |days: i64| written.checked_add(days.days()).ok();
    let last = |weekday| written.tomorrow().ok().and_then(|from| from.nth_weekday(-1, weekday).ok());
    let next = |weekday| written.nth_weekday(1, weekday).ok();
    match named {
        Named::Days(days) => [shifted(days), None],
        Named::Last(weekday) => [written.nth_weekday(-1, weekday).ok(), None],
        Named::Next(weekday) => [next(weekday), written.nth_weekday(2, weekday).ok()],
        Named::Either(weekday) => [last(weekday), next(weekday)],
        Named::Year(_) => [None, None],
    }
}

fn of_day(day: civil::Date, range: &std::ops::Range<usize>) -> Date {
    Date { range: range.clone(), is_relative: true, ..Date::of_day(day) }
}

fn of_year(year: i16, range: &std::ops::Range<usize>) -> Option<Date> {
    let year = Some(u16::try_from(year).ok()?);
    Some(Date { range: range.clone(), year, month: None, day: None, until: None, is_relative: true })
}

struct Reader<'a> {
    row: Row<'a>,
    language: Language,
}

impl Reader<'_> {
    /// What the words from token `at` on name, and the index of the token after them.
    fn named(&self, at: usize) -> Option<(Named, usize)> {
        if self.row.0[at].kind == TokenKind::Sign {
            return None;
        }
        match self.language {
            Language::English => self.english(at),
            Language::German => self.german(at),
            Language::Other => None,
        }
    }

    fn english(&self, at: usize) -> Option<(Named, usize)> {
        if let Some((days, unit)) = self.count(at) {
            let ago = self.row.word(unit + 1).is_some_and(|word| word == "ago");
            return (is_days(&self.row.word(unit)?) && ago).then_some((Named::Days(-days), unit + 2));
        }
        let word = self.row.word(at)?;
        let following = |offset: usize| self.row.word(at + offset).unwrap_or_default();
        let simple = match &*word {
            "today" | "tonight" => Some(0),
            "yesterday" => Some(-1),
            "tomorrow" => Some(1),
            _ => None,
        };
        if let Some(days) = simple {
            return Some((Named::Days(days), at + 1));
        }
        if word == "the" && following(1) == "day" {
            let days = match (&*following(2), &*following(3)) {
                ("before", "yesterday") => -2,
                ("after", "tomorrow") => 2,
                _ => return None,
            };
            return Some((Named::Days(days), at + 4));
        }
        let day = |offset: usize| weekday::named(&following(offset), self.language);
        Some(match &*word {
            "last" | "past" if day(1).is_some() => (Named::Last(day(1)?), at + 2),
            "next" if day(1).is_some() => (Named::Next(day(1)?), at + 2),
            "on" | "this" if day(1).is_some() => (Named::Either(day(1)?), at + 2),
            "last" if following(1) == "year" => (Named::Year(-1), at + 2),
            "this" if following(1) == "year" => (Named::Year(0), at + 2),
            "next" if following(1) == "year" => (Named::Year(1), at + 2),
            _ => (Named::Either(weekday::named(&word, self.language)?), at + 1),
        })
    }

    fn german(&self, at: usize) -> Option<(Named, usize)> {
        let word = self.row.word(at)?;
        let following = |offset: usize| self.row.word(at + offset).unwrap_or_default();
        let simple = match &*word {
            "heute" => Some(0),
            "gestern" => Some(-1),
            "vorgestern" => Some(-2),
            "ubermorgen" => Some(2),
            "morgen" if self.is_tomorrow(at) => Some(1),
            _ => None,
        };
        if let Some(days) = simple {
            return Some((Named::Days(days), at + 1));
        }
        if let "vor" | "in" = &*word
            && let Some((days, unit)) = self.count(at + 1)
            && is_days(&self.row.word(unit)?)
        {
            return Some((Named::Days(if word == "vor" { -days } else { days }), unit + 1));
        }
        let is_year = |offset: usize| matches!(&*following(offset), "jahr" | "jahres");
        if is_year(1) {
            return Some((Named::Year(direction(&word)?), at + 2));
        }
        let day = |offset: usize| {
            let word = following(offset);
            weekday::named(&word, self.language).or_else(|| weekday::with_time_of_day(&word))
        };
        if let Some(weekday) = day(1)
            && let Some(way) = direction(&word)
        {
            let named = match way {
                -1 => Named::Last(weekday),
                1 => Named::Next(weekday),
                _ => Named::Either(weekday),
            };
            return Some((named, at + 2));
        }
        if word == "am"
            && let Some(weekday) = day(1)
        {
            return Some((Named::Either(weekday), at + 2));
        }
        Some((Named::Either(day(0)?), at + 1))
    }

    /// Whether *morgen* at `at` is the next day: not the morning of a day that stands before it, and not a noun.
    fn is_tomorrow(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.row.word(before)).unwrap_or_default();
        let is_day = matches!(&*before, "heute" | "gestern" | "vorgestern" | "ubermorgen")
            || weekday::named(&before, self.language).is_some();
        !is_day && !self.row.0[at].is_capitalised()
    }

    /// A number of days and the like at `at`, in digits or as a word, and the index of the token after it.
    fn count(&self, at: usize) -> Option<(i64, usize)> {
        let digits = self.row.number(at).and_then(|text| text.parse::<i64>().ok());
        let in_words = || {
            let word = self.row.word(at)?;
            if matches!(&*word, "einem" | "one" | "a") {
                return Some(1);
            }
            let value = number_word(&word, self.language)?;
            (0..=FARTHEST_IN_WORDS).find(|&days| f64::from(days).total_cmp(&value).is_eq()).map(i64::from)
        };
        digits.or_else(in_words).filter(|days| (0..=FARTHEST).contains(days)).map(|days| (days, at + 1))
    }
}

fn is_days(word: &str) -> bool {
    matches!(word, "day" | "days" | "tag" | "tagen")
}

/// In which direction a folded German adjective points: -1 for *vergangen*, 1 for *kommend*, 0 for *dies*.
fn direction(word: &str) -> Option<i16> {
    let stem = ["em", "en", "er", "es", "e"].iter().find_map(|ending| word.strip_suffix(ending))?;
    Some(match stem {
        "letzt" | "vorig" | "vergangen" => -1,
        "kommend" | "nachst" => 1,
        "dies" => 0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evidence::token::tokens;

    /// A Wednesday.
    const WRITTEN: civil::Date = civil::date(2025, 3, 5);

    fn dates(text: &str, language: Language) -> Vec<(&str, String)> {
        let found = find_relative(&tokens(text), language, WRITTEN, &[]);
        let iso = |date: &Date| {
            let parts = [date.month, date.day].into_iter().flatten().map(|part| format!("-{part:02}"));
            format!("{}{}", date.year.unwrap(), parts.collect::<String>())
        };
        found.iter().map(|date| (&text[date.range.clone()], iso(date))).collect()
    }

    #[test]
    fn days_are_counted_from_the_day_of_writing() {
        for (text, language, words, day) in [
            ("Er kam gestern an", Language::German, "gestern", "2025-03-04"),
            ("heute Morgen", Language::German, "heute", "2025-03-05"),
            ("sie kommen morgen", Language::German, "morgen", "2025-03-06"),
            ("vor drei Tagen", Language::German, "vor drei Tagen", "2025-03-02"),
            ("in 10 Tagen", Language::German, "in 10 Tagen", "2025-03-15"),
            ("am vergangenen Dienstag", Language::German, "vergangenen Dienstag", "2025-03-04"),
            ("im vergangenen Jahr", Language::German, "vergangenen Jahr", "2024"),
            ("he came yesterday", Language::English, "yesterday", "2025-03-04"),
            ("the day before yesterday", Language::English, "the day before yesterday", "2025-03-03"),
            ("three days ago", Language::English, "three days ago", "2025-03-02"),
            ("3 days ago", Language::English, "3 days ago", "2025-03-02"),
            ("last Wednesday", Language::English, "last Wednesday", "2025-02-26"),
            ("next year", Language::English, "next year", "2026"),
        ] {
            assert_eq!(dates(text, language), [(words, day.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_day_of_the_week_may_be_the_last_or_the_next() {
        let both = |words, last: &str, next: &str| [(words, last.to_owned()), (words, next.to_owned())];
        assert_eq!(
            dates("Das sagte sie am Dienstag.", Language::German),
            both("am Dienstag", "2025-03-04", "2025-03-11")
        );
        assert_eq!(
            dates("am kommenden Freitagabend", Language::German),
            both("kommenden Freitagabend", "2025-03-07", "2025-03-14")
        );
        assert_eq!(
            dates("on Wednesday", Language::English),
            both("on Wednesday", "2025-03-05", "2025-03-12")
        );
    }

    #[test]
    fn other_words_and_other_languages_name_no_day() {
        for text in ["am Morgen", "die letzten Jahre", "in drei Wochen", "vor dem Tag", "am Feierabend"] {
            assert_eq!(dates(text, Language::German), [], "{text}");
        }
        for text in ["three weeks ago", "the last day", "days ago"] {
            assert_eq!(dates(text, Language::English), [], "{text}");
        }
        assert_eq!(dates("yesterday, gestern", Language::Other), []);
    }

    #[test]
    fn a_day_of_the_week_beside_a_date_adds_nothing() {
        let text = "on Tuesday, 4 March, and yesterday";
        let tokens = tokens(text);
        let taken = super::super::find(&tokens, Language::English);
        let found = find_relative(&tokens, Language::English, WRITTEN, &taken);
        assert_eq!(found.iter().map(|date| &text[date.range.clone()]).collect::<Vec<_>>(), ["yesterday"]);
    }

    proptest! {
        #[test]
        fn any_words_give_days_within_the_text(words in prop::collection::vec(prop_oneof![
            Just("vor"), Just("in"), Just("99999999999"), Just("3"), Just("Tagen"), Just("days"), Just("ago"), Just("am"),
            Just("Dienstag"), Just("the"), Just("day"), Just("before"), Just("yesterday"), Just("last"), Just("year"), Just(",")], 0..12)) {
            let text = words.join(" ");
            for language in [Language::German, Language::English] {
                for date in find_relative(&tokens(&text), language, civil::Date::MIN, &[]) {
                    prop_assert!(text.get(date.range).is_some());
                }
            }
        }
    }
}
