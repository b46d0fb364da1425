//! Who decides: a claim, and the pages and windows where its parts are looked up.

use std::ops::Range;

use crate::evidence::atoms::Part;
use crate::evidence::index::ReadablePage;
use crate::evidence::language;
use crate::evidence::passage::{Sought, Window, best_sentence};
use crate::evidence::weighed::Outcome;

/// The share of content words that a passage must have beside a figure for the figure to differ.
pub(super) const ALIGNED: f64 = 0.40;
/// The same where only the dimension says that two figures belong together.
pub(super) const CLOSELY_ALIGNED: f64 = 0.50;
/// The share of the best passage's coverage from which another sentence counts as being about much the same.
pub(super) const MUCH_THE_SAME: f64 = 0.6;
/// How many of the best windows figures, dates and names are looked for in.
const MOST_ALIGNED: usize = 6;

/// What became of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::evidence) struct Finding {
    /// The outcome.
    pub(in crate::evidence) outcome: Outcome,
    /// The page it was found on, and where in its text, in bytes.
    pub(in crate::evidence) place: Option<(usize, Range<usize>)>,
    /// Whether the passage that is most about the claim has another figure in its place.
    pub(in crate::evidence) is_contradicted: bool,
}

impl Finding {
    pub(super) fn new(outcome: Outcome, page: usize, range: Range<usize>) -> Self {
        Self { outcome, place: Some((page, range)), is_contradicted: false }
    }

    pub(super) fn nothing(outcome: Outcome) -> Self {
        Self { outcome, place: None, is_contradicted: false }
    }
}

/// A claim, and where it is looked up.
pub(in crate::evidence) struct Judge<'a> {
    /// The text of the claim.
    pub(in crate::evidence) claim: &'a str,
    /// The code of its language.
    pub(in crate::evidence) language: &'a str,
    /// Its checkable parts.
    pub(in crate::evidence) parts: &'a [Part],
    /// The pages, with the words of the claim in their languages.
    pub(in crate::evidence) sought: &'a [Sought<'a>],
    /// The windows that may bear it, best first.
    pub(in crate::evidence) windows: &'a [Window],
}

impl Judge<'_> {
    /// What became of each part, in order.
    pub(in crate::evidence) fn findings(&self) -> Vec<Finding> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Quotation(quotation) => self.quotation(quotation),
                Part::Term(term) => self.term(term),
                Part::Figure(figure) => self.figure(figure),
                Part::Date(date) => self.date(date),
                Part::Day(days) => self.day(days),
                Part::Name(name) => self.name(name),
            })
            .collect()
    }

    /// Page `number`.
    pub(super) fn page(&self, number: usize) -> &ReadablePage<'_> {
        self.sought[number].page
    }

    /// The windows that are about the same thing.
    pub(super) fn aligned(&self) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(|window| window.says_something()).take(MOST_ALIGNED)
    }

    /// The sentence of the best window that has most of the claim's words.
    pub(super) fn best_sentence(&self) -> Option<&Window> {
        best_sentence(self.windows)
    }

    /// The share of the claim's words that sentence `number` of page `page` has; 0 where it was not looked at.
    pub(super) fn coverage_at(&self, page: usize, number: u32) -> f64 {
        self.windows
            .iter()
            .find(|window| window.page == page && (window.first, window.last) == (number, number))
            .map_or(0.0, |window| window.coverage)
    }

    /// Whether page `number` is in the language of the claim.
    pub(super) fn same_language(&self, page: usize) -> bool {
        language::same(self.language, self.page(page).text.language.as_deref().unwrap_or_default())
    }
}
