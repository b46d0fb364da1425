//! Sentences of articles against cited pages in another language: the right page, the right passage, altered figures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use beleg::article::{self, ReadOptions};
use beleg::citation::{self, Claim, ClaimId, Reading};
use beleg::evidence::{self, PageText, ReadablePage, Verdict, Weighed, Written};
use serde_json::Value;

use crate::data::{self, ScoreError, list, share, string};
use crate::words::{common, words};

/// Sentences with fewer words are not scored.
const LEAST_WORDS: usize = 6;

#[derive(Default)]
struct Tally {
    /// The language of the claims, where they are not those of the articles.
    language: String,
    sentences: usize,
    missed: usize,
    without_evidence: usize,
    page: usize,
    passage: usize,
    altered: usize,
    differs: usize,
    flagged: usize,
    faithful: usize,
    false_alarms: usize,
}

/// Prints the figures of the set in `folder`.
pub(crate) fn score(folder: &Path) -> Result<(), ScoreError> {
    let truth = data::json(&folder.join("truth.json"))?;
    let language = string(&truth, "lang").to_owned();
    let mut pages: BTreeMap<String, PageText> = BTreeMap::new();
    for (url, file) in truth["urls"].as_object().into_iter().flatten() {
        let html = data::text(&folder.join("pages").join(file.as_str().unwrap_or_default()))?;
        pages.insert(url.clone(), PageText::read("text/html", &html));
    }
    let sentences = list(&truth, "sentences");
    let articles: BTreeSet<&str> = sentences.iter().map(|sentence| string(sentence, "article")).collect();
    let back = reversed_pages(&truth);
    let page_language = string(&truth, "page_lang").to_owned();
    let mut tally = Tally::default();
    let mut backwards = Tally { language: page_language, ..Tally::default() };
    for name in articles {
        let path = folder.join("articles").join(name);
        let article = article::read(name, &data::bytes(&path)?, &ReadOptions::default())
            .map_err(|error| ScoreError::Form(path, error.to_string()))?;
        let reading = citation::read(&article);
        let language = if article.language == "und" { &language } else { &article.language };
        let weighed = weigh(&reading, language, &pages);
        let of_article = sentences.iter().filter(|sentence| string(sentence, "article") == name);
        for sentence in of_article.clone() {
            tally.take(sentence, &reading, &weighed);
        }
        backwards.reversed(&reading, of_article, &back);
    }
    tally.print("crossnews");
    backwards.print("crossnews, the other way round");
    Ok(())
}

/// The pages of the set in the language of its articles: the sentences that each of them bears.
fn reversed_pages(truth: &Value) -> BTreeMap<String, PageText> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for sentence in list(truth, "sentences") {
        let text = texts.entry(string(sentence, "url")).or_default();
        text.push_str(string(sentence, "text"));
        text.push('\n');
    }
    let page = |text: &str| PageText {
        language: Some(string(truth, "lang").to_owned()),
        ..PageText::read("text/plain", text)
    };
    texts.into_iter().map(|(url, text)| (url.to_owned(), page(&text))).collect()
}

fn weigh<'a>(
    reading: &'a Reading,
    language: &str,
    pages: &BTreeMap<String, PageText>,
) -> Vec<(&'a Claim, Weighed)> {
    let readable = readable(reading, pages);
    reading
        .claims
        .iter()
        .map(|claim| (claim, evidence::weigh(claim, Written::in_language(language), &readable)))
        .collect()
}

fn readable<'a>(reading: &'a Reading, pages: &'a BTreeMap<String, PageText>) -> Vec<ReadablePage<'a>> {
    let page = |source: &'a citation::Source| {
        let url = source.target.url()?;
        Some(ReadablePage::new(source.id, url, pages.get(url.as_str())?))
    };
    reading.sources.iter().filter_map(page).collect()
}

impl Tally {
    fn take(&mut self, sentence: &Value, reading: &Reading, weighed: &[(&Claim, Weighed)]) {
        let text = string(sentence, "text");
        if text.split_whitespace().count() < LEAST_WORDS {
            return;
        }
        self.sentences += 1;
        let mut best: Option<(usize, &Weighed)> = None;
        for (claim, found) in weighed {
            let overlap = overlap(&claim.text, text);
            if best.is_none_or(|(most, _)| overlap > most) {
                best = Some((overlap, found));
            }
        }
        let Some((_, found)) = best.filter(|(overlap, _)| *overlap >= 20) else {
            self.missed += 1;
            data::miss(|| format!("not among the claims: {text}"));
            return;
        };
        self.judge(sentence, text, string(sentence, "passage"), reading, found);
    }

    /// Takes the passages of `sentences` for claims and the sentences for what the pages should say.
    fn reversed<'a>(
        &mut self,
        reading: &Reading,
        sentences: impl Iterator<Item = &'a Value>,
        pages: &BTreeMap<String, PageText>,
    ) {
        let readable = readable(reading, pages);
        for sentence in sentences {
            let text = string(sentence, "passage");
            if text.split_whitespace().count() < LEAST_WORDS {
                continue;
            }
            self.sentences += 1;
            let claim = Claim {
                id: ClaimId(1),
                text: text.to_owned(),
                places: Vec::new(),
                sources: reading.sources.iter().map(|source| source.id).collect(),
                binding: None,
            };
            let found = evidence::weigh(&claim, Written::in_language(&self.language), &readable);
            self.judge(sentence, text, string(sentence, "text"), reading, &found);
        }
    }

    fn judge(&mut self, sentence: &Value, text: &str, expected: &str, reading: &Reading, found: &Weighed) {
        match found.passages.first() {
            None => {
                self.without_evidence += 1;
                data::miss(|| format!("no evidence: {text}\n      = {expected}"));
            }
            Some(passage) => {
                let url = reading
                    .sources
                    .iter()
                    .find(|source| source.id == passage.source)
                    .and_then(|source| source.target.url());
                let right_page = url.is_some_and(|url| url.as_str() == string(sentence, "url"));
                self.page += usize::from(right_page);
                let right = right_page && is_right(&passage.text, expected);
                if !right {
                    let what = if right_page { "passage" } else { "page" };
                    data::miss(|| {
                        format!("wrong {what}: {text}\n      = {expected}\n      - {}", passage.text)
                    });
                }
                self.passage += usize::from(right);
            }
        }
        let differs = found.verdict == Verdict::Differs;
        let altered = !sentence["altered"].is_null();
        if altered != differs && (altered || text.chars().any(|c| c.is_ascii_digit())) {
            let atoms =
                found.atoms.iter().map(|atom| format!("{} {:?} {:?}", atom.text, atom.outcome, atom.found));
            let atoms = atoms.collect::<Vec<_>>().join("; ");
            let what = if altered { "altered figure" } else { "false alarm" };
            data::miss(|| format!("{what}, {}: {text}\n      = {expected}\n      - {atoms}", found.verdict));
        }
        if altered {
            self.altered += 1;
            self.differs += usize::from(differs);
            let flagged =
                matches!(found.verdict, Verdict::Differs | Verdict::PartlyLocated | Verdict::NotLocated);
            self.flagged += usize::from(flagged);
        } else if text.chars().any(|c| c.is_ascii_digit()) {
            self.faithful += 1;
            self.false_alarms += usize::from(differs);
        }
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} sentences, {} not among the claims, {} without evidence",
            self.sentences, self.missed, self.without_evidence
        );
        println!(
            "  page@1 {:.3}  passage@1 {:.3}",
            share(self.page, self.sentences),
            share(self.passage, self.sentences)
        );
        println!(
            "  {} altered figures: differs {:.3}, flagged {:.3}; {} faithful: false alarms {:.3}",
            self.altered,
            share(self.differs, self.altered),
            share(self.flagged, self.altered),
            self.faithful,
            share(self.false_alarms, self.faithful)
        );
    }
}

/// How many characters the shorter of both has, where the longer one holds it.
fn overlap(one: &str, other: &str) -> usize {
    let squash = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}')).collect()
    };
    let (one, other) = (squash(one), squash(other));
    let contained = one.contains(&other) || other.contains(&one);
    if contained { one.chars().count().min(other.chars().count()) } else { 0 }
}

/// Whether `found` has six tenths of the words of the right passage, and not many others.
fn is_right(found: &str, expected: &str) -> bool {
    let (found, expected) = (words(found), words(expected));
    let hits = common(&found, &expected);
    !expected.is_empty() && hits * 10 >= expected.len() * 6 && found.len() <= 4 * expected.len() + 12
}
