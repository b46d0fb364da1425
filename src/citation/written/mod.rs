//! Citations as they stand in running text: where each begins, where it ends, and what it names.
//!
//! - [`find`]: the citations of a text.
//! - [`Written`]: one of them: an address with or without a scheme, or an identifier such as a DOI.
//! - [`Readings`]: what one may name: the address as it most likely is, and the others where its end is uncertain.

mod domain;
mod ends;
mod entity;
mod find;
mod identifier;
mod isbn;
mod marks;
mod readings;
mod scan;

pub(crate) use find::cited_ranges;
pub(super) use find::{Written, find};
pub(super) use marks::is_invisible;
pub(super) use readings::Readings;
