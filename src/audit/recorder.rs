//! The one writer of a run's captures, on a thread of its own.

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use url::Url;

use super::error::AuditError;
use crate::archive::{ArchiveError, Capture, Earlier, Pending, RunFiles, RunWriter};
use crate::fetch::Chain;

/// Jobs that may wait for the disk before fetching is held up, and are made last together: the disk takes some
/// milliseconds for that, however much it is.
const WAITING: usize = 256;

/// Hands chains to the writer thread. Cheap to clone; the writer ends when the last clone is gone.
#[derive(Clone)]
pub(super) struct Recorder {
    jobs: mpsc::Sender<Job>,
}

struct Job {
    work: Work,
    /// Who waits for it, if anybody does.
    done: Option<oneshot::Sender<Result<Vec<Option<Capture>>, ArchiveError>>>,
}

/// What is to be written.
enum Work {
    /// What it took to get a source, and the capture that still holds where the server says so.
    Source(Chain, Option<Earlier>),
    /// The same for a requisite of the page at the URL.
    Requisite(Chain, Option<Earlier>, Url),
    /// The text of a captured page.
    Text(Capture, Url, String),
}

/// The writer thread: awaited for the files of the run, `None` where nothing was recorded.
pub(super) type Writer = JoinHandle<Result<Option<RunFiles>, ArchiveError>>;

impl Recorder {
    /// Starts the writer. The first chain makes it `begin`, which creates the file.
    pub(super) fn start(
        begin: impl Fn() -> Result<RunWriter, ArchiveError> + Send + 'static,
    ) -> (Self, Writer) {
        let (jobs, waiting) = mpsc::channel(WAITING);
        let writer = tokio::task::spawn_blocking(move || write(begin, waiting));
        (Self { jobs }, writer)
    }

    /// Records the chain of a source; `unchanged` is the capture that still holds where its answer says so. On return
    /// its captures are on disk.
    pub(super) async fn record(
        &self,
        chain: Chain,
        unchanged: Option<Earlier>,
    ) -> Result<Vec<Option<Capture>>, AuditError> {
        self.work(Work::Source(chain, unchanged)).await
    }

    /// The same for the chain of a requisite of `page`.
    pub(super) async fn record_requisite(
        &self,
        chain: Chain,
        unchanged: Option<Earlier>,
        page: Url,
    ) -> Result<(), AuditError> {
        self.work(Work::Requisite(chain, unchanged, page)).await.map(drop)
    }

    /// Records the text of the page at `url` that was captured as `capture`. Nothing rests on it, so nobody waits for it;
    /// where it cannot be written, the writer says so in the end.
    pub(super) async fn record_text(
        &self,
        capture: Capture,
        url: Url,
        text: String,
    ) -> Result<(), AuditError> {
        let job = Job { work: Work::Text(capture, url, text), done: None };
        self.jobs.send(job).await.map_err(|_| AuditError::Worker)
    }

    async fn work(&self, work: Work) -> Result<Vec<Option<Capture>>, AuditError> {
        let (done, captures) = oneshot::channel();
        self.jobs.send(Job { work, done: Some(done) }).await.map_err(|_| AuditError::Worker)?;
        Ok(captures.await.map_err(|_| AuditError::Worker)??)
    }
}

fn write(
    begin: impl Fn() -> Result<RunWriter, ArchiveError>,
    mut jobs: mpsc::Receiver<Job>,
) -> Result<Option<RunFiles>, ArchiveError> {
    let mut writer: Option<RunWriter> = None;
    let mut unheard = None;
    while let Some(first) = jobs.blocking_recv() {
        // All that wait are made last at once: the disk takes as long for one as for many.
        let batch: Vec<_> =
            std::iter::once(first).chain(std::iter::from_fn(|| jobs.try_recv().ok())).take(WAITING).collect();
        let opened = match &mut writer {
            Some(writer) => Ok(writer),
            None => begin().map(|begun| writer.insert(begun)),
        };
        let failed = answer(batch, opened);
        unheard = unheard.or(failed);
    }
    let files = writer.map(RunWriter::finish).transpose()?;
    unheard.map_or(Ok(files), Err)
}

/// Writes the batch and answers those who wait for it. What cannot be written fails by itself; what was written counts
/// once all of it is on disk. The fetch that asked may be gone after Ctrl-C; its captures are kept all the same. The result
/// is what went wrong where nobody waits.
fn answer(batch: Vec<Job>, writer: Result<&mut RunWriter, ArchiveError>) -> Option<ArchiveError> {
    let written = writer.and_then(|writer| {
        let appended: Vec<_> = batch.iter().map(|job| job.work.append_to(writer)).collect();
        writer.acknowledge()?;
        let captured = |pending: Vec<Option<Pending>>| {
            pending.into_iter().map(|pending| pending.and_then(Pending::captured)).collect()
        };
        Ok(appended.into_iter().map(|appended| appended.map(captured)).collect())
    });
    let outcomes: Vec<Result<Vec<Option<Capture>>, _>> = match written {
        Ok(captured) => captured,
        Err(error) => batch.iter().map(|_| Err(error.again())).collect(),
    };
    let mut unheard = None;
    for (job, outcome) in batch.into_iter().zip(outcomes) {
        for Capture { warc, offset, .. } in outcome.iter().flatten().flatten() {
            tracing::debug!(warc, offset, "on disk");
        }
        match (job.done, outcome) {
            (Some(done), outcome) => drop(done.send(outcome)),
            (None, outcome) => unheard = unheard.or(outcome.err()),
        }
    }
    unheard
}

impl Work {
    fn append_to(&self, writer: &mut RunWriter) -> Result<Vec<Option<Pending>>, ArchiveError> {
        match self {
            Self::Source(chain, unchanged) => writer.append(chain, None, unchanged.as_ref()),
            Self::Requisite(chain, unchanged, page) => writer.append(chain, Some(page), unchanged.as_ref()),
            Self::Text(capture, url, text) => {
                writer.append_text(capture, url, text)?;
                Ok(Vec::new())
            }
        }
    }
}
