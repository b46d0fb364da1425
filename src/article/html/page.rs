//! A page to read.

use url::Url;

/// A page to read.
#[derive(Clone, Copy, Debug)]
pub(in crate::article) struct Page<'a> {
    /// Its text.
    pub(in crate::article) html: &'a str,
    /// Where it was fetched from.
    pub(in crate::article) address: Option<&'a Url>,
    /// Whether it is XML, where every element may close itself.
    pub(in crate::article) xml: bool,
}
