//! What lets others tell who made a dossier, and that nothing in it was changed since.
//!
//! - [`SigningKey`] and [`PublicKey`]: the key that signs packages, made on first use.
//! - [`SignedData`]: the signature of a package, in the form that WACZ has for it.

mod key;
mod public_key;
mod signature;

pub use key::SigningKey;
pub use public_key::PublicKey;
pub(super) use signature::{SignedData, Statement};
