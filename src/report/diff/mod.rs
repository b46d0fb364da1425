//! What changed between two captures of a page.
//!
//! - [`PageDiff`]: the captures, the pieces of text that differ, and what became of the claims that rest on the page.
//! - [`pieces()`]: what differs between two texts, paragraph by paragraph, and in each word by word.

mod page;
mod pieces;

pub use page::{CaptureSide, ClaimDrift, PageDiff};
pub use pieces::{Piece, Segment, pieces};
