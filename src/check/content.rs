//! The final response of a source as text, as far as it could be read.

use crate::fetch::{DecodeError, Decoded};
use crate::markup::Apart;

/// What a response says, opened for all who read it.
#[derive(Debug)]
pub struct Content<'a> {
    /// The response decoded, whatever its status; nothing where there is none.
    pub decoded: Option<Result<&'a Decoded, &'a DecodeError>>,
    /// The same taken apart, where it is HTML.
    pub html: Option<Apart<'a>>,
}

impl<'a> Content<'a> {
    /// Opens `decoded`. Takes a page apart, which takes some milliseconds of processor time for a large one.
    pub fn of(decoded: Option<&'a Result<Decoded, DecodeError>>) -> Self {
        let decoded = decoded.map(Result::as_ref);
        let html = decoded.and_then(Result::ok).filter(|page| page.is_html());
        Self { decoded, html: html.map(|page| Apart::of(&page.text)) }
    }
}
