//! Office files: DOCX and ODT, the text of their paragraphs with links, notes and comments.
//!
//! - [`docx`] and [`odt`]: the two formats.
//! - [`Flow`](flow::Flow): paragraphs in the making, as both have them.
//! - [`elements`](xml::elements): goes through XML within bounds.
//! - [`reflowed`](reflow::reflowed): makes paragraphs whole that are the lines of a text file.

pub(super) mod docx;
mod flow;
pub(super) mod odt;
mod reflow;
pub(super) mod xml;
