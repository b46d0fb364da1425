//! What a page says: the readable text of a captured page, its sentences, and the facts it states about itself.
//!
//! - [`PageText`]: title, date, language, text and sentences of one page.
//! - [`published`]: when a page was published and changed.
//! - [`html`]: one linear pass over the markup; [`main_text`]: which blocks of it are the page's own text; [`structured`]: JSON-LD; [`sentence`]: where sentences end.

mod html;
mod main_text;
mod page_text;
mod published;
pub(super) mod sentence;
mod structured;

pub use page_text::PageText;
