//! What an authority signs: `TSTInfo` (RFC 3161 §2.4.2).

use der::asn1::{AnyRef, Int, ObjectIdentifier};
use der::{Reader as _, SliceReader, Tag, Tagged as _};
use jiff::Timestamp;
use x509_tsp::MessageImprint;

/// The parts of a `TSTInfo` that say something about the bytes that were dated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TstInfo {
    pub(super) imprint: MessageImprint,
    pub(super) time: Timestamp,
    pub(super) nonce: Option<Vec<u8>>,
}

impl TstInfo {
    pub(super) fn parse(der: &[u8]) -> der::Result<Self> {
        let mut reader = SliceReader::new(der)?;
        let info = reader.sequence(|fields| {
            let _version: u8 = fields.decode()?;
            let _policy: ObjectIdentifier = fields.decode()?;
            let imprint = fields.decode()?;
            let _serial: Int = fields.decode()?;
            let time: AnyRef<'_> = fields.decode()?;
            let time = (time.tag() == Tag::GeneralizedTime).then(|| time_of(time.value())).flatten();
            let mut nonce = None;
            // Accuracy, order, name and extensions differ from the nonce by their tags.
            while !fields.is_finished() {
                let field: AnyRef<'_> = fields.decode()?;
                if field.tag() == Tag::Integer {
                    nonce = Some(field.value().to_vec());
                }
            }
            let time = time.ok_or_else(|| Tag::GeneralizedTime.value_error())?;
            Ok(Self { imprint, time, nonce })
        })?;
        reader.finish(info)
    }
}

/// Reads `YYYYMMDDhhmmss[.f]Z`. Some authorities give fractions of a second.
fn time_of(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let part = |from: usize, to: usize| whole.get(from..to).unwrap_or_default();
    let date = [part(0, 4), part(4, 6), part(6, 8)].join("-");
    let time = [part(8, 10), part(10, 12), part(12, 14)].join(":");
    format!("{date}T{time}.{}Z", fraction.get(..9).unwrap_or(fraction)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_and_without_fractions_are_read() {
        for (text, expected) in [
            ("20261123041207Z", Some("2026-11-23T04:12:07Z")),
            ("20261123041207.25Z", Some("2026-11-23T04:12:07.25Z")),
            ("20261123041207.1234567891Z", Some("2026-11-23T04:12:07.123456789Z")),
            ("20261123041207", None),
            ("20261323041207Z", None),
            ("2026112304120.Z", None),
            ("20261123041207.Z", None),
            ("2026-1123041207Z", None),
        ] {
            let expected = expected.map(|expected| expected.parse().unwrap());
            assert_eq!(time_of(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn no_bytes_make_it_panic() {
        for length in 0..64 {
            assert!(TstInfo::parse(&vec![0x30; length]).is_err());
        }
    }
}
