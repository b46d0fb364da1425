//! What became of a URL or of an article over all runs.

use std::io::Write;

use serde::Serialize;

use super::error::ReportError;
use super::terminal::{self, TerminalOptions};
use crate::ledger::{Observation, Outcomes, Recheck};

/// The schema that [`History::write_json`] names.
const SCHEMA: &str = "beleg.history/1";

/// What the ledger knows of a URL or of an article, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum History {
    /// Of a URL: what each run saw of it.
    Url {
        /// The URL that was asked for.
        url: String,
        /// One a run and article.
        observations: Vec<Observation>,
    },
    /// Of an article: how each run over it came out.
    Article {
        /// How the article was named.
        article: String,
        /// One a run.
        runs: Vec<Outcomes>,
        /// What the scheduled job saw of its sources since.
        rechecks: Vec<Recheck>,
    },
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    history: &'a History,
}

impl History {
    /// Writes it for people: a timeline and a table.
    pub fn write_terminal(&self, options: &TerminalOptions, out: &mut dyn Write) -> Result<(), ReportError> {
        let text = match self {
            Self::Url { url, observations } => terminal::url_history(url, observations, options),
            Self::Article { article, runs, rechecks } => {
                terminal::article_history(article, runs, rechecks, options)
            }
        };
        out.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Writes it for machines: one JSON object, `beleg.history/1`.
    pub fn write_json(&self, out: &mut dyn Write) -> Result<(), ReportError> {
        serde_json::to_writer_pretty(&mut *out, &Document { schema: SCHEMA, history: self })?;
        writeln!(out)?;
        Ok(())
    }
}
