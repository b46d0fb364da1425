//! The encoding that a page or an XML document names itself.

use std::sync::LazyLock;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use regex::bytes::Regex;

/// How far into a page its own word on the encoding counts (WHATWG HTML §4.2.5.4).
const PRESCAN: usize = 1024;

#[expect(clippy::unwrap_used, reason = "the expressions are constants, and a test uses both")]
static META: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i-u)<meta\s[^>]*?charset\s*=\s*["']?\s*([a-z0-9_:.\-]+)"#).unwrap());

#[expect(clippy::unwrap_used, reason = "the expressions are constants, and a test uses both")]
static XML: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"(?i-u)^<\?xml\s[^>]*?encoding\s*=\s*["']([a-z0-9_:.\-]+)"#).unwrap());

/// The document's own word: `<meta charset>` or its older long form where it is `html`, or the XML declaration.
pub fn declared_encoding(bytes: &[u8], html: bool) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(PRESCAN)];
    let declared = XML.captures(start).or_else(|| if html { META.captures(start) } else { None })?;
    let encoding = Encoding::for_label(declared.get(1)?.as_bytes())?;
    // What could be read so far is no UTF-16 (WHATWG HTML §13.2.3.2).
    Some(match encoding {
        utf16 if utf16 == UTF_16BE || utf16 == UTF_16LE => UTF_8,
        own if own == X_USER_DEFINED => WINDOWS_1252,
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_documents_own_word_is_read() {
        let name = |page: &str, html| declared_encoding(page.as_bytes(), html).map(Encoding::name);
        for page in [
            "<meta charset=\"iso-8859-2\">",
            "<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">",
            "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>",
        ] {
            assert_eq!(name(page, true), Some("ISO-8859-2"), "{page}");
        }
        assert_eq!(name("<meta charset=utf-16>x", true), Some("UTF-8"));
        assert_eq!(name("<meta charset=iso-8859-2>", false), None);
    }
}
