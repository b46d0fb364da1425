//! What is known of a date, and whether two dates agree.

use std::ops::Range;

use jiff::civil;

/// A date as far as the text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Date {
    /// Where it stands, in bytes.
    pub(in crate::evidence) range: Range<usize>,
    /// The year, with its century.
    pub(in crate::evidence) year: Option<u16>,
    /// 1 to 12.
    pub(in crate::evidence) month: Option<u8>,
    /// The day as written: a text may be wrong.
    pub(in crate::evidence) day: Option<u8>,
    /// The last day, where it is a span of days.
    pub(in crate::evidence) until: Option<u8>,
    /// Whether it was counted from the day of writing: *yesterday*. It may bear another date out, and contradicts none.
    pub(in crate::evidence) is_relative: bool,
}

/// How two dates stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum DateAgreement {
    /// All that both give is the same.
    Same,
    /// Both give the same parts, and one of them differs.
    Different,
    /// They give unlike parts.
    Incomparable,
}

impl Date {
    /// A day of the calendar, which stands nowhere.
    pub(in crate::evidence) fn of_day(day: civil::Date) -> Self {
        Self {
            range: 0..0,
            year: u16::try_from(day.year()).ok(),
            month: u8::try_from(day.month()).ok(),
            day: u8::try_from(day.day()).ok(),
            until: None,
            is_relative: false,
        }
    }

    /// The day of the calendar, of a span the first; nothing where a part of it is not given or there is no such day.
    pub(in crate::evidence) fn first_day(&self) -> Option<civil::Date> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// Compares a date of a claim with one of a page. A page need not repeat the year.
    pub(in crate::evidence) fn agreement(&self, page: &Self) -> DateAgreement {
        let days = |date: &Self| [date.day, date.until];
        let same_day = || match (self.until, page.until) {
            (Some(_), Some(_)) => days(self) == days(page),
            _ => days(self).iter().flatten().any(|day| days(page).contains(&Some(*day))),
        };
        let shared: Vec<bool> = [
            self.year.and_then(|year| Some(year == page.year?)),
            self.month.and_then(|month| Some(month == page.month?)),
            self.day.and_then(|_| page.day.map(|_| same_day())),
        ]
        .into_iter()
        .flatten()
        .collect();
        // That somebody spoke yesterday does not say that something else was this year.
        if page.is_relative && self.day.is_none() && page.day.is_some()
            || self.month.is_some() && page.month.is_none()
            || self.day.is_some() && page.day.is_none()
            || shared.is_empty()
        {
            return DateAgreement::Incomparable;
        }
        if shared.iter().all(|same| *same) { DateAgreement::Same } else { DateAgreement::Different }
    }
}

/// The day at the start of a timestamp: `2025-03-03`, `2025-03-03T10:00:00Z`.
pub(in crate::evidence) fn day_of_timestamp(text: &str) -> Option<civil::Date> {
    text.get(..10)?.parse().ok()
}

impl Date {
    /// Whether a date of the page has a part in common with this one and differs in another: most likely the same date, with a
    /// slip in it.
    pub(in crate::evidence) fn is_near(&self, page: &Self) -> bool {
        let parts = [
            self.year.zip(page.year).map(|(one, other)| one == other),
            self.month.zip(page.month).map(|(one, other)| one == other),
            self.day.zip(page.day).map(|(one, other)| one == other),
        ];
        let (same, other): (Vec<bool>, Vec<bool>) = parts.into_iter().flatten().partition(|same| *same);
        self.agreement(page) == DateAgreement::Different && same.len() > other.len()
    }

    /// Whether both give a year and the years differ.
    pub(in crate::evidence) fn is_of_another_year(&self, page: &Self) -> bool {
        self.year.zip(page.year).is_some_and(|(one, other)| one != other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_have_a_date() {
        let date = day_of_timestamp("2025-03-04T10:00:00Z").map(Date::of_day).unwrap();
        assert_eq!((date.year, date.month, date.day), (Some(2025), Some(3), Some(4)));
        for none in ["", "2025", "2025-13-01", "yesterday, I think", "2025-03-0ä"] {
            assert_eq!(day_of_timestamp(none), None, "{none}");
        }
    }
}
