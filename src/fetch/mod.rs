//! Polite, safe HTTP: from a URL to the exchanges it took to get an answer, or to learn that there is none.
//!
//! - [`Client`]: fetches, hop by hop, under the limits of a [`FetchConfig`].
//! - [`Chain`]: every exchange of one source, tries and redirects in order, and how it ended.
//! - [`Exchange`]: one request and its [`Response`] or [`Failure`].
//! - [`Body`]: what the server sent, hashed while it came in, on disk when it is large.
//! - [`decode()`]: from a response to its text, content coding and charset undone.
//! - [`Span`], [`Size`], [`Network`], [`Resolve`]: values as settings write them.
//!
//! A failure to fetch is data. [`FetchError`] is for settings that no client can be made from.

mod body;
mod charset;
mod client;
mod coding;
mod config;
mod decode;
mod error;
mod exchange;
mod failure;
mod guard;
mod media;
mod network;
mod quantity;
mod receive;
mod redirect;
mod resolver;
mod retry;
mod schedule;
#[cfg(test)]
mod scripted;
mod tls;

pub use body::{Body, BodyReader, BodyWriter};
pub use client::Client;
pub use config::FetchConfig;
pub use decode::{DecodeError, Decoded, decode};
pub use error::FetchError;
pub use exchange::{Chain, End, Exchange, Failure, FailureKind, Protocol, Response, TlsFacts, Truncation};
pub use media::media_type;
pub use network::{Network, NetworkError, Resolve};
pub use quantity::{QuantityError, Size, Span};
