//! Asks every source of an article: fetch, record, judge, read.

use std::sync::Arc;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::error::AuditError;
use super::facts;
use super::progress::{Event, Observer};
use super::recorder::Recorder;
use super::requisites::{Requisites, gather_requisites};
use super::scope::Scope;
use crate::archive::Capture;
use crate::archive::requisites::{self, Need};
use crate::check::{self, Judgement, Reason};
use crate::citation::{Source, Target};
use crate::dossier::SourceFacts;
use crate::evidence::PageText;
use crate::fetch::{self, Chain, Client, Purpose, Request};

/// The most that a page may unfold to when it is decoded for reading.
pub(super) const READABLE_BYTES: u64 = 32 << 20;

/// What became of one source.
pub(super) struct Gathered {
    /// Everything but its claims.
    pub(super) facts: SourceFacts,
    /// Its text, where it has some and claims are to be weighed.
    pub(super) page: Option<PageText>,
}

/// What asking needs, apart from the source itself.
#[derive(Clone)]
pub(super) struct Asking {
    pub(super) client: Client,
    pub(super) recorder: Option<Recorder>,
    pub(super) requisites: Option<Arc<Requisites>>,
    pub(super) scope: Scope,
    pub(super) offline: bool,
    pub(super) cancel: CancellationToken,
    pub(super) observer: Observer,
}

/// Asks all of `sources` at once; the client holds each host to its pace. In the order of `sources`.
pub(super) async fn gather(sources: &[Source], asking: &Asking) -> Result<Vec<Gathered>, AuditError> {
    let mut tasks = JoinSet::new();
    for (number, source) in sources.iter().enumerate() {
        let (source, asking) = (source.clone(), asking.clone());
        tasks.spawn(async move { (number, ask(source, asking).await) });
    }
    let mut gathered: Vec<Option<Gathered>> = sources.iter().map(|_| None).collect();
    while let Some(joined) = tasks.join_next().await {
        let (number, settled) = joined.map_err(|_| AuditError::Worker)?;
        gathered[number] = Some(settled?);
    }
    gathered.into_iter().map(|one| one.ok_or(AuditError::Worker)).collect()
}

impl Asking {
    /// Fetches, unless the run is stopped first.
    pub(super) async fn request(&self, request: &Request) -> Option<Chain> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => None,
            chain = self.client.request(request) => Some(chain),
        }
    }
}

async fn ask(source: Source, asking: Asking) -> Result<Gathered, AuditError> {
    let (gathered, needs) = match (check::unasked(&source.target, asking.offline), &source.target) {
        (None, Target::Web(url)) => match asking.request(&Request::new(url.clone(), Purpose::Cited)).await {
            Some(chain) => settle(&source, url, chain, &asking).await?,
            None => (unasked(&source, stopped()), None),
        },
        (judgement, _) => (unasked(&source, judgement.unwrap_or_else(not_a_page)), None),
    };
    let event = Event::Settled { url: gathered.facts.url.clone(), state: gathered.facts.state };
    (asking.observer)(event);
    if let Some((page, needs)) = needs {
        gather_requisites(&page, needs, &asking).await?;
    }
    Ok(gathered)
}

/// What is said of a source that was still to be asked when the run was stopped.
fn stopped() -> Judgement {
    let advice = Some("Run beleg again to have it checked.".to_owned());
    Judgement { advice, ..Judgement::new(Reason::Excluded, "the run was stopped before it was asked") }
}

fn not_a_page() -> Judgement {
    Judgement::new(Reason::UnsupportedScheme, "not a web address")
}

fn unasked(source: &Source, judgement: Judgement) -> Gathered {
    Gathered { facts: facts::unasked(source, judgement), page: None }
}

/// The URL of a page, and what it needs to look like itself.
type Needs = Option<(Url, Vec<Need>)>;

/// Records what came back before anything is made of it, then reads it off the reactor.
async fn settle(
    source: &Source,
    url: &Url,
    chain: Chain,
    asking: &Asking,
) -> Result<(Gathered, Needs), AuditError> {
    let mut captures = match &asking.recorder {
        Some(recorder) => recorder.record(chain.clone()).await?,
        None => Vec::new(),
    };
    let capture = captures.pop().flatten();
    let page_url = chain.final_url().cloned();
    let work = {
        let (source, url, capture, scope) = (source.clone(), url.clone(), capture.clone(), asking.scope);
        let with_needs = asking.requisites.is_some();
        move || read(&source, &url, &chain, capture, scope, with_needs)
    };
    let (gathered, needs) = tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)?;
    // A page that repeats an earlier one has its text there.
    let new = capture.filter(|capture| !capture.revisit);
    if let (Some(recorder), Some(page), Some(capture), Some(url)) =
        (&asking.recorder, &gathered.page, new, &page_url)
    {
        recorder.record_text(capture, url.clone(), page.text.clone()).await?;
    }
    Ok((gathered, page_url.filter(|_| !needs.is_empty()).map(|url| (url, needs))))
}

fn read(
    source: &Source,
    asked: &Url,
    chain: &Chain,
    capture: Option<Capture>,
    scope: Scope,
    with_needs: bool,
) -> (Gathered, Vec<Need>) {
    let decoded = chain.response().map(|response| fetch::decode(response, READABLE_BYTES));
    let judgement = check::judge(asked, chain, decoded.as_ref().map(Result::as_ref));
    let decoded = decoded.and_then(Result::ok);
    let needs = match (&decoded, chain.final_url()) {
        (Some(page), Some(base)) if with_needs && page.is_html() => requisites::of_html(base, &page.text),
        _ => Vec::new(),
    };
    let page = decoded
        .filter(|_| scope >= Scope::Archive)
        .map(|decoded| PageText::read(&decoded.media_type, &decoded.text));
    let mut facts = facts::asked(source, chain, judgement, capture);
    if let Some(page) = &page {
        facts.title.clone_from(&page.title);
        facts.published.clone_from(&page.published);
    }
    (Gathered { facts, page }, needs)
}
