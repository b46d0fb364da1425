//! Reads what came back for a source: judges it, and takes down what it says and what it needs.

use url::Url;

use super::document;
use super::error::AuditError;
use super::facts;
use super::gather::Asking;
use super::read_page::ReadPage;
use super::scope::Scope;
use super::second_look::judged;
use crate::archive::Capture;
use crate::archive::requisites::{self, Need};
use crate::article::child::Child;
use crate::check::{Content, Doubt};
use crate::citation::Source;
use crate::digest::Digest;
use crate::dossier::SourceFacts;
use crate::evidence::PageText;
use crate::fetch::{self, Chain, DecodeError, Decoded, Response};
use crate::markup::Apart;

/// The most that a page may unfold to when it is decoded for reading.
pub(crate) const READABLE_BYTES: u64 = 32 << 20;

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

/// Reads `chain` as [`read`] does, off the reactor and once it is its turn, and makes there of it what `then` makes.
pub(super) async fn read_in_turn<T: Send + 'static>(
    source: &Source,
    asked: &Url,
    chain: Chain,
    capture: Option<Capture>,
    asking: &Asking,
    then: impl FnOnce(Read) -> T + Send + 'static,
) -> Result<T, AuditError> {
    let turn = asking.readers.turn(&chain).await;
    let (source, asked, asking) = (source.clone(), asked.clone(), asking.clone());
    let work = move || {
        let made = then(read(&source, &asked, &chain, capture, &asking));
        drop(turn);
        made
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)
}

/// Reads the chain that came back for `asked`, an address of `source`. It takes its time: not for the reactor.
fn read(source: &Source, asked: &Url, chain: &Chain, capture: Option<Capture>, asking: &Asking) -> Read {
    let decoded = chain.response().map(|response| fetch::decode(response, READABLE_BYTES));
    let content = Content::of(decoded.as_ref());
    let (judgement, doubt) = judged((asked, &source.fragments), chain, &content, asking);
    let needs = match (&content.html, chain.final_url()) {
        (Some(html), Some(base)) if asking.requisites.is_some() => requisites::of_html(base, html),
        _ => Vec::new(),
    };
    let text = content.html.and_then(|html| text_of(&html, asking.scope));
    let page = match (chain.response(), decoded) {
        (Some(_), Some(Ok(decoded))) if let Some(text) = text => Some(ReadPage { text, decoded }),
        (Some(response), Some(decoded)) if asking.scope >= Scope::Archive => {
            page_of(response, decoded, asking.documents.as_ref()).ok().flatten()
        }
        _ => None,
    };
    let mut facts = facts::asked(source, asked, chain, judgement, capture);
    if let Some(page) = &page {
        facts.title.clone_from(&page.text.title);
        facts.published.clone_from(&page.text.published);
        facts.text_sha256 = Some(Digest::of(page.text.text.as_bytes()));
    }
    Read { facts, page, needs, doubt }
}

/// The text of a page, as far as a run of this scope needs it.
fn text_of(html: &Apart<'_>, scope: Scope) -> Option<PageText> {
    match scope {
        Scope::Check => None,
        Scope::Archive => Some(PageText::of_html(html)),
        Scope::Audit => Some(PageText::of_html(html).in_sentences()),
    }
}

/// What a response says, `decoded` or, where it is no text but a PDF, read by `documents`; nothing where it is neither.
///
/// # Errors
/// Where it should be text and could not be decoded.
pub(crate) fn page_of(
    response: &Response,
    decoded: Result<Decoded, DecodeError>,
    documents: Option<&Child>,
) -> Result<Option<ReadPage>, DecodeError> {
    match decoded {
        Ok(decoded) => {
            Ok(Some(ReadPage { text: PageText::read(&decoded.media_type, &decoded.text), decoded }))
        }
        Err(DecodeError::NotText(kind)) => {
            Ok(documents.and_then(|reader| document::page(response, &kind, reader)))
        }
        Err(error) => Err(error),
    }
}
