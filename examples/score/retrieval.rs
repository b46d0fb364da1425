//! Sentences of an encyclopaedia against the pages they cite: the gold sentences, and supported or not.

use std::collections::BTreeSet;
use std::path::Path;

use beleg::citation::{Claim, ClaimId, SourceId};
use beleg::evidence::{self, PageText, ReadablePage, Verdict, Written};
use serde_json::Value;
use url::Url;

use crate::data::{self, ScoreError, list, share, string};

/// Prints the figures of the set in `folder`.
pub(crate) fn score(folder: &Path) -> Result<(), ScoreError> {
    let path = folder.join("dev.jsonl");
    let url = Url::parse("https://page.test/")
        .map_err(|error| ScoreError::Form(path.clone(), error.to_string()))?;
    let (mut claims, mut hits, mut rows) = (0, 0, Vec::new());
    for line in data::text(&path)?.lines() {
        let row: Value =
            serde_json::from_str(line).map_err(|error| ScoreError::Form(path.clone(), error.to_string()))?;
        let sentences: Vec<&str> = list(&row, "evidence").iter().filter_map(Value::as_str).collect();
        let page = PageText::read("text/plain", &sentences.join("\n"));
        let claim = Claim {
            id: ClaimId(1),
            text: string(&row, "claim").to_owned(),
            places: Vec::new(),
            sources: vec![SourceId(1)],
            binding: None,
        };
        let weighed = evidence::weigh(
            &claim,
            Written::in_language("en"),
            &[ReadablePage::new(SourceId(1), &url, &page)],
        );
        let best = weighed.passages.first();
        let gold = gold(&row, &sentences);
        if !gold.is_empty() {
            claims += 1;
            let hit = best.is_some_and(|passage| gold.iter().any(|sentence| holds(&passage.text, sentence)));
            hits += usize::from(hit);
            if !hit {
                let found = best.map(|passage| (passage.score, &passage.text));
                data::miss(|| format!("{}\n      = {gold:?}\n      - {found:?}", claim.text));
            }
        }
        rows.push((
            string(&row, "label") == "supported",
            weighed.verdict,
            best.map_or(0.0, |passage| passage.score),
        ));
    }
    let by_verdict =
        rows.iter().filter(|(supported, verdict, _)| *supported == (*verdict == Verdict::Located)).count();
    println!("wice: {claims} claims with gold sentences, {} in all", rows.len());
    println!("  hit@1 {:.3}", share(hits, claims));
    println!(
        "  supported against the rest: by verdict {:.3}, by score {:.3} (cut fitted), chance {:.3}",
        share(by_verdict, rows.len()),
        best_cut(&rows),
        share(rows.iter().filter(|row| !row.0).count(), rows.len())
    );
    Ok(())
}

/// The gold sentences of every set of them.
fn gold<'a>(row: &Value, sentences: &[&'a str]) -> Vec<&'a str> {
    let numbers: BTreeSet<usize> = list(row, "supporting_sentences")
        .iter()
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|number| usize::try_from(number.as_u64()?).ok())
        .collect();
    numbers
        .into_iter()
        .filter_map(|number| sentences.get(number).copied())
        .filter(|sentence| !sentence.trim().is_empty())
        .collect()
}

/// Whether the passage has the sentence, or a part of it that makes up half of it.
fn holds(passage: &str, sentence: &str) -> bool {
    let collapse = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (passage, sentence) = (collapse(passage), collapse(sentence));
    passage.contains(&sentence) || sentence.contains(&passage) && passage.len() * 2 >= sentence.len()
}

/// The best share right that any cut of the score gives: an upper bound, shown beside the verdict that users see.
fn best_cut(rows: &[(bool, Verdict, f64)]) -> f64 {
    let right = |cut: f64| rows.iter().filter(|(supported, _, score)| *supported == (*score >= cut)).count();
    rows.iter().map(|(_, _, score)| share(right(*score), rows.len())).fold(0.0, f64::max)
}
