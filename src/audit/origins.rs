//! Where the passages of claims stand in the bytes that were captured.
//!
//! The pages themselves are gone from memory when claims are weighed: they are read back out of the archive, one at a time,
//! and only those that a passage is from.

use std::path::Path;

use super::read::READABLE_BYTES;
use crate::archive::{ArchiveError, read_back};
use crate::digest::Digest;
use crate::dossier::{CaptureFacts, ClaimFacts, EvidenceFacts, Origin, SourceFacts};
use crate::evidence::PageText;
use crate::fetch::{self, Body, Decoded, Protocol, Response};

/// The longest text, in bytes, of a page in which passages are placed: each is counted from the beginning.
const LONGEST: usize = 1 << 20;

/// Says of each passage of `claims` where it stands in the capture of its source, below the archive folder `root`. What cannot
/// be told for sure is left out.
pub(super) fn place_passages(claims: &mut [ClaimFacts], sources: &[SourceFacts], root: &Path) {
    for source in sources {
        let Some(capture) = &source.capture else { continue };
        let mut found: Vec<&mut EvidenceFacts> = Vec::new();
        for claim in &mut *claims {
            let of_claim = claim.evidence.iter_mut().chain(&mut claim.candidates);
            found.extend(of_claim.filter(|passage| passage.citation == source.id));
        }
        if found.is_empty() {
            continue;
        }
        let Some(page) = CapturedPage::read(root, capture, source.text_sha256) else { continue };
        for passage in found {
            passage.origin = page.origin(passage);
        }
    }
}

/// A page as it was captured.
struct CapturedPage {
    page: PageText,
    decoded: Decoded,
    /// The payload, its content codings undone.
    bytes: Vec<u8>,
}

impl CapturedPage {
    /// The page of `capture`, if its text is the one with the digest `text` that claims were held against.
    fn read(root: &Path, capture: &CaptureFacts, text: Option<Digest>) -> Option<Self> {
        let response = captured_response(root, &capture.warc, capture.offset).ok()?;
        let bytes = fetch::unpacked(&response, READABLE_BYTES).ok()?;
        let decoded = fetch::decode_unpacked(&response, &bytes).ok()?;
        let page = PageText::read(&decoded.media_type, &decoded.text);
        let is_it = page.text.len() <= LONGEST && text == Some(Digest::of(page.text.as_bytes()));
        is_it.then_some(Self { page, decoded, bytes })
    }

    fn origin(&self, passage: &EvidenceFacts) -> Option<Origin> {
        let byte = |character: usize| {
            let mut starts = self.page.text.char_indices().map(|(at, _)| at);
            starts.nth(character).or((character > 0).then_some(self.page.text.len()))
        };
        let range = byte(passage.start)?..byte(passage.end)?;
        let place = self.page.origin(&self.decoded.text, range)?;
        let place = fetch::undecoded(&self.decoded, &self.bytes, place)?;
        Some(Origin { start: place.start as u64, end: place.end as u64 })
    }
}

/// The response that lies at `offset` of the WARC file `warc`, below the archive folder `root`.
///
/// # Errors
/// Where there is none.
pub(crate) fn captured_response(root: &Path, warc: &str, offset: u64) -> Result<Response, ArchiveError> {
    let stored = read_back(root, warc, offset)?;
    Ok(Response {
        protocol: Protocol::Http11,
        status: stored.status.unwrap_or(200),
        headers: stored.headers.into_iter().map(|(name, value)| (name, value.into_bytes())).collect(),
        body: Body::from_bytes(&stored.body),
        truncated: None,
    })
}
