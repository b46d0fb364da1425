//! What a cited PDF says: read as an article is, in a process of its own.

use memchr::memmem;

use super::read_page::ReadPage;
use crate::article::child::Child;
use crate::article::{self, MAX_BYTES, ReadOptions};
use crate::evidence::PageText;
use crate::fetch::{self, Decoded, Response};

/// The media type of PDF (RFC 8118).
const PDF: &str = "application/pdf";
/// What servers call a PDF.
const STATED: [&str; 3] = [PDF, "application/x-pdf", "application/octet-stream"];
/// The mark of a PDF stands within so many bytes from its beginning (ISO 32000-1, implementation notes of Annex H).
const MARK_WITHIN: usize = 1024;

/// The text of `response` where it is a PDF; `kind` is its media type. Nothing where it cannot be read: a scan has no text,
/// and a broken file is nobody's evidence.
pub(super) fn page(response: &Response, kind: &str, reader: &Child) -> Option<ReadPage> {
    if !STATED.contains(&kind) {
        return None;
    }
    let bytes = fetch::unpacked(response, MAX_BYTES).ok()?;
    memmem::find(bytes.get(..MARK_WITHIN).unwrap_or(&bytes), b"%PDF-")?;
    let options = ReadOptions { child: Some(reader.clone()), ..ReadOptions::default() };
    let document = article::read("source.pdf", &bytes, &options).ok()?;
    let blocks: Vec<String> = document
        .blocks
        .iter()
        .map(|block| block.text.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let text = blocks.join("\n");
    let language = Some(document.language).filter(|code| code != "und");
    let read = PageText::read(PDF, &text);
    let page = PageText { title: document.title, language: language.or(read.language), ..read };
    Some(ReadPage { text: page, decoded: Decoded { text, encoding: "UTF-8", media_type: PDF.to_owned() } })
}
