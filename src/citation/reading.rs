//! The model of what an article cites and claims.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::article::Place;

/// Number of a source in its article, from 1: written `c1`, `c2` …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// Number of a claim in its article, from 1: written `k1`, `k2` …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub u32);

/// Everything the article cites and claims.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The sources, in order of first appearance; `sources[i].id` is `i + 1`.
    pub sources: Vec<Source>,
    /// The claims, in reading order; `claims[i].id` is `i + 1`.
    pub claims: Vec<Claim>,
}

/// What a URL names, with every place it is cited at.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its number.
    pub id: SourceId,
    /// What to fetch.
    pub target: Target,
    /// What else to fetch where the end of the address is uncertain and `target` is gone, the likeliest first.
    pub others: Vec<Url>,
    /// Places within the page (what stands after `#`) that its later citations name and `target` does not.
    pub fragments: Vec<String>,
    /// The URL as the article writes it, at its first place.
    pub written: String,
    /// Every place it is cited at, in order.
    pub places: Vec<Place>,
    /// How it is cited, at its first place.
    pub kind: CitationKind,
    /// The claims it is to support.
    pub claims: Vec<ClaimId>,
}

/// What a cited URL amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An `http` or `https` URL.
    Web(Url),
    /// A URL of another scheme, such as `mailto:` or `ftp:`.
    Other(Url),
    /// Text that looks like a URL and is none, with the reason.
    Invalid(String),
}

/// How an article cites a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CitationKind {
    /// A link on words of the text.
    Link,
    /// A URL within the text.
    Inline,
    /// In a note that a marker refers to.
    Footnote,
    /// Alone at the foot of a page.
    PageFoot,
    /// An entry of a list of sources.
    List,
}

/// A sentence that sources are to support.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its number.
    pub id: ClaimId,
    /// The sentence, its line wraps undone.
    pub text: String,
    /// Where it begins.
    pub places: Vec<Place>,
    /// The sources that may bear it, in order of appearance; empty where none is in reach.
    pub sources: Vec<SourceId>,
    /// How the claim and its sources belong together; `None` where no source is in reach.
    pub binding: Option<Binding>,
}

/// How it was decided which sources a claim rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// The sentence holds the URL or link.
    Inline,
    /// The sentence has the marker of the note that holds it.
    Footnote,
    /// The paragraph holds it.
    Paragraph,
    /// It stands at the foot of the page that the sentence is on.
    Page,
    /// It stands in a list of sources that serves the whole article.
    List,
    /// The content of the captured pages decided.
    Content,
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{}", self.0)
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "k{}", self.0)
    }
}

impl Target {
    /// The URL to show, as far as there is one.
    pub fn url(&self) -> Option<&Url> {
        match self {
            Self::Web(url) | Self::Other(url) => Some(url),
            Self::Invalid(_) => None,
        }
    }

    /// Why it is no URL.
    pub fn fault(&self) -> Option<&str> {
        match self {
            Self::Web(_) | Self::Other(_) => None,
            Self::Invalid(why) => Some(why),
        }
    }
}

impl Reading {
    /// How many citations the article has: every place of every source.
    pub fn citations(&self) -> usize {
        self.sources.iter().map(|source| source.places.len()).sum()
    }
}
