//! How many pages are read at once: as many as there are processors, and of large ones one.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::fetch::{Backlog, Chain};

/// A page from this many bytes on is large. One that comes packed may be, whatever its length.
const LARGE: u64 = 1 << 20;

/// Lets pages be read in turn. Clones share the turns.
#[derive(Clone)]
pub(super) struct Readers {
    backlog: Backlog,
    any: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

/// The right to read one page; dropping it gives it back.
pub(super) struct Turn {
    _any: Option<OwnedSemaphorePermit>,
    _large: Option<OwnedSemaphorePermit>,
}

impl Readers {
    /// Readers that let nothing more be asked for while many pages of the client with this backlog wait for them.
    pub(super) fn of(backlog: &Backlog) -> Self {
        let processors = available_parallelism().map_or(2, usize::from);
        let places = |count| Arc::new(Semaphore::new(count));
        Self { backlog: backlog.clone(), any: places(processors), large: places(1) }
    }

    /// Waits until what `chain` ends with may be read.
    pub(super) async fn turn(&self, chain: &Chain) -> Turn {
        let _waiting = self.backlog.wait().await;
        // Neither is ever closed, the one way in which there is no permit.
        let large = if is_large(chain) { Arc::clone(&self.large).acquire_owned().await.ok() } else { None };
        Turn { _any: Arc::clone(&self.any).acquire_owned().await.ok(), _large: large }
    }
}

fn is_large(chain: &Chain) -> bool {
    chain
        .response()
        .is_some_and(|response| response.body.len() >= LARGE || response.header("content-encoding").is_some())
}
