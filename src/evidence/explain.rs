//! What a weighing rests on, for a reader: which words, figures and names fired in both texts, and what each of them counted.

use std::ops::Range;

use serde::Serialize;

use super::atoms::Part;
use super::content::ContentWord;
use super::index::ReadablePage;
use super::model::{nominate, similarity};
use super::outcome::{keyed_words, partner_ranges};
use super::passage::{self, Account, Sought, Window};
use super::read_claim::ReadClaim;
use super::weights::weights;
use super::written::Written;
use super::{Weighed, rules_version, weigh};
use crate::citation::{Claim, SourceId};

/// How many passages are explained: the best and those that come next.
const EXPLAINED: usize = 3;
/// A word that the passage has less surely is missing.
const LEAST_STRENGTH: f64 = 0.05;

/// What the verdict of a claim rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The weighing that is explained.
    pub weighed: Weighed,
    /// The rules and weights it was made with.
    pub rules: String,
    /// The score from which a passage says anything of a claim.
    pub floor: f64,
    /// The score from which it is surely about the same thing.
    pub clear: f64,
    /// The best passage, then the runners-up that do not overlap it, below the floor too.
    pub passages: Vec<Explained>,
    /// What a model of embeddings nominates beside them, most similar first.
    pub candidates: Vec<Explained>,
}

/// A passage and what its score is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The source it is from.
    pub source: SourceId,
    /// Its words.
    pub text: String,
    /// Where it stands in the text of the page, in characters.
    pub range: Range<usize>,
    /// 0 to 1.
    pub score: f64,
    /// How similar a model of embeddings holds it to the claim, −1 to 1: no part of the score.
    pub similarity: Option<f64>,
    /// What the score is made of, before the costs.
    pub features: Vec<Feature>,
    /// What is taken off: for its length, and for standing outside the main text.
    pub costs: f64,
    /// The words of the claim that fired, with what they met in the passage.
    pub partners: Vec<Partner>,
    /// The words of the claim that the passage does not have.
    pub missing: Vec<String>,
}

/// A feature of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// `words`, `figures`, `names`, `dates` or `page`.
    pub name: &'static str,
    /// What it counts among the features that the claim has, of one.
    pub weight: f64,
    /// The share of it that the passage has, 0 to 1.
    pub share: f64,
    /// Weight by share: what it adds to the score.
    pub adds: f64,
}

/// A word of a claim and what it met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Partner {
    /// As the claim writes it.
    pub claim: String,
    /// As the passage writes it, each once.
    pub passage: Vec<String>,
    /// How sure it is that both are the same, 0 to 1.
    pub strength: f64,
    /// The share of all words of the claim that it counts: rare words count for more.
    pub weight: f64,
}

/// Weighs `claim` as [`weigh`] does, and takes the scores apart.
pub fn explain(claim: &Claim, written: Written<'_>, pages: &[ReadablePage<'_>]) -> Explanation {
    let read = ReadClaim::new(claim, written, pages);
    let sought = read.sought();
    let mut chosen: Vec<Window> = Vec::new();
    for window in passage::windows(&read.parts, &sought) {
        if chosen.len() >= EXPLAINED {
            break;
        }
        if window.score > 0.0 && !chosen.iter().any(|other| other.overlaps(&window)) {
            chosen.push(window);
        }
    }
    let candidates = nominate(&claim.text, &read.parts, &sought, &chosen);
    let explained = |window: &Window| explained(claim, &read.parts, &sought[window.page], window);
    let thresholds = weights().thresholds;
    Explanation {
        weighed: weigh(claim, written, pages),
        rules: rules_version(pages.iter().find_map(|page| page.model)),
        floor: thresholds.floor,
        clear: thresholds.clear,
        passages: chosen.iter().map(explained).collect(),
        candidates: candidates.iter().map(explained).collect(),
    }
}

fn explained(claim: &Claim, parts: &[Part], sought: &Sought<'_>, window: &Window) -> Explained {
    let page = sought.page;
    let span = page.span(window.first, window.last);
    let text = page.text.text.get(span.clone()).unwrap_or_default().to_owned();
    let start = page.text.text.get(..span.start).unwrap_or_default().chars().count();
    let account = passage::account(parts, sought, window);
    let (partners, missing) = partners(claim, sought, span, &account);
    Explained {
        source: page.source,
        range: start..start + text.chars().count(),
        similarity: similarity(&claim.text, page, &text),
        text,
        score: window.score,
        features: features(&account),
        costs: account.costs,
        partners,
        missing,
    }
}

fn features(account: &Account) -> Vec<Feature> {
    let all: f64 = account.shares.features().map(|(_, weight, _)| weight).sum();
    account
        .shares
        .features()
        .map(|(name, weight, share)| {
            let weight = weight / f64::max(all, f64::MIN_POSITIVE);
            Feature { name, weight, share, adds: weight * share }
        })
        .collect()
}

/// The words that the passage at `span` has, and those that it does not have. The parts of a compound are one word.
fn partners(
    claim: &Claim,
    sought: &Sought<'_>,
    span: Range<usize>,
    account: &Account,
) -> (Vec<Partner>, Vec<String>) {
    let keyed = keyed_words(sought.page, span);
    let all: f64 = account.words.iter().map(|(weight, _)| weight).sum();
    let mut found: Vec<(Range<usize>, Partner)> = Vec::new();
    for (word, &(weight, strength)) in sought.words.iter().zip(&account.words) {
        let weight = weight / f64::max(all, f64::MIN_POSITIVE);
        let met = met(word, &keyed, sought, strength);
        if let Some((_, partner)) = found.iter_mut().find(|(range, _)| *range == word.range) {
            partner.strength = f64::max(partner.strength, strength);
            partner.weight += weight;
            partner.passage.extend(met);
            partner.passage.dedup();
        } else {
            let claim = claim.text.get(word.range.clone()).unwrap_or_default().to_owned();
            found.push((word.range.clone(), Partner { claim, passage: met, strength, weight }));
        }
    }
    let (met, missing): (Vec<Partner>, Vec<Partner>) =
        found.into_iter().map(|(_, partner)| partner).partition(|partner| partner.strength >= LEAST_STRENGTH);
    (met, missing.into_iter().map(|partner| partner.claim).collect())
}

/// What `word` met, as the page writes it, each once.
fn met(
    word: &ContentWord,
    keyed: &[super::outcome::KeyedWord],
    sought: &Sought<'_>,
    strength: f64,
) -> Vec<String> {
    if strength < LEAST_STRENGTH {
        return Vec::new();
    }
    let words = [word];
    let mut met: Vec<String> = partner_ranges(&words, keyed)
        .filter_map(|range| sought.page.text.text.get(range).map(str::to_owned))
        .collect();
    met.sort_unstable();
    met.dedup();
    met
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::super::page::PageText;
    use super::*;
    use crate::citation::ClaimId;

    fn explained(text: &str, page: &str) -> Explanation {
        let page = PageText::read("text/plain", page);
        let url = Url::parse("https://news.test/story").unwrap();
        let claim = Claim {
            id: ClaimId(1),
            text: text.to_owned(),
            places: Vec::new(),
            sources: vec![SourceId(1)],
            binding: None,
        };
        explain(&claim, Written::in_language("de"), &[ReadablePage::new(SourceId(1), &url, &page)])
    }

    #[test]
    fn the_features_and_costs_add_up_to_the_score() {
        let explanation = explained(
            "Die Friedensmission im Kosovo begann 1999 mit 48.000 Soldaten.",
            "This is a synthetic page made for a test. The peacekeeping mission in Kosovo began in 1999 with 48,000 troops. \
             Nobody else was there. More rain is expected in Kosovo later this week, said the office.",
        );
        assert!(explanation.passages.len() >= 2);
        for passage in &explanation.passages {
            let adds: f64 = passage.features.iter().map(|feature| feature.adds).sum();
            assert!(
                (adds - passage.costs - passage.score).abs() < 1e-9 || passage.score == 0.0,
                "{passage:?}"
            );
        }
        assert!(explanation.passages[0].score > explanation.passages[1].score);
    }

    #[test]
    fn the_words_that_fired_are_named_in_both_texts() {
        let explanation = explained(
            "Die Friedensmission im Kosovo begann mit 48.000 Soldaten und Zebras.",
            "This is a synthetic page made for a test. The peacekeeping mission in Kosovo began with 48,000 troops.",
        );
        let best = &explanation.passages[0];
        let pairs: Vec<(&str, Vec<&str>)> = best
            .partners
            .iter()
            .map(|partner| (partner.claim.as_str(), partner.passage.iter().map(String::as_str).collect()))
            .collect();
        assert!(pairs.contains(&("Kosovo", vec!["Kosovo"])), "{pairs:?}");
        assert!(
            pairs.iter().any(|(claim, met)| *claim == "Soldaten" && met.contains(&"troops")),
            "{pairs:?}"
        );
        assert_eq!(best.missing, ["Zebras"]);
        assert_eq!(explanation.weighed.passages[0].text, best.text);
    }

    #[test]
    fn a_claim_without_pages_has_nothing_to_explain() {
        assert_eq!(explained("Nichts davon.", "").passages, []);
    }
}
