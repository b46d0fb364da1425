//! The one writer of a run's captures, on a thread of its own.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::error::AuditError;
use crate::archive::{About, ArchiveError, Capture, RunFiles, RunId, RunWriter, Store};
use crate::fetch::Chain;

/// Chains that may wait for the disk before fetching is held up.
const WAITING: usize = 16;

/// Hands chains to the writer thread. Cheap to clone; the writer ends when the last clone is gone.
#[derive(Clone)]
pub(super) struct Recorder {
    chains: mpsc::Sender<Job>,
}

struct Job {
    chain: Chain,
    done: oneshot::Sender<Result<Vec<Option<Capture>>, ArchiveError>>,
}

/// The writer thread: awaited for the files of the run, `None` where nothing was recorded.
pub(super) type Writer = JoinHandle<Result<Option<RunFiles>, ArchiveError>>;

impl Recorder {
    /// Starts the writer. The first chain creates the file.
    pub(super) fn start(store: Arc<Store>, run: RunId, started: Timestamp, about: About) -> (Self, Writer) {
        let (chains, jobs) = mpsc::channel(WAITING);
        let writer = tokio::task::spawn_blocking(move || write(&store, &run, started, &about, jobs));
        (Self { chains }, writer)
    }

    /// Records `chain`. On return its captures are on disk.
    pub(super) async fn record(&self, chain: Chain) -> Result<Vec<Option<Capture>>, AuditError> {
        let (done, captures) = oneshot::channel();
        self.chains.send(Job { chain, done }).await.map_err(|_| AuditError::Worker)?;
        Ok(captures.await.map_err(|_| AuditError::Worker)??)
    }
}

fn write(
    store: &Store,
    run: &RunId,
    started: Timestamp,
    about: &About,
    mut jobs: mpsc::Receiver<Job>,
) -> Result<Option<RunFiles>, ArchiveError> {
    let mut writer: Option<RunWriter> = None;
    while let Some(first) = jobs.blocking_recv() {
        // All that wait are made last at once: the disk takes as long for one as for many.
        let batch: Vec<_> =
            std::iter::once(first).chain(std::iter::from_fn(|| jobs.try_recv().ok())).collect();
        let opened = match &mut writer {
            Some(writer) => Ok(writer),
            None => store.begin(run, started, about).map(|begun| writer.insert(begun)),
        };
        answer(batch, opened);
    }
    writer.map(RunWriter::finish).transpose()
}

/// Writes the batch and answers those who wait for it. The fetch that asked may be gone after Ctrl-C; its captures are
/// kept all the same.
fn answer(batch: Vec<Job>, writer: Result<&mut RunWriter, ArchiveError>) {
    let written = writer.and_then(|writer| {
        let captures = batch.iter().map(|job| writer.append(&job.chain)).collect::<Result<Vec<_>, _>>()?;
        writer.acknowledge()?;
        Ok(captures)
    });
    match written {
        Ok(captures) => {
            for (job, captures) in batch.into_iter().zip(captures) {
                drop(job.done.send(Ok(captures)));
            }
        }
        Err(error) => {
            for job in batch {
                drop(job.done.send(Err(error.again())));
            }
        }
    }
}
