//! Polite, safe HTTP: from a URL to the exchanges it took to get an answer, or to learn that there is none.
//!
//! - [`Chain`]: every exchange of one source, tries and redirects in order, and how it ended.
//! - [`Exchange`]: one request and its [`Response`] or [`Failure`].
//! - [`Body`]: what the server sent, hashed while it came in, on disk when it is large.

mod body;
mod exchange;

pub use body::{Body, BodyReader, BodyWriter};
pub use exchange::{Chain, End, Exchange, Failure, FailureKind, Protocol, Response, TlsFacts, Truncation};
