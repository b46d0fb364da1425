//! Quotations and terms: word for word, altered, or perhaps translated.

use super::judge::{Finding, Judge};
use super::keyed::{keyed_words, partnered, partners};
use crate::evidence::content::ContentWord;
use crate::evidence::quotation::{self, Quotation};
use crate::evidence::weighed::Outcome;

/// The share of a quotation's words that its translation must have partners for.
const TRANSLATED: f64 = 0.45;
/// The same for a term, which has few words.
const TERM_TRANSLATED: f64 = 0.70;

impl Judge<'_> {
    pub(super) fn quotation(&self, quotation: &Quotation) -> Finding {
        if let Some(found) = self.verbatim(quotation) {
            return found;
        }
        self.altered(quotation)
            .or_else(|| self.translation(quotation, TRANSLATED))
            .unwrap_or(Finding::nothing(Outcome::NotFound))
    }

    pub(super) fn term(&self, term: &Quotation) -> Finding {
        let found = self.verbatim(term).or_else(|| self.translation(term, TERM_TRANSLATED));
        let missing = if term.words(self.claim) < 2 { Outcome::TooShort } else { Outcome::NotFound };
        found.unwrap_or(Finding::nothing(missing))
    }

    fn verbatim(&self, quotation: &Quotation) -> Option<Finding> {
        let outcome =
            if quotation.has_omissions() { Outcome::VerbatimWithOmissions } else { Outcome::Verbatim };
        self.sought.iter().enumerate().find_map(|(number, sought)| {
            let range =
                quotation::locate(quotation, self.claim, sought.page.normal(), &sought.page.text.text)?;
            Some(Finding::new(outcome, number, range))
        })
    }

    fn altered(&self, quotation: &Quotation) -> Option<Finding> {
        self.windows.iter().take(8).filter(|window| self.same_language(window.page)).find_map(|window| {
            let page = self.page(window.page);
            let span = page.span(
                window.first.saturating_sub(1),
                (window.last + 1).min(page.sentences().saturating_sub(1)),
            );
            let near = quotation::nearly(quotation, self.claim, page.text.text.get(span.clone())?)?;
            Some(Finding::new(Outcome::Altered, window.page, near.start + span.start..near.end + span.start))
        })
    }

    /// The sentence in another language that has partners for at least `least` of the words of the quotation.
    fn translation(&self, quotation: &Quotation, least: f64) -> Option<Finding> {
        let windows = self.windows.iter().take(12).filter(|window| !self.same_language(window.page));
        let mut best: Option<(f64, Finding)> = None;
        for window in windows {
            let sought = &self.sought[window.page];
            let words: Vec<&ContentWord> = sought
                .words
                .iter()
                .filter(|word| {
                    quotation.range.start <= word.range.start && word.range.end <= quotation.range.end
                })
                .collect();
            if words.is_empty() {
                continue;
            }
            let span = sought.page.span(window.first, window.last);
            let keyed = keyed_words(sought.page, span);
            let share = partnered(&words, &keyed);
            let is_better = best.as_ref().is_none_or(|(other, _)| share > *other);
            if share >= least
                && is_better
                && let Some(range) = partners(&words, &keyed)
            {
                best = Some((share, Finding::new(Outcome::PossibleTranslation, window.page, range)));
            }
        }
        best.map(|(_, finding)| finding)
    }
}
