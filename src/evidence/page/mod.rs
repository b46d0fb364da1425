//! What a page says: the readable text of a captured page, its sentences, and the facts it states about itself.
//!
//! - [`PageText`]: title, date, language, text and sentences of one page.
//! - [`html`]: one linear pass over the markup; [`structured`]: JSON-LD; [`sentence`]: where sentences end.

mod html;
mod page_text;
pub(super) mod sentence;
mod structured;

pub use page_text::PageText;
