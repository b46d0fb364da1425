//! Where a page says when it was published: the marks in its HTML, and in its data for machines (schema.org).

use serde::{Deserialize, Serialize};

use super::name_words::NameWords;

/// Words in the `class` or `id` of an element that holds a date.
static DATED: NameWords =
    NameWords::new(&["date", "published", "pubdate", "datum", "time", "datetime", "postdate", "timestamp"]);
/// The same, where it is the date of a change.
static CHANGED: NameWords = NameWords::new(&["updated", "modified"]);

/// Where a page says a date, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateMark {
    /// Nowhere: whoever reads the page knows it.
    Given,
    /// `datePublished` or `uploadDate` in JSON-LD.
    Data,
    /// A `<meta>` that names the publication.
    Meta,
    /// An element that is marked as the date of publication.
    Marked,
    /// Where it says only when the page was made: a draft may lie for days.
    Created,
    /// `<time>` in the main text.
    Time,
    /// The path of the page's own URL.
    Address,
    /// A `<meta>` that names a date without saying of what.
    VagueMeta,
    /// `<time>` elsewhere, or an element whose class says date.
    Elsewhere,
    /// A line of text that holds little more than a date.
    Line,
    /// A `<meta>` or JSON-LD that names the last change.
    Changed,
}

impl DateMark {
    /// What a `<meta>` of this name says a date of.
    pub fn of_meta(key: &str) -> Option<Self> {
        Some(match key {
            "article:published_time"
            | "article:published"
            | "datepublished"
            | "og:published_time"
            | "og:article:published_time"
            | "publishdate"
            | "publish-date"
            | "publish_date"
            | "pubdate"
            | "published"
            | "published_time"
            | "publication_date"
            | "publication-date"
            | "sailthru.date"
            | "parsely-pub-date"
            | "dcterms.issued"
            | "dc.date.issued"
            | "dcterms.created"
            | "dc.created"
            | "dc.date.created"
            | "datecreated"
            | "date.created"
            | "citation_publication_date"
            | "citation_date"
            | "prism.publicationdate"
            | "bt:pubdate"
            | "rnews:datepublished"
            | "article.published"
            | "cxenseparse:recs:publishtime"
            | "cxenseparse:publishtime"
            | "shareaholic:article_published_time"
            | "ptime"
            | "originalpublicationdate" => Self::Meta,
            "date"
            | "dc.date"
            | "dcterms.date"
            | "dc.terms.date"
            | "timestamp"
            | "displaydate"
            | "created"
            | "release_date"
            | "pdate"
            | "article_date_original"
            | "creation_date" => Self::VagueMeta,
            "article:modified_time"
            | "datemodified"
            | "og:updated_time"
            | "lastmod"
            | "last-modified"
            | "modified"
            | "dcterms.modified"
            | "dc.date.modified"
            | "revised"
            | "article:modified"
            | "updated_time" => Self::Changed,
            _ => return None,
        })
    }

    /// What an element with these attributes says a date of.
    pub fn of_element<'a>(
        name: &str,
        attribute: impl Fn(&str) -> Option<&'a str>,
        in_main: bool,
    ) -> Option<Self> {
        let property = attribute("itemprop").unwrap_or_default();
        if property.eq_ignore_ascii_case("datePublished") {
            return Some(Self::Marked);
        }
        if property.eq_ignore_ascii_case("dateCreated") {
            return Some(Self::Created);
        }
        if property.eq_ignore_ascii_case("dateModified") {
            return Some(Self::Changed);
        }
        let names = |words: &NameWords| {
            ["class", "id"].iter().filter_map(|key| attribute(key)).any(|value| words.are_named_in(value))
        };
        let place = if in_main { Self::Time } else { Self::Elsewhere };
        if name == "time" {
            return Some(match attribute("pubdate") {
                Some(_) => Self::Marked,
                None if names(&CHANGED) => Self::Changed,
                None => place,
            });
        }
        names(&DATED).then_some(place)
    }
}

/// The value of the first `"datePublished"` of a text that only looks like JSON.
pub fn published_in(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("\"datePublished\"")?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    value.split_once('"').map(|(value, _)| value)
}
