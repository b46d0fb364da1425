//! The list of pages that a reader of a WACZ may open.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::texts::Text;
use crate::archive::record::warc_date;
use crate::digest::Digest;

/// A page of a WACZ.
#[derive(Clone, Debug)]
pub struct PageEntry {
    /// Its URL.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
    /// Date of its capture.
    pub date: Timestamp,
    /// Media type of its response.
    pub mime: Option<String>,
    /// Status of its response.
    pub status: Option<u16>,
    /// Its readable text, for full-text search in a viewer.
    pub text: Option<Text>,
}

/// The first line, without which ReplayWeb.page loses the first page.
#[derive(Serialize)]
struct Heading {
    format: &'static str,
    id: &'static str,
    title: &'static str,
    #[serde(rename = "hasText")]
    has_text: &'static str,
}

/// A line of the list.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    url: &'a str,
    title: &'a str,
    ts: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    seed: bool,
    depth: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// Writes `pages/pages.jsonl`, with one text after the other in memory.
pub(super) fn write_pages(out: &mut impl Write, pages: &[PageEntry]) -> io::Result<()> {
    let has_text = if pages.iter().any(|page| page.text.is_some()) { "true" } else { "false" };
    let heading = Heading { format: "json-pages-1.0", id: "pages", title: "All Pages", has_text };
    serde_json::to_writer(&mut *out, &heading)?;
    for page in pages {
        let text = page.text.as_ref().map(Text::read).transpose()?;
        out.write_all(b"\n")?;
        serde_json::to_writer(&mut *out, &line(page, text.as_deref()))?;
    }
    out.write_all(b"\n")
}

fn line<'a>(page: &'a PageEntry, text: Option<&'a str>) -> Line<'a> {
    let ts = warc_date(page.date);
    let digest = Digest::of(format!("{ts} {}", page.url).as_bytes()).to_string();
    Line {
        id: digest.chars().take(32).collect(),
        url: &page.url,
        title: page.title.as_deref().unwrap_or(&page.url),
        ts,
        mime: page.mime.as_deref(),
        status: page.status,
        seed: true,
        depth: 0,
        text,
    }
}
