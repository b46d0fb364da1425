//! Prints how well beleg reads articles that others have annotated. The data is not part of this repository.
//!
//! ```sh
//! cargo run --release --example score_reading -- links DIR       # DIR/cases.json: texts and the links in them
//! cargo run --release --example score_reading -- sentences DIR   # DIR/articles and DIR/truth.json: their sentences
//! ```
//!
//! `links` takes the cases of lychee's own tests as JSON (`id`, `type`, `match`, `expected`, `input` or `file`,
//! `options`), compares what each text cites, and names the cases that differ; `docs/extraction.md` gives the reasons.
//! `sentences` counts the sentences of `truth.json` (`article`, `text`) that stand whole within one claim.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it is for")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use beleg::article::{self, ReadOptions};
use beleg::citation::{self, Reading, Target};
use serde_json::Value;
use url::Url;

/// Kinds of cases that are about what a page needs to be shown, not about what an article cites.
const NOT_CITED: &[&str] = &["css", "srcset", "xml", "html-fragments"];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["links", folder] => links(Path::new(folder)),
        ["sentences", folder] => sentences(Path::new(folder)),
        _ => Err("usage: score_reading links|sentences DIR".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// How many cases of one kind agree.
#[derive(Default)]
struct Tally {
    agree: usize,
    cases: usize,
}

fn links(folder: &Path) -> Result<(), Box<dyn Error>> {
    let file: Value = serde_json::from_slice(&fs::read(folder.join("cases.json"))?)?;
    let cases = file["cases"].as_array().ok_or("cases.json holds no cases")?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for case in cases {
        let kind = text(&case["type"]);
        if NOT_CITED.contains(&kind) {
            continue;
        }
        let found = cited(folder, case);
        let tally = tallies.entry(group(case)).or_default();
        tally.cases += 1;
        if agrees(case, &found) {
            tally.agree += 1;
        } else {
            println!(
                "differs  {:<52} expected {}\n{:62}found    {}",
                text(&case["id"]),
                case["expected"],
                "",
                found.shown()
            );
        }
    }
    println!();
    for (group, Tally { agree, cases }) in tallies {
        println!("{agree:>4} of {cases:<4} {group}");
    }
    Ok(())
}

/// The kind of a case; plain texts by whether their links have schemes.
fn group(case: &Value) -> String {
    let kind = text(&case["type"]);
    let schemeless = case["options"]["schemeless"] == true;
    let is_web = array(&case["expected"]).iter().all(|link| text(link).starts_with("http"));
    match (kind, schemeless) {
        ("plaintext", true) => "plain text, links without a scheme".to_owned(),
        ("plaintext", false) if is_web => "plain text, links of the web".to_owned(),
        ("plaintext", false) => "plain text, links of other schemes".to_owned(),
        _ => kind.to_owned(),
    }
}

/// What a case cites: as written, and as URLs.
struct Found {
    written: Vec<String>,
    urls: Vec<String>,
}

impl Found {
    fn of(reading: &Reading) -> Self {
        let url = |target: &Target| target.url().map(ToString::to_string).unwrap_or_default();
        Self {
            written: reading.sources.iter().map(|source| source.written.clone()).collect(),
            urls: reading.sources.iter().map(|source| url(&source.target)).collect(),
        }
    }

    fn shown(&self) -> String {
        format!("{:?}", self.written)
    }
}

fn cited(folder: &Path, case: &Value) -> Found {
    let (name, bytes) = match case["file"].as_str() {
        Some(file) => (file.to_owned(), fs::read(folder.join(file)).unwrap_or_default()),
        None => (name_of(text(&case["type"])).to_owned(), text(&case["input"]).as_bytes().to_vec()),
    };
    let address = case["options"]["base"].as_str().and_then(|base| Url::parse(base).ok());
    let article = article::read(&name, &bytes, &ReadOptions { address, ..ReadOptions::default() });
    article.map_or_else(
        |_| Found { written: Vec::new(), urls: Vec::new() },
        |article| Found::of(&citation::read(&article)),
    )
}

fn name_of(kind: &str) -> &'static str {
    match kind {
        "markdown" => "case.md",
        "html" => "case.html",
        _ => "case.txt",
    }
}

fn agrees(case: &Value, found: &Found) -> bool {
    let expected: Vec<&str> = array(&case["expected"]).iter().map(text).collect();
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list.dedup();
        list
    };
    let given = || expected.iter().map(|link| (*link).to_owned()).collect::<Vec<_>>();
    match text(&case["match"]) {
        "count" => Some(found.written.len() as u64) == case["expected"].as_u64(),
        "contains" => expected
            .iter()
            .all(|link| found.written.iter().chain(&found.urls).any(|written| written.contains(link))),
        "norm-set" => sorted(given()) == sorted(found.urls.clone()),
        "exact-set" => sorted(given()) == sorted(found.written.clone()),
        _ => given() == found.written,
    }
}

fn sentences(folder: &Path) -> Result<(), Box<dyn Error>> {
    let truth: Value = serde_json::from_slice(&fs::read(folder.join("truth.json"))?)?;
    let mut claims: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
    let (mut whole, mut all) = (0, 0);
    for sentence in array(&truth["sentences"]) {
        let path = folder.join("articles").join(text(&sentence["article"]));
        if !claims.contains_key(&path) {
            claims.insert(path.clone(), claims_of(&path)?);
        }
        let wanted = squeezed(text(&sentence["text"]));
        all += 1;
        if claims[&path].iter().any(|claim| claim.contains(&wanted)) {
            whole += 1;
        } else {
            println!("torn  {}  {}", text(&sentence["article"]), text(&sentence["text"]));
        }
    }
    let share = f64::from(whole) * 100.0 / f64::from(all.max(1));
    println!("{whole} of {all} sentences stand whole within one claim: {share:.1} %");
    Ok(())
}

fn claims_of(path: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let article = article::read(&path.to_string_lossy(), &fs::read(path)?, &ReadOptions::default())?;
    Ok(citation::read(&article).claims.iter().map(|claim| squeezed(&claim.text)).collect())
}

/// A text without blanks and hyphens, for lines were wrapped at them.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}')).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
