//! What happens during a watch, for logs and metrics.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::check::{Reason, State};
use crate::ledger::AlarmKind;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum WatchEvent {
    /// A pass began.
    PassBegun {
        /// The job.
        job: String,
        /// How many articles it has.
        articles: usize,
    },
    /// An article was audited, or its last audit taken up.
    TakenUp {
        /// The job.
        job: String,
        /// The article.
        article: String,
        /// How many sources of it are watched from now on.
        sources: usize,
    },
    /// Sources are asked.
    Asking {
        /// The job.
        job: String,
        /// How many.
        sources: usize,
    },
    /// A source was asked.
    Asked {
        /// Its URL.
        url: String,
        /// Its state.
        state: State,
        /// Why.
        reason: Reason,
    },
    /// An alarm was raised.
    Raised {
        /// Its name.
        id: String,
        /// What happened.
        kind: AlarmKind,
        /// The article.
        article: String,
        /// The source.
        url: String,
        /// What happened, in a sentence.
        message: String,
    },
    /// Something could not be done; the rest goes on.
    Problem {
        /// The job.
        job: String,
        /// What.
        what: String,
    },
    /// Alarms were told.
    Told {
        /// The channel.
        channel: String,
        /// How many.
        alarms: usize,
    },
    /// Alarms could not be told, and are tried again in the next pass.
    Untold {
        /// The channel.
        channel: String,
        /// Why.
        why: String,
    },
    /// A pass ended.
    PassEnded {
        /// The job.
        job: String,
        /// How many articles were taken up.
        taken_up: usize,
        /// How many sources were asked again.
        asked: usize,
        /// How many alarms it raised.
        alarms: usize,
        /// How long it took, in seconds.
        seconds: f64,
        /// Whether it was stopped before it was through.
        interrupted: bool,
    },
    /// Nothing is due until then.
    Waiting {
        /// When the next job is due; `None` where none ever is.
        until: Option<Timestamp>,
    },
}

/// Is told of each [`WatchEvent`].
pub type WatchObserver = Arc<dyn Fn(&WatchEvent) + Send + Sync>;
