//! Takes articles through the flow.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::clock::RunClock;
use super::deposit::{self, Captured, Deposit, Rechecked, Signing};
use super::error::AuditError;
use super::facts;
use super::gather::{Asking, Gathered, gather};
use super::mementos::Mementos;
use super::origins::place_passages;
use super::probes::Probes;
use super::progress::{Event, Observer};
use super::readers::Readers;
use super::recorder::{Recorder, Writer};
use super::requisites::Requisites;
use super::results::Results;
use super::scope::{LEDGER, SOFTWARE, Scope};
use super::timestamps::{Authorities, Stamps};
use super::weigh::weigh;
use crate::archive::wacz::Texts;
use crate::archive::{
    About, ArchiveConfig, ArchiveError, Recovered, Roots, RunFiles, RunId, RunWriter, SigningKey, Store,
    WarcEntry,
};
use crate::article::Article;
use crate::article::child::Child;
use crate::check::CheckConfig;
use crate::citation::{self, Reading};
use crate::dossier::{Dossier, Run};
use crate::evidence::Model;
use crate::fetch::{Client, FetchConfig};
use crate::ledger::Ledger;
use crate::report::{Files, Report};

/// Workers for each page that one host lets be asked for at once, where pages are kept: while some wait for an answer, others
/// wait for the disk or for a reader.
const WORKERS_PER_PLACE: usize = 3;
/// How many more there are than that, where none is kept: some wait before they try again.
const WORKERS_BESIDE: usize = 2;

/// Holds what outlives an article: the client with its politeness, the archive with its lock, the ledger.
pub struct Auditor {
    client: Client,
    workers: usize,
    check: Arc<CheckConfig>,
    probes: Arc<Probes>,
    mementos: Option<Arc<Mementos>>,
    results: Option<Arc<Results>>,
    documents: Option<Child>,
    model: Option<Arc<Model>>,
    offline: bool,
    about: About,
    scope: Scope,
    kept: Option<Kept>,
    observer: Observer,
}

struct Kept {
    store: Arc<Store>,
    ledger: Ledger,
    config: ArchiveConfig,
    signing: Signing,
    authorities: Authorities,
}

/// The report of one article, and the files that hold it.
#[derive(Debug)]
pub struct Audited {
    /// The report.
    pub report: Report,
    /// Where it was written, unless nothing was to be kept.
    pub files: Option<Files>,
    /// What did not work and took nothing from the report: an authority that gave no time-stamp.
    pub warnings: Vec<String>,
}

impl Auditor {
    /// Opens client, archive and ledger. With [`Scope::Check`] nothing is opened on disk. `part_of` is what the
    /// captures say they belong to, such as `demo`.
    pub async fn open(
        scope: Scope,
        fetch: &FetchConfig,
        check: &CheckConfig,
        archive: &ArchiveConfig,
        part_of: Option<&str>,
        observer: Observer,
    ) -> Result<Self, AuditError> {
        let client = Client::new(fetch)?;
        let about = About {
            software: SOFTWARE.to_owned(),
            user_agent: fetch.user_agent.clone(),
            operator: None,
            is_part_of: part_of.map(str::to_owned),
        };
        let kept = if scope == Scope::Check { None } else { Some(Kept::open(archive).await?) };
        let results = match &check.cache {
            Some(file) if scope == Scope::Check => {
                Some(Arc::new(Results::open(file, check.cache_age.duration(), Timestamp::now())?))
            }
            _ => None,
        };
        Ok(Self {
            client,
            workers: match scope {
                Scope::Check => fetch.per_host.get().saturating_add(WORKERS_BESIDE),
                Scope::Archive | Scope::Audit => fetch.per_host.get().saturating_mul(WORKERS_PER_PLACE),
            },
            check: Arc::new(check.clone()),
            probes: Arc::default(),
            mementos: Mementos::of(check).map(Arc::new),
            results,
            documents: None,
            model: None,
            offline: fetch.offline,
            about,
            scope,
            kept,
            observer,
        })
    }

    /// The same, with PDF sources read by `reader`, if there is one.
    #[must_use]
    pub fn reading_documents(self, reader: Option<Child>) -> Self {
        Self { documents: reader, ..self }
    }

    /// The same, with a model of embeddings that may nominate passages, if there is one.
    #[must_use]
    pub fn nominating(self, model: Option<Arc<Model>>) -> Self {
        Self { model, ..self }
    }

    /// What a killed run had left behind in the archive, and is in order now.
    pub fn recovered(&self) -> &[Recovered] {
        self.kept.as_ref().map_or(&[], |kept| kept.store.recovered())
    }

    /// Takes one article through the flow; it is `now`. When `cancel` fires, what is under way is dropped, what was captured
    /// is kept, and the report says that the run was interrupted.
    pub async fn audit(
        &self,
        article: Article,
        now: Timestamp,
        cancel: &CancellationToken,
    ) -> Result<Audited, AuditError> {
        let clock = RunClock::starting(now);
        let run = self.new_run(now);
        // What the article says is not needed again, and it may be long.
        let work = move || (citation::read(&article), facts::article(&article));
        let (reading, article) = tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)?;
        let reading = Arc::new(reading);
        (self.observer)(Event::Begun { article: article.path.clone(), sources: reading.sources.len() });
        let (gathered, recorded) = self.ask(&reading, &run, clock, cancel).await?;
        (self.observer)(Event::Weighing);
        let Gathered { facts: mut citations, pages, texts } = gathered;
        let captured = recorded.map(|files| Captured { files, texts });
        let mut claims = weigh(reading, &article, &citations, pages, self.scope, self.model.clone()).await?;
        if let Some(kept) = self.kept.as_ref().filter(|_| self.scope == Scope::Audit) {
            let root = kept.store.root().to_owned();
            let work = move || {
                place_passages(&mut claims, &citations, &root);
                (claims, citations)
            };
            (claims, citations) = tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)?;
        }
        let run = Run { id: run, started: now, finished: clock.now(), interrupted: cancel.is_cancelled() };
        let dossier = Dossier { tool: facts::tool(self.model.as_deref()), run, article, citations, claims };
        (self.observer)(Event::Writing);
        let report = Arc::new(Report::new(dossier));
        let (files, warnings) = match &self.kept {
            Some(kept) => {
                let (files, warnings) = kept.deposit(&report, captured, &self.client, clock, cancel).await?;
                (Some(files), warnings)
            }
            None => (None, Vec::new()),
        };
        (self.observer)(Event::Done);
        let report = Arc::unwrap_or_clone(report);
        Ok(Audited { report, files, warnings })
    }

    /// The ledger, unless nothing is to be kept.
    pub fn ledger(&self) -> Option<&Ledger> {
        self.kept.as_ref().map(|kept| &kept.ledger)
    }

    /// A name for a run that begins at `now`.
    pub fn new_run(&self, now: Timestamp) -> RunId {
        RunId::new(now, entropy())
    }

    /// The client that the sources are asked with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Seals the ledger and closes it, and keeps what was found for the next check.
    pub async fn close(self) -> Result<(), AuditError> {
        if let Some(results) = self.results {
            results.save()?;
        }
        if let Some(kept) = self.kept {
            kept.ledger.close().await?;
        }
        Ok(())
    }

    async fn ask(
        &self,
        reading: &Arc<Reading>,
        run: &RunId,
        clock: RunClock,
        cancel: &CancellationToken,
    ) -> Result<(Gathered, Option<RunFiles>), AuditError> {
        let (asking, writer) = self.asking(run, clock, self.scope, cancel);
        let gathered = gather(reading, &asking).await;
        // The writer ends when the last recorder is gone.
        drop(asking);
        let recorded = match writer {
            Some(writer) => writer.await.map_err(|_| AuditError::Worker)?,
            None => Ok(None),
        };
        // What went wrong first is what is told: a full disk stops the writer's end too.
        let gathered = gathered?;
        Ok((gathered, recorded?))
    }

    /// Writes the manifest over the captures of a run that is of no article.
    pub(super) async fn vouch(
        &self,
        job: &str,
        run: &RunId,
        created: Timestamp,
        warcs: Vec<Arc<WarcEntry>>,
    ) -> Result<Rechecked, AuditError> {
        let kept = self.kept.as_ref().ok_or(AuditError::Worker)?;
        let (store, job, run) = (Arc::clone(&kept.store), job.to_owned(), run.clone());
        let work = move || deposit::vouch(&store, &job, &run, created, warcs);
        tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)?
    }

    /// What asking in the name of `run` needs, and the writer of its captures.
    pub(super) fn asking(
        &self,
        run: &RunId,
        clock: RunClock,
        scope: Scope,
        cancel: &CancellationToken,
    ) -> (Asking, Option<Writer>) {
        let recording =
            self.kept.as_ref().map(|kept| Recorder::start(kept.writer(run, clock.began(), &self.about)));
        let (recorder, writer) = recording.unzip();
        let asking = Asking {
            client: self.client.clone(),
            workers: self.workers,
            recorder,
            check: Arc::clone(&self.check),
            probes: Arc::clone(&self.probes),
            mementos: self.mementos.clone(),
            results: self.results.clone(),
            documents: self.documents.clone(),
            texts: Texts::default(),
            readers: Readers::of(self.client.backlog()),
            clock,
            requisites: self.kept.as_ref().and_then(|kept| Requisites::of(&kept.config)),
            compare_with: self.kept.as_ref().and_then(Kept::compare_with),
            scope,
            offline: self.offline,
            cancel: cancel.clone(),
            observer: self.observer.clone(),
        };
        (asking, writer)
    }
}

impl Kept {
    async fn open(config: &ArchiveConfig) -> Result<Self, AuditError> {
        let settings = config.clone();
        let open = move || {
            let store = Store::open(&settings.folder)?;
            let key = settings.key.filter(|_| settings.wacz);
            let key = key.map(|path| SigningKey::open(&path)).transpose()?;
            let roots = settings.timestamp_roots.map(|path| Roots::read(&path)).transpose()?;
            let authorities = Authorities { urls: settings.timestamps, roots: roots.unwrap_or_default() };
            Ok::<_, ArchiveError>((store, Signing { package: settings.wacz, key }, authorities))
        };
        let opened = tokio::task::spawn_blocking(open).await;
        let (store, signing, authorities) = opened.map_err(|_| AuditError::Worker)??;
        let store = Arc::new(store);
        let ledger = Ledger::open(&config.folder.join(LEDGER)).await?;
        Ok(Self { store, ledger, config: config.clone(), signing, authorities })
    }

    /// The folder whose captures servers are asked about, where they are to be asked.
    fn compare_with(&self) -> Option<PathBuf> {
        self.config.conditional.then(|| self.store.root().to_owned())
    }

    /// What begins the files of a run.
    fn writer(
        &self,
        run: &RunId,
        started: Timestamp,
        about: &About,
    ) -> impl Fn() -> Result<RunWriter, ArchiveError> + Send + 'static {
        let (store, run, about) = (Arc::clone(&self.store), run.clone(), about.clone());
        let keep_credentials = self.config.keep_credentials;
        move || Ok(store.begin(&run, started, &about)?.keeping_credentials(keep_credentials))
    }

    /// Writes the dossier's folder and has it dated, then tells the ledger: an entry stands only for files that are on
    /// disk. The result is those files, and what did not work and took nothing from them.
    async fn deposit(
        &self,
        report: &Arc<Report>,
        captured: Option<Captured>,
        client: &Client,
        clock: RunClock,
        cancel: &CancellationToken,
    ) -> Result<(Files, Vec<String>), AuditError> {
        let store = Arc::clone(&self.store);
        let (shown, captured) = (Arc::clone(report), Arc::new(captured));
        let (report_too, captured_too) = (Arc::clone(&shown), Arc::clone(&captured));
        let work = move || {
            let begun = deposit::begin(&store, &report_too, captured_too.as_ref().as_ref())?;
            Ok::<_, AuditError>((store, begun))
        };
        let (store, begun) = tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)??;
        let Stamps { stamps, warnings } = self.authorities.ask(client, begun.manifest, cancel).await;
        let signing = self.signing.clone();
        let work = move || begun.finish(&store, &shown, captured.as_ref().as_ref(), &stamps, &signing);
        let written = tokio::task::spawn_blocking(work).await;
        let Deposit { files, folder, manifest } = written.map_err(|_| AuditError::Worker)??;
        self.ledger.append_dossier(clock.now(), Arc::clone(&report.dossier), Some(manifest), &folder).await?;
        Ok((files, warnings))
    }
}

/// What a run's name is told apart by.
fn entropy() -> u16 {
    let bytes = Uuid::new_v4().into_bytes();
    u16::from_be_bytes([bytes[0], bytes[1]])
}
