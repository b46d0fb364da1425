//! Captured pages, read again out of the archive.

use std::path::Path;

use super::error::CliError;
use crate::article::child::Child;
use crate::audit::{READABLE_BYTES, captured_response, page_of};
use crate::evidence::PageText;
use crate::fetch;

/// What the page says whose response lies at `offset` of `warc`, below the archive folder `root`; nothing where it is no text
/// and no PDF that `reader` can read. `what` names the capture in an error.
pub(super) fn page(
    root: &Path,
    warc: &str,
    offset: u64,
    reader: &Child,
    what: &str,
) -> Result<Option<PageText>, CliError> {
    let response = captured_response(root, warc, offset)?;
    let page = page_of(&response, fetch::decode(&response, READABLE_BYTES), Some(reader));
    page.map(|page| page.map(|page| page.text))
        .map_err(|error| CliError::new(format!("the capture of {what} cannot be read: {error}")))
}
