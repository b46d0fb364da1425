//! The WARC records of one exchange: what is written for a response, its request, and the facts about both.
//!
//! - [`Draft`]: a record that is ready to be written; [`reference`] and [`warc_date`], as its fields state them.
//! - [`Event`]: what is the same for the records of one exchange; [`Kept`]: what the record of a response keeps of it;
//!   [`lasting`]: which facts another exchange may share.
//! - [`text_of`], [`certificates_of`], [`lookup_of`]: what is kept beside the exchange; [`repeated`]: the same once more.

mod draft;
mod event;
mod facts;
mod message;
mod resource;

pub(super) use draft::{Draft, reference, warc_date};
pub(super) use event::{Event, Kept, Role};
pub(super) use facts::lasting;
pub(super) use resource::{certificates_of, lookup_of, repeated, text_of};
