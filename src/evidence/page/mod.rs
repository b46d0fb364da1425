//! What a page says: the readable text of a captured page, its sentences, and the facts it states about itself.
//!
//! - [`PageText`]: title, date, language, text and sentences of one page; [`origin`]: where the text stands in it.
//! - [`published`]: when a page was published and changed.
//! - [`html`]: one linear pass over the markup; [`start_tag`] and [`region`]: what an element makes of its text; [`nesting`]: how
//!   deep it stands; [`white_space`]. [`structured`]: JSON-LD.
//! - [`main_text`]: which blocks are the page's own text, and the lines that end it ([`separator`]); [`sentence`]: where sentences end.

mod html;
mod main_text;
mod nesting;
mod origin;
mod page_text;
mod published;
mod region;
pub(super) mod sentence;
mod separator;
mod start_tag;
mod structured;
mod white_space;

pub use page_text::PageText;
pub(super) use published::{is_line as is_date_line, published};
