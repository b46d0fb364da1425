//! Sort-friendly keys of URLs (SURT).
//!
//! - [`surt`]: the key of a URL.

mod key;
mod sessions;

pub use key::surt;
