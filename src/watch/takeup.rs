//! Taking articles up: one that is new or was changed is audited; then its sources are watched.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::articles::{Fetched, Named};
use super::config::RecheckConfig;
use super::error::WatchError;
use super::raise::About;
use super::standing::{Sight, step};
use crate::article::ReadOptions;
use crate::audit::{Auditor, UNWEIGHED};
use crate::check::State;
use crate::digest::Digest;
use crate::dossier::Dossier;
use crate::ledger::{Body, Check, Known, Ledger, Observed};

/// Articles that are audited at once.
const AT_ONCE: usize = 4;

/// What is to become of an article in this pass.
pub(super) enum Plan {
    /// Its sources are watched already.
    Watched,
    /// Its latest dossier is to be taken up.
    Adopt(i64),
    /// It is to be audited.
    Audit(Fetched),
    /// It cannot be read.
    Unreadable(String),
}

/// What is to become of `article`, of which the ledger has `known`.
pub(super) async fn plan(article: &Named, known: Option<&Known>, auditor: &Auditor) -> Plan {
    if let Some(known) = known
        && !article.may_have_changed(known.started)
    {
        return watch_or_adopt(known);
    }
    let fetched = match article.fetch(auditor.client()).await {
        Ok(fetched) => fetched,
        Err(why) => return Plan::Unreadable(format!("cannot read {}: {why}", article.name)),
    };
    match known {
        Some(known) if known.sha256 == Digest::of(&fetched.bytes) => watch_or_adopt(known),
        _ => Plan::Audit(fetched),
    }
}

fn watch_or_adopt(known: &Known) -> Plan {
    if known.baseline == Some(known.dossier) { Plan::Watched } else { Plan::Adopt(known.dossier) }
}

/// The name of an article, and why it could not be audited, if so.
type Outcome = (String, Result<(), String>);

/// Audits articles, a few at once; it was `now` when the first began. Each gives its name and why it could not be audited, if so.
pub(super) async fn audit_all(
    auditor: &Arc<Auditor>,
    articles: Vec<(Named, Fetched)>,
    now: Timestamp,
    reading: &ReadOptions,
    cancel: &CancellationToken,
) -> Result<Vec<Outcome>, WatchError> {
    let begun = Instant::now();
    let mut waiting = articles.into_iter();
    let mut tasks = JoinSet::<Result<Outcome, WatchError>>::new();
    let mut audited = Vec::new();
    loop {
        while tasks.len() < AT_ONCE
            && !cancel.is_cancelled()
            && let Some((named, fetched)) = waiting.next()
        {
            // Each has a time of its own, and so a run of its own.
            let now = now + begun.elapsed();
            let (auditor, reading, cancel) = (Arc::clone(auditor), reading.clone(), cancel.clone());
            tasks.spawn(async move {
                let name = named.name.clone();
                let read = tokio::task::spawn_blocking(move || named.read(fetched, reading)).await;
                match read.map_err(|_| WatchError::Worker)? {
                    Ok(article) => {
                        auditor.audit(article, now, &cancel).await?;
                        Ok((name, Ok(())))
                    }
                    Err(why) => Ok((name, Err(why))),
                }
            });
        }
        match tasks.join_next().await {
            Some(one) => audited.push(one.map_err(|_| WatchError::Worker)??),
            None => return Ok(audited),
        }
    }
}

/// Whether the claims of `dossier` were weighed: only then is it known what they rest on.
pub(super) fn is_weighed(dossier: &Dossier) -> bool {
    !dossier.claims.iter().any(|claim| claim.reason.as_deref() == Some(UNWEIGHED))
}

/// The entry that takes up the dossier of entry `baseline`: from now on its sources are watched. How they stood before, if
/// they did, is carried on.
pub(super) async fn adopt(
    ledger: &Ledger,
    job: &str,
    baseline: i64,
    dossier: &Dossier,
    (now, today): (Timestamp, Date),
    config: &RecheckConfig,
) -> Result<Body, WatchError> {
    let article = dossier.article.path.clone();
    let standings = ledger.standings(&article).await?;
    let mut taken = HashSet::new();
    let (mut observed, mut alarms) = (Vec::new(), Vec::new());
    for source in dossier.citations.iter().filter(|source| is_web(&source.url)) {
        if !taken.insert(source.url.as_str()) {
            continue;
        }
        let before = standings.get(&source.url).map(|seen| &seen.standing);
        let sight = Sight {
            url: &source.url,
            state: source.state,
            reason: source.reason,
            final_url: source.final_url.as_deref(),
            payload: source.sha256,
            text: None,
        };
        let (mut standing, turns) = step(before, &sight, now, today, config);
        if source.state == State::Unchecked {
            // Nobody asked it yet.
            standing.next = now;
        }
        let about = About { article: &article, baseline, source: &source.id, url: &source.url };
        alarms.extend(turns.iter().map(|turn| about.turned(turn, &source.detail, today)));
        observed.push(Observed::of(source, standing));
    }
    let run = dossier.run.id.clone();
    Ok(Body::Check(Check { run, job: job.to_owned(), article, baseline, observed, alarms }))
}

/// Whether `url` can be asked at all.
fn is_web(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
