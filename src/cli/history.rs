//! `beleg history`: what became of a URL, or of an article, over all runs.

use std::io;

use url::Url;

use super::args::{Cli, HistoryArgs, OutputFormat};
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use super::ledger;
use super::output::terminal_options;
use crate::ledger::Ledger;
use crate::report::History;

/// Runs `beleg history`.
pub(super) async fn run(args: &HistoryArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let overrides = vec![archive_override(args.archive.as_deref())];
    let settings = settings(cli, context, overrides)?.settings;
    let ledger = ledger::open(&settings.archive).await?;
    let history = find(&ledger, &args.what).await?;
    ledger.close().await?;
    let mut out = io::stdout().lock();
    match args.format {
        OutputFormat::Terminal => history.write_terminal(&terminal_options(cli, context), &mut out)?,
        OutputFormat::Json => history.write_json(&mut out)?,
    }
    Ok(Exit::Clean)
}

/// The history of what `what` names: an article that was audited under it, else a URL that was cited.
async fn find(ledger: &Ledger, what: &str) -> Result<History, CliError> {
    for url in spellings(what) {
        let observations = ledger.history(&url).await?;
        if !observations.is_empty() {
            return Ok(History::Url { url, observations });
        }
    }
    let runs = ledger.find(what).await?;
    let Some(newest) = runs.first() else {
        return Err(CliError::new(format!("the ledger knows neither a source nor an article {what:?}"))
            .hint("name a URL as a report shows it, or an article by its path or file name"));
    };
    let article = newest.article_path.clone();
    let rechecks = ledger.rechecks(&article).await?;
    Ok(History::Article { article, runs: ledger.outcomes(runs).await?, rechecks })
}

/// `what` as the ledger may have it: as typed, in the form that was asked for, and with the scheme that was left out.
pub(super) fn spellings(what: &str) -> Vec<String> {
    let with_scheme = [what.to_owned(), format!("https://{what}"), format!("http://{what}")];
    let candidates = if what.contains("://") { &with_scheme[..1] } else { &with_scheme };
    let parsed = candidates.iter().filter_map(|text| Url::parse(text).ok()).map(String::from);
    std::iter::once(what.to_owned()).chain(parsed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_found_however_it_is_typed() {
        assert_eq!(spellings("https://Example.org"), ["https://Example.org", "https://example.org/"]);
        assert!(spellings("example.org/a").contains(&"https://example.org/a".to_owned()));
        assert!(spellings("example.org/a").contains(&"http://example.org/a".to_owned()));
    }
}
