//! Dates: the same, or another in its place.

use std::ops::Range;

use super::judge::{ALIGNED, CLOSELY_ALIGNED, Finding, Judge, MUCH_THE_SAME};
use crate::evidence::atoms::Part;
use crate::evidence::date::{Date, DateAgreement};
use crate::evidence::figure::{Dimension, Figure, compare};
use crate::evidence::passage::Window;
use crate::evidence::weighed::Outcome;

impl Judge<'_> {
    pub(super) fn date(&self, date: &Date) -> Finding {
        self.same_date(date)
            .or_else(|| self.other_date(date))
            .or_else(|| self.is_day_of_page(date).then(|| Finding::nothing(Outcome::Same)))
            .unwrap_or(Finding::nothing(Outcome::NotFound))
    }

    /// A day that the claim counts from its own: one of `days`. Which of them is meant is a guess, so that no page can
    /// contradict it; but where the sentence that is most about it names a day, others of the page say nothing, for all news is of these few days.
    pub(super) fn day(&self, days: &[Date]) -> Finding {
        let Some(best) = self.best_sentence() else { return Finding::nothing(Outcome::NotFound) };
        let named = self.page(best.page).dates_in(best.first, best.last);
        let is_one = |other: &Date| days.iter().any(|day| day.agreement(other) == DateAgreement::Same);
        if let Some((_, same)) = named.iter().find(|(_, other)| is_one(other)) {
            return Finding::new(Outcome::Same, best.page, same.range.clone());
        }
        if named.iter().any(|(_, other)| other.day.is_some()) {
            return Finding::nothing(Outcome::NotFound);
        }
        let is_day_of_page = || days.iter().any(|day| self.is_day_of_page(day));
        days.iter()
            .find_map(|day| self.same_date(day))
            .or_else(|| is_day_of_page().then(|| Finding::nothing(Outcome::Same)))
            .unwrap_or(Finding::nothing(Outcome::NotFound))
    }

    /// Where a passage about the same thing, or the sentence before or after it, has the date.
    fn same_date(&self, date: &Date) -> Option<Finding> {
        self.aligned().find_map(|window| {
            let near = self.page(window.page).dates_in(window.first.saturating_sub(1), window.last + 1);
            let same = near.iter().find(|(_, other)| date.agreement(other) == DateAgreement::Same);
            same.map(|(_, other)| Finding::new(Outcome::Same, window.page, other.range.clone()))
        })
    }

    /// Whether the date is that of the best page, which says *today* or *on Tuesday* where others say the day.
    fn is_day_of_page(&self, date: &Date) -> bool {
        let Some(window) = self.aligned().next().filter(|window| window.coverage >= ALIGNED) else {
            return false;
        };
        let page = self.page(window.page);
        let published = page.written.map(Date::of_day);
        let other_year = page
            .dates_in(window.first, window.last)
            .iter()
            .any(|(_, other)| !other.is_relative && date.is_of_another_year(other));
        !other_year && published.is_some_and(|published| date.agreement(&published) == DateAgreement::Same)
    }

    /// The date that the best passage has in the place of `date`: one with parts in common that differs in another, or the
    /// only one of its kind on both sides.
    fn other_date(&self, date: &Date) -> Option<Finding> {
        let window = self.aligned().next().filter(|window| window.coverage >= ALIGNED)?;
        let page = self.page(window.page);
        let borne_out = page.dates_in(0, u32::MAX).iter().any(|(sentence, other)| {
            date.agreement(other) == DateAgreement::Same
                && self.coverage_at(window.page, *sentence) >= window.coverage * MUCH_THE_SAME
        });
        if borne_out {
            return None;
        }
        let in_window = page.dates_in(window.first, window.last);
        let rivals: Vec<&Date> = in_window
            .iter()
            .map(|(_, other)| other)
            .filter(|other| {
                !other.is_relative
                    && !self.dates().any(|claimed| claimed.agreement(other) == DateAgreement::Same)
            })
            .collect();
        let near = only(rivals.iter().copied().filter(|other| date.is_near(other)));
        let alone = || {
            let unmet = self.dates().filter(|other| {
                !in_window.iter().any(|(_, page)| other.agreement(page) == DateAgreement::Same)
            });
            let differs = |other: &&Date| {
                date.agreement(other) == DateAgreement::Different
                    || window.coverage >= CLOSELY_ALIGNED && date.is_of_another_year(other)
            };
            only(rivals.iter().copied().filter(differs)).filter(|_| only(unmet).is_some())
        };
        let found = near.or_else(alone).map(|rival| rival.range.clone());
        let found = found.or_else(|| self.number_in_its_place(date, window))?;
        Some(Finding::new(Outcome::Differs, window.page, found))
    }

    /// Where the only year of the claim stands as a bare number of four digits that is no year.
    fn number_in_its_place(&self, date: &Date, window: &Window) -> Option<Range<usize>> {
        if date.month.is_some() || window.coverage < CLOSELY_ALIGNED {
            return None;
        }
        let page = self.page(window.page);
        let bare = |figure: &&Figure| {
            let written = page.text.text.get(figure.range.clone()).unwrap_or_default();
            figure.dimension == Dimension::Count
                && written.len() >= 4
                && written.bytes().take_while(u8::is_ascii_digit).count() == 4
                && !self
                    .parts
                    .iter()
                    .any(|part| matches!(part, Part::Figure(claimed) if compare(claimed, figure).is_same()))
        };
        let figures = page.figures_in(window.first, window.last).iter().map(|(_, figure)| figure);
        only(figures.filter(bare)).map(|figure| figure.range.clone())
    }

    fn dates(&self) -> impl Iterator<Item = &Date> {
        self.parts.iter().filter_map(Part::date)
    }
}

/// The only one of `found`; the same date or figure said twice is one.
fn only<'a, T: SameReading>(mut found: impl Iterator<Item = &'a T>) -> Option<&'a T> {
    let first = found.next()?;
    found.all(|other| first.reads_like(other)).then_some(first)
}

/// What can be said twice.
trait SameReading {
    /// Whether both say the same.
    fn reads_like(&self, other: &Self) -> bool;
}

impl SameReading for Date {
    fn reads_like(&self, other: &Self) -> bool {
        (self.year, self.month, self.day, self.until) == (other.year, other.month, other.day, other.until)
    }
}

impl SameReading for Figure {
    fn reads_like(&self, other: &Self) -> bool {
        self.value.total_cmp(&other.value).is_eq()
    }
}
