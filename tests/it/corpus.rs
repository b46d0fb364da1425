//! The corpus: articles with traps in every format, each held against what is written down beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Beleg, Expected};

/// The end of the names of files that say what is expected.
const EXPECTED: &str = ".expected";

#[test]
fn every_article_of_the_corpus_is_read_as_expected() {
    let cases = cases();
    assert!(cases.len() >= 30, "the corpus has only {} cases", cases.len());
    let found = extracts(cases.keys());
    let mut wrong = Vec::new();
    for (article, expected) in &cases {
        let name = article.strip_prefix(root()).unwrap().display();
        let expected = Expected::read(&fs::read_to_string(expected).unwrap());
        match (expected, found.get(article)) {
            (Err(line), _) => wrong.push(format!("{name}: what is expected cannot be read: {line}")),
            (Ok(_), None) => wrong.push(format!("{name}: not read")),
            (Ok(expected), Some(extract)) => {
                let differences = expected.differences(extract);
                if !differences.is_empty() {
                    wrong.push(format!("{name}:\n  {}", differences.join("\n  ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases differ\n\n{}", wrong.len(), cases.len(), wrong.join("\n\n"));
}

#[test]
fn every_article_of_the_corpus_says_what_is_expected_of_it() {
    let named: Vec<PathBuf> = cases().into_keys().collect();
    for file in files(&root()) {
        let is_case = named.contains(&file);
        assert!(
            is_case || ends_in(&file, EXPECTED) || ends_in(&file, "README.md"),
            "{} has no {EXPECTED} beside it",
            file.display()
        );
    }
    for article in named {
        assert!(article.is_file(), "{} is missing", article.display());
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// Every article with the file that says what is expected of it.
fn cases() -> BTreeMap<PathBuf, PathBuf> {
    let article =
        |expected: &PathBuf| PathBuf::from(expected.to_str().unwrap().strip_suffix(EXPECTED).unwrap());
    let expected = files(&root()).into_iter().filter(|file| ends_in(file, EXPECTED));
    expected.map(|expected| (article(&expected), expected)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn ends_in(file: &Path, end: &str) -> bool {
    file.to_str().unwrap().ends_with(end)
}

/// What `beleg extract` prints for each article, all of them named in one command.
fn extracts<'a>(articles: impl Iterator<Item = &'a PathBuf>) -> BTreeMap<PathBuf, Value> {
    let folder = tempfile::tempdir().unwrap();
    let ran = Beleg::new(folder.path(), "extract").args(["--format", "json"]).args(articles).run();
    let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.map(|extract| (PathBuf::from(extract["article"]["path"].as_str().unwrap()), extract)).collect()
}
