//! Fetches and records what a captured page needs to look like itself.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::JoinSet;
use url::Url;

use super::error::AuditError;
use super::gather::Asking;
use super::read::READABLE_BYTES;
use crate::archive::requisites::{self, Need};
use crate::archive::{ArchiveConfig, RequisiteChoice};
use crate::fetch::{self, Chain, Purpose, Request};

/// Requisites of one page that are asked for at once; the client holds each host to its pace.
const AT_ONCE: usize = 6;

/// What a run has asked for so far, and how much one page may have.
#[derive(Debug)]
pub(super) struct Requisites {
    asked: Mutex<HashSet<Url>>,
    most: usize,
    bytes: u64,
}

impl Requisites {
    /// As `config` wants them; `None` where pages are to be kept alone.
    pub(super) fn of(config: &ArchiveConfig) -> Option<Arc<Self>> {
        (config.requisites == RequisiteChoice::Page).then(|| {
            Arc::new(Self {
                asked: Mutex::default(),
                most: config.max_requisites,
                bytes: config.max_requisite_bytes.bytes(),
            })
        })
    }

    /// Whether nobody has asked for `url` in this run. From now on somebody has.
    fn is_new(&self, url: &Url) -> bool {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(url.clone())
    }
}

/// What one page still needs, and may still have.
struct Page<'a> {
    url: &'a Url,
    requisites: &'a Requisites,
    asking: &'a Asking,
    waiting: VecDeque<Need>,
    asked: usize,
    bytes: u64,
    cut_short: bool,
}

/// Fetches and records `needs` of the page at `url`, and what its stylesheets need in turn, as far as its share goes.
pub(super) async fn gather_requisites(
    url: &Url,
    needs: Vec<Need>,
    asking: &Asking,
) -> Result<(), AuditError> {
    let Some(requisites) = &asking.requisites else { return Ok(()) };
    let waiting = needs.into();
    let mut page = Page { url, requisites, asking, waiting, asked: 0, bytes: 0, cut_short: false };
    let mut under_way = JoinSet::new();
    loop {
        while under_way.len() < AT_ONCE
            && let Some(need) = page.next()
        {
            let most = requisites.bytes.saturating_sub(page.bytes);
            under_way.spawn(fetch_one(need, asking.clone(), page.url.clone(), most));
        }
        match under_way.join_next().await {
            Some(fetched) => page.take(fetched.map_err(|_| AuditError::Worker)??),
            None => break,
        }
    }
    if page.cut_short {
        tracing::info!(url = %page.url, "the page needs more than archive.max_requisites or max_requisite_bytes allow");
    }
    Ok(())
}

impl Page<'_> {
    /// What is to be fetched next.
    fn next(&mut self) -> Option<Need> {
        if self.asking.cancel.is_cancelled() {
            return None;
        }
        while let Some(need) = self.waiting.pop_front() {
            if !self.requisites.is_new(&need.url) {
                continue;
            }
            if self.asked >= self.requisites.most || self.bytes >= self.requisites.bytes {
                self.cut_short = true;
                self.waiting.clear();
                return None;
            }
            self.asked += 1;
            return Some(need);
        }
        None
    }

    /// Counts what came, and queues what it needs in turn before all that waits: it is needed for the looks of the page.
    fn take(&mut self, taken: Taken) {
        self.bytes = self.bytes.saturating_add(taken.bytes);
        for need in taken.needs.into_iter().rev() {
            self.waiting.push_front(need);
        }
    }
}

/// What came of one requisite.
#[derive(Default)]
struct Taken {
    bytes: u64,
    needs: Vec<Need>,
}

async fn fetch_one(need: Need, asking: Asking, page: Url, most: u64) -> Result<Taken, AuditError> {
    let request = Request::new(need.url.clone(), Purpose::Requisite).at_most(most);
    let Some(fetched) = asking.fetch(&need.url, request).await else { return Ok(Taken::default()) };
    if let Some(recorder) = &asking.recorder {
        recorder.record_requisite(fetched.chain.clone(), fetched.unchanged.clone(), page).await?;
    }
    let chain = fetched.into_readable();
    let read = tokio::task::spawn_blocking(move || read(&need, &chain)).await;
    read.map_err(|_| AuditError::Worker)
}

fn read(need: &Need, chain: &Chain) -> Taken {
    let bodies = chain.exchanges.iter().filter_map(|exchange| exchange.answer.as_ref().ok());
    let bytes = bodies.map(|response| response.body.len()).sum();
    let sheet = chain.response().filter(|response| {
        let is_css = || response.header("content-type").is_some_and(|media| media.starts_with("text/css"));
        response.status == 200 && (need.is_stylesheet() || is_css())
    });
    let css = sheet.and_then(|response| fetch::decode(response, READABLE_BYTES).ok());
    let needs = css.zip(chain.final_url()).map(|(css, base)| requisites::of_css(base, &css.text));
    Taken { bytes, needs: needs.unwrap_or_default() }
}
