//! What happens during an audit, for whoever shows progress.

use std::sync::Arc;

use crate::check::State;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An article with this many sources was begun.
    Begun {
        /// Its name.
        article: String,
        /// How many sources it cites.
        sources: usize,
    },
    /// One more source is settled.
    Settled {
        /// Its URL.
        url: String,
        /// What became of it.
        state: State,
    },
    /// All sources are settled; the claims are being weighed.
    Weighing,
    /// The files are being written.
    Writing,
    /// The article is done.
    Done,
}

/// Is told of each [`Event`], from any thread.
pub type Observer = Arc<dyn Fn(Event) + Send + Sync>;
