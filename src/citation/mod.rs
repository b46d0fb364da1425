//! Which URLs an article cites, and which of its sentences each of them is to support.
//!
//! - [`read`]: the way in; [`targets`]: the short way, to the cited addresses alone.
//! - [`Reading`]: the sources and the claims of one article.
//! - [`Source`]: what a URL names, once however often it is cited.
//! - [`Claim`]: a sentence that sources are to support.
//! - [`Target`]: what a cited URL amounts to; [`Target::parse`] reads one as it is written.

mod abbreviation;
mod bind;
mod caption;
mod claim_text;
#[cfg(test)]
mod corpus_tests;
mod credentials;
#[cfg(test)]
mod example_tests;
mod frame;
mod normal;
mod paragraph;
mod pointer;
mod read;
mod reading;
mod sentence;
mod source_list;
mod sources;
mod starter;
mod target;
mod targets;
mod tracking;
mod written;

pub use credentials::{masked, without_credentials};
pub use read::{read, targets};
pub use reading::{Binding, CitationKind, Claim, ClaimId, Reading, Source, SourceId, Target};
pub(crate) use starter::reports_speech;
pub(crate) use tracking::is_within;
pub(crate) use written::cited_ranges;
