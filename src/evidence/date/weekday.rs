//! Days of the week by their names, and dates that stand beside the wrong one.

use std::ops::Range;

use jiff::civil::{self, Weekday};

use super::agreement::Date;
use super::find::find;
use crate::evidence::language::Language;
use crate::evidence::token::{Row, tokens};
use crate::evidence::written::Written;

/// A date that its text gives to another day of the week than the calendar does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekdaySlip {
    /// Where the day of the week and the date stand in the text, in bytes.
    pub range: Range<usize>,
    /// The English name of the day of the week that the date falls on.
    pub is: &'static str,
    /// The year that the date is taken to be of, where the text gives none.
    pub year: Option<i16>,
}

/// How many days a date without a year may be away from the day of writing. News speaks of days that are near.
const FARTHEST: i32 = 100;

/// The dates of `text`, a sentence `written` so, that stand beside the wrong day of the week: *Sonntag, 13. Januar 2024*
/// was a Saturday. A date without a year is taken for the one that is nearest to the day of writing; where that is not known, or
/// the sentence is about another year, it may be any day, and is passed over.
pub fn weekday_slips(text: &str, written: Written<'_>) -> Vec<WeekdaySlip> {
    let language = Language::of(written.language);
    let tokens = tokens(text);
    let row = Row(&tokens);
    let dates = find(&tokens, language);
    let near = written.on.filter(|_| dates.iter().all(|date| date.year.is_none()));
    let slip = |date: Date| {
        let assumed = near.filter(|_| date.year.is_none()).and_then(|on| nearest(&date, on));
        let day = date.first_day().or(assumed).filter(|_| date.until.is_none())?;
        let first = tokens.iter().position(|token| token.start == date.range.start)?;
        let at = weekday_before(row, first, language)?;
        let said = named(&row.word(at)?, language)?;
        let range = tokens.get(at)?.start..date.range.end;
        let year = assumed.map(civil::Date::year);
        (said != day.weekday()).then(|| WeekdaySlip { range, is: name(day.weekday()), year })
    };
    dates.iter().cloned().filter_map(slip).collect()
}

/// The day that `date`, which has no year, is nearest to `on`.
fn nearest(date: &Date, on: civil::Date) -> Option<civil::Date> {
    let of_year = |year: i16| Date { year: u16::try_from(year).ok(), ..date.clone() }.first_day();
    let away = |day: &civil::Date| (*day - on).get_days().abs();
    let years = [on.year().checked_sub(1), Some(on.year()), on.year().checked_add(1)];
    let nearest = years.into_iter().flatten().filter_map(of_year).min_by_key(away)?;
    Some(nearest).filter(|day| away(day) <= FARTHEST)
}

/// Where the day of the week stands that belongs to the date that begins at token `first`: right before it, with a comma, a
/// bracket, or *den* and *the* between.
fn weekday_before(row: Row<'_>, first: usize, language: Language) -> Option<usize> {
    let mut at = first.checked_sub(1)?;
    if row.word(at).is_some_and(|word| matches!(&*word, "den" | "dem" | "the")) {
        at = at.checked_sub(1)?;
    }
    if row.is_sign(at, ',') || row.is_sign(at, '(') {
        at = at.checked_sub(1)?;
    }
    row.word(at).is_some_and(|word| named(&word, language).is_some()).then_some(at)
}

/// The days of the week, from Monday.
const DAYS: [(Weekday, &str, &str); 7] = [
    (Weekday::Monday, "Monday", "Montag"),
    (Weekday::Tuesday, "Tuesday", "Dienstag"),
    (Weekday::Wednesday, "Wednesday", "Mittwoch"),
    (Weekday::Thursday, "Thursday", "Donnerstag"),
    (Weekday::Friday, "Friday", "Freitag"),
    (Weekday::Saturday, "Saturday", "Samstag"),
    (Weekday::Sunday, "Sunday", "Sonntag"),
];

/// The day of the week that a folded word names.
pub(super) fn named(folded: &str, language: Language) -> Option<Weekday> {
    if language == Language::German && folded == "sonnabend" {
        return Some(Weekday::Saturday);
    }
    let is_it = |english: &str, german: &str| match language {
        Language::English => folded.eq_ignore_ascii_case(english),
        Language::German => folded.eq_ignore_ascii_case(german),
        Language::Other => false,
    };
    DAYS.iter().find(|(_, english, german)| is_it(english, german)).map(|(day, _, _)| *day)
}

/// The day of the week that a folded German word names together with a time of day: *dienstagabend*.
pub(super) fn with_time_of_day(folded: &str) -> Option<Weekday> {
    const TIMES: [&str; 6] = ["morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht"];
    TIMES.iter().filter_map(|time| folded.strip_suffix(time)).find_map(|day| named(day, Language::German))
}

fn name(weekday: Weekday) -> &'static str {
    DAYS.iter().find(|(day, _, _)| *day == weekday).map_or("", |(_, english, _)| *english)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips<'a>(text: &'a str, language: &str) -> Vec<(&'a str, &'static str)> {
        let slips = weekday_slips(text, Written::in_language(language));
        slips.into_iter().map(|slip| (&text[slip.range], slip.is)).collect()
    }

    #[test]
    fn a_date_without_a_year_is_the_one_nearest_to_the_day_of_writing() {
        let slips = |text: &str, on| {
            let slips = weekday_slips(text, Written { language: "de", on: Some(on) });
            slips.into_iter().map(|slip| (slip.is, slip.year)).collect::<Vec<_>>()
        };
        let text = "Am Sonntag, 13. Januar, begann es.";
        assert_eq!(slips(text, civil::date(2024, 1, 14)), [("Saturday", Some(2024))]);
        assert_eq!(slips(text, civil::date(2023, 12, 20)), [("Saturday", Some(2024))]);
        assert_eq!(slips(text, civil::date(2019, 1, 14)), [], "was a Sunday");
        assert_eq!(slips(text, civil::date(2024, 7, 1)), [], "is too far away to be sure of");
        assert_eq!(slips("1991, am Sonntag, 13. Januar, begann es.", civil::date(2024, 1, 14)), []);
    }

    #[test]
    fn a_date_beside_the_wrong_day_of_the_week_is_found_and_the_right_day_named() {
        assert_eq!(
            slips("Am Sonntag, 13. Januar 2024, begann es.", "de"),
            [("Sonntag, 13. Januar 2024", "Saturday")]
        );
        assert_eq!(slips("Am Montag, den 4. März 2025", "de"), [("Montag, den 4. März 2025", "Tuesday")]);
        assert_eq!(
            slips("It began on Sunday, January 13, 2024.", "en"),
            [("Sunday, January 13, 2024", "Saturday")]
        );
        assert_eq!(slips("on Sunday the 13th of January 2024", "en").len(), 1);
    }

    #[test]
    fn the_right_day_and_a_date_that_is_not_whole_are_no_slip() {
        assert_eq!(slips("Am Samstag, 13. Januar 2024, und Sonnabend, dem 13.01.2024", "de"), []);
        assert_eq!(slips("Am Sonntag, 13. Januar, und Sonntag, 13. bis 15. Januar 2024", "de"), []);
        assert_eq!(slips("On Sunday he spoke of 13 January 2024.", "en"), []);
        assert_eq!(slips("Dimanche 13 janvier 2024", "fr"), []);
    }

    #[test]
    fn a_day_with_its_time_of_day_is_known() {
        for (word, day) in [
            ("dienstagabend", Some(Weekday::Tuesday)),
            ("montagvormittag", Some(Weekday::Monday)),
            ("freitagmittag", Some(Weekday::Friday)),
            ("feierabend", None),
        ] {
            assert_eq!(with_time_of_day(word), day, "{word}");
        }
    }
}
