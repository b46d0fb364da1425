//! When a page was published, by what it says of itself.

use jiff::civil::Date;

use crate::evidence::date;
use crate::evidence::language::Language;
use crate::evidence::token::{fold, tokens};
use crate::markup::DateMark;

/// The first page of the web is of 1990.
const EARLIEST: i16 = 1990;

/// The date of publication: the surest of `dates` that can be read, written as the page has it where that is a timestamp, and
/// as `2025-03-03` otherwise.
pub(in crate::evidence) fn published(dates: &[(DateMark, String)], language: Language) -> Option<String> {
    let mut ranked: Vec<&(DateMark, String)> = dates.iter().collect();
    ranked.sort_by_key(|(mark, _)| *mark);
    ranked.into_iter().find_map(|(mark, written)| {
        let day = if *mark == DateMark::Address { of_address(written) } else { of_text(written, language) }?;
        let is_timestamp = written.starts_with(&day.to_string());
        Some(if is_timestamp { written.clone() } else { day.to_string() })
    })
}

/// The date of the last change that the page states.
pub(super) fn updated(dates: &[(DateMark, String)], language: Language) -> Option<String> {
    let changed = dates.iter().filter(|(mark, _)| *mark == DateMark::Changed);
    changed.filter_map(|(_, written)| of_text(written, language)).max().map(|day| day.to_string())
}

/// The longest line, in bytes, that is taken for the date of a page.
const LONGEST_LINE: usize = 48;

/// Whether a line holds little more than a date, so that it may be that of the page: a year among few words.
pub(in crate::evidence) fn is_line(text: &str) -> bool {
    let numbers = || text.split(|c: char| !c.is_ascii_digit());
    text.len() <= LONGEST_LINE
        && numbers().any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
        && text.split_whitespace().count() <= 8
        && numbers().filter(|number| !number.is_empty()).count() >= 2
        && !text.contains(['©', '–'])
}

/// The day that `text` names: a timestamp, or a date in words or figures.
fn of_text(text: &str, language: Language) -> Option<Date> {
    let start = text.trim().get(..10).and_then(|start| start.parse::<Date>().ok());
    let compact = || {
        let digits =
            text.trim().get(..8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
        Date::new(part(0..4)?, i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?).ok()
    };
    start
        .or_else(compact)
        .or_else(|| in_words(text, language))
        .or_else(|| in_figures(text))
        .or_else(|| in_other_words(text))
        .filter(|day| is_plausible(*day))
}

/// `2020/07/03`, `2020年7月3日`, `03/07/2020`: the year on either side, the day before the month where it ends.
fn in_figures(text: &str) -> Option<Date> {
    let numbers = numbers(text);
    numbers.windows(3).find_map(|parts| {
        let [first, second, third] = parts else { return None };
        if !are_joined(text, first.1, second.0) || !are_joined(text, second.1, third.0) {
            return None;
        }
        let part = |&(start, end): &(usize, usize)| text.get(start..end);
        let (year, month, day) = match (part(first)?, part(second)?, part(third)?) {
            (year, month, day) if year.len() == 4 => (year, month, day),
            (day, month, year) if year.len() == 4 && day.len() <= 2 => (year, month, day),
            _ => return None,
        };
        let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        Date::new(year.parse().ok()?, month, day).ok().filter(|day| is_plausible(*day))
    })
}

/// Where the runs of digits of `text` start and end.
fn numbers(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match found.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => found.push((at, at + 1)),
        }
    }
    found
}

/// Whether what stands between two numbers joins them to a date, as the hyphen between a date and a time does not.
fn are_joined(text: &str, end: usize, start: usize) -> bool {
    let between = text.get(end..start).unwrap_or_default();
    between == "-" || matches!(between.trim(), "/" | "." | "年" | "月" | "년" | "월")
}

/// How the months begin, folded, in languages whose dates are not otherwise read: Romance, Dutch, Scandinavian, Slavic,
/// Turkish, Arabic.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "sty", "led", "oca", "січ", "янв", "يناير"],
    &["fev", "feb", "lut", "uno", "sub", "лют", "фев", "فبراير"],
    &["mar", "maa", "bre", "бер", "мар", "مارس"],
    &["avr", "abr", "apr", "kwi", "dub", "nis", "кві", "апр", "ابريل"],
    &["mai", "may", "mag", "mei", "maj", "kve", "трав", "мая", "май", "مايو"],
    &["juin", "jun", "giu", "cze", "cer", "haz", "черв", "июн", "يونيو"],
    &["juil", "jul", "lug", "lip", "cervenc", "tem", "лип", "июл", "يوليو"],
    &["aou", "ago", "aug", "sie", "srp", "agu", "серп", "авг", "اغسطس"],
    &["sep", "set", "wrz", "zar", "eyl", "вер", "сен", "سبتمبر"],
    &["oct", "out", "ott", "okt", "paz", "rij", "eki", "жов", "окт", "اكتوبر"],
    &["nov", "lis", "kas", "лист", "ноя", "نوفمبر"],
    &["dec", "dez", "dic", "gru", "pro", "ara", "груд", "дек", "ديسمبر"],
];

/// `12 de julio de 2020`, `12 lipca 2020`.
fn in_other_words(text: &str) -> Option<Date> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "de" | "del" | "di"))
        .map(fold)
        .collect();
    words.windows(3).find_map(|parts| {
        let [day, month, year] = parts else { return None };
        // The longest beginning decides: červenec is July and červen June.
        let number = MONTHS
            .iter()
            .zip(1_i8..)
            .flat_map(|(names, number)| names.iter().map(move |name| (*name, number)))
            .filter(|(name, _)| month.starts_with(name))
            .max_by_key(|(name, _)| name.len())
            .map(|(_, number)| number)?;
        Date::new(year.parse().ok()?, number, day.parse().ok()?).ok().filter(|day| is_plausible(*day))
    })
}

fn in_words(text: &str, language: Language) -> Option<Date> {
    let tokens = tokens(text);
    [language, Language::German, Language::English]
        .into_iter()
        .find_map(|language| date::find(&tokens, language).iter().find_map(date::Date::first_day))
}

/// The day in the path of a URL: `/2025/03/03/`, `/2025-03-03-`, `/20250303/`.
fn of_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.windows(3).find_map(|parts| {
        let [year, month, day] = parts else { return None };
        if year.len() != 4 || month.is_empty() || month.len() > 2 || day.is_empty() || day.len() > 2 {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
            .ok()
            .filter(|day| is_plausible(*day))
    })
}

fn is_plausible(day: Date) -> bool {
    (EARLIEST..=2100).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(dates: &[(DateMark, &str)]) -> Option<String> {
        let dates: Vec<(DateMark, String)> =
            dates.iter().map(|(mark, text)| (*mark, (*text).to_owned())).collect();
        published(&dates, Language::German)
    }

    #[test]
    fn a_line_is_a_date_when_it_holds_little_else() {
        for line in ["January 18, 2020", "22/11/2020 - 04:30", "Montag, 3. März 2025, 10:00 Uhr"] {
            assert!(is_line(line), "{line}");
        }
        for line in [
            "© 2020 Synthetic",
            "1 May 2020 – 3 May 2020",
            "Room 2020",
            "They met on 3 May 2020 at about ten in the hall",
        ] {
            assert!(!is_line(line), "{line}");
        }
    }

    #[test]
    fn a_date_and_a_time_of_day_are_not_taken_for_one_date() {
        assert_eq!(
            of(&[(DateMark::Meta, "الأربعاء، 07 أكتوبر 2020 - 12:09 م")]).as_deref(),
            Some("2020-10-07")
        );
        assert_eq!(of(&[(DateMark::Meta, "in 2020 - 12:09")]), None);
    }

    #[test]
    fn a_page_is_published_when_it_says_so_and_not_when_it_was_made() {
        let dates = [
            (DateMark::Created, "2020-12-22"),
            (DateMark::Line, "1 May 2020"),
            (DateMark::Marked, "2020-12-23"),
        ];
        assert_eq!(of(&dates).as_deref(), Some("2020-12-23"));
        assert_eq!(of(&dates[..2]).as_deref(), Some("2020-12-22"));
    }

    #[test]
    fn the_surest_date_that_can_be_read_counts() {
        assert_eq!(
            of(&[
                (DateMark::Time, "3. März 2025"),
                (DateMark::Meta, "2025-03-02T10:00:00Z"),
                (DateMark::Data, "soon")
            ])
            .as_deref(),
            Some("2025-03-02T10:00:00Z")
        );
        assert_eq!(of(&[(DateMark::Changed, "2025-03-02")]).as_deref(), Some("2025-03-02"));
        assert_eq!(of(&[(DateMark::Meta, "0000-00-00")]), None);
    }

    #[test]
    fn dates_are_read_in_words_figures_and_addresses() {
        for (mark, written, day) in [
            (DateMark::Time, "Montag, 3. März 2025, 10:00 Uhr", "2025-03-03"),
            (DateMark::Time, "03.03.2025", "2025-03-03"),
            (DateMark::Time, "Published March 3, 2025", "2025-03-03"),
            (DateMark::Meta, "20250303T100000", "2025-03-03"),
            (DateMark::Time, "2025年3月3日", "2025-03-03"),
            (DateMark::Time, "23/03/2025 14:05", "2025-03-23"),
            (DateMark::Time, "lunes, 3 de marzo de 2025", "2025-03-03"),
            (DateMark::Time, "3. července 2025", "2025-07-03"),
            (DateMark::Address, "https://news.test/2025/03/03/story.html", "2025-03-03"),
            (DateMark::Address, "https://news.test/story-2025-03-03-end", "2025-03-03"),
        ] {
            assert_eq!(of(&[(mark, written)]).as_deref(), Some(day), "{written}");
        }
        assert_eq!(of(&[(DateMark::Address, "https://news.test/story/123456")]), None);
    }
}
