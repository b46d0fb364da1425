//! Weighs the claims of an article against the pages that could be read, off the reactor.

use std::sync::Arc;

use url::Url;

use super::error::AuditError;
use super::facts;
use super::scope::Scope;
use crate::check::State;
use crate::citation::Reading;
use crate::dossier::{ArticleFacts, ClaimFacts, SourceFacts};
use crate::evidence::{self, Model, PageText, ReadablePage, Verdict, Weighed, Written};

/// What is said of claims that were not weighed.
pub const UNWEIGHED: &str = "claims are weighed by `beleg audit` alone";

/// The claims with what the pages say about them. `pages` stand in the order of the sources; `model` may nominate passages.
pub(super) async fn weigh(
    reading: Arc<Reading>,
    article: &ArticleFacts,
    sources: &[SourceFacts],
    pages: Vec<Option<Box<PageText>>>,
    scope: Scope,
    model: Option<Arc<Model>>,
) -> Result<Vec<ClaimFacts>, AuditError> {
    if scope < Scope::Audit {
        return Ok(reading.claims.iter().map(|claim| facts::claim(claim, unweighed())).collect());
    }
    let article = article.clone();
    let asked: Vec<Asked> = sources.iter().map(Asked::of).collect();
    let work = move || weigh_all(&reading, article.written(), &asked, &pages, model.as_deref());
    tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)
}

/// What was asked for a source, and what became of it.
struct Asked {
    url: Option<Url>,
    state: State,
}

impl Asked {
    fn of(source: &SourceFacts) -> Self {
        Self { url: Url::parse(&source.url).ok(), state: source.state }
    }
}

fn weigh_all(
    reading: &Reading,
    written: Written<'_>,
    asked: &[Asked],
    pages: &[Option<Box<PageText>>],
    model: Option<&Model>,
) -> Vec<ClaimFacts> {
    let readable = readable(reading, asked, pages, model);
    let weighed = |claim| facts::claim(claim, evidence::weigh(claim, written, &readable));
    reading.claims.iter().map(weighed).collect()
}

/// The pages to look into. A refusal or an error page is text too, but it is not what was cited.
fn readable<'a>(
    reading: &Reading,
    asked: &'a [Asked],
    pages: &'a [Option<Box<PageText>>],
    model: Option<&'a Model>,
) -> Vec<ReadablePage<'a>> {
    let sources = reading.sources.iter().zip(pages).zip(asked);
    sources
        .filter(|(_, asked)| matches!(asked.state, State::Alive | State::Doubtful))
        .filter_map(|((source, page), asked)| {
            Some(ReadablePage::new(source.id, asked.url.as_ref()?, page.as_deref()?).beside(model))
        })
        .collect()
}

/// For the commands that do not weigh.
fn unweighed() -> Weighed {
    Weighed {
        verdict: Verdict::NotCheckable,
        reason: Some(UNWEIGHED.to_owned()),
        atoms: Vec::new(),
        passages: Vec::new(),
        candidates: Vec::new(),
    }
}
