//! From what was named on the command line to articles.

use std::path::Path;

use jiff::civil;
use url::Url;

use super::error::CliError;
use super::read_article::reader;
use super::{files, page};
use crate::article::{self, Article, Glob, Kind, ReadOptions};
use crate::config::Settings;
use crate::fetch::FetchConfig;

/// Standard input.
const STDIN: &str = "-";

/// An article that is named and still to be read.
pub(super) enum Unread {
    /// What needs no fetching.
    AtHand(AtHand),
    /// A web page.
    Page { url: Url, fetch: Box<FetchConfig>, reading: ReadOptions },
}

/// An article that needs no fetching.
pub(super) enum AtHand {
    /// In a file; `-` is standard input.
    File { name: String, reading: ReadOptions },
    /// These bytes.
    Bytes { name: &'static str, bytes: Vec<u8>, reading: ReadOptions },
    /// URLs that are sources themselves.
    Arguments { urls: Vec<String>, reading: ReadOptions },
    /// A name that stands for no article, and why.
    Nothing(CliError),
}

impl Unread {
    /// Reads it, off the reactor: it may be large, and standard input may keep one waiting.
    pub(super) async fn read(self) -> Result<Article, CliError> {
        match self {
            Self::Page { url, fetch, reading } => page::read(url, &fetch, reading).await,
            Self::AtHand(at_hand) => {
                let read = tokio::task::spawn_blocking(|| at_hand.read());
                let stopped = || CliError::new("the reader of articles stopped early; please report this");
                read.await.map_err(|_| stopped())?
            }
        }
    }

    /// Reads it on this thread, for a command that has nothing else to do meanwhile: each thread has memory of its own, and
    /// so what the reading gives back serves what comes next.
    pub(super) async fn read_here(self) -> Result<Article, CliError> {
        match self {
            Self::Page { url, fetch, reading } => page::read(url, &fetch, reading).await,
            Self::AtHand(at_hand) => at_hand.read(),
        }
    }
}

impl AtHand {
    fn read(self) -> Result<Article, CliError> {
        match self {
            Self::File { name, reading } => Ok(article::read_file(&name, &reading)?),
            Self::Bytes { name, bytes, reading } => Ok(article::read(name, &bytes, &reading)?),
            Self::Arguments { urls, reading } => {
                let article = article::read("command line", urls.join("\n").as_bytes(), &reading)?;
                Ok(Article { kind: Kind::Arguments, ..article })
            }
            Self::Nothing(error) => Err(error),
        }
    }
}

/// The articles that `names` stand for: a folder stands for the articles in it, a name with wildcards for the files that
/// fit it, each in order of their names; a URL is fetched. What stands for nothing says so when it is read, so that the
/// others are read all the same.
///
/// `dated` is the day they are dated, where the user says it.
pub(super) fn named(names: &[String], settings: &Settings, dated: Option<civil::Date>) -> Vec<Unread> {
    names.iter().flat_map(|name| of_name(name, settings, dated)).collect()
}

/// What `check` and `archive` take: articles, and URLs that are gathered into one list of sources.
pub(super) fn named_with_urls(names: &[String], settings: &Settings) -> Vec<Unread> {
    let (urls, files): (Vec<String>, Vec<String>) =
        names.iter().cloned().partition(|name| url(name).is_some());
    let mut articles = Vec::new();
    if !urls.is_empty() {
        articles.push(Unread::AtHand(AtHand::Arguments { urls, reading: options(settings) }));
    }
    articles.extend(named(&files, settings, None));
    articles
}

fn of_name(name: &str, settings: &Settings, dated: Option<civil::Date>) -> Vec<Unread> {
    let reading = ReadOptions { dated, ..options(settings) };
    if let Some(url) = url(name) {
        return vec![Unread::Page { url, fetch: Box::new(settings.fetch.clone()), reading }];
    }
    let path = Path::new(name);
    let found = match Glob::parse(name) {
        _ if name == STDIN => Ok(vec![name.to_owned()]),
        _ if path.is_dir() => files::in_folder(path),
        Some(glob) if !path.exists() => files::behind(&glob, name),
        _ => Ok(vec![name.to_owned()]),
    };
    match found {
        Ok(names) => {
            let file = |name| Unread::AtHand(AtHand::File { name, reading: reading.clone() });
            names.into_iter().map(file).collect()
        }
        Err(error) => vec![Unread::AtHand(AtHand::Nothing(error))],
    }
}

/// The web address that a name is.
fn url(name: &str) -> Option<Url> {
    let url = Url::parse(name).ok().filter(|_| name.contains("://"))?;
    (!Path::new(name).exists()).then_some(url)
}

/// How articles are read under these settings: PDF and office files in a process of their own.
pub(super) fn options(settings: &Settings) -> ReadOptions {
    ReadOptions {
        language: settings.language.clone(),
        child: Some(reader(settings.reading)),
        ..ReadOptions::default()
    }
}
