//! Identifiers that name a source without an address: DOI, arXiv, Handle, `PubMed`, ISBN and URN:NBN.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::ends::{self, Ends};
use super::isbn::Isbn;
use crate::citation::reading::Target;

/// Who gives the identifiers out, and so who resolves them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::citation) enum Registry {
    /// Digital object identifiers (ISO 26324): `10.1000/182`.
    Doi,
    /// Preprints on arXiv: `2101.00001v2`, `hep-th/9901001`.
    Arxiv,
    /// Handles (RFC 3650): `2027/mdp.39015001`.
    Handle,
    /// Records of `PubMed`.
    Pubmed,
    /// Articles of `PubMed` Central.
    PubmedCentral,
    /// Books.
    Isbn,
    /// National bibliography numbers (RFC 8458): `urn:nbn:de:101:1-2019`.
    Nbn,
}

/// An identifier in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identifier {
    pub(super) registry: Registry,
    /// Where it stands with its label, in bytes.
    pub(super) range: Range<usize>,
    /// Where the value begins.
    pub(super) value: usize,
    /// Other places where it may end.
    pub(super) others: Vec<usize>,
}

/// The fewest characters of a DOI's suffix that is taken for one without a label.
const FEWEST_UNLABELLED: usize = 4;

/// A constant pattern, made once; every test run compiles it, so that it cannot fail.
macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).unwrap());
    };
}

pattern!(DOI_PREFIX, r"10\.[0-9]{4,9}(?:\.[0-9]+)*$");
pattern!(ARXIV, r"^[ \x{a0}]?(?:[0-9]{4}\.[0-9]{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]{1,2})?");
pattern!(HANDLE, r"^[ \x{a0}]?[0-9]{2,9}(?:\.[0-9A-Za-z]+)*/");
pattern!(PUBMED, r"^(?:ID)?:?[ \x{a0}]?[0-9]{4,9}");
pattern!(PUBMED_CENTRAL, r"^:?[ \x{a0}]?PMC[0-9]{4,9}");
pattern!(ISBN_LABEL, r"^(?:[-‐ ]1[03])?:?[ \x{a0}]?");

impl Registry {
    /// What an identifier names.
    pub(in crate::citation) fn target(self, value: &str) -> Target {
        let value = value.trim_start();
        match self {
            Self::Doi => web("https://doi.org/", value),
            Self::Arxiv => web("https://arxiv.org/abs/", value),
            Self::Handle => web("https://hdl.handle.net/", value),
            Self::Pubmed => web("https://pubmed.ncbi.nlm.nih.gov/", &format!("{value}/")),
            Self::PubmedCentral => web("https://pmc.ncbi.nlm.nih.gov/articles/", &format!("{value}/")),
            Self::Nbn => web("https://nbn-resolving.org/", value),
            Self::Isbn => book(value),
        }
    }
}

/// The identifier whose value has the slash at byte `slash`, not before `from`.
pub(super) fn doi(text: &str, from: usize, slash: usize) -> Option<Identifier> {
    let near = text.ceil_char_boundary(slash.saturating_sub(24)).max(from);
    let prefix = DOI_PREFIX.find(&text[near..slash])?;
    let value = near + prefix.start();
    if text[..value].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-')) {
        return None;
    }
    let is_old = text[slash..].starts_with("/(SICI)");
    let Ends { end, others } =
        if is_old { ends::of_lenient(text, value, slash + 1) } else { ends::of_path(text, value, slash + 1) };
    let suffix = text.get(slash + 1..end)?;
    let start = label_before(text, from, value, &["doi"]);
    let sure =
        start < value || (suffix.len() >= FEWEST_UNLABELLED && suffix.contains(|c: char| c.is_alphabetic()));
    (sure && !suffix.is_empty()).then_some(Identifier {
        registry: Registry::Doi,
        range: start..end,
        value,
        others,
    })
}

/// The identifier whose label ends in the colon at byte `colon`: `arXiv:`, `hdl:`, `urn:nbn:`.
pub(super) fn labelled(text: &str, from: usize, colon: usize) -> Option<Identifier> {
    let head = &text[from..colon];
    let label = &head[head.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..];
    let start = colon - label.len();
    let value = colon + 1;
    if label.is_empty() || text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let rest = &text[value..];
    let made = |registry, value, ends: Ends| {
        Some(Identifier { registry, range: start..ends.end, value, others: ends.others })
    };
    if label.eq_ignore_ascii_case("arxiv") {
        let end = value + ARXIV.find(rest)?.end();
        return made(Registry::Arxiv, value, Ends { end, others: Vec::new() });
    }
    if label.eq_ignore_ascii_case("hdl") || label.eq_ignore_ascii_case("handle") {
        let from = value + HANDLE.find(rest)?.end();
        let ends = ends::of_path(text, value, from);
        return (ends.end > from).then(|| made(Registry::Handle, value, ends)).flatten();
    }
    let is_nbn = label.eq_ignore_ascii_case("urn")
        && rest.get(..4).is_some_and(|nid| nid.eq_ignore_ascii_case("nbn:"));
    if is_nbn {
        let ends = ends::of_path(text, start, value + 4);
        return (ends.end > value + 4).then(|| made(Registry::Nbn, start, ends)).flatten();
    }
    None
}

/// The identifier whose label in capitals ends at byte `end`: `ISBN`, `PMID`, `PMCID`.
pub(super) fn capitals(text: &str, from: usize, end: usize) -> Option<Identifier> {
    let head = &text[from..end];
    let rest = &text[end..];
    let (label, registry, value, length) = if head.ends_with("ISBN") {
        let value = ISBN_LABEL.find(rest)?.end();
        ("ISBN", Registry::Isbn, value, value + Isbn::read(&rest[value..])?.length)
    } else if head.ends_with("PMCID") {
        let found = PUBMED_CENTRAL.find(rest)?;
        ("PMCID", Registry::PubmedCentral, rest.find("PMC")?, found.end())
    } else if head.ends_with("PMID") {
        let found = PUBMED.find(rest)?;
        ("PMID", Registry::Pubmed, rest.find(|c: char| c.is_ascii_digit())?, found.end())
    } else {
        return None;
    };
    let start = end - label.len();
    let stands_alone = !text[..start].ends_with(char::is_alphanumeric)
        && !rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
    stands_alone.then(|| Identifier {
        registry,
        range: start..end + length,
        value: end + value,
        others: Vec::new(),
    })
}

/// Where the label before byte `value` begins; `value` itself where there is none.
fn label_before(text: &str, from: usize, value: usize, labels: &[&str]) -> usize {
    let head = text[from..value].trim_end_matches([' ', '\u{a0}']);
    let head = head.strip_suffix(':').unwrap_or(head).trim_end_matches(' ');
    let found = labels.iter().find_map(|label| {
        let at = head.len().checked_sub(label.len())?;
        let fits =
            head.get(at..)?.eq_ignore_ascii_case(label) && !head[..at].ends_with(char::is_alphanumeric);
        fits.then_some(from + at)
    });
    found.unwrap_or(value)
}

fn web(resolver: &str, value: &str) -> Target {
    // A number sign and a question mark are letters of an identifier like any other.
    let escaped = value.replace('#', "%23").replace('?', "%3F").replace('<', "%3C").replace('>', "%3E");
    match Url::parse(&format!("{resolver}{escaped}")) {
        Ok(url) => Target::Web(url),
        Err(error) => Target::Invalid(error.to_string()),
    }
}

/// Books have a name and no address (RFC 8254).
fn book(value: &str) -> Target {
    let Some(isbn) = Isbn::read(value) else {
        return Target::Invalid("an ISBN has 10 or 13 digits".to_owned());
    };
    if let Some(fault) = isbn.fault() {
        return Target::Invalid(fault.to_owned());
    }
    match Url::parse(&format!("urn:isbn:{}", isbn.digits)) {
        Ok(url) => Target::Other(url),
        Err(error) => Target::Invalid(error.to_string()),
    }
}
