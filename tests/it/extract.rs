//! `beleg extract`: the citations and claims of the example article.

use std::fs;

use serde_json::Value;

use crate::support::{Beleg, example};

fn extract() -> Value {
    let folder = tempfile::tempdir().unwrap();
    let ran = Beleg::new(folder.path(), "extract").args(["--format", "json"]).arg(example()).run().exits(0);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// The claims of `extract` that have `words` in them.
fn claims<'a>(extract: &'a Value, words: &str) -> Vec<&'a Value> {
    let claims = extract["claims"].as_array().unwrap().iter();
    claims.filter(|claim| claim["text"].as_str().unwrap().contains(words)).collect()
}

#[test]
fn the_article_is_named_with_the_digest_of_its_bytes() {
    let article = &extract()["article"];
    assert_eq!(article["title"], "Ukraine verlangt Sicherheitsgarantien von den USA und Europa");
    assert_eq!((&article["language"], &article["kind"]), (&"de".into(), &"plain".into()));
    assert_eq!(
        article["sha256"].as_str().unwrap(),
        beleg::digest::Digest::of(&fs::read(example()).unwrap()).to_string()
    );
}

#[test]
fn five_sources_are_cited_at_six_places() {
    let extract = extract();
    assert_eq!(extract["schema"], "beleg.extract/1");
    let lines: Vec<Vec<u64>> = extract["citations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|citation| citation["places"].as_array().unwrap())
        .map(|places| places.iter().map(|place| place["line"].as_u64().unwrap()).collect())
        .collect();
    assert_eq!(lines, [vec![21], vec![22, 23], vec![64], vec![65], vec![106]]);
    for citation in extract["citations"].as_array().unwrap() {
        assert_eq!(citation["kind"], "page_foot", "{}", citation["written"]);
    }
}

#[test]
fn sentences_that_go_on_overleaf_are_one_claim_each() {
    let extract = extract();
    for (words, line, sources) in [
        ("existenzielle Sicherheitsfragen für ganz Europa.", 57, 2),
        ("eine beträchtliche internationale Präsenz vor Ort, eine starke US-Unterstützung", 103, 1),
    ] {
        let found = claims(&extract, words);
        assert_eq!(found.len(), 1, "{words}");
        assert_eq!(found[0]["places"][0]["line"], line);
        assert_eq!(found[0]["citations"].as_array().unwrap().len(), sources);
        assert_eq!(found[0]["binding"], "page");
    }
}

#[test]
fn headings_and_urls_are_no_claims() {
    let extract = extract();
    for words in ["https://", "www.cnn.com"] {
        assert_eq!(claims(&extract, words).len(), 0, "{words}");
    }
    for heading in
        ["Trump und die Sicherheitsgarantien", "Das Problem der Militärpräsenz", "Die Zukunft europäischer"]
    {
        assert_eq!(claims(&extract, heading).len(), 0, "{heading}");
    }
}

#[test]
fn a_claim_without_a_page_foot_after_it_has_no_source() {
    let extract = extract();
    let found = claims(&extract, "150 Milliarden Euro");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["citations"].as_array().unwrap().len(), 0);
    assert_eq!(found[0]["binding"], Value::Null);
}
