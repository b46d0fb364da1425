//! From the bytes of an article to its blocks.

use std::borrow::Cow;

use encoding_rs::Encoding;
use jiff::civil;
use memchr::memchr2_iter;
use url::Url;

use super::address::Address;
use super::block::{Article, BlockKind, Kind};
use super::charset::{self, Charset};
use super::child::Child;
use super::content::{Content, MOST_BLOCKS};
use super::error::ArticleError;
use super::html::{self, Page};
use super::office::{docx, odt};
use super::{epub, format, language, list, markdown, pdf, plain, sign};
use crate::digest::Digest;
use crate::markup::{DateMark, declared_encoding};

/// The largest article that is read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// The most lines of an article. Each takes up far more room in memory than in the file.
const MOST_LINES: usize = 2_000_000;

/// What the caller knows better than the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// ISO 639-1 code of the language; found from the text where `None`.
    pub language: Option<String>,
    /// The day it is dated; found in the article where `None`.
    pub dated: Option<civil::Date>,
    /// The address that the article was fetched from: what its links are relative to.
    pub address: Option<Url>,
    /// The label of the encoding that the server named.
    pub charset: Option<String>,
    /// The program that reads PDF and office files in a process of its own. Where `None` they are read in this one, and
    /// a hostile file may take it down.
    pub child: Option<Child>,
}

/// Reads an article out of its bytes. `path` is the name it goes by, `-` for standard input.
///
/// # Errors
/// When the bytes are empty, too many, in a format that is not read, or damaged.
pub fn read(path: &str, bytes: &[u8], options: &ReadOptions) -> Result<Article, ArticleError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ArticleError::TooLarge { path: path.to_owned(), limit: MAX_BYTES });
    }
    if let Some(child) = &options.child
        && format::is_unpacked_or_drawn(bytes)
    {
        return child.read(path, bytes, options);
    }
    let (kind, encoding, content) = match format::binary_kind(path, bytes)? {
        Some(kind) => {
            let (encoding, content) = binary(path, bytes, kind)?;
            (kind, encoding, content)
        }
        None => text(path, bytes, options)?,
    };
    let Content { mut blocks, title, language: stated, mut dates, mut relative_links } = content;
    if blocks.len() > MOST_BLOCKS {
        let detail = format!("more than {MOST_BLOCKS} paragraphs");
        return Err(ArticleError::Unbounded { path: path.to_owned(), detail });
    }
    if matches!(kind, Kind::Html | Kind::Docx | Kind::Odt | Kind::Epub) {
        sign::bind(&mut blocks, &[]);
    }
    if kind != Kind::Html {
        let address = Address::given(options.address.as_ref());
        relative_links +=
            blocks.iter_mut().map(|block| address.resolve_links(block, |_| None)).sum::<usize>();
    }
    if blocks.is_empty() && kind != Kind::Plain && kind != Kind::Markdown {
        return Err(ArticleError::Empty { path: path.to_owned() });
    }
    let language = match &options.language {
        Some(code) => code.to_lowercase(),
        None => language::of(&blocks, stated),
    };
    let heading =
        || blocks.iter().find(|block| block.kind == BlockKind::Heading).map(|block| block.text.clone());
    let title = title.or_else(heading);
    dates.extend(options.dated.map(|day| (DateMark::Given, day.to_string())));
    dates.extend(options.address.iter().map(|url| (DateMark::Address, url.to_string())));
    let (path, sha256) = (path.to_owned(), Digest::of(bytes));
    Ok(Article { path, sha256, kind, encoding, title, language, dates, blocks, relative_links })
}

/// Reads what is no text.
fn binary(path: &str, bytes: &[u8], kind: Kind) -> Result<(Option<Charset>, Content), ArticleError> {
    let content = match kind {
        Kind::Docx => docx::content(path, bytes)?,
        Kind::Odt => odt::content(path, bytes)?,
        Kind::Epub => epub::content(path, bytes)?,
        _ => {
            let blocks = pdf::blocks(bytes).map_err(|fault| ArticleError::pdf(path, fault))?;
            return Ok((None, Content::of(blocks)));
        }
    };
    Ok((Some(Charset::of_xml()), content))
}

/// Reads a text.
fn text(
    path: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<(Kind, Option<Charset>, Content), ArticleError> {
    let (text, charset) = decoded(path, bytes, options);
    if text.trim().is_empty() {
        return Err(ArticleError::Empty { path: path.to_owned() });
    }
    if memchr2_iter(b'\n', b'\r', text.as_bytes()).take(MOST_LINES + 1).count() > MOST_LINES {
        let detail = format!("more than {MOST_LINES} lines");
        return Err(ArticleError::Unbounded { path: path.to_owned(), detail });
    }
    let kind = format::text_kind(path, &text);
    let content = match kind {
        Kind::Markdown => markdown::content(&text),
        Kind::List => Content::of(list::blocks(&text)),
        Kind::Html => {
            let xml = text.trim_start().starts_with("<?xml");
            html::content(Page { html: &text, address: options.address.as_ref(), xml })
        }
        _ => Content::of(plain::blocks(&text)),
    };
    Ok((kind, Some(charset), content))
}

/// The text of the bytes: in the encoding that the server names, else the page itself, else the bytes show.
fn decoded<'a>(path: &str, bytes: &'a [u8], options: &ReadOptions) -> (Cow<'a, str>, Charset) {
    let stated = options.charset.as_ref().and_then(|label| Encoding::for_label(label.as_bytes()));
    let written = || if format::is_page(path, bytes) { declared_encoding(bytes, true) } else { None };
    charset::decode(bytes, stated.or_else(written))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Found;

    fn encoding(article: &Article) -> (&str, Found) {
        let charset = article.encoding.as_ref().unwrap();
        (&charset.name, charset.found)
    }

    fn article(path: &str, bytes: &[u8]) -> Article {
        read(path, bytes, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn an_article_carries_the_digest_of_its_bytes_and_its_encoding() {
        let article = article("a.txt", "Größe zählt.\n".as_bytes());
        assert_eq!(article.sha256, Digest::of("Größe zählt.\n".as_bytes()));
        assert_eq!(encoding(&article), ("UTF-8", Found::Guessed));
        assert_eq!(article.kind, Kind::Plain);
    }

    #[test]
    fn latin_1_umlauts_are_read_and_the_encoding_is_kept() {
        let latin: Vec<u8> = "Die Größe der Türkei überrascht die Mächte in Österreich.\n"
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
        let article = article("a.txt", &latin);
        assert_eq!(encoding(&article), ("windows-1252", Found::Guessed));
        assert!(article.blocks[0].text.contains("Größe der Türkei"));
    }

    #[test]
    fn the_language_is_found_and_can_be_overridden() {
        let text = "Die Regierung hat am Montag mitgeteilt, dass sie das Gesetz nicht ändern will.\n";
        assert_eq!(article("a.txt", text.as_bytes()).language, "de");
        let options = ReadOptions { language: Some("FR".to_owned()), ..ReadOptions::default() };
        assert_eq!(read("a.txt", text.as_bytes(), &options).unwrap().language, "fr");
    }

    #[test]
    fn the_encoding_of_a_page_is_what_the_server_says_else_what_the_page_says() {
        let page = b"<html><meta charset=windows-1251><p>\xfc";
        let declared = article("a.html", page);
        assert_eq!(encoding(&declared), ("windows-1251", Found::Declared));
        let options = ReadOptions { charset: Some("iso-8859-1".to_owned()), ..ReadOptions::default() };
        let served = read("a.html", page, &options).unwrap();
        assert_eq!((served.blocks[0].text.as_str(), encoding(&served).0), ("ü", "windows-1252"));
    }

    #[test]
    fn the_language_that_a_page_states_counts_where_the_text_is_too_short_to_tell() {
        assert_eq!(article("a.html", b"<html lang=de-AT><p>Kurz.").language, "de");
        let english =
            "<html lang=de><p>The minister said yesterday that the talks should go on for another week.";
        assert_eq!(article("a.html", english.as_bytes()).language, "en");
    }

    #[test]
    fn an_empty_article_is_refused_with_a_sentence() {
        for bytes in [&b""[..], b" \r\n\t\n", b"\xef\xbb\xbf\n", b"<!doctype html><p> </p>"] {
            let error = read("leer.txt", bytes, &ReadOptions::default()).unwrap_err();
            assert!(error.to_string().starts_with("leer.txt is empty"), "{error}");
        }
    }
}
