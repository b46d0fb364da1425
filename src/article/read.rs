//! From the bytes of an article to its blocks.

use super::block::{Article, Block, BlockKind, Kind};
use super::error::ArticleError;
use super::{charset, format, language, markdown, plain};
use crate::digest::Digest;

/// The largest article that is read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// What the caller knows better than the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// ISO 639-1 code of the language; found from the text where `None`.
    pub language: Option<String>,
}

/// Reads an article out of its bytes. `path` is the name it goes by, `-` for standard input.
///
/// # Errors
/// When the bytes are empty, too many, or no text that can be read.
pub fn read(path: &str, bytes: &[u8], options: &ReadOptions) -> Result<Article, ArticleError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ArticleError::TooLarge { path: path.to_owned(), limit: MAX_BYTES });
    }
    format::refuse_unreadable(path, bytes)?;
    let (text, encoding) = charset::decode(bytes);
    if text.trim().is_empty() {
        return Err(ArticleError::Empty { path: path.to_owned() });
    }
    let kind = format::kind(path, &text);
    let blocks = match kind {
        Kind::Plain => plain::blocks(&text),
        Kind::Markdown => markdown::blocks(&text),
    };
    let language =
        options.language.as_ref().map_or_else(|| language::of(&blocks), |code| code.to_lowercase());
    let title = title(&blocks);
    let sha256 = Digest::of(bytes);
    Ok(Article { path: path.to_owned(), sha256, kind, encoding, title, language, blocks })
}

fn title(blocks: &[Block]) -> Option<String> {
    let heading = blocks.iter().find(|block| block.kind == BlockKind::Heading)?;
    Some(heading.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(path: &str, bytes: &[u8]) -> Article {
        read(path, bytes, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn an_article_carries_the_digest_of_its_bytes_and_its_encoding() {
        let article = article("a.txt", "Größe zählt.\n".as_bytes());
        assert_eq!(article.sha256, Digest::of("Größe zählt.\n".as_bytes()));
        assert_eq!(article.encoding, "UTF-8");
        assert_eq!(article.kind, Kind::Plain);
    }

    #[test]
    fn latin_1_umlauts_are_read_and_the_encoding_is_kept() {
        let latin: Vec<u8> = "Die Größe der Türkei überrascht die Mächte in Österreich.\n"
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
        let article = article("a.txt", &latin);
        assert_eq!(article.encoding, "windows-1252");
        assert!(article.blocks[0].text.contains("Größe der Türkei"));
    }

    #[test]
    fn the_language_is_found_and_can_be_overridden() {
        let text = "Die Regierung hat am Montag mitgeteilt, dass sie das Gesetz nicht ändern will.\n";
        assert_eq!(article("a.txt", text.as_bytes()).language, "de");
        let options = ReadOptions { language: Some("FR".to_owned()) };
        assert_eq!(read("a.txt", text.as_bytes(), &options).unwrap().language, "fr");
    }

    #[test]
    fn an_empty_article_is_refused_with_a_sentence() {
        for bytes in [&b""[..], b" \r\n\t\n", b"\xef\xbb\xbf\n"] {
            let error = read("leer.txt", bytes, &ReadOptions::default()).unwrap_err();
            assert!(error.to_string().starts_with("leer.txt is empty"), "{error}");
        }
    }
}
