//! What a page needs to look like itself: stylesheets, scripts, fonts, images.
//!
//! - [`of_html`], [`of_css`]: the requisites that a page or a stylesheet names.
//! - [`Need`]: one of them, and how badly the page needs it.

mod css;
mod html;
mod need;
mod srcset;

pub use css::of_css;
pub use html::of_html;
pub use need::Need;
