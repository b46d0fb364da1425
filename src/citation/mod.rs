//! Which URLs an article cites, and which of its sentences each of them is to support.
//!
//! - [`Reading`]: the sources and the claims of one article.
//! - [`Source`]: what a URL names, once however often it is cited.
//! - [`Claim`]: a sentence that sources are to support.

mod reading;

pub use reading::{Binding, CitationKind, Claim, ClaimId, Reading, Source, SourceId, Target};
