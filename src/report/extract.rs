//! `beleg.extract/1`: what an article cites and claims, before anything is fetched. `docs/extraction.md` says what each
//! field means.

use std::borrow::Cow;

use jiff::civil;
use serde::{Serialize, Serializer};

use crate::article::{Article, Found, Kind, Place};
use crate::citation::{Binding, CitationKind, Claim, Reading, Source, masked, without_credentials};
use crate::digest::Digest;
use crate::evidence::{AtomKind, Checkable, Written, checkable, day_of};

/// The name and version of the format.
const SCHEMA: &str = "beleg.extract/1";

/// What an article cites and claims. Sources and claims are made one at a time when they are written: what can be checked
/// about all the claims of a book takes more room than the book.
#[derive(Debug, Serialize)]
pub struct Extract<'a> {
    schema: &'static str,
    pub(super) article: ExtractedArticle<'a>,
    #[serde(serialize_with = "sources")]
    citations: &'a [Source],
    #[serde(serialize_with = "claims")]
    claims: Claims<'a>,
}

/// The claims of an article and how they were written.
#[derive(Clone, Copy, Debug)]
struct Claims<'a> {
    claims: &'a [Claim],
    written: Written<'a>,
}

/// The article itself.
#[derive(Debug, Serialize)]
pub(super) struct ExtractedArticle<'a> {
    pub(super) path: &'a str,
    sha256: Digest,
    title: Option<&'a str>,
    pub(super) language: &'a str,
    /// The day it is dated, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date: Option<civil::Date>,
    pub(super) kind: Kind,
    /// `null` where the format has none of its own.
    pub(super) encoding: Option<&'a str>,
    pub(super) encoding_found: Option<Found>,
    /// Links that were left out because the file does not say what they are relative to.
    pub(super) relative_links: usize,
}

/// A source, with every place it is cited at.
#[derive(Debug, Serialize)]
pub(super) struct ExtractedSource<'a> {
    pub(super) id: String,
    pub(super) url: Cow<'a, str>,
    /// Other readings of the address, where its end is uncertain: tried in this order if `url` is gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) alternatives: Vec<Cow<'a, str>>,
    /// Why the address names nothing that could be fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) invalid: Option<&'a str>,
    pub(super) written: Cow<'a, str>,
    pub(super) places: &'a [Place],
    pub(super) kind: CitationKind,
    claims: Vec<String>,
}

/// A claim, with what can be checked about it.
#[derive(Debug, Serialize)]
pub(super) struct ExtractedClaim<'a> {
    pub(super) id: String,
    pub(super) text: Cow<'a, str>,
    pub(super) places: &'a [Place],
    pub(super) citations: Vec<String>,
    pub(super) binding: Option<Binding>,
    pub(super) atoms: Vec<Checkable>,
    /// Rules that the claim breaks already: `claim/uncited`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) findings: Vec<&'static str>,
}

impl<'a> Extract<'a> {
    /// What `article` cites and claims; `reading` is its own.
    pub fn new(article: &'a Article, reading: &'a Reading) -> Self {
        let written = Written { language: &article.language, on: day_of(article) };
        Self {
            schema: SCHEMA,
            article: ExtractedArticle {
                path: &article.path,
                sha256: article.sha256,
                title: article.title.as_deref(),
                language: written.language,
                date: written.on,
                kind: article.kind,
                encoding: article.encoding.as_ref().map(|charset| charset.name.as_str()),
                encoding_found: article.encoding.as_ref().map(|charset| charset.found),
                relative_links: article.relative_links,
            },
            citations: &reading.sources,
            claims: Claims { claims: &reading.claims, written },
        }
    }

    /// The sources, in order of first appearance.
    pub(super) fn sources(&self) -> impl ExactSizeIterator<Item = ExtractedSource<'a>> + use<'a> {
        self.citations.iter().map(ExtractedSource::new)
    }

    /// The claims, in reading order.
    pub(super) fn claims(&self) -> impl ExactSizeIterator<Item = ExtractedClaim<'a>> + use<'a> {
        self.claims.each()
    }

    /// How often the sources are cited, all together.
    pub(super) fn citations(&self) -> usize {
        self.citations.iter().map(|source| source.places.len()).sum()
    }
}

impl<'a> Claims<'a> {
    fn each(self) -> impl ExactSizeIterator<Item = ExtractedClaim<'a>> + use<'a> {
        self.claims.iter().map(move |claim| ExtractedClaim::new(claim, self.written))
    }
}

fn sources<S: Serializer>(sources: &[Source], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(sources.iter().map(ExtractedSource::new))
}

fn claims<S: Serializer>(claims: &Claims<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(claims.each())
}

impl<'a> ExtractedSource<'a> {
    fn new(source: &'a Source) -> Self {
        Self {
            id: source.id.to_string(),
            url: source.target.url().map_or_else(|| masked(&source.written), without_credentials),
            alternatives: source.others.iter().map(without_credentials).collect(),
            invalid: source.target.fault(),
            written: masked(&source.written),
            places: &source.places,
            kind: source.kind,
            claims: source.claims.iter().map(ToString::to_string).collect(),
        }
    }
}

impl<'a> ExtractedClaim<'a> {
    fn new(claim: &'a Claim, written: Written<'_>) -> Self {
        let atoms = checkable(&claim.text, written);
        let uncited = claim.sources.is_empty() && atoms.iter().any(wants_source);
        Self {
            id: claim.id.to_string(),
            text: masked(&claim.text),
            places: &claim.places,
            citations: claim.sources.iter().map(ToString::to_string).collect(),
            binding: claim.binding,
            atoms,
            findings: uncited.then_some("claim/uncited").into_iter().collect(),
        }
    }
}

/// Whether a part of a claim must come from somewhere.
fn wants_source(atom: &Checkable) -> bool {
    matches!(atom.kind, AtomKind::Quotation | AtomKind::Figure)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::article::{self, ReadOptions};
    use crate::citation;

    fn extract(text: &str) -> Value {
        let options = ReadOptions { language: Some("de".to_owned()), ..ReadOptions::default() };
        let article = article::read("a.txt", text.as_bytes(), &options).unwrap();
        let reading = citation::read(&article);
        serde_json::to_value(Extract::new(&article, &reading)).unwrap()
    }

    #[test]
    fn a_claim_with_a_figure_and_no_source_in_reach_is_a_finding_and_one_without_is_none() {
        let extract = extract(
            "Es kamen 400 Leute. Es war schön. Es kamen 500 Leute (https://example.org/a).\n\nEs kamen 600 Leute. Es war schön.",
        );
        let findings: Vec<&Value> =
            extract["claims"].as_array().unwrap().iter().map(|claim| &claim["findings"]).collect();
        assert_eq!(
            findings,
            [&Value::Null, &Value::Null, &Value::Null, &json!(["claim/uncited"]), &Value::Null]
        );
    }

    #[test]
    fn a_password_in_an_address_is_not_shown() {
        let extract = extract("Der Bericht nennt 400 Leute (https://user:secret@example.org/a).");
        assert_eq!(extract["citations"][0]["url"], "https://example.org/a");
        assert_eq!(extract["citations"][0]["written"], "https://***@example.org/a");
        assert!(!extract.to_string().contains("secret"), "{extract}");
    }

    #[test]
    fn an_address_says_what_else_it_may_be_and_what_is_wrong_with_it() {
        let extract = extract("Siehe https://example.org/a). Und https://example.org:99999/ auch.");
        assert_eq!(extract["citations"][0]["alternatives"], json!(["https://example.org/a)"]));
        assert_eq!(extract["citations"][0]["invalid"], Value::Null);
        assert_eq!(extract["citations"][1]["invalid"], "invalid port number");
    }
}
