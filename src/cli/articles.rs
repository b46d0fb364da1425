//! From what was named on the command line to articles.

use std::fs;
use std::path::{Path, PathBuf};

use url::Url;

use super::error::CliError;
use crate::article::{self, Article, ReadOptions};

/// Names of files in a folder that are taken for articles.
const EXTENSIONS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// Standard input.
const STDIN: &str = "-";

/// The articles that `names` stand for: a folder stands for the articles in it, in order of their names.
pub(super) fn expand(names: &[String]) -> Result<Vec<String>, CliError> {
    let mut found = Vec::new();
    for name in names {
        if name != STDIN && Path::new(name).is_dir() {
            found.extend(in_folder(Path::new(name))?);
        } else {
            found.push(name.clone());
        }
    }
    Ok(found)
}

/// Reads one article.
pub(super) fn read(name: &str, language: Option<&str>) -> Result<Article, CliError> {
    let options = ReadOptions { language: language.map(str::to_owned) };
    if is_url(name) {
        return Err(CliError::new(format!("{name} is a web page, and articles are read from files"))
            .hint("save its text, or run `beleg check` or `beleg archive` with the URL"));
    }
    Ok(article::read_file(name, &options)?)
}

/// What `check` and `archive` take: articles, and URLs that are gathered into one list of sources.
pub(super) fn read_with_urls(
    names: &[String],
    language: Option<&str>,
) -> Result<Vec<Result<Article, CliError>>, CliError> {
    let (urls, files): (Vec<String>, Vec<String>) = names.iter().cloned().partition(|name| is_url(name));
    let mut articles = Vec::new();
    if !urls.is_empty() {
        let options = ReadOptions { language: language.map(str::to_owned) };
        let list = article::read("command line", urls.join("\n").as_bytes(), &options);
        articles.push(list.map_err(CliError::from));
    }
    for name in expand(&files)? {
        articles.push(read(&name, language));
    }
    Ok(articles)
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
