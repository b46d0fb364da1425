//! Polite, safe HTTP: from a URL to the exchanges it took to get an answer, or to learn that there is none.
//!
//! - [`Client`]: fetches, hop by hop, under the limits of a [`FetchConfig`].
//! - [`Chain`]: every exchange of one source, tries and redirects in order, and how it ended.
//! - [`Request`]: for what is not the cited page itself, or needs headers of its own.
//! - [`Post`]: bytes for a service, such as a question to an authority.
//! - [`Exchange`]: one request and its [`Response`] or [`Failure`], and all that is known of how it went.
//! - [`Body`]: what the server sent, hashed while it came in, on disk when it is large.
//! - [`decode()`]: from a response to its text, content coding and charset undone.
//! - [`HostConfig`], [`RobotsChoice`]: what the settings say of single hosts, and of robots.txt.
//! - [`Span`], [`Size`], [`Network`], [`Resolve`]: values as settings write them.
//! - [`tls_config()`]: which authorities are trusted; also for the servers that settings name.
//!
//! A failure to fetch is data. [`FetchError`] is for settings that no client can be made from.

mod ask;
mod backlog;
mod body;
mod certificate;
mod charset;
mod client;
mod coding;
mod config;
mod connect;
mod cookies;
mod decode;
mod decode_error;
mod error;
mod exchange;
mod failure;
mod guard;
mod handshake;
mod host_config;
mod hosts;
mod laps;
mod media;
mod network;
mod origins;
mod pace;
mod post;
mod receive;
mod redirect;
mod refresh;
mod remembered;
mod request;
mod resolver;
mod retry;
mod robots;
mod schedule;
#[cfg(test)]
mod scripted;
mod tls;
mod undecoded;

pub use crate::quantity::{QuantityError, Size, Span};
pub use backlog::{Backlog, Waiting};
pub use body::{Body, BodyReader, BodyWriter};
pub use charset::stated_charset;
pub use client::Client;
pub use config::FetchConfig;
pub use decode::{Decoded, decode, decode_unpacked, unpacked};
pub use decode_error::DecodeError;
pub use error::FetchError;
pub use exchange::{
    Chain, End, Exchange, Failure, FailureKind, Led, Lookup, Protocol, Response, Timings, Truncation, Via,
    Wire,
};
pub use handshake::{TlsFacts, TlsVerdict};
pub use host_config::HostConfig;
pub use media::media_type;
pub use network::{Network, NetworkError, Resolve};
pub use post::Post;
pub use request::{Purpose, Request};
pub use robots::{RobotsChoice, RobotsFacts};
pub use schedule::queue_of;
pub use tls::tls_config;
pub use undecoded::undecoded;
