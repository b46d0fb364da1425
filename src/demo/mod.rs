//! A stand-in for the web, on loopback: what `beleg demo` fetches from, and what the integration tests build on.
//!
//! - [`StandIn`]: the pages that the example article cites, served under the names they are cited by.
//! - [`serve`], [`Site`], [`Request`], [`Answer`], [`Step`]: a small HTTP/1.1 server whose answers are scripts, so that
//!   misbehaving is data and not another server.
//! - [`Authority`], [`Leaf`], [`Validity`], [`Certificates`]: a certificate authority made at start, and what it signs.
//!
//! The pages are written for beleg. They say so, and nothing in them is by those whose addresses they stand in for.

mod answer;
mod authority;
mod certificates;
mod connection;
mod error;
mod request;
mod site;
mod stand_in;
mod web;

pub use answer::{Answer, Step};
pub use authority::{Authority, Leaf, Validity};
pub use certificates::Certificates;
pub use error::DemoError;
pub use request::Request;
pub use site::Site;
pub use stand_in::StandIn;
pub use web::serve;
