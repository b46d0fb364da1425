//! Asks every source of an article: fetch, record, judge, read.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::clock::RunClock;
use super::error::AuditError;
use super::facts;
use super::fetched::Fetched;
use super::mementos::Mementos;
use super::probes::Probes;
use super::progress::{Event, Observer};
use super::read::{Read, read_in_turn};
use super::readers::Readers;
use super::recorder::Recorder;
use super::requisites::{Requisites, gather_requisites};
use super::results::Results;
use super::scope::Scope;
use super::second_look::look_again;
use crate::archive::requisites::Need;
use crate::archive::wacz::{Text, Texts};
use crate::archive::{ArchiveError, Capture};
use crate::article::child::Child;
use crate::check::{self, CheckConfig, Doubt, Judgement, Reason, State};
use crate::citation::{Reading, Source, Target, without_credentials};
use crate::dossier::SourceFacts;
use crate::evidence::PageText;
use crate::fetch::{self, Chain, Client, Purpose, Request};

/// What became of the sources, in their order. There may be very many, so what few of them have is kept apart.
#[derive(Default)]
pub(super) struct Gathered {
    /// Everything but their claims.
    pub(super) facts: Vec<SourceFacts>,
    /// What they say, where they have a text and claims are to be weighed.
    pub(super) pages: Vec<Option<Box<PageText>>>,
    /// Their texts, where they have some and are captured.
    pub(super) texts: Vec<Option<Text>>,
}

/// What became of one source.
struct Seen {
    facts: SourceFacts,
    page: Option<Box<PageText>>,
    text: Option<Text>,
}

/// What asking needs, apart from the source itself.
#[derive(Clone)]
pub(super) struct Asking {
    pub(super) client: Client,
    /// Workers for one host: more than it lets ask at once.
    pub(super) workers: usize,
    pub(super) recorder: Option<Recorder>,
    pub(super) texts: Texts,
    pub(super) readers: Readers,
    pub(super) clock: RunClock,
    pub(super) requisites: Option<Arc<Requisites>>,
    pub(super) check: Arc<CheckConfig>,
    pub(super) probes: Arc<Probes>,
    pub(super) mementos: Option<Arc<Mementos>>,
    pub(super) results: Option<Arc<Results>>,
    /// What reads PDF: nothing where they are not to be read.
    pub(super) documents: Option<Child>,
    /// The archive folder whose captures servers are asked about; nothing where every page is fetched in full.
    pub(super) compare_with: Option<PathBuf>,
    pub(super) scope: Scope,
    pub(super) offline: bool,
    pub(super) cancel: CancellationToken,
    pub(super) observer: Observer,
}

/// Asks all sources of `reading`, each host by a few workers of its own, and the client holds each host to its pace.
pub(super) async fn gather(reading: &Arc<Reading>, asking: &Asking) -> Result<Gathered, AuditError> {
    let seen = Arc::new(Mutex::new(Places::for_sources(reading.sources.len())));
    let mut workers = JoinSet::new();
    let mut waiting = by_host(&reading.sources).into_iter();
    loop {
        while workers.len() < MOST_WORKERS
            && let Some(numbers) = waiting.next()
        {
            let count = numbers.len().min(asking.workers);
            let (reading, seen) = (Arc::clone(reading), Arc::clone(&seen));
            let host = Arc::new(Host { reading, left: Mutex::new(numbers), seen });
            for _ in 0..count {
                workers.spawn(work(Arc::clone(&host), asking.clone()));
            }
        }
        let Some(worked) = workers.join_next().await else { break };
        worked.map_err(|_| AuditError::Worker)??;
    }
    let places = std::mem::take(&mut *lock(&seen));
    places.gathered().ok_or(AuditError::Worker)
}

/// What was seen so far, each source at its place.
#[derive(Default)]
struct Places {
    facts: Vec<Option<SourceFacts>>,
    pages: Vec<Option<Box<PageText>>>,
    texts: Vec<Option<Text>>,
}

impl Places {
    fn for_sources(count: usize) -> Self {
        let nothing = || std::iter::repeat_with(|| None).take(count);
        Self { facts: nothing().collect(), pages: vec![None; count], texts: vec![None; count] }
    }

    fn put(&mut self, number: usize, Seen { facts, page, text }: Seen) {
        self.facts[number] = Some(facts);
        self.pages[number] = page;
        self.texts[number] = text;
    }

    /// Everything, once every place is taken.
    fn gathered(self) -> Option<Gathered> {
        let Self { facts, pages, texts } = self;
        Some(Gathered { facts: facts.into_iter().collect::<Option<_>>()?, pages, texts })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Workers in all. Each takes some memory, and only as many as there are places ask at once; the others wait for hosts.
const MOST_WORKERS: usize = 4096;

/// One host, and the numbers of its sources that are still to be asked.
struct Host {
    reading: Arc<Reading>,
    left: Mutex<VecDeque<usize>>,
    seen: Arc<Mutex<Places>>,
}

impl Host {
    fn next(&self) -> Option<usize> {
        lock(&self.left).pop_front()
    }
}

/// The numbers of the sources by host, the hosts in the order of their first source. What is no web address makes up a host
/// of its own.
fn by_host(sources: &[Source]) -> Vec<VecDeque<usize>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut hosts: Vec<VecDeque<usize>> = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let name = source.target.url().map(fetch::queue_of).unwrap_or_default();
        let place = *places.entry(name).or_insert(hosts.len());
        if place == hosts.len() {
            hosts.push(VecDeque::new());
        }
        hosts[place].push_back(number);
    }
    hosts
}

/// Asks the sources of a host, one after the other, until none is left.
async fn work(host: Arc<Host>, asking: Asking) -> Result<(), AuditError> {
    while let Some(number) = host.next() {
        let seen = ask(&host.reading.sources[number], &asking).await?;
        lock(&host.seen).put(number, seen);
    }
    Ok(())
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

    /// Puts what came back on disk, where it is kept: the capture of the last response, if there was one.
    pub(super) async fn record(&self, fetched: &Fetched) -> Result<Option<Capture>, AuditError> {
        let Some(recorder) = &self.recorder else { return Ok(None) };
        let mut captures = recorder.record(fetched.chain.clone(), fetched.unchanged.clone()).await?;
        Ok(captures.pop().flatten())
    }

    /// Puts the text of the page at `url` beside its capture. A page that repeats an earlier one has its text there.
    pub(super) async fn record_text(
        &self,
        page: Option<&PageText>,
        capture: Option<Capture>,
        url: Option<&Url>,
    ) -> Result<(), AuditError> {
        let new = capture.filter(|capture| !capture.revisit);
        if let (Some(recorder), Some(page), Some(capture), Some(url)) = (&self.recorder, page, new, url) {
            recorder.record_text(capture, url.clone(), page.text.clone()).await?;
        }
        Ok(())
    }
}

async fn ask(source: &Source, asking: &Asking) -> Result<Seen, AuditError> {
    let unasked_for = check::unasked(&source.target, &asking.check, asking.offline);
    let (seen, needs) = match (unasked_for, &source.target) {
        (None, Target::Web(url)) => ask_in_turn(source, url, asking).await?,
        (judgement, _) => (unasked(source, judgement.unwrap_or_else(not_a_page)), None),
    };
    let event = Event::Settled { url: seen.facts.url.clone(), state: seen.facts.state };
    (asking.observer)(event);
    if let Some((page, needs)) = needs {
        Box::pin(gather_requisites(&page, needs, asking)).await?;
    }
    Ok(seen)
}

/// Asks for the likeliest reading of an address and, if that is gone, for the others in turn until one lives. Where
/// none does, the likeliest stands.
async fn ask_in_turn(source: &Source, url: &Url, asking: &Asking) -> Result<(Seen, Needs), AuditError> {
    let likeliest = ask_for(source, url, asking).await?;
    if source.others.is_empty() || !is_gone(&likeliest.0.facts) {
        return Ok(likeliest);
    }
    let mut readings = vec![facts::reading(&likeliest.0.facts)];
    let mut settled = likeliest;
    for other in &source.others {
        let target = Target::Web(other.clone());
        if check::unasked(&target, &asking.check, asking.offline).is_some() {
            continue;
        }
        let asked = ask_for(source, other, asking).await?;
        readings.push(facts::reading(&asked.0.facts));
        if lives(&asked.0.facts) {
            settled = asked;
            break;
        }
    }
    settled.0.facts.readings = readings;
    Ok(settled)
}

async fn ask_for(source: &Source, url: &Url, asking: &Asking) -> Result<(Seen, Needs), AuditError> {
    match known(source, url, asking) {
        Some(known) => Ok((known, None)),
        None => fetched(source, url, asking).await,
    }
}

/// Whether the address may have been read wrongly: nothing is there.
fn is_gone(facts: &SourceFacts) -> bool {
    facts.state == State::Dead || facts.reason == Reason::Soft404
}

/// Whether a page is there that can be what was cited.
fn lives(facts: &SourceFacts) -> bool {
    facts.state == State::Alive
        || matches!(
            facts.reason,
            Reason::Paywall
                | Reason::ConsentWall
                | Reason::FragmentMissing
                | Reason::Truncated
                | Reason::EmptyPage
        )
}

/// What an earlier check found, where that is not long ago.
fn known(source: &Source, url: &Url, asking: &Asking) -> Option<Seen> {
    // Nothing is kept about other places within the page.
    let results = asking.results.as_ref().filter(|_| source.fragments.is_empty())?;
    let known = results.get(&without_credentials(url), asking.clock.now())?;
    let facts = facts::unasked_at(source, url, known.judgement());
    Some(Seen { facts: known.fill(facts), page: None, text: None })
}

/// Fetches a source, and asks beside it or in web archives where that may tell more.
async fn fetched(source: &Source, url: &Url, asking: &Asking) -> Result<(Seen, Needs), AuditError> {
    let Some(fetched) = asking.fetch(url, Request::new(url.clone(), Purpose::Cited)).await else {
        return Ok((unasked(source, stopped()), None));
    };
    let Settled { mut seen, needs, doubt } = settle(source, url, fetched, asking).await?;
    Box::pin(look_again(url, &mut seen.facts, doubt, asking)).await;
    if let Some(results) = &asking.results {
        results.put(&seen.facts);
    }
    Ok((seen, needs))
}

/// What is said of a source that was still to be asked when the run was stopped.
fn stopped() -> Judgement {
    let advice = Some("Run beleg again to have it checked.".to_owned());
    Judgement { advice, ..Judgement::new(Reason::Excluded, "the run was stopped before it was asked") }
}

fn not_a_page() -> Judgement {
    Judgement::new(Reason::UnsupportedScheme, "not a web address")
}

fn unasked(source: &Source, judgement: Judgement) -> Seen {
    Seen { facts: facts::unasked(source, judgement), page: None, text: None }
}

/// The URL of a page, and what it needs to look like itself.
type Needs = Option<(Url, Vec<Need>)>;

/// A source that was fetched and judged.
struct Settled {
    seen: Seen,
    needs: Needs,
    doubt: Option<Doubt>,
}

/// Records what came back before anything is made of it, then reads it off the reactor.
async fn settle(
    source: &Source,
    url: &Url,
    fetched: Fetched,
    asking: &Asking,
) -> Result<Settled, AuditError> {
    let capture = asking.record(&fetched).await?;
    let chain = fetched.into_readable();
    let page_url = chain.final_url().cloned();
    let texts = asking.texts.clone();
    let keep = move |Read { facts, page, needs, doubt }: Read| {
        let page = page.map(|page| Box::new(page.text));
        let text = page.as_ref().map(|page| texts.keep(&page.text)).transpose();
        text.map(|text| (Seen { facts, page, text }, needs, doubt))
    };
    let read = read_in_turn(source, url, chain, capture.clone(), asking, keep).await?;
    let (mut seen, needs, doubt) = read.map_err(ArchiveError::TextSpool)?;
    asking.record_text(seen.page.as_deref(), capture, page_url.as_ref()).await?;
    // Where no claims are weighed nobody reads it again, and there may be many.
    seen.page = seen.page.filter(|_| asking.scope > Scope::Archive);
    let needs = page_url.filter(|_| !needs.is_empty()).map(|url| (url, needs));
    Ok(Settled { seen, needs, doubt })
}
