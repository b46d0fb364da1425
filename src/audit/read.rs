//! Reads what came back for a source: judges it, and takes down what it says and what it needs.

use url::Url;

use super::document;
use super::facts;
use super::gather::Asking;
use super::read_page::ReadPage;
use super::scope::Scope;
use super::second_look::judged;
use crate::archive::Capture;
use crate::archive::requisites::{self, Need};
use crate::check::{self, Doubt, Judgement, Reason, State};
use crate::citation::Source;
use crate::digest::Digest;
use crate::dossier::SourceFacts;
use crate::evidence::PageText;
use crate::fetch::{self, Chain, DecodeError, Decoded};

/// The most that a page may unfold to when it is decoded for reading.
pub(super) const READABLE_BYTES: u64 = 32 << 20;

/// What was made of what came back.
pub(super) struct Read {
    /// Everything but the claims of the source.
    pub(super) facts: SourceFacts,
    /// The page, where it is text or a PDF and more is asked than whether it is there.
    pub(super) page: Option<ReadPage>,
    /// What it needs to look like itself, where that is to be kept.
    pub(super) needs: Vec<Need>,
    /// What a second look may settle.
    pub(super) doubt: Option<Doubt>,
}

/// Reads the chain that came back for `asked`, an address of `source`. It takes its time: not for the reactor.
pub(super) fn read(
    source: &Source,
    asked: &Url,
    chain: &Chain,
    capture: Option<Capture>,
    asking: &Asking,
) -> Read {
    let decoded = chain.response().map(|response| fetch::decode(response, READABLE_BYTES));
    let (mut judgement, doubt) = judged(asked, chain, decoded.as_ref(), asking);
    if judgement.state() == State::Alive
        && let Some(missing) = missing_elsewhere(source, asked, chain, decoded.as_ref())
    {
        judgement = missing;
    }
    let document = match (&decoded, chain.response(), &asking.documents) {
        (Some(Err(refused)), Some(response), Some(reader)) if asking.scope >= Scope::Archive => {
            document::page(response, refused, reader)
        }
        _ => None,
    };
    let decoded = decoded.and_then(Result::ok);
    let needs = match (&decoded, chain.final_url()) {
        (Some(page), Some(base)) if asking.requisites.is_some() && page.is_html() => {
            requisites::of_html(base, &page.text)
        }
        _ => Vec::new(),
    };
    let page = decoded
        .filter(|_| asking.scope >= Scope::Archive)
        .map(|decoded| ReadPage { text: PageText::read(&decoded.media_type, &decoded.text), decoded })
        .or(document);
    let mut facts = facts::asked(source, asked, chain, judgement, capture);
    if let Some(page) = &page {
        facts.title.clone_from(&page.text.title);
        facts.published.clone_from(&page.text.published);
        facts.text_sha256 = Some(Digest::of(page.text.text.as_bytes()));
    }
    Read { facts, page, needs, doubt }
}

/// The judgement of the first place within the page that another citation of `source` names and the page does not have.
fn missing_elsewhere(
    source: &Source,
    asked: &Url,
    chain: &Chain,
    page: Option<&Result<Decoded, DecodeError>>,
) -> Option<Judgement> {
    source.fragments.iter().find_map(|fragment| {
        let mut asked = asked.clone();
        asked.set_fragment(Some(fragment));
        let judgement = check::judge(&asked, chain, page.map(Result::as_ref));
        (judgement.reason == Reason::FragmentMissing).then_some(judgement)
    })
}
