//! What the integration tests share: a web that misbehaves.
//!
//! - [`Web`]: a web on loopback, run by threads of its own, so that tests need not be async.
//! - [`misbehaving`]: that web with every way to go wrong, and the site behind it.
//! - [`HAZARDS`]: what is to be made of each of its pages.

mod hazards;
mod misbehaving;
mod pages;
mod web;

pub(crate) use hazards::HAZARDS;
pub(crate) use misbehaving::misbehaving;
pub(crate) use web::Web;
