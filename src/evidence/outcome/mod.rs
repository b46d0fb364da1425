//! What becomes of each checkable part of a claim.
//!
//! A part is looked for in the passages that are about what the claim is about, and in the sentences next to them.
//! Quotations and names are looked for on whole pages: they say by themselves what they are about. A figure or a date
//! *differs* only where such a passage has one of the same kind in its place: the same dimension, the same counted noun
//! or the only one on both sides, and neither the page nor the passage has the claim's own anywhere.
//!
//! - [`Judge`]: a claim and where it is looked up; [`Finding`]: what became of one part. One file a kind of part:
//!   `quotations`, `figures`, `dates`, `names`.
//! - [`keyed_words`], [`partner_ranges`]: the words of a passage, and which of them the claim has as well.

mod dates;
mod figures;
mod judge;
mod keyed;
mod names;
mod quotations;

pub(super) use judge::{Finding, Judge};
pub(super) use keyed::{KeyedWord, keyed_words, partner_ranges};
