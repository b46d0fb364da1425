//! An article that is named by its URL: fetched as any page is, and read.

use url::Url;

use super::error::CliError;
use crate::article::{self, Article, MAX_BYTES, ReadOptions};
use crate::fetch::{self, Chain, Client, End, FetchConfig, Purpose, Request, Truncation};

/// Fetches and reads the article at `url`.
pub(super) async fn read(url: Url, config: &FetchConfig, reading: ReadOptions) -> Result<Article, CliError> {
    if config.offline {
        return Err(CliError::new(format!("{url} is a web page, and nobody is asked offline"))
            .hint("save the page and name the file"));
    }
    let client = Client::new(config)?;
    let request = Request::new(url.clone(), Purpose::Cited).at_most(MAX_BYTES);
    let chain = client.request(&request).await;
    let read = move || of_chain(&url, &chain, reading);
    tokio::task::spawn_blocking(read).await.unwrap_or_else(|_| Err(CliError::new("the reader stopped early")))
}

/// Reads what came back.
fn of_chain(url: &Url, chain: &Chain, reading: ReadOptions) -> Result<Article, CliError> {
    let fail = |why: String| CliError::new(format!("cannot read the article at {url}: {why}"));
    let response = match (chain.response(), &chain.end) {
        (Some(response), _) => response,
        (None, End::Failed(failure)) => return Err(fail(failure.detail.clone())),
        (None, _) => return Err(fail("it redirects without end".to_owned())),
    };
    if !(200..300).contains(&response.status) {
        return Err(fail(format!("the server answers {}", response.status))
            .hint("open it in a browser, save the page and name the file"));
    }
    match response.truncated {
        Some(Truncation::Length) => return Err(fail("it is larger than any article".to_owned())),
        Some(_) => return Err(fail("the connection ended before the page did".to_owned())),
        None => {}
    }
    let bytes = fetch::unpacked(response, MAX_BYTES).map_err(|error| fail(error.to_string()))?;
    let options = ReadOptions {
        address: chain.final_url().cloned(),
        charset: fetch::stated_charset(response).map(|encoding| encoding.name().to_owned()),
        ..reading
    };
    Ok(article::read(url.as_str(), &bytes, &options)?)
}
