//! The character encoding of an article: its byte order mark, else UTF-8, else a guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes are looked at to tell UTF-16 from other text.
const UTF_16_SAMPLE: usize = 4096;

/// Decodes the bytes of a text, with the name of the encoding (WHATWG Encoding Standard). A byte order mark is
/// left out of the text.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    let encoding = encoding(bytes);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    (text, encoding.name())
}

/// Whether the bytes are UTF-16, by byte order mark or by the zero bytes of its ASCII characters.
pub(super) fn is_utf_16(bytes: &[u8]) -> bool {
    let encoding =
        Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf_16_without_mark(bytes));
    encoding.is_some_and(|encoding| encoding == UTF_16LE || encoding == UTF_16BE)
}

fn encoding(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if is_mostly_utf_8(bytes) {
        return UTF_8;
    }
    utf_16_without_mark(bytes).unwrap_or_else(|| guess(bytes))
}

/// A few broken bytes do not make a UTF-8 text one of another encoding: they become replacement characters,
/// and every other letter stays right.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut broken, mut sound) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
    }
    !bytes.contains(&0) && (broken == 0 || broken * 10 <= sound)
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

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_decides_and_is_left_out() {
        assert_eq!(decode(b"\xef\xbb\xbfA"), (Cow::Borrowed("A"), "UTF-8"));
        let (text, name) = decode(b"\xff\xfeA\0\xfc\0");
        assert_eq!((text.as_ref(), name), ("Aü", "UTF-16LE"));
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_zero_bytes() {
        let bytes: Vec<u8> = "Ein Satz.".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(is_utf_16(&bytes));
        assert_eq!(decode(&bytes).0, "Ein Satz.");
        assert!(!is_utf_16(b"\0\0\0\0\x01\x02\0\0"));
    }

    #[test]
    fn one_broken_byte_leaves_the_umlauts_of_a_utf_8_text_alone() {
        let mut bytes =
            "Äpfel, Öfen, Übermut, Größe, Mühle, Hände, Köpfe, Füße, Bäume, Höhe ".as_bytes().to_vec();
        bytes.push(0xfc);
        let (text, name) = decode(&bytes);
        assert_eq!(name, "UTF-8");
        assert!(text.starts_with("Äpfel") && text.ends_with('\u{fffd}'));
    }
}
