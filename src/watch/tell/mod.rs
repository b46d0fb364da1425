//! Telling people of alarms.
//!
//! - [`Channel`]: a way to tell, made from its settings (`channel`).
//! - `webhook`, `mail`, `atom`, `command`: the ways.
//! - `message`: what is told, in words and as JSON.
//! - [`tell()`]: tells the alarms that were not told on a channel yet, and notes in the ledger that they were.
//!
//! Delivery is at least once: where a kill comes between the answer of the other side and the note in the ledger, the same
//! alarm is told again, under the same key. Webhooks get it as `Idempotency-Key`, Matrix as the id of the transaction, mail
//! as the `Message-ID`, a command in its JSON; a feed file is written anew as a whole.

mod atom;
mod channel;
mod command;
mod mail;
mod message;
mod not_taken;
mod post;
#[expect(clippy::module_inception, reason = "the act is what the module is named for")]
mod tell;
mod webhook;

pub use channel::Channel;
pub use message::ALARMS_SCHEMA;
pub(super) use post::{Post, client, send};
pub use tell::tell;
