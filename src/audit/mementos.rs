//! Looks for an earlier state of a source that is dead, in the web archives that the settings name.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::gather::Asking;
use crate::check::memento::{
    Memento, digits, http_written, nearest, of_availability, of_timegate, of_timemap, timemap_of,
};
use crate::check::{CheckConfig, Reason};
use crate::citation::without_credentials;
use crate::fetch::{self, Purpose, Request};

/// How much of an index is read.
const INDEX_BYTES: u64 = 4 << 20;

/// How much is read of a state that a `TimeGate` leads to: its head says all that is needed.
const STATE_BYTES: u64 = 1024;

/// The web archives, and what they were asked so far.
#[derive(Debug)]
pub(super) struct Mementos {
    config: CheckConfig,
    asked: Mutex<HashMap<Url, Option<Memento>>>,
}

impl Mementos {
    /// As `config` wants them; nothing where it names no archive.
    pub(super) fn of(config: &CheckConfig) -> Option<Self> {
        let named =
            !(config.timemaps.is_empty() && config.timegates.is_empty() && config.availability.is_empty());
        named.then(|| Self { config: config.clone(), asked: Mutex::default() })
    }

    /// The advice to cite an earlier state, where a source is gone for `reason` and an archive has one.
    pub(super) async fn advice(&self, url: &Url, reason: Reason, asking: &Asking) -> Option<String> {
        let memento = if is_gone(reason) { self.find(url, asking).await? } else { return None };
        let day = memento.at.strftime("%Y-%m-%d");
        let archive = memento.url.host_str().unwrap_or_default();
        Some(format!("Cite the copy of {day} in {archive}: {} (or another source)", memento.url))
    }

    /// Asks one archive after the other, each URL once.
    async fn find(&self, url: &Url, asking: &Asking) -> Option<Memento> {
        let known = self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned();
        if let Some(known) = known {
            return known;
        }
        let found = self.ask(url, asking).await;
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(url.clone(), found.clone());
        found
    }

    async fn ask(&self, url: &Url, asking: &Asking) -> Option<Memento> {
        let cited = self.cited(asking.clock.now());
        let mut url: Url = without_credentials(url).parse().ok()?;
        url.set_fragment(None);
        for map in &self.config.timemaps {
            let listed = listed(&appended(map, url.as_str())?, asking).await;
            if let Some(memento) = nearest(listed, cited) {
                return Some(memento);
            }
        }
        for gate in &self.config.timegates {
            let request = Request::new(appended(gate, url.as_str())?, Purpose::Memento)
                .with_header("accept-datetime", &http_written(cited))
                .at_most(STATE_BYTES);
            if let Some(chain) = asking.request(&request).await
                && let Some(memento) = of_timegate(&chain, cited)
            {
                let map = timemap_of(&chain).filter(|_| memento.at > cited);
                let others = match map {
                    Some(map) => listed(&map, asking).await,
                    None => Vec::new(),
                };
                return nearest(others.into_iter().chain([memento]), cited);
            }
        }
        for api in &self.config.availability {
            let encoded: String = url::form_urlencoded::byte_serialize(url.as_str().as_bytes()).collect();
            let asked = appended(api, &format!("{encoded}&timestamp={}", digits(cited)))?;
            if let Some(memento) = index(&asked, asking).await.and_then(|text| of_availability(&text)) {
                return Some(memento);
            }
        }
        None
    }

    /// The end of the day on which the articles were written, or `now`.
    fn cited(&self, now: Timestamp) -> Timestamp {
        let end = |day: jiff::civil::Date| day.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok();
        self.config.written.and_then(end).map_or(now, |end| end.timestamp())
    }
}

/// Whether a reader would look for an earlier state of a page.
fn is_gone(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::NotFound
            | Reason::Gone
            | Reason::NoSuchHost
            | Reason::Soft404
            | Reason::ParkedDomain
            | Reason::RedirectedToHome
            | Reason::NotHttp
    )
}

fn appended(prefix: &Url, rest: &str) -> Option<Url> {
    format!("{prefix}{rest}").parse().ok()
}

/// The states that the `TimeMap` at `map` lists.
async fn listed(map: &Url, asking: &Asking) -> Vec<Memento> {
    index(map, asking).await.map(|text| of_timemap(&text)).unwrap_or_default()
}

/// The text that an archive answers with.
async fn index(url: &Url, asking: &Asking) -> Option<String> {
    let request = Request::new(url.clone(), Purpose::Memento).at_most(INDEX_BYTES);
    let chain = asking.request(&request).await?;
    let response = chain.response().filter(|response| response.status == 200)?;
    fetch::decode(response, INDEX_BYTES).ok().map(|decoded| decoded.text)
}
