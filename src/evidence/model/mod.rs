//! An optional model of embeddings: where else on the pages a reader may want to look.
//!
//! A model gives each text a direction, and texts about similar things similar ones. It knows nothing of figures, names or
//! negation, and nobody can follow why it holds two texts similar. Therefore, with a model and without:
//!
//! - Verdict, reason, atoms, passages and their scores of a claim are the same. Nothing of `passage` or `outcome` sees the
//!   model, and [`nominate`] is asked after the verdict was given.
//! - What the model finds is a *candidate*: at most five sentences of the claim's pages, most similar first, that stand in a
//!   list of their own. A candidate is scored by the same features as any passage, and the model adds nothing to that score.
//!   No rule reads it, no finding rests on it, and the scheduled job does not watch it.
//! - Reports have candidates only where no passage says anything of the claim: there they are all that can be shown. `beleg
//!   explain` has them for every claim.
//! - The similarity of each passage to the claim stands beside its score, as a number of its own.
//!
//! So what was absent cannot be found by a model alone, whatever the model says; a test of `nominate` holds hostile ones
//! against it. The rules version that a report states names the model by its digest.
//!
//! Built without the feature `embeddings`, [`Model::open`] says so and everything else is the same.

mod direction;
mod error;
mod loaded;
// The one place that asks for the feature: both files offer the same.
#[cfg_attr(not(feature = "embeddings"), path = "model2vec_left_out.rs")]
mod model2vec;
mod nominate;

pub(super) use direction::Direction;
pub use error::ModelError;
pub use loaded::Model;
pub(super) use nominate::{nominate, similarity};
