//! ZIP packages that hold an article: DOCX, ODT, EPUB.
//!
//! - [`Package`](open::Package): the entries of one, unpacked within bounds.
//! - [`kind`](kind::kind): which of them it is.

pub(super) mod kind;
pub(super) mod open;
