//! Figures: the same, the same in other words, another in its place, or none.

use std::ops::Range;

use super::judge::{ALIGNED, CLOSELY_ALIGNED, Finding, Judge, MUCH_THE_SAME};
use super::keyed::keyed_words;
use crate::evidence::atoms::Part;
use crate::evidence::figure::{Agreement, Dimension, Figure, Modifier, compare};
use crate::evidence::key::Key;
use crate::evidence::passage::Window;
use crate::evidence::weighed::Outcome;

impl Judge<'_> {
    pub(super) fn figure(&self, figure: &Figure) -> Finding {
        let Some(found) = self.same_figure(figure) else {
            return self.other_figure(figure).unwrap_or(Finding::nothing(Outcome::NotFound));
        };
        Finding { is_contradicted: self.is_contradicted(figure, &found), ..found }
    }

    /// The figure in a passage that is about the same thing, the best one first.
    fn same_figure(&self, figure: &Figure) -> Option<Finding> {
        let mut rough: Option<Finding> = None;
        for (rank, window) in self.aligned().enumerate() {
            let page = self.page(window.page);
            let near = page.figures_in(window.first.saturating_sub(1), window.last + 1);
            // Away from the best passage, the same number counts only if it counts the same thing.
            for (_, other) in
                near.iter().filter(|(_, other)| rank == 0 || self.like(figure, other, window.page))
            {
                let outcome = match compare(figure, other) {
                    Agreement::Same => {
                        return Some(Finding::new(Outcome::Same, window.page, other.range.clone()));
                    }
                    // 252 cases are not the more than 250 races of the sentence before.
                    Agreement::Rounded
                        if figure.modifier == Modifier::None
                            && !self.may_be_like(figure, other, window.page) =>
                    {
                        continue;
                    }
                    Agreement::Rounded => Outcome::SameRounded,
                    Agreement::Converted => Outcome::SameConverted,
                    _ => continue,
                };
                rough.get_or_insert(Finding::new(outcome, window.page, other.range.clone()));
            }
        }
        rough
    }

    /// Whether the figure was found beside the sentence that is most about the claim, and that has another one in its place:
    /// then the page gives both.
    fn is_contradicted(&self, figure: &Figure, found: &Finding) -> bool {
        let Some(sentence) = self.best_sentence().filter(|window| window.coverage >= CLOSELY_ALIGNED) else {
            return false;
        };
        let span = self.page(sentence.page).span(sentence.first, sentence.last);
        let is_inside = found.place.as_ref().is_some_and(|(page, range)| {
            *page == sentence.page && span.start <= range.start && range.end <= span.end
        });
        !is_inside && self.rival(figure, sentence).is_some()
    }

    /// The figure that the best passage has in the place of `figure`.
    fn other_figure(&self, figure: &Figure) -> Option<Finding> {
        let window = self.aligned().next()?;
        let page = self.page(window.page);
        let in_window = page.figures_in(window.first, window.last);
        if let Some((_, other)) =
            in_window.iter().find(|(_, other)| compare(figure, other) == Agreement::OtherCurrency)
        {
            return Some(Finding::new(Outcome::OtherCurrency, window.page, other.range.clone()));
        }
        if window.coverage < ALIGNED || self.is_borne_out_elsewhere(figure, window) {
            return None;
        }
        let rival = self.rival(figure, window).or_else(|| self.year_in_its_place(figure, window))?;
        Some(Finding::new(Outcome::Differs, window.page, rival))
    }

    /// The figure of `window` that stands in the place of `figure`: of the same thing, and of no other figure of the claim.
    fn rival(&self, figure: &Figure, window: &Window) -> Option<Range<usize>> {
        let in_window = self.page(window.page).figures_in(window.first, window.last);
        let free = |other: &&Figure| {
            compare(figure, other) == Agreement::Different
                && !self
                    .parts
                    .iter()
                    .any(|part| matches!(part, Part::Figure(claimed) if compare(claimed, other).is_same()))
        };
        let rivals: Vec<&Figure> = in_window.iter().map(|(_, other)| other).filter(free).collect();
        let alike: Vec<&Figure> =
            rivals.iter().copied().filter(|other| self.like(figure, other, window.page)).collect();
        let others_of_claim = self.unmet(figure, window);
        let chosen = match (alike.as_slice(), rivals.as_slice()) {
            ([only], _) => Some(*only),
            ([_, _, ..], _) => alike
                .get(others_of_claim)
                .copied()
                .filter(|_| alike.len() > others_of_claim && window.coverage >= CLOSELY_ALIGNED),
            ([], [only])
                if others_of_claim == 0
                    && self.is_only_unmet(figure, window)
                    && window.coverage >= CLOSELY_ALIGNED
                    && !only.in_words =>
            {
                Some(*only)
            }
            _ => None,
        };
        chosen.map(|other| other.range.clone())
    }

    /// Whether another sentence of the page that is about much the same has the figure: then the page has both.
    fn is_borne_out_elsewhere(&self, figure: &Figure, window: &Window) -> bool {
        self.page(window.page).figures_in(0, u32::MAX).iter().any(|(sentence, other)| {
            !other.in_words
                && compare(figure, other).is_same()
                && self.like(figure, other, window.page)
                && self.coverage_at(window.page, *sentence) >= window.coverage * MUCH_THE_SAME
        })
    }

    /// Whether both may be of the same thing: nothing is known to be counted on one side, or both count the same.
    fn may_be_like(&self, figure: &Figure, other: &Figure, page: usize) -> bool {
        figure.counted.is_empty() || other.counted.is_empty() || self.like(figure, other, page)
    }

    /// Whether both figures are of the same thing: the same dimension that is more than a count, or the same counted noun.
    fn like(&self, figure: &Figure, other: &Figure, page: usize) -> bool {
        if !figure.dimension.is_comparable(other.dimension) {
            return false;
        }
        if figure.dimension == Dimension::Ordinal || other.dimension == Dimension::Ordinal {
            return figure.dimension == other.dimension;
        }
        if !figure.dimension.counts_things() {
            return true;
        }
        let Some(head) = figure.counted.first() else { return false };
        let words = self.sought[page]
            .words
            .iter()
            .filter(|word| word.range.start >= head.start && word.range.end <= head.end);
        let keys: Vec<Key> = other
            .counted
            .iter()
            .flat_map(|range| keyed_words(self.page(page), range.clone()))
            .flat_map(|word| word.keys)
            .collect();
        words
            .into_iter()
            .any(|word| word.meanings.iter().any(|meaning| meaning.keys.iter().any(|key| keys.contains(key))))
    }

    /// How many figures of the claim before `figure`, of its dimension, the window does not have either.
    fn unmet(&self, figure: &Figure, window: &Window) -> usize {
        self.unmet_figures(figure, window).filter(|other| other.range.start < figure.range.start).count()
    }

    fn is_only_unmet(&self, figure: &Figure, window: &Window) -> bool {
        self.unmet_figures(figure, window).count() == 1
    }

    fn unmet_figures(&self, figure: &Figure, window: &Window) -> impl Iterator<Item = &Figure> {
        let on_page = self.page(window.page).figures_in(window.first, window.last);
        self.parts.iter().filter_map(move |part| match part {
            Part::Figure(other)
                if other.dimension.is_comparable(figure.dimension)
                    && !on_page.iter().any(|(_, page)| compare(other, page).is_same()) =>
            {
                Some(other)
            }
            _ => None,
        })
    }

    /// Where a bare number of four digits stands for the only year of the window that the claim does not have: no year is
    /// 9019, and whoever wrote it meant one.
    fn year_in_its_place(&self, figure: &Figure, window: &Window) -> Option<Range<usize>> {
        let written = self.claim.get(figure.range.clone())?;
        let bare = written.len() >= 4 && written.bytes().take_while(u8::is_ascii_digit).count() == 4;
        if !bare
            || figure.dimension != Dimension::Count
            || window.coverage < ALIGNED
            || self.unmet_figures(figure, window).count() != 1
        {
            return None;
        }
        let claimed =
            |year| self.parts.iter().any(|part| matches!(part, Part::Date(date) if date.year == year));
        let mut years = self
            .page(window.page)
            .dates_in(window.first, window.last)
            .iter()
            .filter(|(_, date)| !date.is_relative && date.year.is_some() && !claimed(date.year));
        let (_, only) = years.next()?;
        years.next().is_none().then(|| only.range.clone())
    }
}
