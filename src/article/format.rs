//! What kind of file an article is: by its content first, then by its name.

use std::path::Path;

use super::block::Kind;
use super::charset;
use super::error::ArticleError;

/// First bytes of formats that newsrooms have and that are not read yet.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT, EPUB …)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS …)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"II*\0", "an image (TIFF)"),
    (b"MM\0*", "an image (TIFF)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
];

/// First bytes of a web page, in lower case, after blanks.
const PAGE_STARTS: &[&[u8]] = &[b"<!doctype html", b"<html"];

/// One byte in this many may be a control character before a file is no text.
const BYTES_PER_CONTROL: usize = 10;

/// Refuses what is no text, or text in a format that is not read.
pub(super) fn refuse_unreadable(path: &str, bytes: &[u8]) -> Result<(), ArticleError> {
    if let Some(format) = known_format(bytes) {
        return Err(ArticleError::Unsupported { path: path.to_owned(), format });
    }
    if !charset::is_utf_16(bytes) && is_binary(bytes) {
        return Err(ArticleError::Binary { path: path.to_owned() });
    }
    Ok(())
}

/// The format to read a text as. A name that says Markdown or text is believed, unless the text has links that
/// only Markdown has; without a telling name, headings count too.
pub(super) fn kind(path: &str, text: &str) -> Kind {
    let extension =
        Path::new(path).extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    let markdown = match extension.as_deref() {
        Some("md" | "markdown" | "mdown" | "mkd" | "mdx") => true,
        Some("txt" | "text" | "asc") => has_markdown_links(text),
        _ => {
            has_markdown_links(text)
                || text.lines().any(|line| line.starts_with("# ") || line.starts_with("## "))
        }
    };
    if markdown { Kind::Markdown } else { Kind::Plain }
}

fn known_format(bytes: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, format)) = known {
        return Some(format);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Some("an image (WebP)");
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let is_page =
        |start: &&[u8]| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    PAGE_STARTS.iter().any(is_page).then_some("a web page (HTML)")
}

/// Text has no zero bytes and hardly any control characters but line ends, tabs and escapes.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    bytes.contains(&0) || bytes.iter().filter(is_control).count() > bytes.len() / BYTES_PER_CONTROL
}

fn has_markdown_links(text: &str) -> bool {
    text.contains("](http") || text.contains("](<http")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> String {
        refuse_unreadable("artikel.txt", bytes).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_text_is_refused_by_what_it_is() {
        assert!(refusal(b"%PDF-1.7\n").starts_with("artikel.txt is a PDF, which"));
        assert!(refusal(b"PK\x03\x04rest").contains("DOCX"));
        assert!(refusal(b"\xff\xd8\xff\xe0").contains("an image (JPEG)"));
        assert!(refusal(b"  <!DOCTYPE HTML><p>x").contains("a web page"));
        assert!(refusal(b"abc\0def").contains("a binary file"));
        assert!(refusal(b"\x01\x02\x03\x04abc").contains("a binary file"));
    }

    #[test]
    fn text_passes() {
        for bytes in [&b"Plain."[..], b"", "Größe \u{1b}[1m".as_bytes(), b"page\x0cpage", b"\xff\xfeA\0B\0"]
        {
            assert!(refuse_unreadable("a.txt", bytes).is_ok(), "{bytes:?}");
        }
    }

    #[test]
    fn content_speaks_before_the_name() {
        assert_eq!(kind("a.txt", "See [this](https://example.org/)."), Kind::Markdown);
        assert_eq!(kind("a.txt", "# 5 in the list"), Kind::Plain);
        assert_eq!(kind("a.md", "Plain words."), Kind::Markdown);
        assert_eq!(kind("-", "# Title\n\nWords."), Kind::Markdown);
        assert_eq!(kind("-", "Words."), Kind::Plain);
    }
}
