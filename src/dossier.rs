//! One article's findings of fact from one run, in the shape of the report contract.
//!
//! A dossier is what the ledger keeps and what every report is made from. Its JSON is the body of
//! `beleg.report/1`; a report adds what follows from it, the findings and the summary.

use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

use crate::archive::RunId;
use crate::article::{Kind, Place};
use crate::check::{Reason, State};
use crate::citation::{Binding, CitationKind};
use crate::digest::Digest;
use crate::evidence::{AtomKind, Outcome, Verdict, Written};

/// Everything one run found out about one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// The program that made it.
    pub tool: Tool,
    /// The run.
    pub run: Run,
    /// The article.
    pub article: ArticleFacts,
    /// The sources, in order of first appearance.
    pub citations: Vec<SourceFacts>,
    /// The claims, in reading order.
    pub claims: Vec<ClaimFacts>,
}

impl Dossier {
    /// Digest of the dossier's compact JSON: the same for two dossiers that say the same, however they were written out.
    pub fn digest(&self) -> Option<Digest> {
        serde_json::to_vec(self).ok().map(|json| Digest::of(&json))
    }
}

/// The program that made a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Always `beleg`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The version of the rules and weights that claims were weighed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<String>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its name.
    pub id: RunId,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub finished: Timestamp,
    /// Whether it was stopped before it was through: what is missing was not asked.
    #[serde(default)]
    pub interrupted: bool,
}

/// What is known of the article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleFacts {
    /// Path or URL it was named by.
    pub path: String,
    /// Digest of its bytes.
    pub sha256: Digest,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// ISO 639-1 code of its language, or `und`.
    pub language: String,
    /// The day it is dated, from which its *yesterday* is counted, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<civil::Date>,
    /// The format it was read as, which tells what its places count; the dossiers of early versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
}

impl ArticleFacts {
    /// How and when its text was written.
    pub fn written(&self) -> Written<'_> {
        Written { language: &self.language, on: self.date }
    }
}

/// What is known of one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// `c1`, `c2` …
    pub id: String,
    /// The URL that was asked for.
    pub url: String,
    /// The URL as the article writes it.
    pub written: String,
    /// Every place it is cited at.
    pub places: Vec<Place>,
    /// What was asked for in turn, where the end of the address is uncertain and the likeliest reading is gone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ReadingFacts>,
    /// How it is cited.
    pub kind: CitationKind,
    /// Its state.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// What was seen, for people.
    #[serde(default)]
    pub detail: String,
    /// Status of the last response.
    pub status: Option<u16>,
    /// URL of the last response, where it is not the URL asked for or anyway.
    pub final_url: Option<String>,
    /// The redirects on the way, the last response not among them.
    pub hops: Vec<Hop>,
    /// When it was asked.
    pub checked: Option<Timestamp>,
    /// Media type of the last response, without parameters.
    pub media_type: Option<String>,
    /// Title of the page.
    pub title: Option<String>,
    /// Publication date that the page states.
    pub published: Option<String>,
    /// Digest of the text that was taken from the page, which the places of passages count in. The archive has that text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<Digest>,
    /// Digest of the last response's payload.
    pub sha256: Option<Digest>,
    /// Length of that payload.
    pub bytes: Option<u64>,
    /// What to do about it, where beleg knows.
    pub advice: Option<String>,
    /// The claims it is to support.
    pub claims: Vec<String>,
    /// Where the last response lies in the archive.
    pub capture: Option<CaptureFacts>,
}

/// One reading of an address whose end is uncertain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingFacts {
    /// The address as it was asked for.
    pub url: String,
    /// What became of it.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Status of the last response.
    pub status: Option<u16>,
}

/// A redirect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// What was asked for.
    pub url: String,
    /// The status that sent on.
    pub status: u16,
}

/// Where a capture lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureFacts {
    /// The WARC file, relative to the archive folder.
    pub warc: String,
    /// First byte of its gzip member.
    pub offset: u64,
    /// Length of the member.
    pub length: u64,
    /// `urn:uuid:…`.
    pub record: String,
    /// `sha256:…` of the payload.
    pub digest: String,
    /// `WARC-Date`.
    pub date: Timestamp,
    /// Whether it repeats an earlier payload.
    pub revisit: bool,
}

/// What is known of one claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimFacts {
    /// `k1`, `k2` …
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Where it begins.
    pub places: Vec<Place>,
    /// The sources that may bear it.
    pub citations: Vec<String>,
    /// How claim and sources belong together.
    pub binding: Option<Binding>,
    /// What the pages say.
    pub verdict: Verdict,
    /// Why, where the verdict needs a word.
    #[serde(default)]
    pub reason: Option<String>,
    /// Its checkable parts.
    pub atoms: Vec<AtomFacts>,
    /// Passages that bear on it, best first.
    pub evidence: Vec<EvidenceFacts>,
    /// Passages that a model of embeddings alone nominates, for a reader to look at: nothing rests on them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<EvidenceFacts>,
}

/// A checkable part of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtomFacts {
    /// What it is.
    pub kind: AtomKind,
    /// As the article writes it.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What the page has.
    pub found: Option<String>,
    /// The source it was found in.
    pub citation: Option<String>,
}

/// A place in the payload of a capture, its content codings undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Its first byte.
    pub start: u64,
    /// One past its last byte.
    pub end: u64,
}

/// A passage that bears on a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceFacts {
    /// The source it is from.
    pub citation: String,
    /// Its words.
    pub passage: String,
    /// What stands before it.
    pub prefix: String,
    /// What stands after it.
    pub suffix: String,
    /// First character in the page's text.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// Where it stands in the captured payload, as far as that can be told for sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// 0 to 1.
    pub score: f64,
    /// Lead over the runner-up.
    pub margin: f64,
    /// How similar a model of embeddings holds it to the claim, −1 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
    /// URL with a text fragment.
    pub link: Option<String>,
    /// What carried the match: pairs of character offsets into `passage`, start and one past the end.
    #[serde(default)]
    pub marks: Vec<(usize, usize)>,
}
