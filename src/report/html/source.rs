//! Sources as the page shows them, with what was seen and where the capture lies.

use serde::Serialize;

use super::badge::Badge;
use super::claim::host;
use crate::article::Kind;
use crate::dossier::{CaptureFacts, SourceFacts};
use crate::report::link::{bare, href};
use crate::report::spot::{self, Step};
use crate::report::wording::{clean, size};
use crate::report::words;

/// One source.
#[derive(Serialize)]
pub(super) struct SourceView {
    id: String,
    host: String,
    url: String,
    href: Option<String>,
    state: Badge,
    reason: &'static str,
    detail: Option<String>,
    advice: Option<String>,
    /// Where it is cited.
    places: Vec<Vec<Step>>,
    kind: &'static str,
    title: Option<String>,
    facts: Vec<Fact>,
    /// Ids of the claims it is to support.
    claims: Vec<String>,
    capture: Option<CaptureView>,
}

/// A named fact.
#[derive(Serialize)]
struct Fact {
    name: &'static str,
    value: String,
    is_code: bool,
}

/// Where a capture lies.
#[derive(Serialize)]
struct CaptureView {
    warc: String,
    offset: u64,
    length: u64,
    digest: String,
    record: String,
    date: String,
    revisit: bool,
}

impl SourceView {
    /// What is shown of `source`; `claims` tells which claims there are to lead to.
    pub(super) fn new(source: &SourceFacts, kind: Option<Kind>, is_claim: impl Fn(&str) -> bool) -> Self {
        Self {
            id: source.id.clone(),
            host: host(&source.url),
            url: clean(bare(&source.url)),
            href: href(&source.url),
            state: Badge::of_state(source.state),
            reason: source.reason.describe(),
            detail: Some(clean(&source.detail)).filter(|detail| !detail.is_empty()),
            advice: source.advice.as_deref().map(clean),
            places: spot::all(&source.places, kind),
            kind: words::citation(source.kind),
            title: source.title.as_deref().map(clean),
            facts: facts(source),
            claims: source.claims.iter().filter(|id| is_claim(id)).cloned().collect(),
            capture: source.capture.as_ref().map(CaptureView::new),
        }
    }
}

impl CaptureView {
    fn new(capture: &CaptureFacts) -> Self {
        Self {
            warc: clean(&capture.warc),
            offset: capture.offset,
            length: capture.length,
            digest: clean(&capture.digest),
            record: clean(&capture.record),
            date: words::minute(capture.date),
            revisit: capture.revisit,
        }
    }
}

/// What was seen, as far as there is something.
fn facts(source: &SourceFacts) -> Vec<Fact> {
    let plain = |name, value: Option<String>| value.map(|value| Fact { name, value, is_code: false });
    let code = |name, value: Option<String>| value.map(|value| Fact { name, value, is_code: true });
    let written = (source.written != source.url).then(|| clean(&source.written));
    let hops: Vec<String> =
        source.hops.iter().map(|hop| format!("{} {}", hop.status, clean(&hop.url))).collect();
    let final_url = source.final_url.as_deref().filter(|url| *url != source.url).map(clean);
    [
        code("Written as", written),
        plain("Status", source.status.map(|status| status.to_string())),
        code("Redirects", Some(hops.join(" → ")).filter(|hops| !hops.is_empty())),
        code("Answered at", final_url),
        plain("Published", source.published.as_deref().map(clean)),
        plain("Checked", source.checked.map(words::minute)),
        plain("Media type", source.media_type.as_deref().map(clean)),
        plain("Size", source.bytes.map(size)),
        code("SHA-256", source.sha256.map(|digest| digest.to_string())),
    ]
    .into_iter()
    .flatten()
    .collect()
}
