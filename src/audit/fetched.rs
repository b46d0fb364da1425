//! Fetches, and asks first whether the last capture still holds where that is wanted.

use url::Url;

use super::gather::Asking;
use crate::archive::Earlier;
use crate::fetch::{Chain, Request, Response};

/// What came back for a request.
pub(super) struct Fetched {
    /// As it went over the wire: what is recorded.
    pub(super) chain: Chain,
    /// The capture that still holds, where the server says so.
    pub(super) unchanged: Option<Earlier>,
    /// What that capture holds.
    page: Option<Response>,
}

impl Fetched {
    /// The chain as it is to be read: with the page in place of the word that it has not changed.
    pub(super) fn into_readable(self) -> Chain {
        let Self { mut chain, page, .. } = self;
        if let (Some(page), Some(exchange)) = (page, chain.exchanges.last_mut()) {
            exchange.answer = Ok(page);
        }
        chain
    }
}

impl Asking {
    /// Fetches what `request` asks for at `url`, unless the run is stopped first.
    pub(super) async fn fetch(&self, url: &Url, request: Request) -> Option<Fetched> {
        if let Some(earlier) = self.earlier(url).await {
            let conditional = earlier
                .conditions()
                .iter()
                .fold(request.clone(), |request, (name, value)| request.with_header(name, value));
            let chain = self.request(&conditional).await?;
            if !says_unchanged(&chain) {
                return Some(Fetched { chain, unchanged: None, page: None });
            }
            // A redirect passes the question on to a page that it is not about: its answer says nothing.
            let is_about_it = chain.exchanges.iter().all(|exchange| exchange.via.is_none());
            let page = if is_about_it { read(&earlier).await } else { None };
            if page.is_some() {
                return Some(Fetched { chain, unchanged: Some(earlier), page });
            }
        }
        let chain = self.request(&request).await?;
        Some(Fetched { chain, unchanged: None, page: None })
    }

    /// The last capture of `url`, where servers are to be asked about it.
    async fn earlier(&self, url: &Url) -> Option<Earlier> {
        let (root, mut url) = (self.compare_with.clone()?, url.clone());
        url.set_fragment(None);
        tokio::task::spawn_blocking(move || Earlier::find(&root, &url)).await.ok().flatten()
    }
}

/// Whether the answer is that the page has not changed (RFC 9110 §15.4.5).
fn says_unchanged(chain: &Chain) -> bool {
    chain.response().is_some_and(|response| response.status == 304)
}

/// The page as it was captured. Where it cannot be read back, it is fetched again.
async fn read(earlier: &Earlier) -> Option<Response> {
    let earlier = earlier.clone();
    tokio::task::spawn_blocking(move || earlier.response()).await.ok()?.ok()
}
