//! From the exchanges of a source to its state: alive, doubtful, blocked, dead, unreachable or unchecked, and why.
//!
//! - [`judge`]: the state of a source that was asked, and the [`Doubt`] that asking the site for a made-up address beside it
//!   may settle; [`unasked`]: of one that is not to be asked.
//! - [`Content`]: the response as text, taken apart once.
//! - [`memento`]: earlier states of pages in web archives.
//! - [`CheckConfig`], [`Pattern`]: which sources are asked.
//! - [`State`] and [`Reason`]: the vocabulary.
//! - [`Judgement`]: the state of one source, with what was seen.
//! - [`shallow`]: the part of a page that is safe to parse.
//!
//! Every rule errs on the side of alive: a false alarm costs an editor's time and trust, and what it rests on is said
//! beside it. A page that lies well enough is for the reader to find out.

mod beside;
mod config;
mod content;
mod empty;
mod fragment;
mod gates;
mod handle;
mod judge;
pub mod memento;
mod missing_words;
mod nesting;
mod page;
mod parked;
mod pattern;
mod paywall;
mod redirects;
mod sight;
mod soft_404;
#[cfg(test)]
mod staged;
mod state;
mod status;
mod text_fragment;
mod unasked;
mod urls;
mod wall_marks;
mod walls;

pub use beside::Doubt;
pub use config::CheckConfig;
pub use content::Content;
pub use judge::judge;
pub use nesting::shallow;
pub use pattern::{Pattern, PatternError};
pub use state::{Judgement, Reason, State};
pub use unasked::unasked;
