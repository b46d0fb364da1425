//! `beleg explain`: why a claim has its verdict: which words, figures and names fired, in both texts, and the runner-up.

use std::io::{self, Write as _};
use std::sync::Arc;

use url::Url;

use super::args::{Cli, ExplainArgs, OutputFormat};
use super::captured;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use super::ledger;
use super::output::terminal_options;
use super::read_article::reader;
use crate::archive::ArchiveConfig;
use crate::article::child::Child;
use crate::check::State;
use crate::citation::{Claim, ClaimId, SourceId};
use crate::config::Settings;
use crate::dossier::{ClaimFacts, Dossier, SourceFacts};
use crate::evidence::{Model, PageText, ReadablePage, add_lexicons, explain};
use crate::report::{ExplainedClaim, clean};

/// Runs `beleg explain`.
pub(super) async fn run(args: &ExplainArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let overrides = vec![archive_override(args.archive.as_deref())];
    let settings = settings(cli, context, overrides)?.settings;
    add_lexicons(&settings.evidence.lexicons)?;
    let dossier = dossier(args, &settings.archive).await?;
    let claim = claim(&args.claim, &dossier)?;
    let model = settings.evidence.model.as_deref().map(Model::open).transpose()?;
    let explained = explained(claim, &dossier, &settings, model.as_ref())?;
    let mut out = io::stdout().lock();
    match args.format {
        OutputFormat::Terminal => explained.write_terminal(&terminal_options(cli, context), &mut out)?,
        OutputFormat::Json => explained.write_json(&mut out)?,
    }
    out.flush()?;
    Ok(Exit::Clean)
}

async fn dossier(args: &ExplainArgs, archive: &ArchiveConfig) -> Result<Arc<Dossier>, CliError> {
    let ledger = ledger::open(archive).await?;
    let hint = "name a run, or an article by its path or file name; `beleg audit ARTICLE` makes a run";
    let newest = ledger::newest(&ledger, args.article.as_deref(), hint).await?;
    let kept = ledger.dossier(&newest).await?;
    ledger.close().await?;
    Ok(kept.dossier)
}

/// The claim with the id `wanted`, or the only one with these words.
fn claim<'d>(wanted: &str, dossier: &'d Dossier) -> Result<&'d ClaimFacts, CliError> {
    if let Some(claim) = dossier.claims.iter().find(|claim| claim.id == wanted) {
        return Ok(claim);
    }
    let words = wanted.to_lowercase();
    let mut having = dossier.claims.iter().filter(|claim| claim.text.to_lowercase().contains(&words));
    let path = clean(&dossier.article.path);
    match (having.next(), having.next()) {
        (Some(claim), None) => Ok(claim),
        (None, _) => Err(CliError::new(format!("{path} has no claim {:?}", clean(wanted)))
            .hint("name a claim by its id, such as k3, or by words of it; `beleg report -v` shows all")),
        (Some(first), Some(second)) => {
            Err(CliError::new(format!("{} and {} of {path} both have these words", first.id, second.id))
                .hint("name one of them by its id"))
        }
    }
}

fn explained(
    claim: &ClaimFacts,
    dossier: &Dossier,
    settings: &Settings,
    model: Option<&Model>,
) -> Result<ExplainedClaim, CliError> {
    let reader = reader(settings.reading);
    let sources: Vec<&SourceFacts> =
        dossier.citations.iter().filter(|source| claim.citations.contains(&source.id)).collect();
    let mut pages: Vec<(SourceId, Url, PageText)> = Vec::new();
    let mut unread = Vec::new();
    for source in &sources {
        match page(source, &settings.archive, &reader)? {
            Some(page) => pages.push(page),
            None => unread.push(source.id.clone()),
        }
    }
    let readable: Vec<ReadablePage<'_>> =
        pages.iter().map(|(id, url, page)| ReadablePage::new(*id, url, page).beside(model)).collect();
    let asked = Claim {
        id: ClaimId(1),
        text: claim.text.clone(),
        places: claim.places.clone(),
        sources: sources.iter().filter_map(|source| number(&source.id)).collect(),
        binding: claim.binding,
    };
    let explanation = explain(&asked, dossier.article.written(), &readable);
    let urls = sources.iter().map(|source| (source.id.clone(), source.url.clone())).collect();
    Ok(ExplainedClaim {
        article: dossier.article.path.clone(),
        claim: claim.clone(),
        urls,
        unread,
        explanation,
    })
}

/// What a source said when it was captured; nothing where there is no capture, or no text in it.
fn page(
    source: &SourceFacts,
    archive: &ArchiveConfig,
    reader: &Child,
) -> Result<Option<(SourceId, Url, PageText)>, CliError> {
    // A refusal or an error page is text too, but it is not what was cited.
    if !matches!(source.state, State::Alive | State::Doubtful) {
        return Ok(None);
    }
    let (Some(capture), Some(id), Ok(url)) = (&source.capture, number(&source.id), Url::parse(&source.url))
    else {
        return Ok(None);
    };
    let page = captured::page(&archive.folder, &capture.warc, capture.offset, reader, &source.url)?;
    Ok(page.map(|page| (id, url, page)))
}

/// The number in `c4`.
fn number(id: &str) -> Option<SourceId> {
    id.strip_prefix('c')?.parse().ok().map(SourceId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_sources_are_read_back() {
        assert_eq!(number("c4"), Some(SourceId(4)));
        assert_eq!(number(&SourceId(12).to_string()), Some(SourceId(12)));
        assert_eq!(number("k4"), None);
    }
}
