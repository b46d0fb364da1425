//! What can be checked about a sentence, before any page is looked at.
//!
//! - [`checkable`]: the parts of a sentence; [`Checkable`]: one of them.
//! - `speaker`: who says a quotation.

mod parts;
mod speaker;

pub use parts::{Checkable, checkable};
pub(super) use speaker::speaker;
