//! Which passages of the pages are about what a claim is about.
//!
//! A passage is one to three sentences. Its score is a sum of named features, each the share of something of the claim
//! that the passage has; what the claim has none of is left out and the rest counts for more.
//!
//! The features are words, figures, names, dates and the page as a whole; `weights.toml` says what each counts, and what a
//! passage costs that is longer than a sentence or stands outside the main text of the page.

use std::collections::BTreeMap;

use super::atoms::Part;
use super::content::ContentWord;
use super::date::DateAgreement;
use super::figure::compare;
use super::index::ReadablePage;
use super::weights::{Features, weights};

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
        self.score >= weights().thresholds.clear
    }

    /// Whether it lacks little of the claim, were it in the same language.
    pub(super) fn is_full(&self) -> bool {
        self.score >= weights().thresholds.full
    }

    /// Whether it says anything of the claim.
    pub(super) fn says_something(&self) -> bool {
        self.score >= weights().thresholds.floor
    }

    /// Whether a reader may want to see it where no other says anything.
    pub(super) fn is_near(&self) -> bool {
        self.score >= weights().thresholds.near
    }

    /// Whether both have a sentence in common.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.page == other.page && self.first <= other.last && other.first <= self.last
    }
}

/// The sentence of the best of `windows`, which stand best first, that has most of the claim's words.
pub(super) fn best_sentence(windows: &[Window]) -> Option<&Window> {
    let best = windows.first()?;
    windows
        .iter()
        .filter(|window| window.first == window.last && window.overlaps(best))
        .max_by(|one, other| one.coverage.total_cmp(&other.coverage))
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
        let word_weights = word_weights(sought, &hits.counts());
        let scorer = Scorer { parts, sought, hits, word_weights: &word_weights, page: number };
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
fn word_weights(sought: &Sought<'_>, counts: &[f64]) -> Vec<f64> {
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
    word_weights: &'a [f64],
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
                (hits.iter().map(|&(word, strength)| self.word_weights[word] * strength).sum(), sentence)
            })
            .collect();
        seeds.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        seeds.truncate(MOST_SEEDS);
        let mut seeds: Vec<u32> = seeds.into_iter().map(|(_, sentence)| sentence).collect();
        seeds.sort_unstable();
        seeds
    }

    fn window(&self, first: u32, last: u32, of_page: f64) -> Window {
        let shares = self.shares(first, last, of_page);
        let score = score(&shares, self.costs(first, last));
        Window { page: self.page, first, last, score, coverage: shares.words }
    }

    /// What the sentences `first` to `last` have of the claim, feature by feature.
    fn shares(&self, first: u32, last: u32, of_page: f64) -> Shares {
        Shares {
            words: self.coverage(self.hits.found.range(first..=last).map(|(_, hits)| hits)),
            page: of_page,
            figures: self.figures(first, last),
            names: self.names(first, last),
            dates: self.dates(first, last),
        }
    }

    /// What is taken off the score of the sentences `first` to `last`.
    fn costs(&self, first: u32, last: u32) -> f64 {
        let costs = weights().costs;
        let rest = if self.sought.page.is_main(first) { 0.0 } else { costs.rest };
        costs.sentence * f64::from(last - first) + rest
    }

    /// The share of the content words that any of the sentences has, by weight.
    fn coverage<'h>(&self, sentences: impl Iterator<Item = &'h Vec<(usize, f64)>>) -> f64 {
        let mut best = vec![0.0_f64; self.hits.words];
        for &(word, strength) in sentences.flatten() {
            best[word] = best[word].max(strength);
        }
        let met: f64 = best.iter().zip(self.word_weights).map(|(strength, weight)| strength * weight).sum();
        met / self.word_weights.iter().sum::<f64>().max(f64::MIN_POSITIVE)
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

/// What a passage has of a claim: shares of one, `None` where the claim has nothing of the kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shares {
    pub(super) words: f64,
    pub(super) page: f64,
    pub(super) figures: Option<f64>,
    pub(super) names: Option<f64>,
    pub(super) dates: Option<f64>,
}

impl Shares {
    /// Each feature with its name, its weight as `weights.toml` gives it, and its share.
    pub(super) fn features(&self) -> impl Iterator<Item = (&'static str, f64, f64)> {
        let Features { words, figures, names, dates, page } = weights().features;
        [
            ("words", words, Some(self.words)),
            ("page", page, Some(self.page)),
            ("figures", figures, self.figures),
            ("names", names, self.names),
            ("dates", dates, self.dates),
        ]
        .into_iter()
        .filter_map(|(name, weight, share)| Some((name, weight, share?)))
    }

    /// The mean of the shares by weight.
    fn mean(&self) -> f64 {
        let (sum, weight) = self
            .features()
            .fold((0.0, 0.0), |(sum, all), (_, weight, share)| (sum + weight * share, all + weight));
        sum / f64::max(weight, f64::MIN_POSITIVE)
    }
}

/// The score of a passage that has `shares` of a claim and `costs` taken off.
fn score(shares: &Shares, costs: f64) -> f64 {
    (shares.mean() - costs).clamp(0.0, 1.0)
}

/// The sentence `number` of the page `page`, scored as any other window.
pub(super) fn of_sentence(parts: &[Part], sought: &Sought<'_>, page: usize, number: u32) -> Window {
    let window = Window { page, first: number, last: number, score: 0.0, coverage: 0.0 };
    let Account { shares, costs, .. } = account(parts, sought, &window);
    Window { score: score(&shares, costs), coverage: shares.words, ..window }
}

/// What one window of a page has of a claim, for a reader.
pub(super) struct Account {
    pub(super) shares: Shares,
    /// What is taken off.
    pub(super) costs: f64,
    /// For each content word of the claim, what it counts and how surely the window has it.
    pub(super) words: Vec<(f64, f64)>,
}

/// Takes the score of `window` apart.
pub(super) fn account(parts: &[Part], sought: &Sought<'_>, window: &Window) -> Account {
    let hits = Hits::of(sought);
    let word_weights = word_weights(sought, &hits.counts());
    let scorer = Scorer { parts, sought, hits: &hits, word_weights: &word_weights, page: window.page };
    let of_page = scorer.coverage(hits.found.values());
    let mut met = vec![0.0_f64; hits.words];
    for &(word, strength) in hits.found.range(window.first..=window.last).flat_map(|(_, hits)| hits) {
        met[word] = met[word].max(strength);
    }
    Account {
        shares: scorer.shares(window.first, window.last, of_page),
        costs: scorer.costs(window.first, window.last),
        words: word_weights.iter().copied().zip(met).collect(),
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
