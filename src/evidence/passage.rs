//! Which passages of the pages are about what a claim is about.
//!
//! A passage is one to three sentences. Its score is a sum of named features, each the share of something of the claim
//! that the passage has; what the claim has none of is left out and the rest counts for more.
//!
//! | feature | weight | the share of |
//! |---|---|---|
//! | words | 0.62 | content words with a partner, rare ones counting for more |
//! | figures | 0.16 | figures that agree |
//! | names | 0.12 | names |
//! | dates | 0.05 | dates that agree |
//! | page | 0.05 | content words that the page has anywhere |
//!
//! A longer passage has to earn its second and third sentence: each costs [`COST_OF_SENTENCE`]. One that stands outside the main
//! text of the page has to earn that: it costs [`COST_OF_REST`].

use std::collections::BTreeMap;

use super::atoms::Part;
use super::content::ContentWord;
use super::date::DateAgreement;
use super::figure::compare;
use super::index::ReadablePage;

const WORDS: f64 = 0.62;
const FIGURES: f64 = 0.16;
const NAMES: f64 = 0.12;
const DATES: f64 = 0.05;
const PAGE: f64 = 0.05;
/// What each sentence after the first takes off the score.
const COST_OF_SENTENCE: f64 = 0.05;
/// What it takes off the score that a passage stands outside the page's main text: teasers, captions, descriptions.
const COST_OF_REST: f64 = 0.04;
/// A passage with a lower score says nothing of the claim.
pub(super) const FLOOR: f64 = 0.30;
/// A passage with a higher score is surely about the same thing.
const CLEAR: f64 = 0.45;
/// The most sentences of a passage.
const LONGEST: u32 = 3;
/// The most sentences of one page that windows are made around.
const MOST_SEEDS: usize = 24;

/// A window of sentences of one page, scored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Window {
    /// Which of the pages, by its place in the list.
    pub(super) page: usize,
    /// The first sentence.
    pub(super) first: u32,
    /// The last sentence.
    pub(super) last: u32,
    /// 0 to 1.
    pub(super) score: f64,
    /// The share of the content words alone.
    pub(super) coverage: f64,
}

impl Window {
    /// Whether it is surely about the same thing.
    pub(super) fn is_clear(&self) -> bool {
        self.score >= CLEAR
    }

    /// Whether both have a sentence in common.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.page == other.page && self.first <= other.last && other.first <= self.last
    }
}

/// A claim as it is looked for on one page: its words in the language of that page.
pub(super) struct Sought<'a> {
    /// The page.
    pub(super) page: &'a ReadablePage<'a>,
    /// The content words of the claim.
    pub(super) words: &'a [ContentWord],
}

/// The windows that may bear the claim, best first.
pub(super) fn windows(parts: &[Part], sought: &[Sought<'_>]) -> Vec<Window> {
    let hits: Vec<Hits> = sought.iter().map(Hits::of).collect();
    let mut found = Vec::new();
    for (number, (sought, hits)) in sought.iter().zip(&hits).enumerate() {
        let weights = weights(sought, &hits.counts());
        let scorer = Scorer { parts, sought, hits, weights: &weights, page: number };
        scorer.windows(&mut found);
    }
    found.sort_by(|one, other| {
        other
            .score
            .total_cmp(&one.score)
            .then_with(|| (one.page, one.first, one.last).cmp(&(other.page, other.first, other.last)))
    });
    found
}

/// How surely each sentence of a page has each content word.
struct Hits {
    /// By sentence: the number of the word and how sure it is.
    found: BTreeMap<u32, Vec<(usize, f64)>>,
    words: usize,
}

impl Hits {
    fn of(sought: &Sought<'_>) -> Self {
        let mut found: BTreeMap<u32, Vec<(usize, f64)>> = BTreeMap::new();
        for (number, word) in sought.words.iter().enumerate() {
            let mut best: BTreeMap<u32, f64> = BTreeMap::new();
            for meaning in &word.meanings {
                let mut of_phrase: BTreeMap<u32, u32> = BTreeMap::new();
                for &key in &meaning.keys {
                    for sentence in sought.page.sentences_with(key) {
                        *of_phrase.entry(sentence).or_default() += 1;
                    }
                }
                let length = u32::try_from(meaning.keys.len()).unwrap_or(u32::MAX).max(1);
                for (sentence, count) in of_phrase {
                    // Half of a phrase is less than half of its meaning.
                    let share = f64::from(count) / f64::from(length);
                    let strength = meaning.strength * share * share;
                    let kept = best.entry(sentence).or_default();
                    *kept = kept.max(strength);
                }
            }
            for (sentence, strength) in best {
                found.entry(sentence).or_default().push((number, strength));
            }
        }
        Self { found, words: sought.words.len() }
    }

    /// How many sentences have each word.
    fn counts(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.words];
        for (number, strength) in self.found.values().flatten() {
            counts[*number] += strength;
        }
        counts
    }
}

/// What each content word counts: rare words say more about what a sentence is about.
fn weights(sought: &Sought<'_>, counts: &[f64]) -> Vec<f64> {
    let sentences = f64::from(sought.page.sentences());
    let most = (1.0 + sentences.max(20.0)).ln();
    sought
        .words
        .iter()
        .zip(counts)
        .map(|(word, &count)| {
            // What the page does not have at all may be a word without a translation: it counts like a common one.
            let rarity =
                if count == 0.0 { 0.5 } else { (1.0 + sentences.max(20.0) / (1.0 + count)).ln() / most };
            word.share * (0.35 + rarity)
        })
        .collect()
}

struct Scorer<'a> {
    parts: &'a [Part],
    sought: &'a Sought<'a>,
    hits: &'a Hits,
    weights: &'a [f64],
    page: usize,
}

impl Scorer<'_> {
    fn windows(&self, found: &mut Vec<Window>) {
        let of_page = self.coverage(self.hits.found.values());
        for seed in self.seeds() {
            for length in 0..LONGEST {
                for first in seed.saturating_sub(length)..=seed {
                    let last = first + length;
                    if last < self.sought.page.sentences() {
                        found.push(self.window(first, last, of_page));
                    }
                }
            }
        }
    }

    /// The sentences with the most of the claim's words, and those with a figure of it.
    fn seeds(&self) -> Vec<u32> {
        let mut seeds: Vec<(f64, u32)> = self
            .hits
            .found
            .iter()
            .map(|(&sentence, hits)| {
                (hits.iter().map(|&(word, strength)| self.weights[word] * strength).sum(), sentence)
            })
            .collect();
        seeds.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        seeds.truncate(MOST_SEEDS);
        let mut seeds: Vec<u32> = seeds.into_iter().map(|(_, sentence)| sentence).collect();
        seeds.sort_unstable();
        seeds
    }

    fn window(&self, first: u32, last: u32, of_page: f64) -> Window {
        let coverage = self.coverage(self.hits.found.range(first..=last).map(|(_, hits)| hits));
        let mut sum = WORDS * coverage + PAGE * of_page;
        let mut weight = WORDS + PAGE;
        for (share, part_weight) in [
            (self.figures(first, last), FIGURES),
            (self.names(first, last), NAMES),
            (self.dates(first, last), DATES),
        ] {
            if let Some(share) = share {
                sum += part_weight * share;
                weight += part_weight;
            }
        }
        let rest = if self.sought.page.is_main(first) { 0.0 } else { COST_OF_REST };
        let score = (sum / weight - COST_OF_SENTENCE * f64::from(last - first) - rest).clamp(0.0, 1.0);
        Window { page: self.page, first, last, score, coverage }
    }

    /// The share of the content words that any of the sentences has, by weight.
    fn coverage<'h>(&self, sentences: impl Iterator<Item = &'h Vec<(usize, f64)>>) -> f64 {
        let mut best = vec![0.0_f64; self.hits.words];
        for &(word, strength) in sentences.flatten() {
            best[word] = best[word].max(strength);
        }
        let met: f64 = best.iter().zip(self.weights).map(|(strength, weight)| strength * weight).sum();
        met / self.weights.iter().sum::<f64>().max(f64::MIN_POSITIVE)
    }

    fn figures(&self, first: u32, last: u32) -> Option<f64> {
        let page = self.sought.page.figures_in(first, last);
        share(self.parts.iter().filter_map(|part| match part {
            Part::Figure(figure) => Some(page.iter().any(|(_, other)| compare(figure, other).is_same())),
            _ => None,
        }))
    }

    fn dates(&self, first: u32, last: u32) -> Option<f64> {
        let page = self.sought.page.dates_in(first, last);
        share(self.parts.iter().filter_map(|part| match part {
            Part::Date(date) => {
                Some(page.iter().any(|(_, other)| date.agreement(other) == DateAgreement::Same))
            }
            _ => None,
        }))
    }

    fn names(&self, first: u32, last: u32) -> Option<f64> {
        share(self.sought.words.iter().enumerate().filter(|(_, word)| word.is_name).map(|(number, _)| {
            self.hits
                .found
                .range(first..=last)
                .any(|(_, hits)| hits.iter().any(|&(word, strength)| word == number && strength > 0.5))
        }))
    }
}

/// The share of what is true; `None` where there is nothing.
fn share(met: impl Iterator<Item = bool>) -> Option<f64> {
    let (mut all, mut met_count) = (0_u32, 0_u32);
    for is_met in met {
        all += 1;
        met_count += u32::from(is_met);
    }
    (all > 0).then(|| f64::from(met_count) / f64::from(all))
}
