//! `beleg diff`: what changed between two captures of a page.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use url::Url;

use super::args::{Cli, DiffArgs, DiffFormat};
use super::captured;
use super::config::settings;
use super::context::Context;
use super::error::CliError;
use super::exit::Exit;
use super::flags::archive_override;
use super::history::spellings;
use super::ledger;
use super::output::terminal_options;
use super::read_article::reader;
use crate::archive::ArchiveConfig;
use crate::article::child::Child;
use crate::config::Settings;
use crate::evidence::{PageNow, PageText, drift};
use crate::ledger::{Ledger, Observation};
use crate::report::{CaptureSide, ClaimDrift, PageDiff, pieces};
use crate::watch::at_source;

/// Runs `beleg diff`.
pub(super) async fn run(args: &DiffArgs, cli: &Cli, context: &Context) -> Result<Exit, CliError> {
    let overrides = vec![archive_override(args.archive.as_deref())];
    let settings = settings(cli, context, overrides)?.settings;
    let ledger = ledger::open(&settings.archive).await?;
    let diff = compare(args, &ledger, &settings).await;
    ledger.close().await?;
    let diff = diff?;
    let mut out: Box<dyn Write> = match &args.output {
        None => Box::new(io::stdout().lock()),
        Some(path) => Box::new(create(path)?),
    };
    match args.format {
        DiffFormat::Terminal => diff.write_terminal(&terminal_options(cli, context), &mut out)?,
        DiffFormat::Html => diff.write_html(&mut out)?,
    }
    out.flush()?;
    Ok(Exit::Clean)
}

fn create(path: &Path) -> Result<File, CliError> {
    File::create(path).map_err(|error| CliError::new(format!("cannot write {}: {error}", path.display())))
}

async fn compare(args: &DiffArgs, ledger: &Ledger, settings: &Settings) -> Result<PageDiff, CliError> {
    let (archive, reader) = (&settings.archive, reader(settings.reading));
    let (url, captured) = captures(&args.url, ledger).await?;
    let (from, to) = chosen(args, &captured)?;
    let (before, after) = (page(from, archive, &reader)?, page(to, archive, &reader)?);
    let claims = claims(&url, from, &after, ledger).await?;
    Ok(PageDiff {
        pieces: pieces(&before.text, &after.text),
        url,
        from: side(from, before.title),
        to: side(to, after.title),
        claims,
    })
}

/// The captures of a page, newest first.
async fn captures(what: &str, ledger: &Ledger) -> Result<(String, Vec<Observation>), CliError> {
    for url in spellings(what) {
        let mut seen = ledger.history(&url).await?;
        seen.retain(|one| one.warc.is_some() && one.payload.is_some());
        if !seen.is_empty() {
            return Ok((url, seen));
        }
    }
    Err(CliError::new(format!("the archive has no capture of {what:?}"))
        .hint("name a URL as a report shows it; `beleg history URL` tells what became of it"))
}

/// The two that are to be compared: those named, or the latest and the last before it with another payload.
fn chosen<'a>(
    args: &DiffArgs,
    captured: &'a [Observation],
) -> Result<(&'a Observation, &'a Observation), CliError> {
    let to = match &args.to {
        Some(to) => named(to, captured)?,
        None => captured.first().ok_or_else(|| CliError::new("there is no capture"))?,
    };
    let from = if let Some(from) = &args.from {
        named(from, captured)?
    } else {
        let mut earlier = captured.iter().filter(|one| one.started < to.started);
        let other = earlier.clone().find(|one| one.payload != to.payload);
        other.or_else(|| earlier.next_back()).ok_or_else(|| {
            CliError::new("there is only one capture of it, and nothing to compare it with")
                .hint("`beleg archive URL` or `beleg watch` makes another")
        })?
    };
    Ok((from, to))
}

/// The newest capture whose run or time begins with `wanted`.
fn named<'a>(wanted: &str, captured: &'a [Observation]) -> Result<&'a Observation, CliError> {
    let fits = |one: &&Observation| {
        one.run.as_str().starts_with(wanted) || one.started.to_string().starts_with(wanted)
    };
    captured.iter().find(fits).ok_or_else(|| {
        CliError::new(format!("there is no capture of {wanted:?}"))
            .hint("name a run, or the beginning of a time such as 2026-11-20; `beleg history URL` lists them")
    })
}

/// What the page said.
fn page(seen: &Observation, archive: &ArchiveConfig, reader: &Child) -> Result<PageText, CliError> {
    let (warc, offset) = (seen.warc.as_deref().unwrap_or_default(), seen.warc_offset.unwrap_or_default());
    let time = seen.started.to_string();
    captured::page(&archive.folder, warc, offset, reader, &time)?
        .ok_or_else(|| CliError::new(format!("the capture of {time} cannot be compared: it is no text")))
}

fn side(seen: &Observation, title: Option<String>) -> CaptureSide {
    CaptureSide { time: seen.started, run: seen.run.to_string(), title }
}

/// The claims that rested on the page in the dossiers of its articles, as of the earlier capture.
async fn claims(
    url: &str,
    from: &Observation,
    after: &PageText,
    ledger: &Ledger,
) -> Result<Vec<ClaimDrift>, CliError> {
    let Ok(address) = Url::parse(url) else { return Ok(Vec::new()) };
    let mut claims: Vec<ClaimDrift> = Vec::new();
    let runs = ledger.find(&from.article_path).await?;
    let Some(dossier) = runs.iter().find(|run| run.started <= from.started) else { return Ok(claims) };
    let dossier = ledger.dossier(dossier).await?.dossier;
    let now = PageNow::new(after, &address);
    for source in dossier.citations.iter().filter(|source| source.url == url) {
        for (_, rested) in at_source(&dossier, &source.id) {
            let drift = drift(&rested, &now);
            claims.push(ClaimDrift { claim: rested.claim, passage: rested.passage, drift });
        }
    }
    Ok(claims)
}
