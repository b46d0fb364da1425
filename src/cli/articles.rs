//! From what was named on the command line to articles.

use std::fs;
use std::path::{Path, PathBuf};

use url::Url;

use super::error::CliError;
use crate::article::{self, Article, ReadOptions};

/// Names of files in a folder that are taken for articles.
const EXTENSIONS: [&str; 7] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// Standard input.
const STDIN: &str = "-";

/// An article that is named and still to be read.
pub(super) struct Unread(Box<dyn FnOnce() -> Result<Article, CliError> + Send>);

impl Unread {
    /// The article in the file `name`; `-` is standard input.
    pub(super) fn file(name: String, language: Option<String>) -> Self {
        Self(Box::new(move || read(&name, language)))
    }

    /// The article that these bytes are.
    pub(super) fn bytes(name: &'static str, bytes: Vec<u8>, language: Option<String>) -> Self {
        Self(Box::new(move || Ok(article::read(name, &bytes, &options(language))?)))
    }

    /// Reads it, off the reactor: it may be large, and standard input may keep one waiting.
    pub(super) async fn read(self) -> Result<Article, CliError> {
        let read = tokio::task::spawn_blocking(self.0).await;
        read.unwrap_or_else(|_| {
            Err(CliError::new("the reader of articles stopped early; please report this"))
        })
    }

    /// Reads it here and now.
    pub(super) fn read_now(self) -> Result<Article, CliError> {
        (self.0)()
    }
}

/// The articles that `names` stand for: a folder stands for the articles in it, in order of their names.
pub(super) fn named(names: &[String], language: Option<&str>) -> Result<Vec<Unread>, CliError> {
    let mut found = Vec::new();
    for name in names {
        if name != STDIN && Path::new(name).is_dir() {
            found.extend(in_folder(Path::new(name))?);
        } else {
            found.push(name.clone());
        }
    }
    Ok(found.into_iter().map(|name| Unread::file(name, language.map(str::to_owned))).collect())
}

/// What `check` and `archive` take: articles, and URLs that are gathered into one list of sources.
pub(super) fn named_with_urls(names: &[String], language: Option<&str>) -> Result<Vec<Unread>, CliError> {
    let (urls, files): (Vec<String>, Vec<String>) = names.iter().cloned().partition(|name| is_url(name));
    let mut articles = Vec::new();
    if !urls.is_empty() {
        let list = urls.join("\n").into_bytes();
        articles.push(Unread::bytes("command line", list, language.map(str::to_owned)));
    }
    articles.extend(named(&files, language)?);
    Ok(articles)
}

fn read(name: &str, language: Option<String>) -> Result<Article, CliError> {
    if is_url(name) {
        return Err(CliError::new(format!("{name} is a web page, and articles are read from files"))
            .hint("save its text, or run `beleg check` or `beleg archive` with the URL"));
    }
    Ok(article::read_file(name, &options(language))?)
}

/// What is known of an article beside its bytes.
fn options(language: Option<String>) -> ReadOptions {
    ReadOptions { language, ..ReadOptions::default() }
}

fn is_url(name: &str) -> bool {
    name.contains("://") && Url::parse(name).is_ok() && !Path::new(name).exists()
}

fn in_folder(folder: &Path) -> Result<Vec<String>, CliError> {
    let unreadable = |error| CliError::new(format!("cannot read the folder {}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if EXTENSIONS.contains(&extension.to_lowercase().as_str()) && path.is_file() {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(CliError::new(format!("the folder {} holds no article", folder.display()))
            .hint(format!("articles are files that end in .{}", EXTENSIONS.join(", ."))));
    }
    files.sort();
    Ok(files.into_iter().map(|path| path.to_string_lossy().into_owned()).collect())
}
