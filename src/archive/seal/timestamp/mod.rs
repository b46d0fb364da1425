//! When something existed at the latest, by the word of somebody else: time-stamps (RFC 3161).
//!
//! - [`TimestampRequest`]: the question to an authority, and the check of its answer.
//! - [`Timestamp`]: an answer that holds: who says when. [`Trust`]: who vouches for that authority.
//! - [`Roots`]: the certificates that an authority's own must lead to.
//! - [`certificates_in`]: the certificates that are kept beside an answer.
//! - [`TimestampError`]: why an answer does not hold.
//!
//! An answer is checked whole each time it is read: that it is about the right bytes, that the authority signed it, and
//! that the authority's certificate was made for that purpose and was valid then, up to a root.

mod algorithms;
mod chain;
mod error;
mod info;
mod names;
mod pem;
mod request;
mod signer;
mod stamp;
#[cfg(test)]
mod tests;
mod token;

pub use chain::{Roots, Trust};
pub use error::TimestampError;
pub(in crate::archive) use pem::certificates_in;
pub use request::TimestampRequest;
pub use stamp::Timestamp;
