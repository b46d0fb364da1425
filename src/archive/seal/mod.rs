//! What lets others tell who made a dossier, and that nothing in it was changed since.
//!
//! - [`SigningKey`] and [`PublicKey`]: the key that signs packages, made on first use.
//! - [`TimestampRequest`] and [`Timestamp`]: what an authority says about when something was there.
//! - [`SignedData`]: the signature of a package, in the form that WACZ has for it.

mod key;
mod pem;
mod public_key;
mod signature;
mod timestamp;

pub use key::SigningKey;
pub use public_key::PublicKey;
pub(super) use signature::{SignedData, Statement};
pub(super) use timestamp::certificates_in;
pub use timestamp::{Roots, Timestamp, TimestampError, TimestampRequest, Trust};
