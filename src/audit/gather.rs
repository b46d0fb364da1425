//! Asks every source of an article: fetch, record, judge, read.

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::error::AuditError;
use super::facts;
use super::progress::{Event, Observer};
use super::recorder::Recorder;
use super::scope::Scope;
use crate::archive::Capture;
use crate::check::{self, Judgement, Reason};
use crate::citation::{Source, Target};
use crate::dossier::SourceFacts;
use crate::evidence::PageText;
use crate::fetch::{self, Chain, Client};

/// The most that a page may unfold to when it is decoded for reading.
const READABLE_BYTES: u64 = 32 << 20;

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
    async fn fetch(&self, url: &Url) -> Option<Chain> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => None,
            chain = self.client.fetch(url) => Some(chain),
        }
    }
}

async fn ask(source: Source, asking: Asking) -> Result<Gathered, AuditError> {
    let gathered = match (check::unasked(&source.target, asking.offline), &source.target) {
        (None, Target::Web(url)) => match asking.fetch(url).await {
            Some(chain) => settle(&source, url, chain, &asking).await?,
            None => unasked(&source, stopped()),
        },
        (judgement, _) => unasked(&source, judgement.unwrap_or_else(not_a_page)),
    };
    let event = Event::Settled { url: gathered.facts.url.clone(), state: gathered.facts.state };
    (asking.observer)(event);
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

/// Records what came back before anything is made of it, then reads it off the reactor.
async fn settle(source: &Source, url: &Url, chain: Chain, asking: &Asking) -> Result<Gathered, AuditError> {
    let captures = match &asking.recorder {
        Some(recorder) => recorder.record(chain.clone()).await?,
        None => Vec::new(),
    };
    let (source, url, scope) = (source.clone(), url.clone(), asking.scope);
    tokio::task::spawn_blocking(move || read(&source, &url, &chain, captures, scope))
        .await
        .map_err(|_| AuditError::Worker)
}

fn read(
    source: &Source,
    asked: &Url,
    chain: &Chain,
    mut captures: Vec<Option<Capture>>,
    scope: Scope,
) -> Gathered {
    let decoded = chain.response().map(|response| fetch::decode(response, READABLE_BYTES));
    let judgement = check::judge(asked, chain, decoded.as_ref().map(Result::as_ref));
    let page = decoded
        .and_then(Result::ok)
        .filter(|_| scope == Scope::Audit)
        .map(|decoded| PageText::read(&decoded.media_type, &decoded.text));
    let capture = captures.pop().flatten();
    let mut facts = facts::asked(source, chain, judgement, capture);
    if let Some(page) = &page {
        facts.title.clone_from(&page.title);
        facts.published.clone_from(&page.published);
    }
    Gathered { facts, page }
}
