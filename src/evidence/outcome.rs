//! What becomes of each checkable part of a claim.
//!
//! A part is looked for in the passages that are about what the claim is about, and in the sentences next to them.
//! Quotations and names are looked for on whole pages: they say by themselves what they are about. A figure or a date
//! *differs* only where such a passage has one of the same kind in its place: the same dimension, the same counted noun
//! or the only one on both sides, and neither the page nor the passage has the claim's own anywhere.

use std::ops::Range;

use super::atoms::Part;
use super::content::{ContentWord, genitive_off, name_key, page_keys};
use super::date::{Date, DateAgreement};
use super::figure::{Agreement, Dimension, Figure, compare};
use super::index::ReadablePage;
use super::key::Key;
use super::language;
use super::name::Name;
use super::passage::{CLEAR, FLOOR, Sought, Window};
use super::quotation::{self, Quotation};
use super::token::{Token, TokenKind, fold, tokens};
use super::weighed::Outcome;

/// The share of content words that a passage must have beside the figure for a figure in it to differ.
const ALIGNED: f64 = 0.40;
/// The same where only the dimension says that two figures belong together.
const CLOSELY_ALIGNED: f64 = 0.50;
/// The share of a quotation's words that its translation must have partners for.
const TRANSLATED: f64 = 0.45;
/// The same for a term, which has few words.
const TERM_TRANSLATED: f64 = 0.70;

/// What became of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// The outcome.
    pub(super) outcome: Outcome,
    /// The page it was found on, and where in its text, in bytes.
    pub(super) place: Option<(usize, Range<usize>)>,
}

impl Finding {
    fn new(outcome: Outcome, page: usize, range: Range<usize>) -> Self {
        Self { outcome, place: Some((page, range)) }
    }

    fn nothing(outcome: Outcome) -> Self {
        Self { outcome, place: None }
    }
}

/// A claim, and where it is looked up.
pub(super) struct Judge<'a> {
    /// The text of the claim.
    pub(super) claim: &'a str,
    /// The code of its language.
    pub(super) language: &'a str,
    /// Its checkable parts.
    pub(super) parts: &'a [Part],
    /// The pages, with the words of the claim in their languages.
    pub(super) sought: &'a [Sought<'a>],
    /// The windows that may bear it, best first.
    pub(super) windows: &'a [Window],
}

impl Judge<'_> {
    /// What became of each part, in order.
    pub(super) fn findings(&self) -> Vec<Finding> {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Quotation(quotation) => self.quotation(quotation),
                Part::Term(term) => self.term(term),
                Part::Figure(figure) => self.figure(figure),
                Part::Date(date) => self.date(date),
                Part::Name(name) => self.name(name),
            })
            .collect()
    }

    fn page(&self, number: usize) -> &ReadablePage<'_> {
        self.sought[number].page
    }

    /// The windows that are about the same thing.
    fn aligned(&self) -> impl Iterator<Item = &Window> {
        self.windows.iter().filter(|window| window.score >= FLOOR).take(6)
    }

    fn quotation(&self, quotation: &Quotation) -> Finding {
        if let Some(found) = self.verbatim(quotation) {
            return found;
        }
        self.altered(quotation)
            .or_else(|| self.translation(quotation, TRANSLATED))
            .unwrap_or(Finding::nothing(Outcome::NotFound))
    }

    fn term(&self, term: &Quotation) -> Finding {
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

    fn same_language(&self, page: usize) -> bool {
        language::same(self.language, self.page(page).text.language.as_deref().unwrap_or_default())
    }

    fn figure(&self, figure: &Figure) -> Finding {
        let mut rough: Option<Finding> = None;
        for window in self.aligned() {
            let page = self.page(window.page);
            let near = page.figures_in(window.first.saturating_sub(1), window.last + 1);
            for (_, other) in near {
                let outcome = match compare(figure, other) {
                    Agreement::Same => return Finding::new(Outcome::Same, window.page, other.range.clone()),
                    Agreement::Rounded => Outcome::SameRounded,
                    Agreement::Converted => Outcome::SameConverted,
                    _ => continue,
                };
                rough.get_or_insert(Finding::new(outcome, window.page, other.range.clone()));
            }
        }
        rough.or_else(|| self.other_figure(figure)).unwrap_or(Finding::nothing(Outcome::NotFound))
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
        let elsewhere = page.figures_in(0, u32::MAX).iter().any(|(_, other)| {
            !other.in_words && compare(figure, other).is_same() && self.like(figure, other, window.page)
        });
        if elsewhere || window.coverage < ALIGNED {
            return None;
        }
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
        chosen.map(|other| Finding::new(Outcome::Differs, window.page, other.range.clone()))
    }

    /// Whether both figures are of the same thing: the same dimension that is more than a count, or the same counted noun.
    fn like(&self, figure: &Figure, other: &Figure, page: usize) -> bool {
        if figure.dimension != other.dimension {
            return false;
        }
        if !figure.dimension.counts_things() {
            return figure.dimension != Dimension::Ordinal
                || self.windows.first().is_some_and(|window| window.coverage >= CLOSELY_ALIGNED);
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
                if other.dimension == figure.dimension
                    && !on_page.iter().any(|(_, page)| compare(other, page).is_same()) =>
            {
                Some(other)
            }
            _ => None,
        })
    }

    fn date(&self, date: &Date) -> Finding {
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
        let window = self.aligned().next().filter(|window| window.coverage >= CLOSELY_ALIGNED)?;
        let page = self.page(window.page);
        let on_page =
            page.dates_in(0, u32::MAX).iter().any(|(_, other)| date.agreement(other) == DateAgreement::Same);
        let alone = self.parts.iter().filter(|part| matches!(part, Part::Date(_))).count() == 1;
        let mut rivals = page
            .dates_in(window.first, window.last)
            .iter()
            .filter(|(_, other)| date.agreement(other) == DateAgreement::Different);
        let (_, rival) = rivals.next().filter(|_| alone && !on_page)?;
        rivals.next().is_none().then(|| Finding::new(Outcome::Differs, window.page, rival.range.clone()))
    }

    fn name(&self, name: &Name) -> Finding {
        let keys = self.name_keys(name);
        if keys.is_empty() {
            return Finding::nothing(Outcome::TooShort);
        }
        let in_windows = self.aligned().find_map(|window| {
            let span = self.page(window.page).span(window.first, window.last);
            self.name_in(name, &keys, window.page, span)
        });
        in_windows.or_else(|| self.name_on_page(name, &keys)).unwrap_or(Finding::nothing(Outcome::NotFound))
    }

    /// The keys that any spelling of the name is found by: the gazetteer's, or those of its last word.
    fn name_keys(&self, name: &Name) -> Vec<Key> {
        if let Some(known) = name.known {
            return vec![Key::name(known)];
        }
        let written = &self.claim[name.range.clone()];
        let last = tokens(written)
            .into_iter()
            .rfind(|token| token.kind == TokenKind::Word)
            .map(|token| fold(token.text));
        last.and_then(|last| Key::sound(genitive_off(&last))).into_iter().collect()
    }

    /// The name on the pages that the best windows are of, then on the others.
    fn name_on_page(&self, name: &Name, keys: &[Key]) -> Option<Finding> {
        let aligned = self.aligned().map(|window| window.page);
        aligned.chain(0..self.sought.len()).find_map(|number| {
            let page = self.page(number);
            let sentence = keys.iter().find_map(|&key| page.sentences_with(key).next())?;
            self.name_in(name, keys, number, page.span(sentence, sentence))
        })
    }

    fn name_in(&self, name: &Name, keys: &[Key], page: usize, span: Range<usize>) -> Option<Finding> {
        let text = &self.page(page).text.text;
        let found = keyed_words(self.page(page), span)
            .into_iter()
            .find(|word| word.keys.iter().any(|key| keys.contains(key)))?;
        let same =
            folded_name(&self.claim[name.range.clone()]).ends_with(&folded_name(&text[found.range.clone()]));
        Some(Finding::new(if same { Outcome::Same } else { Outcome::Variant }, page, found.range))
    }
}

/// A word of a page with the keys that it is found by.
pub(super) struct KeyedWord {
    /// Where it stands in the page's text, in bytes.
    pub(super) range: Range<usize>,
    keys: Vec<Key>,
}

/// The words in `span` of a page, names of several words as one besides.
pub(super) fn keyed_words(page: &ReadablePage<'_>, span: Range<usize>) -> Vec<KeyedWord> {
    let Some(text) = page.text.text.get(span.clone()) else { return Vec::new() };
    let tokens: Vec<Token<'_>> = tokens(text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
        let mut names = Vec::new();
        let length = name_key(&tokens[at..], &mut names);
        if length > 0 {
            found.push(KeyedWord {
                range: token.start + span.start..tokens[at + length - 1].end() + span.start,
                keys: names,
            });
        }
        let mut keys = Vec::new();
        page_keys(token, &fold(token.text), page.language, &mut keys);
        found.push(KeyedWord { range: token.start + span.start..token.end() + span.start, keys });
    }
    found
}

/// The ranges of the words of `keyed` that `words` have as a partner.
pub(super) fn partner_ranges<'k>(
    words: &'k [&'k ContentWord],
    keyed: &'k [KeyedWord],
) -> impl Iterator<Item = Range<usize>> + 'k {
    keyed
        .iter()
        .filter(|word| {
            words.iter().any(|sought| {
                sought.meanings.iter().any(|meaning| meaning.keys.iter().any(|key| word.keys.contains(key)))
            })
        })
        .map(|word| word.range.clone())
}

/// From the first partner to the last.
fn partners(words: &[&ContentWord], keyed: &[KeyedWord]) -> Option<Range<usize>> {
    let ranges: Vec<Range<usize>> = partner_ranges(words, keyed).collect();
    Some(ranges.first()?.start..ranges.iter().map(|range| range.end).max()?)
}

/// The share of `words` that have a partner in `keyed`.
fn partnered(words: &[&ContentWord], keyed: &[KeyedWord]) -> f64 {
    let has = |key: &Key| keyed.iter().any(|word| word.keys.contains(key));
    let (mut met, mut all) = (0.0, 0.0);
    for word in words {
        all += word.share;
        if word.meanings.iter().any(|meaning| meaning.keys.iter().all(has)) {
            met += word.share;
        }
    }
    met / f64::max(all, f64::MIN_POSITIVE)
}

/// A name folded, without blanks, hyphens and the s of a genitive.
fn folded_name(name: &str) -> String {
    let folded: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    genitive_off(&folded).to_owned()
}

/// Whether the best window is surely about the same thing.
pub(super) fn is_clear(window: &Window) -> bool {
    window.score >= CLEAR
}
