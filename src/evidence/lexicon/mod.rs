//! What is known of words: translations, names, and the words that carry no meaning of their own.
//!
//! - [`lexicon`]: German to English and back, from `de-en.tsv`; takes German compounds apart.
//! - [`add_lexicons`]: dictionaries of others beside it.
//! - [`gazetteer`]: the spellings of one name, from `names.tsv`.
//! - [`digest`]: tells one state of it all from another.
//! - [`is_stopword`]: the words that say nothing about the subject.

mod digest;
mod foreign;
mod gazetteer;
mod stopword;
mod translation;

pub(super) use digest::digest;
pub use foreign::{LexiconError, add_lexicons};
pub(super) use gazetteer::gazetteer;
pub(super) use stopword::is_stopword;
pub(super) use translation::lexicon;
