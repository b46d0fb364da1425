//! Asks sites for made-up addresses, once a folder of a site.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;
use url::Url;

use super::gather::Asking;
use crate::check::{Doubt, Judgement};
use crate::fetch::{self, Chain, Decoded, Purpose, Request};

/// How much is read of what a made-up address answers.
const BYTES: u64 = 1 << 20;

/// What the folders of sites answered so far.
#[derive(Debug, Default)]
pub(super) struct Probes(Mutex<HashMap<String, Arc<OnceCell<Option<Probed>>>>>);

#[derive(Debug)]
struct Probed {
    chain: Chain,
    page: Option<Decoded>,
}

impl Probes {
    /// The judgement that asking beside a page leads to; nothing where the page stands.
    pub(super) async fn settle(&self, doubt: &Doubt, asking: &Asking) -> Option<Judgement> {
        let folder = folder(&doubt.sibling);
        let known =
            Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(folder).or_default());
        let probed = known.get_or_init(|| probe(&doubt.sibling, asking)).await.as_ref()?;
        doubt.confirmed(&probed.chain, probed.page.as_ref())
    }
}

/// The folder of a URL, and the ending of the file: servers treat `.html` and no ending differently.
fn folder(url: &Url) -> String {
    let text = url.as_str();
    let (folder, file) = text.trim_end_matches('/').rsplit_once('/').unwrap_or((text, ""));
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("{folder}/{ending}")
}

async fn probe(url: &Url, asking: &Asking) -> Option<Probed> {
    let request = Request::new(url.clone(), Purpose::Probe).at_most(BYTES);
    let chain = asking.request(&request).await?;
    let read = move || {
        let page = chain.response().and_then(|response| fetch::decode(response, BYTES).ok());
        Probed { chain, page }
    };
    tokio::task::spawn_blocking(read).await.ok()
}
