//! What kind of file an article is: by its content first, then by its name.

use std::path::Path;

use super::block::Kind;
use super::charset;
use super::error::ArticleError;
use super::list;
use super::package::kind::{PackageKind, kind as package_kind};
use super::package::open::Package;
use super::pdf;
use crate::markup::{Piece, Pieces};

/// The first bytes of a ZIP archive that holds something: office files and books are such.
const ZIP: &[u8] = b"PK\x03\x04";

/// What to do with a file that holds no text.
const NO_TEXT: &str = "name the file that holds the text of the article";

/// What to do with a file that is packed.
const PACKED: &str = "unpack it first";

/// First bytes of formats that are not read: what they are, and what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"PK\x05\x06", "an empty ZIP archive", NO_TEXT),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document (DOC, XLS …)",
        "save it as DOCX, or run `soffice --headless --convert-to docx FILE`",
    ),
    (
        b"{\\rtf",
        "an RTF document",
        "save it as DOCX or ODT, or run `soffice --headless --convert-to docx FILE`",
    ),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)", NO_TEXT),
    (b"\xff\xd8\xff", "an image (JPEG)", NO_TEXT),
    (b"GIF8", "an image (GIF)", NO_TEXT),
    (b"II*\0", "an image (TIFF)", NO_TEXT),
    (b"MM\0*", "an image (TIFF)", NO_TEXT),
    (b"\x1f\x8b", "a gzip file", PACKED),
    (b"BZh", "a bzip2 file", PACKED),
    (b"\xfd7zXZ\0", "an xz file", PACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", PACKED),
    (b"bplist00", "a web archive of Safari", "save the page as HTML first"),
    (b"SQLite format 3\0", "an SQLite database", NO_TEXT),
    (b"\x7fELF", "a program", NO_TEXT),
];

/// The ends of the names of files in a format that is read.
pub const EXTENSIONS: [&str; 17] = [
    "txt", "text", "md", "markdown", "mdown", "mkd", "html", "htm", "xhtml", "docx", "docm", "odt", "epub",
    "pdf", "csv", "tsv", "urls",
];

/// How many bytes tell whether a text is a web page.
const PAGE_SAMPLE: usize = 4096;

/// Elements that a web page without `<html>` begins with.
const PAGE_ELEMENTS: [&str; 30] = [
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "article",
    "main",
    "section",
    "header",
    "nav",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "figure",
    "a",
    "span",
    "b",
    "em",
    "strong",
    "center",
];

/// One byte in this many may be a control character before a file is no text.
const BYTES_PER_CONTROL: usize = 10;

/// The kind of a file that is no text, `None` where it is text.
///
/// # Errors
/// When it is neither text nor in a format that is read.
pub(super) fn binary_kind(path: &str, bytes: &[u8]) -> Result<Option<Kind>, ArticleError> {
    let unsupported = |format, advice| ArticleError::Unsupported { path: path.to_owned(), format, advice };
    if pdf::is_pdf(bytes) {
        return Ok(Some(Kind::Pdf));
    }
    if bytes.starts_with(ZIP) {
        return match package_kind(&mut Package::open(path, "a ZIP archive", bytes)?)? {
            PackageKind::Article(kind) => Ok(Some(kind)),
            PackageKind::Other(format, advice) => Err(unsupported(format, advice)),
        };
    }
    if let Some((format, advice)) = unread_format(bytes) {
        return Err(unsupported(format, advice));
    }
    if !charset::is_utf_16(bytes) && is_binary(bytes) {
        return Err(ArticleError::Binary { path: path.to_owned() });
    }
    Ok(None)
}

/// Whether reading a file means to unpack it, or to carry out what it says is to be drawn: what a stranger can make
/// endless.
pub(super) fn is_unpacked_or_drawn(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || pdf::is_pdf(bytes)
}

/// Whether bytes that are text look like a web page.
pub(super) fn is_page(path: &str, bytes: &[u8]) -> bool {
    let sample = String::from_utf8_lossy(&bytes[..bytes.len().min(PAGE_SAMPLE)]);
    is_html(path, &sample)
}

/// The format to read a text as. A name that says Markdown or text is believed, unless the text is a web page, a list
/// of URLs or has links that only Markdown has; without a telling name, headings count too.
pub(super) fn text_kind(path: &str, text: &str) -> Kind {
    if is_html(path, &text[..text.floor_char_boundary(PAGE_SAMPLE)]) {
        return Kind::Html;
    }
    let extension = extension(path);
    if list::is_list(text, matches!(extension.as_str(), "csv" | "tsv")) {
        return Kind::List;
    }
    let markdown = match extension.as_str() {
        "md" | "markdown" | "mdown" | "mkd" | "mdx" => true,
        "txt" | "text" | "asc" => has_markdown_links(text),
        _ => {
            has_markdown_links(text)
                || text.lines().any(|line| line.starts_with("# ") || line.starts_with("## "))
        }
    };
    if markdown { Kind::Markdown } else { Kind::Plain }
}

/// The end of a file's name, in lower case.
fn extension(path: &str) -> String {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    extension.map(str::to_lowercase).unwrap_or_default()
}

fn unread_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let known = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature));
    if let Some((_, format, advice)) = known {
        return Some((format, advice));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some(("an image (WebP)", NO_TEXT));
    }
    let head = &bytes[..bytes.len().min(PAGE_SAMPLE)];
    let is_mime = head.starts_with(b"MIME-Version:") || head.starts_with(b"From: <Saved by");
    let is_related = memchr::memmem::find(head, b"multipart/related").is_some();
    (is_mime && is_related).then_some(("a web archive (MHTML)", "save the page as HTML first"))
}

/// Text has no zero bytes and hardly any control characters but line ends, tabs and escapes.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| matches!(byte, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    // As many bytes at a time as a sum of one byte has room for: such a sum is made of many bytes at once.
    let controls = bytes
        .chunks(usize::from(u8::MAX))
        .map(|chunk| usize::from(chunk.iter().map(|byte| u8::from(is_control(byte))).sum::<u8>()));
    memchr::memchr(0, bytes).is_some() || controls.sum::<usize>() > bytes.len() / BYTES_PER_CONTROL
}

/// Whether a text is a web page: it begins like one, or its name says so. A file whose name says Markdown or text has
/// to begin with the page itself, for both may begin with an element.
fn is_html(path: &str, sample: &str) -> bool {
    let text = sample.trim_start_matches('\u{feff}').trim_start();
    if ["<!doctype html", "<html"].iter().any(|start| begins(text, start)) {
        return true;
    }
    if begins(text, "<?xml") {
        return first_element(text).is_some_and(|name| name.eq_ignore_ascii_case("html"));
    }
    match extension(path).as_str() {
        "html" | "htm" | "xhtml" | "xht" | "shtml" => true,
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "txt" | "text" | "asc" | "csv" | "tsv" => false,
        _ => {
            text.starts_with('<')
                && text.contains("</")
                && first_element(text)
                    .is_some_and(|name| PAGE_ELEMENTS.iter().any(|known| name.eq_ignore_ascii_case(known)))
        }
    }
}

fn begins(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// The name of the first element, if no words come before it.
fn first_element(text: &str) -> Option<&str> {
    let mut pieces = Pieces::of(text);
    pieces.find_map(|piece| match piece {
        Piece::Open(tag) => Some(Some(tag.name)),
        Piece::Text(text) if text.trim().is_empty() => None,
        _ => Some(None),
    })?
}

fn has_markdown_links(text: &str) -> bool {
    text.contains("](http") || text.contains("](<http")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        binary_kind("artikel.txt", bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_text_is_refused_by_what_it_is() {
        assert!(refusal(b"{\\rtf1\\ansi Ein Satz.}").starts_with("artikel.txt is an RTF document, which"));
        assert!(refusal(b"{\\rtf1}").contains("soffice --headless --convert-to docx"));
        assert!(refusal(b"PK\x03\x04rest").contains("a ZIP archive that cannot be read"));
        assert!(refusal(b"\xff\xd8\xff\xe0").contains("an image (JPEG)"));
        assert!(refusal(b"MIME-Version: 1.0\r\nContent-Type: multipart/related;").contains("MHTML"));
        assert!(refusal(b"abc\0def").contains("a binary file"));
        assert!(refusal(b"\x01\x02\x03\x04abc").contains("a binary file"));
    }

    #[test]
    fn text_passes_and_a_pdf_is_known() {
        for bytes in [&b"Plain."[..], b"", "Größe \u{1b}[1m".as_bytes(), b"page\x0cpage", b"\xff\xfeA\0B\0"]
        {
            assert_eq!(binary_kind("a.txt", bytes).unwrap(), None, "{bytes:?}");
        }
        assert_eq!(binary_kind("a.txt", b"%PDF-1.7\n").unwrap(), Some(Kind::Pdf));
    }

    #[test]
    fn content_speaks_before_the_name() {
        assert_eq!(text_kind("a.txt", "See [this](https://example.org/)."), Kind::Markdown);
        assert_eq!(text_kind("a.txt", "# 5 in the list"), Kind::Plain);
        assert_eq!(text_kind("a.md", "Plain words."), Kind::Markdown);
        assert_eq!(text_kind("-", "# Title\n\nWords."), Kind::Markdown);
        assert_eq!(text_kind("-", "Words."), Kind::Plain);
    }

    #[test]
    fn a_page_is_known_by_its_beginning_or_its_name() {
        for (path, text) in [
            ("a.txt", "\u{feff} <!DOCTYPE HTML><p>x"),
            ("a.md", "<html lang=de>"),
            ("-", "<?xml version=\"1.0\"?><!-- x --><html xmlns=\"y\">"),
            ("-", "<!-- saved --><div>Words</div>"),
            ("story.htm", "Words alone"),
        ] {
            assert_eq!(text_kind(path, text), Kind::Html, "{path} {text}");
        }
        for (path, text) in [
            ("a.md", "<div align=center>Words</div>"),
            ("-", "<https://example.org/> is a link</a>"),
            ("-", "<rss></rss>"),
            ("-", "Words <p>and</p>"),
        ] {
            assert_ne!(text_kind(path, text), Kind::Html, "{path} {text}");
        }
    }
}
