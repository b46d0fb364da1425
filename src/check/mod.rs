//! From the exchanges of a source to its state: alive, doubtful, blocked, dead, unreachable or unchecked, and why.
//!
//! - [`State`] and [`Reason`]: the vocabulary.
//! - [`Judgement`]: the state of one source, with what was seen.

mod state;

pub use state::{Judgement, Reason, State};
