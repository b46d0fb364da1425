//! A claim with what its verdict rests on, for people and machines.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use super::error::ReportError;
use super::terminal::{self, TerminalOptions};
use crate::dossier::ClaimFacts;
use crate::evidence::{Atom, Explained, Explanation, Feature, Partner, Verdict};

/// A claim of an article, its verdict taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedClaim {
    /// The article, as its dossier names it.
    pub article: String,
    /// The claim as the dossier has it.
    pub claim: ClaimFacts,
    /// The address of each of its sources, by its id.
    pub urls: BTreeMap<String, String>,
    /// The ids of the sources whose page is not in the archive, or is no text.
    pub unread: Vec<String>,
    /// What the captured pages give.
    pub explanation: Explanation,
}

impl ExplainedClaim {
    /// Writes it for people.
    pub fn write_terminal(&self, options: &TerminalOptions, out: &mut impl Write) -> Result<(), ReportError> {
        Ok(out.write_all(terminal::explained_claim(self, options).as_bytes())?)
    }

    /// Writes it as one JSON object, `beleg.explanation/1`.
    pub fn write_json(&self, out: &mut impl Write) -> Result<(), ReportError> {
        serde_json::to_writer_pretty(&mut *out, &self.document())?;
        Ok(writeln!(out)?)
    }

    /// The address of a source.
    pub(super) fn url(&self, id: &str) -> &str {
        self.urls.get(id).map(String::as_str).unwrap_or_default()
    }

    fn document(&self) -> Document<'_> {
        let Explanation { weighed, rules, floor, clear, passages, candidates } = &self.explanation;
        Document {
            schema: "beleg.explanation/1",
            article: &self.article,
            claim: &self.claim.id,
            text: &self.claim.text,
            verdict: weighed.verdict,
            reason: weighed.reason.as_deref(),
            recorded_verdict: self.claim.verdict,
            rules,
            floor: *floor,
            clear: *clear,
            unread: &self.unread,
            atoms: weighed.atoms.iter().map(atom).collect(),
            passages: passages.iter().map(|passage| self.passage(passage)).collect(),
            candidates: candidates.iter().map(|passage| self.passage(passage)).collect(),
        }
    }

    fn passage<'a>(&'a self, passage: &'a Explained) -> PassageDocument<'a> {
        let citation = passage.source.to_string();
        PassageDocument {
            url: self.url(&citation),
            citation,
            text: &passage.text,
            start: passage.range.start,
            end: passage.range.end,
            score: passage.score,
            similarity: passage.similarity,
            features: &passage.features,
            costs: passage.costs,
            partners: &passage.partners,
            missing: &passage.missing,
        }
    }
}

fn atom(atom: &Atom) -> AtomDocument<'_> {
    AtomDocument {
        kind: atom.kind,
        text: &atom.text,
        outcome: atom.outcome,
        found: atom.found.as_deref(),
        citation: atom.source.map(|source| source.to_string()),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    article: &'a str,
    claim: &'a str,
    text: &'a str,
    verdict: Verdict,
    reason: Option<&'a str>,
    /// What the run found: another where the pages are weighed by other rules today.
    recorded_verdict: Verdict,
    rules: &'a str,
    floor: f64,
    clear: f64,
    unread: &'a [String],
    atoms: Vec<AtomDocument<'a>>,
    passages: Vec<PassageDocument<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<PassageDocument<'a>>,
}

#[derive(Serialize)]
struct AtomDocument<'a> {
    kind: crate::evidence::AtomKind,
    text: &'a str,
    outcome: crate::evidence::Outcome,
    found: Option<&'a str>,
    citation: Option<String>,
}

#[derive(Serialize)]
struct PassageDocument<'a> {
    citation: String,
    url: &'a str,
    text: &'a str,
    start: usize,
    end: usize,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f64>,
    features: &'a [Feature],
    costs: f64,
    partners: &'a [Partner],
    missing: &'a [String],
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::citation::{Claim, ClaimId, SourceId};
    use crate::evidence::{PageText, ReadablePage, Written, explain};
    use crate::report::sample;

    fn explained() -> ExplainedClaim {
        let mut claim = sample::dossier().claims.remove(0);
        claim.text = "Die Friedensmission im Kosovo begann mit 48.000 Soldaten.".to_owned();
        let page = PageText::read(
            "text/plain",
            "This is a synthetic page made for a test. The peacekeeping mission in Kosovo began with 48,000 troops. It was late.",
        );
        let url = Url::parse("https://news.test/story").unwrap();
        let asked = Claim {
            id: ClaimId(1),
            text: claim.text.clone(),
            places: Vec::new(),
            sources: vec![SourceId(1)],
            binding: None,
        };
        let explanation =
            explain(&asked, Written::in_language("de"), &[ReadablePage::new(SourceId(1), &url, &page)]);
        ExplainedClaim {
            article: "story.txt".to_owned(),
            claim,
            urls: BTreeMap::from([("c1".to_owned(), url.to_string())]),
            unread: vec!["c2".to_owned()],
            explanation,
        }
    }

    #[test]
    fn machines_get_features_and_partners() {
        let mut out = Vec::new();
        explained().write_json(&mut out).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(json["schema"], "beleg.explanation/1");
        assert_eq!(json["verdict"], "located");
        let best = &json["passages"][0];
        assert_eq!((&best["citation"], &best["url"]), (&"c1".into(), &"https://news.test/story".into()));
        assert!(best["features"].as_array().unwrap().iter().any(|feature| feature["name"] == "figures"));
        assert!(best["partners"].as_array().unwrap().iter().any(|partner| partner["claim"] == "Soldaten"));
    }

    #[test]
    fn what_a_model_says_stands_beside_the_rest_and_without_one_there_is_no_word_of_it() {
        let shown = |explained: &ExplainedClaim| {
            let (mut json, mut text) = (Vec::new(), Vec::new());
            explained.write_json(&mut json).unwrap();
            explained.write_terminal(&TerminalOptions::default(), &mut text).unwrap();
            let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
            (json, String::from_utf8(text).unwrap())
        };
        let mut explained = explained();
        let (json, text) = shown(&explained);
        assert!(
            json.get("candidates").is_none() && json["passages"][0].get("similarity").is_none(),
            "{json}"
        );
        assert!(!text.contains("model"), "{text}");
        let candidate = Explained { similarity: Some(0.625), ..explained.explanation.passages[0].clone() };
        explained.explanation.candidates = vec![candidate];
        let (json, text) = shown(&explained);
        assert_eq!(json["candidates"][0]["similarity"], 0.625);
        assert!(text.contains("by the model alone") && text.contains("model similarity 0.625"), "{text}");
    }

    #[test]
    fn people_see_what_fired_in_both_texts() {
        let mut out = Vec::new();
        explained()
            .write_terminal(&TerminalOptions { width: 100, ..TerminalOptions::default() }, &mut out)
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        for shown in ["48.000 Soldaten", "48,000 troops", "Soldaten = ", "c2", "weights "] {
            assert!(text.contains(shown), "{shown} is not in\n{text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }
}
