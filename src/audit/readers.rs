//! How many pages are read at once: as many as there are processors, and of large ones one.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::fetch::Chain;

/// A page from this many bytes on is large. One that comes packed may be, whatever its length.
const LARGE: u64 = 1 << 20;

/// Lets pages be read in turn. Clones share the turns.
#[derive(Clone)]
pub(super) struct Readers {
    any: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

/// The right to read one page; dropping it gives it back.
pub(super) struct Turn {
    _any: Option<OwnedSemaphorePermit>,
    _large: Option<OwnedSemaphorePermit>,
}

impl Default for Readers {
    fn default() -> Self {
        let processors = available_parallelism().map_or(2, usize::from);
        Self { any: Arc::new(Semaphore::new(processors)), large: Arc::new(Semaphore::new(1)) }
    }
}

impl Readers {
    /// Waits until what `chain` ends with may be read.
    pub(super) async fn turn(&self, chain: &Chain) -> Turn {
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
