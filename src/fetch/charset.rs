//! Character encodings: which one a page is in, and from its bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::exchange::Response;
use crate::markup::declared_encoding;

/// How much of a page a guess is based on.
const GUESSED: usize = 1 << 18;

/// The text of `bytes` and the encoding it was in.
pub(super) fn to_text(bytes: &[u8], response: &Response, html: bool) -> (String, &'static str) {
    let encoding = encoding_of(bytes, response, html);
    // A byte order mark outranks all else, and is removed.
    let (text, encoding, _) = encoding.decode(bytes);
    (text.into_owned(), encoding.name())
}

/// The encoding: by mark, by the server's word, by the page's own, or by a guess.
fn encoding_of(bytes: &[u8], response: &Response, html: bool) -> &'static Encoding {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    marked
        .or_else(|| stated_charset(response))
        .or_else(|| declared_encoding(bytes, html))
        .unwrap_or_else(|| guessed(bytes))
}

/// The encoding that the server states.
pub fn stated_charset(response: &Response) -> Option<&'static Encoding> {
    let value = response.header("content-type")?;
    let parameters = value.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charsets = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let (_, label) = charsets.next()?;
    Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes())
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(GUESSED)], bytes.len() <= GUESSED);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{Body, Protocol};

    fn response(content_type: &str) -> Response {
        let headers = vec![("content-type".to_owned(), content_type.as_bytes().to_vec())];
        Response { protocol: Protocol::Http11, status: 200, headers, body: Body::default(), truncated: None }
    }

    fn read(content_type: &str, bytes: &[u8]) -> (String, &'static str) {
        to_text(bytes, &response(content_type), content_type.starts_with("text/html"))
    }

    #[test]
    fn a_mark_outranks_the_server_and_the_server_the_page() {
        let page = b"<meta charset=windows-1251>\xfc";
        assert_eq!(read("text/html; charset=iso-8859-1", page).0, "<meta charset=windows-1251>ü");
        assert_eq!(read("text/html; x=y; Charset=\"ISO-8859-1\"", page).1, "windows-1252");
        assert_eq!(read("text/html", page).0, "<meta charset=windows-1251>ь");
        assert_eq!(read("text/html; charset=iso-8859-1", b"\xef\xbb\xbf\xc3\xbc"), ("ü".to_owned(), "UTF-8"));
        assert_eq!(read("text/html; charset=utf-8", b"\xff\xfea\0"), ("a".to_owned(), "UTF-16LE"));
    }

    #[test]
    fn every_form_of_the_pages_own_word_is_read() {
        for page in [
            "<meta charset=\"iso-8859-2\">",
            "<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">",
            "<?xml version=\"1.0\" encoding=\"iso-8859-2\"?>",
        ] {
            assert_eq!(read("text/html", page.as_bytes()).1, "ISO-8859-2", "{page}");
        }
        assert_eq!(read("text/html", b"<meta charset=utf-16>x").1, "UTF-8");
        assert_eq!(read("text/plain", b"<meta charset=iso-8859-2>").1, "UTF-8");
    }

    #[test]
    fn without_a_word_the_bytes_decide() {
        assert_eq!(
            read("text/html", "<p>Grüße aus Köln</p>".as_bytes()),
            ("<p>Grüße aus Köln</p>".to_owned(), "UTF-8")
        );
        let latin1 = b"Gr\xfc\xdfe aus K\xf6ln, sch\xf6ne Gr\xfc\xdfe";
        assert_eq!(read("text/plain", latin1).0, "Grüße aus Köln, schöne Grüße");
        assert_eq!(read("text/plain; charset=klingon", "ü".as_bytes()).0, "ü");
    }
}
