//! Reads dates in digits: 26.07.2020, 2020-07-26, 26/7/20.

use super::finder::{Finder, Parts, is_year};
use crate::evidence::language::Language;

impl Finder<'_> {
    /// 26.07.2020, 26.07.20, 2020.7.26
    pub(super) fn dotted(&self, at: usize) -> Option<Parts> {
        let text = self.row.number(at)?;
        let mut parts = text.split('.');
        let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
        // 2015.5.13
        let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
        let year: u16 = year.parse().ok()?;
        let year = if year < 100 { 2_000 + year } else { year };
        (parts.next().is_none() && is_year(year)).then_some(())?;
        Some(Parts {
            year: Some(year),
            month: Some(month_number(month)?),
            day: Some(day_number(day)?),
            until: None,
            next: at + 1,
        })
    }

    /// am 28.10.
    pub(super) fn without_year(&self, at: usize) -> Option<Parts> {
        let cued = at.checked_sub(1).and_then(|at| self.row.word(at)).is_some_and(|word| {
            matches!(&*word, "am" | "vom" | "den" | "dem" | "der" | "zum" | "bis" | "ab" | "seit" | "ein")
        });
        let ends = self.row.is_sign(at + 1, '.') && self.row.adjoins(at + 1);
        if self.language != Language::German || !cued || !ends {
            return None;
        }
        let (day, month) = self.row.number(at)?.split_once('.')?;
        Some(Parts {
            month: Some(month_number(month)?),
            day: Some(day_number(day)?),
            next: at + 2,
            ..Parts::default()
        })
    }

    /// 2015/08/12, 21/04/2016. Which of two small numbers is the day is left open.
    pub(super) fn slashed(&self, at: usize) -> Option<Parts> {
        if !self.are_three_joined(at, &['/', '-']) {
            return None;
        }
        let numbers = [self.row.number(at)?, self.row.number(at + 2)?, self.row.number(at + 4)?];
        let year = |text: &str| text.parse().ok().filter(|&year| text.len() == 4 && is_year(year));
        let last = year(numbers[2]).or_else(|| short_year(numbers[2]));
        let (year, month, day) = match (year(numbers[0]), last) {
            (Some(year), _) => (year, month_number(numbers[1])?, day_number(numbers[2])?),
            (_, Some(year)) => {
                let (first, second) = (day_number(numbers[0])?, day_number(numbers[1])?);
                match (first > 12, second > 12, self.language) {
                    (false, false, _) if first == second => (year, first, second),
                    (true, false, _) | (false, false, Language::German) => (year, second, first),
                    (false, true, Language::English) => (year, first, second),
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(Parts { year: Some(year), month: Some(month), day: Some(day), until: None, next: at + 5 })
    }

    /// 2020-07-26
    pub(super) fn iso(&self, at: usize) -> Option<Parts> {
        if !self.are_three_joined(at, &['-']) {
            return None;
        }
        let year =
            self.row.number(at).filter(|year| year.len() == 4)?.parse().ok().filter(|&year| is_year(year))?;
        let (month, day) = (month_number(self.row.number(at + 2)?)?, day_number(self.row.number(at + 4)?)?);
        Some(Parts { year: Some(year), month: Some(month), day: Some(day), until: None, next: at + 5 })
    }
}

/// A year of two digits, of this century up to 50.
fn short_year(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok().filter(|_| text.len() == 2)?;
    Some(if year <= 50 { 2_000 + year } else { 1_900 + year })
}

fn day_number(text: &str) -> Option<u8> {
    (text.len() <= 2).then(|| text.parse().ok()).flatten().filter(|day| (1..=31).contains(day))
}

fn month_number(text: &str) -> Option<u8> {
    (text.len() <= 2).then(|| text.parse().ok()).flatten().filter(|month| (1..=12).contains(month))
}
