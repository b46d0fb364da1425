//! Ctrl-C and SIGTERM: the first asks for a clean end, the second for the end.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::error::CliError;

/// Whether the user wants it to stop.
pub(super) struct Stop {
    asked: CancellationToken,
    insisted: CancellationToken,
}

impl Stop {
    /// Listens for Ctrl-C and SIGTERM from now on.
    pub(super) fn on_signal() -> Result<Self, CliError> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let stop = Self { asked: CancellationToken::new(), insisted: CancellationToken::new() };
        let tokens = [stop.asked.clone(), stop.insisted.clone()];
        tokio::spawn(async move {
            for token in tokens {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
                token.cancel();
            }
        });
        Ok(stop)
    }

    /// Is cancelled by the first signal.
    pub(super) fn asked(&self) -> &CancellationToken {
        &self.asked
    }

    /// Ends with the second signal.
    pub(super) async fn insisted(&self) {
        self.insisted.cancelled().await;
    }
}
