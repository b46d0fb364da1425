//! Dates: the same, or another in its place.

use super::judge::{ALIGNED, Finding, Judge};
use crate::evidence::atoms::Part;
use crate::evidence::date::{Date, DateAgreement};
use crate::evidence::weighed::Outcome;

impl Judge<'_> {
    pub(super) fn date(&self, date: &Date) -> Finding {
        for window in self.aligned() {
            let near = self.page(window.page).dates_in(window.first.saturating_sub(1), window.last + 1);
            if let Some((_, other)) =
                near.iter().find(|(_, other)| date.agreement(other) == DateAgreement::Same)
            {
                return Finding::new(Outcome::Same, window.page, other.range.clone());
            }
        }
        self.other_date(date).unwrap_or(Finding::nothing(Outcome::NotFound))
    }

    /// The date that the best passage has in the place of `date`: the only one of its kind on both sides.
    fn other_date(&self, date: &Date) -> Option<Finding> {
        let window = self.aligned().next().filter(|window| window.coverage >= ALIGNED)?;
        let page = self.page(window.page);
        let on_page =
            page.dates_in(0, u32::MAX).iter().any(|(_, other)| date.agreement(other) == DateAgreement::Same);
        let of_claim = || {
            self.parts.iter().filter_map(|part| match part {
                Part::Date(date) => Some(date),
                _ => None,
            })
        };
        let in_window = page.dates_in(window.first, window.last);
        let unmet = of_claim()
            .filter(|other| other.agreement(date) != DateAgreement::Incomparable)
            .filter(|other| !in_window.iter().any(|(_, page)| other.agreement(page) == DateAgreement::Same));
        let mut rivals = in_window.iter().filter(|(_, page)| {
            date.agreement(page) == DateAgreement::Different
                && !of_claim().any(|other| other.agreement(page) == DateAgreement::Same)
        });
        let (_, rival) = rivals.next().filter(|_| !on_page && unmet.count() == 1)?;
        rivals.next().is_none().then(|| Finding::new(Outcome::Differs, window.page, rival.range.clone()))
    }
}
