//! The report as one self-contained page that an editor reads: no script, no request, no link but to the web.
//!
//! - `page`: the page, rendered from the templates.
//! - `View`: what the templates show, in words and in order; `FindingView`, `ClaimView`, `SourceView` its parts.
//! - `Badge`: a state or verdict with its symbol and colour.
//! - `Segment`: a piece of a passage, marked or not.

mod badge;
mod claim;
mod finding;
mod page;
mod passage;
mod reference;
mod source;
mod view;

pub(super) use page::write;
