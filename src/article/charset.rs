//! The character encoding of an article: its byte order mark, else what it says, else UTF-8, else a guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

/// How many bytes are looked at to tell UTF-16 from other text.
const UTF_16_SAMPLE: usize = 4096;

/// The character encoding of an article, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charset {
    /// Its name in the WHATWG Encoding Standard.
    pub name: String,
    /// How it was found.
    pub found: Found,
}

/// How the encoding of an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// By its byte order mark.
    Bom,
    /// By what the document or its server says.
    Declared,
    /// By its bytes: they make sense in it.
    Guessed,
}

/// Decodes the bytes of a text; `declared` is the encoding that it or its server names. A byte order mark outranks
/// that and is left out of the text.
pub(super) fn decode<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> (Cow<'a, str>, Charset) {
    let (encoding, found) = match (Encoding::for_bom(bytes), declared) {
        (Some((marked, _)), _) => (marked, Found::Bom),
        (None, Some(declared)) => (declared, Found::Declared),
        (None, None) => (guessed(bytes), Found::Guessed),
    };
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    (text, Charset { name: encoding.name().to_owned(), found })
}

impl Charset {
    /// The encoding of the XML in office files and books.
    pub(super) fn of_xml() -> Self {
        Self { name: UTF_8.name().to_owned(), found: Found::Declared }
    }
}

/// Whether the bytes are UTF-16, by byte order mark or by the zero bytes of its ASCII characters.
pub(super) fn is_utf_16(bytes: &[u8]) -> bool {
    let encoding =
        Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf_16_without_mark(bytes));
    encoding.is_some_and(|encoding| encoding == UTF_16LE || encoding == UTF_16BE)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    if is_mostly_utf_8(bytes) {
        return UTF_8;
    }
    utf_16_without_mark(bytes).unwrap_or_else(|| detected(bytes))
}

/// A few broken bytes do not make a UTF-8 text one of another encoding: they become replacement characters,
/// and every other letter stays right. In another encoding hardly any two bytes make a letter of UTF-8 by chance.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    if memchr::memchr(0, bytes).is_some() {
        return false;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut broken, mut sound) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
    }
    broken * 2 <= sound
}

fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(UTF_16_SAMPLE)];
    let zeros = |skip: usize| sample.iter().skip(skip).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 5;
    match (even, odd) {
        (0, odd) if odd > many => Some(UTF_16LE),
        (even, 0) if even > many => Some(UTF_16BE),
        _ => None,
    }
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;

    /// The text, the name of its encoding, and how that was found.
    fn read(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, String, Found) {
        let (text, charset) = decode(bytes, declared);
        (text.into_owned(), charset.name, charset.found)
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_left_out() {
        let expected = |text: &str, name: &str| (text.to_owned(), name.to_owned(), Found::Bom);
        assert_eq!(read(b"\xef\xbb\xbfA", Some(WINDOWS_1252)), expected("A", "UTF-8"));
        assert_eq!(read(b"\xff\xfeA\0\xfc\0", None), expected("Aü", "UTF-16LE"));
    }

    #[test]
    fn what_is_declared_outranks_a_guess() {
        let declared = read(b"\x84Ja\x93", Some(WINDOWS_1252));
        assert_eq!(declared, ("„Ja“".to_owned(), "windows-1252".to_owned(), Found::Declared));
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_zero_bytes() {
        let bytes: Vec<u8> = "Ein Satz.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(is_utf_16(&bytes));
        assert_eq!(read(&bytes, None), ("Ein Satz.".to_owned(), "UTF-16BE".to_owned(), Found::Guessed));
        assert!(!is_utf_16(b"\0\0\0\0\x01\x02\0\0"));
    }

    #[test]
    fn one_broken_byte_leaves_the_umlauts_of_a_utf_8_text_alone() {
        let mut bytes =
            "Äpfel, Öfen, Übermut, Größe, Mühle, Hände, Köpfe, Füße, Bäume, Höhe ".as_bytes().to_vec();
        bytes.push(0xfc);
        let (text, name, _) = read(&bytes, None);
        assert_eq!(name, "UTF-8");
        assert!(text.starts_with("Äpfel") && text.ends_with('\u{fffd}'));
    }
}
