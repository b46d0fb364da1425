//! Asks sources again that an earlier run has asked: each once, archived like any, handed on as it arrives.

use std::collections::BTreeMap;

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::auditor::Auditor;
use super::clock::RunClock;
use super::deposit::Rechecked;
use super::error::AuditError;
use super::facts;
use super::fetched::Fetched;
use super::gather::Asking;
use super::progress::Event;
use super::read::{Read, read_in_turn};
use super::read_page::ReadPage;
use super::requisites::gather_requisites;
use super::scope::Scope;
use super::second_look::look_again;
use crate::archive::RunId;
use crate::archive::requisites::Need;
use crate::check;
use crate::citation::{CitationKind, Source, SourceId, Target};
use crate::dossier::SourceFacts;
use crate::fetch::{Purpose, Request};

/// Sources that are under way at once, most of them waiting for their host. Together they hold no more than this many
/// pages in memory.
const UNDER_WAY: usize = 256;

/// A source that was asked again.
#[derive(Debug)]
pub struct Reseen {
    /// Its place among those that were to be asked.
    pub number: usize,
    /// What was seen. Of the article it knows nothing: no places, no claims, and an id that means nothing.
    pub facts: SourceFacts,
    /// The page, where it is text.
    pub page: Option<ReadPage>,
}

impl Auditor {
    /// Asks `urls` in the name of `run` of the job `job`, and hands each to `seen` once its captures are on disk. One that
    /// could not be asked before `cancel` fired is left out. At the end stands a manifest over all captures; `None` where
    /// there are none.
    pub async fn recheck(
        &self,
        (job, run): (&str, &RunId),
        now: Timestamp,
        urls: Vec<Url>,
        with_requisites: bool,
        cancel: &CancellationToken,
        seen: mpsc::Sender<Reseen>,
    ) -> Result<Option<Rechecked>, AuditError> {
        let clock = RunClock::starting(now);
        let (mut asking, writer) = self.asking(run, clock, Scope::Audit, cancel);
        if !with_requisites {
            asking.requisites = None;
        }
        let mut waiting = by_turns(urls).into_iter();
        let mut tasks = JoinSet::new();
        loop {
            while tasks.len() < UNDER_WAY
                && !cancel.is_cancelled()
                && let Some((number, url)) = waiting.next()
            {
                tasks.spawn(ask(number, url, asking.clone(), seen.clone()));
            }
            match tasks.join_next().await {
                Some(asked) => asked.map_err(|_| AuditError::Worker)??,
                None => break,
            }
        }
        // The writer ends when the last recorder is gone, and so does who takes in what was seen.
        drop((asking, seen));
        let recorded = match writer {
            Some(writer) => writer.await.map_err(|_| AuditError::Worker)??,
            None => None,
        };
        match recorded {
            Some(files) => self.vouch(job, run, clock.now(), files.entries()).await.map(Some),
            None => Ok(None),
        }
    }
}

/// The URLs with their places, hosts taking turns: one slow host holds up no other.
fn by_turns(urls: Vec<Url>) -> Vec<(usize, Url)> {
    let mut turns: BTreeMap<String, usize> = BTreeMap::new();
    let mut ordered: Vec<(usize, usize, Url)> = urls
        .into_iter()
        .enumerate()
        .map(|(number, url)| {
            let turn = turns.entry(url.host_str().unwrap_or_default().to_owned()).or_default();
            *turn += 1;
            (*turn, number, url)
        })
        .collect();
    ordered.sort_by_key(|(turn, number, _)| (*turn, *number));
    ordered.into_iter().map(|(_, number, url)| (number, url)).collect()
}

async fn ask(number: usize, url: Url, asking: Asking, seen: mpsc::Sender<Reseen>) -> Result<(), AuditError> {
    let source = source(&url);
    let unasked = check::unasked(&source.target, &asking.check, asking.offline);
    let (facts, page, needs) = match unasked {
        Some(judgement) => (facts::unasked(&source, judgement), None, Vec::new()),
        None => match asking.fetch(&url, Request::new(url.clone(), Purpose::Cited)).await {
            Some(fetched) => settle(&source, &url, fetched, &asking).await?,
            None => return Ok(()),
        },
    };
    (asking.observer)(Event::Settled { url: facts.url.clone(), state: facts.state });
    let base = facts.final_url.as_deref().and_then(|url| Url::parse(url).ok()).filter(|_| !needs.is_empty());
    // Who asked may have given up; what was captured is kept.
    drop(seen.send(Reseen { number, facts, page }).await);
    if let Some(base) = base {
        gather_requisites(&base, needs, &asking).await?;
    }
    Ok(())
}

type Settled = (SourceFacts, Option<ReadPage>, Vec<Need>);

/// Records what came back before anything is made of it, then reads it off the reactor.
async fn settle(
    source: &Source,
    url: &Url,
    fetched: Fetched,
    asking: &Asking,
) -> Result<Settled, AuditError> {
    let capture = asking.record(&fetched).await?;
    let chain = fetched.into_readable();
    let page_url = chain.final_url().cloned();
    let Read { mut facts, page, needs, doubt } =
        read_in_turn(source, url, chain, capture.clone(), asking, |read| read).await?;
    look_again(url, &mut facts, doubt, asking).await;
    asking.record_text(page.as_ref().map(|page| &page.text), capture, page_url.as_ref()).await?;
    Ok((facts, page, needs))
}

/// A source that stands for `url` alone.
fn source(url: &Url) -> Source {
    Source {
        id: SourceId(1),
        target: Target::Web(url.clone()),
        others: Vec::new(),
        fragments: Vec::new(),
        written: url.to_string(),
        places: Vec::new(),
        kind: CitationKind::List,
        claims: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_take_turns() {
        let urls = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://b/2", "http://c/1"];
        let urls = urls.iter().map(|url| url.parse().unwrap()).collect();
        let order: Vec<usize> = by_turns(urls).into_iter().map(|(number, _)| number).collect();
        assert_eq!(order, [0, 3, 5, 1, 4, 2]);
    }
}
