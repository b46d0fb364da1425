//! The weights that passages are scored with, out of a file that has a version.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::lexicon;
use super::model::Model;
use crate::digest::Digest;

const FILE: &str = include_str!("weights.toml");

/// The weights of one version.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Weights {
    /// The version that reports state.
    pub(super) version: u32,
    pub(super) features: Features,
    pub(super) costs: Costs,
    pub(super) thresholds: Thresholds,
}

/// What each feature counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Features {
    pub(super) words: f64,
    pub(super) figures: f64,
    pub(super) names: f64,
    pub(super) dates: f64,
    pub(super) page: f64,
}

/// What is taken off a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Costs {
    pub(super) sentence: f64,
    pub(super) rest: f64,
}

/// From which score on a passage says something.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thresholds {
    pub(super) near: f64,
    pub(super) floor: f64,
    pub(super) clear: f64,
    pub(super) full: f64,
}

/// The weights that come with beleg.
pub(super) fn weights() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
        // The file is part of the program, and a test reads it.
        toml::from_str(FILE).expect("weights.toml is well formed")
    });
    &WEIGHTS
}

/// How many digits of a digest tell one lexicon or model from others.
const DIGITS: usize = 12;

/// What claims are weighed with, as reports state it: the version of the weights, the lexicon, and the model that nominates
/// passages. The same of it gives the same verdicts.
pub fn rules_version(model: Option<&Model>) -> String {
    let short = |digest: Digest| format!("{:.DIGITS$}", digest.to_string());
    let rules = format!("weights {}, lexicon {}", weights().version, short(lexicon::digest()));
    match model {
        Some(model) => format!("{rules}, model {}", short(model.digest())),
        None => rules,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_the_features_are_shares_of_one() {
        let Features { words, figures, names, dates, page } = weights().features;
        assert!((words + figures + names + dates + page - 1.0).abs() < 1e-9);
        let Thresholds { near, floor, clear, full } = weights().thresholds;
        assert!(near < floor && floor < clear && clear < full);
        let rules = rules_version(None);
        let (version, lexicon) = rules.split_once(", lexicon ").unwrap();
        assert_eq!(version, format!("weights {}", weights().version));
        assert!(lexicon.len() == DIGITS && lexicon::digest().to_string().starts_with(lexicon), "{rules}");
    }
}
