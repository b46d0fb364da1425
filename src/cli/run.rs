//! What `audit`, `check`, `archive` and `demo` have in common: articles through the auditor to reports.

use std::io::Write as _;

use super::articles::Unread;
use super::error::CliError;
use super::exit::Exit;
use super::main::complain;
use super::output::Outputs;
use super::stop::Stop;
use crate::archive::Recovered;
use crate::audit::{Auditor, Observer, Scope};
use crate::config::Settings;
use crate::report::clean;

/// One job: articles, and what to do with them.
pub(super) struct Job<'a> {
    pub(super) articles: Vec<Unread>,
    pub(super) scope: Scope,
    pub(super) settings: &'a Settings,
    pub(super) outputs: Outputs,
    pub(super) observer: Observer,
    /// What captures say they belong to.
    pub(super) part_of: Option<&'static str>,
}

impl Job<'_> {
    /// Takes every article through, one after the other. The first Ctrl-C asks for a clean end, the second ends at
    /// once: what was acknowledged is on disk, and the next run puts the rest in order.
    pub(super) async fn run(self) -> Result<Exit, CliError> {
        let stop = Stop::on_signal()?;
        tokio::select! {
            exit = self.work(&stop) => exit,
            () = stop.insisted() => Err(CliError::new("stopped at once; what was captured so far is kept")),
        }
    }

    /// An article that cannot be read is told of at once and makes the exit code 2, and the others go on.
    async fn work(mut self, stop: &Stop) -> Result<Exit, CliError> {
        let articles = std::mem::take(&mut self.articles);
        if articles.len() > 1 {
            self.outputs.many();
        }
        let mut exit = Exit::Clean;
        let mut auditor = None;
        let mut first = true;
        for article in articles {
            if stop.asked().is_cancelled() {
                break;
            }
            let article = match article.read().await {
                Ok(article) => article,
                Err(error) => {
                    complain(&error);
                    exit = Exit::Failed;
                    continue;
                }
            };
            let auditor = match &auditor {
                Some(auditor) => auditor,
                None => auditor.insert(self.open().await?),
            };
            let audited = auditor.audit(article, stop.asked()).await?;
            for warning in &audited.warnings {
                writeln!(anstream::stderr(), "warning: {}", clean(warning))?;
            }
            exit = exit.max(Outputs::exit(&audited.report, self.settings));
            self.outputs.write(&audited.report, audited.files, first, self.settings)?;
            first = false;
        }
        if let Some(auditor) = auditor {
            auditor.close().await?;
        }
        Ok(exit)
    }

    /// Opens client, archive and ledger, and says what a killed run had left behind.
    async fn open(&self) -> Result<Auditor, CliError> {
        let Settings { fetch, check, archive, .. } = self.settings;
        let observer = self.observer.clone();
        let auditor = Auditor::open(self.scope, fetch, check, archive, self.part_of, observer).await?;
        for Recovered { warc, records, .. } in auditor.recovered() {
            let note =
                format!("an earlier run was stopped while it wrote {warc}: its {records} records are kept");
            writeln!(anstream::stderr(), "note: {note}")?;
        }
        Ok(auditor)
    }
}
