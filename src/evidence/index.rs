//! A page made ready to be searched: once a page, not once a claim.

use std::ops::Range;
use std::sync::OnceLock;

use jiff::civil;
use url::Url;

use super::content::{name_key, page_keys};
use super::date::{self, Date};
use super::figure::{self, Figure};
use super::key::Key;
use super::language::Language;
use super::lexicon::is_stopword;
use super::model::{Direction, Model};
use super::normal::Normal;
use super::page::PageText;
use super::token::{TokenKind, fold, tokens};
use crate::citation::SourceId;

/// How many sentences of a page a model reads: those of the main text come first, and each takes a kilobyte or more.
const MOST_DIRECTIONS: usize = 4_000;

/// A page that could be read, indexed by its words.
#[derive(Debug)]
pub struct ReadablePage<'a> {
    /// The source it was captured for.
    pub(super) source: SourceId,
    /// Where it is on the web.
    pub(super) url: &'a Url,
    /// What it says.
    pub(super) text: &'a PageText,
    /// The language it says it in.
    pub(super) language: Language,
    /// Each key with the sentences that have it, sorted.
    postings: Vec<(Key, u32)>,
    /// Figures with their sentence, in order, ranges in the page's text.
    figures: Vec<(u32, Figure)>,
    /// Dates likewise.
    dates: Vec<(u32, Date)>,
    /// The day it was published, from which *yesterday* is counted.
    pub(super) written: Option<civil::Date>,
    /// What nominates further passages of it.
    pub(super) model: Option<&'a Model>,
    normal: OnceLock<Normal>,
    lower: OnceLock<String>,
    directions: OnceLock<Vec<Direction>>,
}

impl<'a> ReadablePage<'a> {
    /// Indexes `text`, the page captured for `source`; `url` is where a reader finds it.
    pub fn new(source: SourceId, url: &'a Url, text: &'a PageText) -> Self {
        let language = Language::of(text.language.as_deref().unwrap_or_default());
        let mut page = Self {
            source,
            url,
            text,
            language,
            postings: Vec::new(),
            figures: Vec::new(),
            dates: Vec::new(),
            written: text.published.as_deref().and_then(date::day_of_timestamp),
            model: None,
            normal: OnceLock::new(),
            lower: OnceLock::new(),
            directions: OnceLock::new(),
        };
        for (number, range) in (0_u32..).zip(&text.sentences) {
            page.add_sentence(number, range);
        }
        page.postings.sort_unstable();
        page.postings.dedup();
        page.postings.shrink_to_fit();
        page
    }

    /// The same, with `model` to nominate passages that may be worth a look; all that is found without it stays as it is.
    #[must_use]
    pub fn beside(self, model: Option<&'a Model>) -> Self {
        Self { model, directions: OnceLock::new(), ..self }
    }

    fn add_sentence(&mut self, number: u32, range: &Range<usize>) {
        let sentence = self.text.text.get(range.clone()).unwrap_or_default();
        let tokens = tokens(sentence);
        let mut keys = Vec::new();
        let mut name_end = 0;
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
            if at >= name_end {
                name_end = at + name_key(&tokens[at..], &mut keys);
            }
            let folded = fold(token.text);
            if !is_stopword(&folded, self.language) {
                page_keys(token, &folded, self.language, &mut keys);
            }
        }
        self.postings.extend(keys.into_iter().map(|key| (key, number)));
        let mut dates = date::find(&tokens, self.language);
        let taken: Vec<Range<usize>> = dates.iter().map(|date| date.range.clone()).collect();
        let figures = figure::find(&tokens, self.language, &taken);
        self.figures.extend(figures.into_iter().map(|figure| (number, figure.shifted(range.start))));
        let relative = |written| date::find_relative(&tokens, self.language, written, &dates);
        let relative = self.written.map(relative).unwrap_or_default();
        dates.extend(relative);
        self.dates.extend(dates.into_iter().map(|date| {
            let moved = date.range.start + range.start..date.range.end + range.start;
            (number, Date { range: moved, ..date })
        }));
    }

    /// The numbers of the sentences that have `key`, in order.
    pub(super) fn sentences_with(&self, key: Key) -> impl Iterator<Item = u32> {
        let start = self.postings.partition_point(|&(other, _)| other < key);
        self.postings[start..]
            .iter()
            .take_while(move |&&(other, _)| other == key)
            .map(|&(_, sentence)| sentence)
    }

    /// The figures of sentences `first` to `last`.
    pub(super) fn figures_in(&self, first: u32, last: u32) -> &[(u32, Figure)] {
        between(&self.figures, first, last)
    }

    /// The dates of sentences `first` to `last`.
    pub(super) fn dates_in(&self, first: u32, last: u32) -> &[(u32, Date)] {
        between(&self.dates, first, last)
    }

    /// The normal form of its text, made when it is first asked for.
    pub(super) fn normal(&self) -> &Normal {
        self.normal.get_or_init(|| Normal::of(&self.text.text))
    }

    /// Its text with the ASCII letters in lower case, made when it is first asked for.
    pub(super) fn lower(&self) -> &str {
        self.lower.get_or_init(|| self.text.text.to_ascii_lowercase())
    }

    /// The directions of its sentences, as far as its model reads them, made when they are first asked for.
    pub(super) fn directions(&self) -> &[Direction] {
        self.directions.get_or_init(|| {
            let Some(model) = self.model else { return Vec::new() };
            let sentences = self.text.sentences.iter().take(MOST_DIRECTIONS);
            sentences
                .map(|range| model.direction(self.text.text.get(range.clone()).unwrap_or_default()))
                .collect()
        })
    }

    /// How many sentences it has.
    pub(super) fn sentences(&self) -> u32 {
        u32::try_from(self.text.sentences.len()).unwrap_or(u32::MAX)
    }

    /// The bytes of its text from the start of sentence `first` to the end of sentence `last`.
    pub(super) fn span(&self, first: u32, last: u32) -> Range<usize> {
        let sentence =
            |number: u32| usize::try_from(number).ok().and_then(|number| self.text.sentences.get(number));
        match (sentence(first), sentence(last)) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// Whether sentence `number` is part of the page's main text.
    pub(super) fn is_main(&self, number: u32) -> bool {
        self.span(number, number).start < self.text.main_end
    }

    /// The number of the sentence that holds byte `at` of the text.
    pub(super) fn sentence_at(&self, at: usize) -> u32 {
        let after = self.text.sentences.partition_point(|range| range.start <= at);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

fn between<T>(list: &[(u32, T)], first: u32, last: u32) -> &[(u32, T)] {
    let start = list.partition_point(|(sentence, _)| *sentence < first);
    let end = list.partition_point(|(sentence, _)| *sentence <= last);
    list.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_its_words_figures_and_dates() {
        let text = PageText::read(
            "text/plain",
            "Nothing is said here.\nSome 48,000 troops went to Kosovo on June 12, 1999. It was late.",
        );
        let url = Url::parse("https://news.test/a").unwrap();
        let page = ReadablePage::new(SourceId(1), &url, &text);
        assert_eq!(page.sentences_with(Key::stem("troop")).collect::<Vec<_>>(), [1]);
        assert_eq!(
            page.figures_in(1, 1)
                .iter()
                .map(|(_, figure)| &text.text[figure.range.clone()])
                .collect::<Vec<_>>(),
            ["48,000 troops"]
        );
        assert_eq!(
            page.dates_in(0, 2).iter().map(|(_, date)| &text.text[date.range.clone()]).collect::<Vec<_>>(),
            ["June 12, 1999"]
        );
        assert_eq!(
            &text.text[page.span(1, 2)],
            "Some 48,000 troops went to Kosovo on June 12, 1999. It was late."
        );
        assert_eq!(page.sentence_at(page.span(2, 2).start), 2);
    }
}
