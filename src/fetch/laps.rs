//! What happens below an exchange while it has no connection yet, noted where it happens.
//!
//! The HTTP client looks up, dials and shakes hands within the task of the request that first needs the connection; a
//! request that gets one that was dialled before has no laps of its own.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task_local;
use tokio::time::Instant;

use super::exchange::{Lookup, Timings};
use super::handshake::TlsFacts;

/// The laps of one exchange.
#[derive(Clone, Debug, Default)]
pub(super) struct Laps(Arc<Mutex<Times>>);

#[derive(Clone, Debug, Default)]
struct Times {
    lookup: Option<(Arc<Lookup>, Duration)>,
    dialled: Option<Instant>,
    greeted: Option<Instant>,
    connected: Option<Instant>,
    tls: Option<Arc<TlsFacts>>,
}

task_local! {
    static LAPS: Laps;
}

impl Laps {
    /// Runs `future`, and notes what happens below it here.
    pub(super) async fn of<F: Future>(&self, future: F) -> F::Output {
        LAPS.scope(self.clone(), future).await
    }

    /// How long each part took.
    pub(super) fn timings(&self) -> Timings {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let end_of_connect = times.greeted.or(times.connected);
        let looked_up = times.lookup.as_ref().map(|(_, took)| *took);
        let connect = times.dialled.zip(end_of_connect).map(|(start, end)| end - start);
        Timings {
            lookup: looked_up,
            connect: connect.map(|all| all.saturating_sub(looked_up.unwrap_or_default())),
            tls: times.greeted.zip(times.connected).map(|(start, end)| end - start),
            ..Timings::default()
        }
    }

    /// The lookup made for it.
    pub(super) fn lookup(&self) -> Option<Arc<Lookup>> {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.lookup.as_ref().map(|(lookup, _)| Arc::clone(lookup))
    }

    /// What the server showed of itself in the handshake made for it.
    pub(super) fn tls(&self) -> Option<Arc<TlsFacts>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).tls.clone()
    }

    /// Whether a connection was begun for it and did not come about.
    pub(super) fn unconnected(&self) -> bool {
        let times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        times.dialled.is_some() && times.connected.is_none()
    }
}

/// A lookup is over.
pub(super) fn looked_up(lookup: Arc<Lookup>, took: Duration) {
    note(|times| times.lookup = Some((lookup, took)));
}

/// Dialling begins, the lookup before it included.
pub(super) fn dialled() {
    note(|times| times.dialled = Some(Instant::now()));
}

/// The TLS handshake begins.
pub(super) fn greeted() {
    note(|times| times.greeted = Some(Instant::now()));
}

/// The server has shown its certificates.
pub(super) fn showed(facts: &Arc<TlsFacts>) {
    note(|times| times.tls = Some(Arc::clone(facts)));
}

/// The connection is there.
pub(super) fn connected() {
    note(|times| times.connected = Some(Instant::now()));
}

fn note(change: impl FnOnce(&mut Times)) {
    // Without laps it is a connection that nobody waits for any more.
    let _unseen = LAPS.try_with(|laps| change(&mut laps.0.lock().unwrap_or_else(PoisonError::into_inner)));
}
