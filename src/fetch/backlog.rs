//! Answers that wait to be dealt with. Each is in memory, so where many wait, no more is asked for.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Answers that may wait.
const MOST: usize = 32;

/// The answers that wait to be dealt with. Clones are about the same.
#[derive(Clone, Debug)]
pub struct Backlog(Arc<Semaphore>);

/// An answer that waits; dropping it tells that it does no longer.
#[derive(Debug)]
pub struct Waiting {
    _place: OwnedSemaphorePermit,
}

impl Backlog {
    /// Counts one more answer as waiting. Who holds it must not wait for an answer in turn, since none may come.
    #[expect(clippy::expect_used, reason = "the semaphore is never closed, the only failure there is")]
    pub async fn wait(&self) -> Waiting {
        Waiting { _place: Arc::clone(&self.0).acquire_owned().await.expect("never closed") }
    }

    /// Waits until another answer may come.
    pub(super) async fn room(&self) {
        drop(self.0.acquire().await);
    }
}

impl Default for Backlog {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST)))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn there_is_room_again_once_an_answer_is_dealt_with() {
        let backlog = Backlog::default();
        let mut waiting = Vec::new();
        for _ in 0..MOST {
            assert!(timeout(Duration::from_secs(1), backlog.room()).await.is_ok());
            waiting.push(backlog.wait().await);
        }
        assert!(timeout(Duration::from_secs(1), backlog.room()).await.is_err());
        waiting.pop();
        assert!(timeout(Duration::from_secs(1), backlog.room()).await.is_ok());
    }
}
