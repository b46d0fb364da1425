//! Does the page say what the article says? Atoms of a claim, passages of a page, and a verdict by fixed rules.
//!
//! - [`Verdict`], [`Atom`], [`Outcome`], [`Passage`]: what a weighing finds.

mod weighed;

pub use weighed::{Atom, AtomKind, Outcome, Passage, Verdict, Weighed};
