//! One article through all the stages.
//!
//! - [`Auditor`]: holds what outlives an article (client, archive, ledger) and takes articles through the flow.
//! - [`Reseen`], [`ReadPage`]: a source that was asked again, without an article; [`Rechecked`]: what vouches for its capture.
//! - [`Scope`]: how far the flow goes.
//! - [`Event`]: what happens on the way, for whoever shows progress.
//! - [`Audited`]: the report of one article and the files that were written.

mod auditor;
mod clock;
mod deposit;
mod document;
mod error;
mod facts;
mod fetched;
mod gather;
mod mementos;
mod origins;
mod probes;
mod progress;
mod read;
mod read_page;
mod recheck;
mod readers;
mod recorder;
mod requisites;
mod results;
mod scope;
mod second_look;
mod timestamps;
mod weigh;

pub use auditor::{Audited, Auditor};
pub use deposit::Rechecked;
pub use error::AuditError;
pub(crate) use origins::captured_response;
pub use progress::{Event, Observer};
pub(crate) use read::{READABLE_BYTES, page_of};
pub use read_page::ReadPage;
pub use recheck::Reseen;
pub use scope::{LEDGER, Scope};
pub use weigh::UNWEIGHED;
