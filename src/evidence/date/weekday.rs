//! Days of the week by their names, and dates that stand beside the wrong one.

use std::ops::Range;

use jiff::civil::Weekday;

use super::agreement::Date;
use super::find::find;
use crate::evidence::language::Language;
use crate::evidence::token::{Row, tokens};

/// A date that its text gives to another day of the week than the calendar does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekdaySlip {
    /// Where the day of the week and the date stand in the text, in bytes.
    pub range: Range<usize>,
    /// The English name of the day of the week that the date falls on.
    pub is: &'static str,
}

/// The dates of `text`, a sentence in `language` (ISO 639-1), that stand beside the wrong day of the week: *Sonntag, 13. Januar 2024*
/// was a Saturday. Dates without a year fall on any day, and are passed over.
pub fn weekday_slips(text: &str, language: &str) -> Vec<WeekdaySlip> {
    let language = Language::of(language);
    let tokens = tokens(text);
    let row = Row(&tokens);
    let slip = |date: Date| {
        let weekday = date.first_day().filter(|_| date.until.is_none())?.weekday();
        let first = tokens.iter().position(|token| token.start == date.range.start)?;
        let at = weekday_before(row, first, language)?;
        let said = named(&row.word(at)?, language)?;
        let range = tokens.get(at)?.start..date.range.end;
        (said != weekday).then(|| WeekdaySlip { range, is: name(weekday) })
    };
    find(&tokens, language).into_iter().filter_map(slip).collect()
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
        weekday_slips(text, language).into_iter().map(|slip| (&text[slip.range], slip.is)).collect()
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
