//! Captured pages, read again out of the archive.

use std::path::Path;

use super::error::CliError;
use crate::archive::read_back;
use crate::article::child::Child;
use crate::audit::{READABLE_BYTES, page_of};
use crate::evidence::PageText;
use crate::fetch::{self, Body, Protocol, Response};

/// What the page says whose response lies at `offset` of `warc`, below the archive folder `root`; nothing where it is no text
/// and no PDF that `reader` can read. `what` names the capture in an error.
pub(super) fn page(
    root: &Path,
    warc: &str,
    offset: u64,
    reader: &Child,
    what: &str,
) -> Result<Option<PageText>, CliError> {
    let stored = read_back(root, warc, offset)?;
    let response = Response {
        protocol: Protocol::Http11,
        status: stored.status.unwrap_or(200),
        headers: stored.headers.into_iter().map(|(name, value)| (name, value.into_bytes())).collect(),
        body: Body::from_bytes(&stored.body),
        truncated: None,
    };
    let page = page_of(&response, fetch::decode(&response, READABLE_BYTES), Some(reader));
    page.map(|page| page.map(|page| page.text))
        .map_err(|error| CliError::new(format!("the capture of {what} cannot be read: {error}")))
}
