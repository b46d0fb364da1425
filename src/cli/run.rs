//! What `audit`, `check`, `archive` and `demo` have in common: articles through the auditor to reports.

use std::io::Write as _;
use std::sync::Arc;

use jiff::Timestamp;

use super::articles::Unread;
use super::complain::complain;
use super::error::CliError;
use super::exit::Exit;
use super::output::Outputs;
use super::read_article::reader;
use super::stop::Stop;
use crate::archive::Recovered;
use crate::audit::{Auditor, Observer, Scope};
use crate::config::Settings;
use crate::evidence::{Model, add_lexicons};
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
            let audited = auditor.audit(article, Timestamp::now(), stop.asked()).await?;
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
        let Settings { fetch, check, archive, reading, evidence, .. } = self.settings;
        add_lexicons(&evidence.lexicons)?;
        // It is large, and only what is weighed has a use for it.
        let named = evidence.model.as_deref().filter(|_| self.scope == Scope::Audit);
        let model = named.map(Model::open).transpose()?.map(Arc::new);
        let observer = self.observer.clone();
        let auditor = Auditor::open(self.scope, fetch, check, archive, self.part_of, observer)
            .await?
            .reading_documents(Some(reader(*reading)))
            .nominating(model);
        for recovered in auditor.recovered() {
            writeln!(anstream::stderr(), "note: {}", told(recovered))?;
        }
        Ok(auditor)
    }
}

/// What was done about the file of a run that was stopped.
fn told(Recovered { warc, records, cut }: &Recovered) -> String {
    let kept = match records {
        0 => "nothing of it was on disk yet".to_owned(),
        1 => "its one record is kept".to_owned(),
        _ => format!("its {records} records are kept"),
    };
    let cut = match cut {
        0 => String::new(),
        _ => format!("; a torn one of {cut} bytes at its end was cut off, which no report relied on"),
    };
    format!("an earlier run was stopped while it wrote {warc}: {kept}{cut}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_and_what_was_cut_off_is_told() {
        let told = |records, cut| told(&Recovered { warc: "a.warc.gz".to_owned(), records, cut });
        let start = "an earlier run was stopped while it wrote a.warc.gz: ";
        assert_eq!(told(12, 0), format!("{start}its 12 records are kept"));
        assert_eq!(told(0, 0), format!("{start}nothing of it was on disk yet"));
        assert_eq!(
            told(1, 345),
            format!(
                "{start}its one record is kept; a torn one of 345 bytes at its end was cut off, which no report relied on"
            )
        );
    }
}
