//! The watch that goes on: waits for the next job, runs it, and waits again.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::causes::causes;
use super::clock::Clock;
use super::error::WatchError;
use super::event::WatchEvent;
use super::heartbeat::Heartbeat;
use super::watcher::Watcher;

/// The longest it waits before it looks at the clock again: a machine may have slept, a clock may have been set.
const LOOK: Duration = Duration::from_mins(1);
/// How long it waits after a pass that could not do its work.
const RETRY: Duration = Duration::from_mins(1);

impl Watcher {
    /// Runs jobs as they become due until `stop` is cancelled. A pass that is under way then ends early, and what it saw is
    /// kept. A pass that cannot do its work (the disk is full, another beleg has the archive) is told of and tried again
    /// after a minute.
    ///
    /// # Errors
    /// Where it cannot be found out when the jobs last ran.
    pub async fn run(
        &self,
        clock: &dyn Clock,
        heartbeat: Option<&Heartbeat>,
        stop: &CancellationToken,
    ) -> Result<(), WatchError> {
        let mut told = None;
        while !stop.is_cancelled() {
            let now = clock.now();
            let failed = match self.run_due(now, stop).await {
                Ok(_) => false,
                Err(error) => {
                    self.observe(&WatchEvent::Problem { job: String::new(), what: causes(&error) });
                    true
                }
            };
            if let Some(heartbeat) = heartbeat
                && let Err(what) = heartbeat.beat(now).await
            {
                self.observe(&WatchEvent::Problem { job: String::new(), what });
            }
            let now = clock.now();
            let next = self.next(&self.passes()?, now);
            if told != Some(next) {
                self.observe(&WatchEvent::Waiting { until: next });
                told = Some(next);
            }
            let until =
                next.map_or(LOOK, |next| next.duration_since(now).try_into().unwrap_or(Duration::ZERO));
            let wait = if failed { RETRY } else { until.clamp(Duration::from_millis(1), LOOK) };
            tokio::select! {
                () = stop.cancelled() => break,
                () = clock.wait(wait) => (),
            }
        }
        Ok(())
    }
}
