//! The text of pages, without what is around it.

use std::path::Path;

use beleg::evidence::PageText;
use scraper::Html;
use serde_json::Value;

use crate::data::{self, ScoreError, list, number, share};
use crate::words::{f1, words};

/// Pages with the text that a reader is to see.
pub(crate) fn readability(folder: &Path) -> Result<(), ScoreError> {
    let entries = std::fs::read_dir(folder).map_err(|error| ScoreError::File(folder.to_owned(), error))?;
    let mut folders: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut scores = Vec::new();
    for folder in folders {
        let page = PageText::read("text/html", &data::text(&folder.join("source.html"))?);
        let expected = Html::parse_document(&data::text(&folder.join("expected.html"))?);
        let expected: String = expected.root_element().text().collect::<Vec<_>>().join(" ");
        let score = f1(&words(page.main()), &words(&expected));
        data::miss(|| format!("{score:.3} {}", folder.display()));
        scores.push(score);
    }
    let mean = scores.iter().sum::<f64>() / number(scores.len().max(1));
    scores.sort_by(f64::total_cmp);
    println!(
        "readability-pages: {} pages, F1 of words: mean {mean:.3}, median {:.3}, lowest {:.3}",
        scores.len(),
        scores.get(scores.len() / 2).copied().unwrap_or_default(),
        scores.first().copied().unwrap_or_default()
    );
    Ok(())
}

/// Pages with pieces of text that belong to them, and pieces that do not.
pub(crate) fn segments(folder: &Path) -> Result<(), ScoreError> {
    let truth = data::json(&folder.join("evaldata.json"))?;
    let (mut hit, mut missed, mut wrong, mut right, mut pages) = (0, 0, 0, 0, 0);
    for entry in truth.as_object().into_iter().flatten().map(|(_, entry)| entry) {
        let Some(path) = stored(folder, entry) else { continue };
        let page = PageText::read("text/html", &data::text(&path)?);
        pages += 1;
        let has = |segment: &Value| {
            segment.as_str().is_some_and(|segment| flat(page.main()).contains(&flat(segment)))
        };
        for segment in list(entry, "with") {
            if has(segment) {
                hit += 1;
            } else {
                missed += 1;
                data::miss(|| format!("lacks {segment} in {}", path.display()));
            }
        }
        for segment in list(entry, "without") {
            if has(segment) {
                wrong += 1;
                data::miss(|| format!("has {segment} in {}", path.display()));
            } else {
                right += 1;
            }
        }
    }
    let (precision, recall) = (share(hit, hit + wrong), share(hit, hit + missed));
    println!(
        "trafilatura-eval: {pages} pages, segments: precision {precision:.3}, recall {recall:.3}, F1 {:.3}, accuracy {:.3}",
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
        share(hit + right, hit + right + missed + wrong)
    );
    Ok(())
}

fn stored(folder: &Path, entry: &Value) -> Option<std::path::PathBuf> {
    let path = folder.join("html").join(format!("{}.gz", entry["file"].as_str()?));
    path.is_file().then_some(path)
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
