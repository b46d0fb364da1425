//! The settings of this stage.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How claims are weighed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceConfig {
    /// German-English dictionaries to be used beside beleg's own: files in its form (a German word, a tab, English words),
    /// or of a dictd dictionary such as `FreeDict`'s the `.index`, with the `.dict` or `.dict.dz` beside it.
    pub lexicons: Vec<PathBuf>,
    /// The folder of a model2vec model, which nominates passages that may be worth a look where nothing was found. It decides
    /// nothing. beleg reads it if it was built with `--features embeddings`.
    pub model: Option<PathBuf>,
}
