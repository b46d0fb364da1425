//! Weighs the claims of an article against the pages that could be read, off the reactor.

use super::auditor::Scope;
use super::error::AuditError;
use super::facts;
use crate::check::State;
use crate::citation::Reading;
use crate::dossier::{ClaimFacts, SourceFacts};
use crate::evidence::{self, PageText, Prepared, Verdict, Weighed};

/// The claims with what the pages say about them. `pages` stand in the order of the sources.
pub(super) async fn weigh(
    reading: &Reading,
    language: &str,
    sources: &[SourceFacts],
    pages: Vec<Option<PageText>>,
    scope: Scope,
) -> Result<Vec<ClaimFacts>, AuditError> {
    let (reading, language) = (reading.clone(), language.to_owned());
    let states: Vec<State> = sources.iter().map(|source| source.state).collect();
    let work = move || weigh_all(&reading, &language, &states, pages, scope);
    tokio::task::spawn_blocking(work).await.map_err(|_| AuditError::Worker)
}

fn weigh_all(
    reading: &Reading,
    language: &str,
    states: &[State],
    pages: Vec<Option<PageText>>,
    scope: Scope,
) -> Vec<ClaimFacts> {
    let prepared: Vec<Option<Prepared>> = reading
        .sources
        .iter()
        .zip(pages)
        .zip(states)
        .map(|((source, page), state)| match (source.target.url(), page) {
            // A refusal or an error page is text too, but it is not what was cited.
            (Some(url), Some(page)) if matches!(state, State::Alive | State::Doubtful) => {
                Some(Prepared::new(source.id, url.clone(), page))
            }
            _ => None,
        })
        .collect();
    let one = |claim: &crate::citation::Claim| {
        if scope < Scope::Audit {
            return facts::claim(claim, unweighed());
        }
        let within = claim.sources.iter().filter_map(|id| prepared.get(id.0 as usize - 1)?.as_ref());
        let pages: Vec<&Prepared> = within.collect();
        facts::claim(claim, evidence::weigh(claim, language, &pages))
    };
    reading.claims.iter().map(one).collect()
}

/// For the commands that do not weigh.
fn unweighed() -> Weighed {
    Weighed {
        verdict: Verdict::NotCheckable,
        reason: Some("claims are weighed by `beleg audit` alone".to_owned()),
        atoms: Vec::new(),
        passages: Vec::new(),
    }
}
