//! What `audit`, `check`, `archive` and `demo` have in common: articles through the auditor to reports.

use std::io::Write as _;

use super::articles;
use super::error::CliError;
use super::exit::Exit;
use super::main::complain;
use super::output::Outputs;
use super::stop::on_signal;
use crate::archive::Recovered;
use crate::article::Article;
use crate::audit::{Auditor, Observer, Scope};
use crate::config::Settings;

/// One job: articles, and what to do with them.
pub(super) struct Job<'a> {
    pub(super) articles: Vec<Result<Article, CliError>>,
    pub(super) scope: Scope,
    pub(super) settings: &'a Settings,
    pub(super) outputs: Outputs,
    pub(super) observer: Observer,
    /// What captures say they belong to.
    pub(super) part_of: Option<&'static str>,
}

impl Job<'_> {
    /// Takes every article through, one after the other. An article that cannot be read is told of at once and
    /// makes the exit code 2, and the others go on.
    pub(super) async fn run(mut self) -> Result<Exit, CliError> {
        let cancel = on_signal()?;
        let mut exit = Exit::Clean;
        if self.articles.len() > 1 {
            self.outputs.many();
        }
        let settings = self.settings;
        let mut auditor = None;
        let mut first = true;
        for article in std::mem::take(&mut self.articles) {
            let article = match article {
                Ok(article) => article,
                Err(error) => {
                    complain(&error);
                    exit = Exit::Failed;
                    continue;
                }
            };
            if cancel.is_cancelled() {
                break;
            }
            let auditor = match &auditor {
                Some(auditor) => auditor,
                None => auditor.insert(self.open().await?),
            };
            let audited = auditor.audit(&article, &cancel).await?;
            exit = exit.max(Outputs::exit(&audited.report, settings));
            self.outputs.write(&audited.report, audited.files, first, settings)?;
            first = false;
        }
        if let Some(auditor) = auditor {
            auditor.close().await?;
        }
        Ok(exit)
    }

    /// Opens client, archive and ledger, and says what a killed run had left behind.
    async fn open(&self) -> Result<Auditor, CliError> {
        let Settings { fetch, archive, .. } = self.settings;
        let auditor = Auditor::open(self.scope, fetch, archive, self.part_of, self.observer.clone()).await?;
        for Recovered { warc, records, .. } in auditor.recovered() {
            let note =
                format!("an earlier run was stopped while it wrote {warc}: its {records} records are kept");
            writeln!(anstream::stderr(), "note: {note}")?;
        }
        Ok(auditor)
    }
}

/// Reads the articles that `names` stand for. What cannot be read stays in its place as an error.
pub(super) fn read_all(
    names: &[String],
    language: Option<&str>,
) -> Result<Vec<Result<Article, CliError>>, CliError> {
    let names = articles::expand(names)?;
    Ok(names.iter().map(|name| articles::read(name, language)).collect())
}
