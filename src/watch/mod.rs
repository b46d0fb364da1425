//! The scheduled job: looks again at what published articles rest on, and tells an editor only what matters.
//!
//! # Architecture
//!
//! - [`WatchJob`], [`RecheckConfig`]: what is watched and when, and how often a source is asked (`config`).
//! - [`Schedule`]: the times of a job, in its time zone; [`Passes`] remembers when each job last ran.
//! - [`pass()`]: one pass of a job: its articles (`articles`, `feed`), new ones taken up (`takeup`), due sources asked again,
//!   what was seen of each weighed against how it stood (`standing`) and what the article rested on ([`at_source`], `raise`).
//!   Comes back as [`Passed`].
//! - [`tell`]: where alarms go: webhook, mail, feed file, command.
//! - [`Watcher`]: the jobs that are due, one after the other, each told of: once, or for good (`daemon`).
//! - [`WatchEvent`]: what happens on the way, for logs and metrics. [`Metrics`] counts it; [`serve()`] shows the
//!   counts; [`Heartbeat`] is a sign of life.
//!
//! The clock is an argument everywhere; only [`Clock`] reads it, for the daemon.

mod articles;
mod causes;
mod clock;
mod config;
mod daemon;
mod error;
mod event;
mod feed;
mod heartbeat;
mod metrics;
mod pass;
mod passes;
mod raise;
mod rested;
mod schedule;
mod secret;
mod serve;
mod standing;
mod takeup;
pub mod tell;
mod watcher;

pub use clock::{Clock, SystemClock};
pub use config::{ChannelConfig, ChannelKind, RecheckConfig, Security, WatchJob};
pub use error::WatchError;
pub use event::{WatchEvent, WatchObserver};
pub use heartbeat::Heartbeat;
pub use metrics::Metrics;
pub use pass::{PassContext, Passed, pass};
pub use passes::Passes;
pub use rested::at_source;
pub use schedule::Schedule;
pub use secret::Secret;
pub use serve::serve;
pub use watcher::{Watcher, WatcherSettings};
