//! What the integration tests share: a web that misbehaves, and a runner for the program.
//!
//! - [`Web`]: a web on loopback, run by threads of its own, so that tests need not be async.
//! - [`misbehaving`]: that web with every way to go wrong, and the site behind it.
//! - [`newsroom`], [`stories`]: a site whose pages need stylesheets and pictures, and its pages.
//! - [`HAZARDS`]: what is to be made of each of its pages.
//! - [`Beleg`], [`Ran`]: the program, run in an environment of its own.
//! - [`bare_channel`]: where alarms are told.
//! - [`Kept`]: an archive that is right in every part, dated by a [`TimestampAuthority`]; [`verify_archive`] verifies it.
//! - [`pdf`]: a PDF made from a few lines.
//! - [`Expected`]: what a case of the corpus expects.
//! - [`Report`]: a JSON report, held against the schema.
//! - [`example`], [`article`], [`files_below`], [`eventually`]: articles, what a run left behind, and waiting for it.

mod archives;
mod beleg;
mod channel;
mod detours;
mod expected;
mod files;
mod hazards;
mod judged;
mod kept;
mod misbehaving;
mod newsroom;
mod noise;
mod pages;
mod pdf;
mod report;
mod timestamp_authority;
mod web;

pub(crate) use beleg::{Beleg, Ran};
pub(crate) use channel::bare_channel;
pub(crate) use expected::Expected;
pub(crate) use files::{article, eventually, example, files_below};
pub(crate) use hazards::HAZARDS;
pub(crate) use kept::{Kept, verify_archive};
pub(crate) use misbehaving::misbehaving;
pub(crate) use newsroom::{newsroom, stories};
pub(crate) use noise::noise;
pub(crate) use pdf::pdf;
pub(crate) use report::Report;
pub(crate) use timestamp_authority::TimestampAuthority;
pub(crate) use web::Web;
