//! The articles of a job: files, and pages that a feed or a sitemap lists.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use jiff::Timestamp;
use url::Url;

use super::config::WatchJob;
use super::feed::{self, Listed, Listing};
use crate::article::{self, Article, Glob, ReadOptions};
use crate::fetch::{self, Chain, Client};

/// The most that a feed or sitemap may hold, unpacked: the sitemap protocol's own limit.
const MOST_LISTING: u64 = 50 << 20;
/// Sitemaps that one index is followed to.
const MOST_SITEMAPS: usize = 100;

/// An article of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its path, or its URL.
    pub(super) name: String,
    /// Where to fetch it, where it is no file.
    pub(super) page: Option<Listed>,
}

/// The articles of `job`, each once, and what could not be found out.
pub(super) async fn of_job(job: &WatchJob, client: &Client) -> (Vec<Named>, Vec<String>) {
    let (mut named, mut problems) = (Vec::new(), Vec::new());
    for name in &job.articles {
        let pattern = name.clone();
        let files = tokio::task::spawn_blocking(move || files(&pattern)).await;
        match files.unwrap_or_else(|error| Err(error.into())) {
            Ok(files) if files.is_empty() => problems.push(format!("{name} names no article")),
            Ok(files) => named.extend(files.into_iter().map(|name| Named { name, page: None })),
            Err(error) => problems.push(format!("cannot read {name}: {error}")),
        }
    }
    for address in job.feed.iter().chain(&job.sitemap) {
        match listed(address, client).await {
            Ok(pages) => named
                .extend(pages.into_iter().map(|page| Named { name: page.url.to_string(), page: Some(page) })),
            Err(why) => problems.push(format!("cannot read {address}: {why}")),
        }
    }
    let mut seen = HashSet::new();
    named.retain(|article| seen.insert(article.name.clone()));
    (named, problems)
}

/// The files that a name of the settings stands for: a folder for the articles in it, a name with wildcards for what fits
/// it. Whether a file is there shows when it is read.
fn files(name: &str) -> io::Result<Vec<String>> {
    let path = Path::new(name);
    match Glob::parse(name) {
        _ if path.is_dir() => article::in_folder(path),
        Some(glob) if !path.exists() => article::behind(&glob),
        _ => Ok(vec![name.to_owned()]),
    }
}

/// The pages that the feed or sitemap at `address` lists, those of the sitemaps it names as well.
async fn listed(address: &str, client: &Client) -> Result<Vec<Listed>, String> {
    let url: Url = address.parse().map_err(|_| "it is no URL".to_owned())?;
    let mut listing = listing(&url, client).await?;
    for sitemap in std::mem::take(&mut listing.sitemaps).into_iter().take(MOST_SITEMAPS) {
        listing.pages.extend(self::listing(&sitemap, client).await?.pages);
    }
    if listing.pages.is_empty() {
        return Err("it lists no page".to_owned());
    }
    Ok(listing.pages)
}

async fn listing(url: &Url, client: &Client) -> Result<Listing, String> {
    let chain = client.fetch(url).await;
    let base = url.clone();
    let read = tokio::task::spawn_blocking(move || Ok(feed::read(&text(&chain)?, &base))).await;
    read.unwrap_or_else(|_| Err("the reader stopped early".to_owned()))
}

/// The text of the last response. A sitemap may be a gzip file.
fn text(chain: &Chain) -> Result<String, String> {
    let response = answered(chain)?;
    let mut bytes = Vec::new();
    let whole = response.body.reader().and_then(|reader| reader.take(MOST_LISTING).read_to_end(&mut bytes));
    whole.map_err(|error| error.to_string())?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        let read = MultiGzDecoder::new(bytes.as_slice()).take(MOST_LISTING).read_to_end(&mut unpacked);
        read.map_err(|error| format!("it is no gzip file: {error}"))?;
        bytes = unpacked;
    } else if let Ok(decoded) = fetch::decode(response, MOST_LISTING) {
        return Ok(decoded.text);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The last response, if it is one of success.
fn answered(chain: &Chain) -> Result<&fetch::Response, String> {
    match chain.response() {
        Some(response) if response.status == 200 => Ok(response),
        Some(response) => Err(format!("it answers with {}", response.status)),
        None => Err("it does not answer".to_owned()),
    }
}

/// The bytes of a file. A pipe or a device might never end.
fn regular_file(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(path).map_err(|error| error.to_string())?;
    if !metadata.is_file() || metadata.len() > article::MAX_BYTES {
        return Err("it is no file, or too large a one".to_owned());
    }
    fs::read(path).map_err(|error| error.to_string())
}

/// An article as it came, and what else is known of it.
#[derive(Clone, Debug)]
pub(super) struct Fetched {
    pub(super) bytes: Vec<u8>,
    address: Option<Url>,
    charset: Option<String>,
}

impl Named {
    /// Fetches it, or why it could not be.
    pub(super) async fn fetch(&self, client: &Client) -> Result<Fetched, String> {
        let Some(page) = &self.page else {
            let name = self.name.clone();
            let read = tokio::task::spawn_blocking(move || regular_file(Path::new(&name))).await;
            let bytes = read.unwrap_or_else(|_| Err("the reader stopped early".to_owned()))?;
            return Ok(Fetched { bytes, address: None, charset: None });
        };
        let chain = client.fetch(&page.url).await;
        let response = answered(&chain)?;
        if response.truncated.is_some() {
            return Err("it broke off before its end".to_owned());
        }
        Ok(Fetched {
            bytes: fetch::unpacked(response, article::MAX_BYTES).map_err(|error| error.to_string())?,
            address: chain.final_url().cloned(),
            charset: fetch::stated_charset(response).map(|encoding| encoding.name().to_owned()),
        })
    }

    /// Whether it has to be looked at at all: a file always, a page where it is listed as changed since `started`.
    pub(super) fn may_have_changed(&self, known_since: Timestamp) -> bool {
        self.page.as_ref().is_none_or(|page| page.updated.is_some_and(|updated| updated > known_since))
    }

    /// The article that was fetched.
    pub(super) fn read(&self, fetched: Fetched, reading: ReadOptions) -> Result<Article, String> {
        let Fetched { bytes, address, charset } = fetched;
        let options = ReadOptions { address, charset, ..reading };
        article::read(&self.name, &bytes, &options).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_articles_and_a_file_for_itself() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["b.md", "a.txt", "picture.png"] {
            fs::write(folder.path().join(file), "x").unwrap();
        }
        let name = |file: &str| folder.path().join(file).to_string_lossy().into_owned();
        assert_eq!(files(folder.path().to_str().unwrap()).unwrap(), [name("a.txt"), name("b.md")]);
        assert_eq!(files(&name("*.md")).unwrap(), [name("b.md")]);
        assert_eq!(files(&name("missing.txt")).unwrap(), [name("missing.txt")]);
    }
}
