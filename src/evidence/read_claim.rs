//! A claim taken apart, with the pages that it cites: what weighing it and explaining that begin with.

use std::ops::Range;

use jiff::civil;

use super::atoms::{self, Part};
use super::content::{ContentWord, content_words};
use super::index::ReadablePage;
use super::language::Language;
use super::name::Name;
use super::passage::Sought;
use super::token::{Token, tokens};
use super::written::Written;
use crate::citation::Claim;

/// A claim that was read.
pub(super) struct ReadClaim<'a> {
    pub(super) language: Language,
    written: Option<civil::Date>,
    pub(super) tokens: Vec<Token<'a>>,
    /// What of it is checked on its own.
    pub(super) parts: Vec<Part>,
    /// Those of the pages that it cites.
    pub(super) cited: Vec<&'a ReadablePage<'a>>,
    words: WordsByLanguage,
}

impl<'a> ReadClaim<'a> {
    /// Reads `claim`, a sentence `written` so, to be held against those of `pages` that it cites.
    pub(super) fn new(claim: &'a Claim, written: Written<'_>, pages: &'a [ReadablePage<'a>]) -> Self {
        let language = Language::of(written.language);
        let tokens = tokens(&claim.text);
        let parts = atoms::parts(&claim.text, &tokens, language);
        let cited: Vec<_> = pages.iter().filter(|page| claim.sources.contains(&page.source)).collect();
        let words = WordsByLanguage::new(&tokens, &parts, language, &cited);
        Self { language, written: written.on, tokens, parts, cited, words }
    }

    /// All of its parts, the days with them that it counts from the day it was written. They mean something where both
    /// days are known, its own and that of a page.
    pub(super) fn dated_parts(&self) -> Vec<Part> {
        match self.written.filter(|_| self.cited.iter().any(|page| page.written.is_some())) {
            Some(written) => atoms::with_days(&self.parts, &self.tokens, self.language, written),
            None => self.parts.clone(),
        }
    }

    /// The cited pages, each with the words that are sought on it.
    pub(super) fn sought(&self) -> Vec<Sought<'_>> {
        self.cited.iter().map(|page| Sought { page, words: self.words.of(page.language) }).collect()
    }
}

/// The content words of a claim, once for each language that its pages are in.
struct WordsByLanguage(Vec<(Language, Vec<ContentWord>)>);

impl WordsByLanguage {
    /// The words of the claim `tokens`, of which `parts` are checked on their own, for `pages`.
    fn new(tokens: &[Token<'_>], parts: &[Part], claim: Language, pages: &[&ReadablePage<'_>]) -> Self {
        let mut languages: Vec<Language> = pages.iter().map(|page| page.language).collect();
        languages.sort_unstable();
        languages.dedup();
        let names: Vec<Name> = parts
            .iter()
            .filter_map(|part| match part {
                Part::Name(name) => Some(name.clone()),
                _ => None,
            })
            .collect();
        let dates: Vec<Range<usize>> =
            parts.iter().filter(|part| matches!(part, Part::Date(_))).map(Part::range).collect();
        Self(
            languages
                .into_iter()
                .map(|page| (page, content_words(tokens, &names, &dates, claim, page)))
                .collect(),
        )
    }

    /// The words for a page in `language`.
    fn of(&self, language: Language) -> &[ContentWord] {
        self.0
            .iter()
            .find(|(other, _)| *other == language)
            .map(|(_, words)| words.as_slice())
            .unwrap_or_default()
    }
}
