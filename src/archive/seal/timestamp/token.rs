//! Takes a time-stamp response apart: `TimeStampResp` (RFC 3161) around `SignedData` (RFC 5652).

use cms::signed_data::SignerInfo;
use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode as _, Reader as _, SliceReader, Tag, TagNumber, Tagged as _};

use super::error::TimestampError;

/// `id-signedData` (RFC 5652 §5.1).
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// `id-ct-TSTInfo` (RFC 3161 §2.4.2).
pub(super) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// Statuses of answers that have a token: granted, and granted with changes.
const GRANTED: [u8; 2] = [0, 1];
/// More certificates than any chain has.
const MOST_CERTIFICATES: usize = 100;

/// The parts of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The `TSTInfo`, as it was signed.
    pub(super) info: Vec<u8>,
    /// The certificates that came along, in DER.
    pub(super) certificates: Vec<Vec<u8>>,
    /// Who signed it, and how.
    pub(super) signer: SignerInfo,
}

impl Token {
    /// Reads a whole response. Certificates keep the very bytes that they came in.
    pub(super) fn parse(response: &[u8]) -> Result<Self, TimestampError> {
        let mut reader = SliceReader::new(response)?;
        let content: AnyRef<'_> = reader.decode()?;
        reader.finish(())?;
        let mut fields = inside(content, Tag::Sequence)?;
        refuse_unless_granted(fields.decode()?)?;
        let token: AnyRef<'_> = fields.decode()?;
        fields.finish(())?;
        let mut fields = inside(token, Tag::Sequence)?;
        if fields.decode::<ObjectIdentifier>()? != SIGNED_DATA {
            return Err(TimestampError::Unreadable("its token is no signed data".to_owned()));
        }
        let explicit: AnyRef<'_> = fields.decode()?;
        let mut signed = inside(explicit, context(0))?;
        Self::of_signed_data(signed.decode()?)
    }

    fn of_signed_data(signed: AnyRef<'_>) -> Result<Self, TimestampError> {
        let mut fields = inside(signed, Tag::Sequence)?;
        let _version: u8 = fields.decode()?;
        let _digest_algorithms: AnyRef<'_> = fields.decode()?;
        let info = content_of(fields.decode()?)?;
        let mut certificates = Vec::new();
        let signer = loop {
            let field: AnyRef<'_> = fields.decode()?;
            if field.tag() == context(0) {
                certificates = elements(field)?;
            } else if field.tag() == Tag::Set {
                break one_signer(field)?;
            }
        };
        Ok(Self { info, certificates, signer })
    }
}

/// Reads a `PKIStatusInfo`: a number, perhaps texts, perhaps bits that say why.
fn refuse_unless_granted(status: AnyRef<'_>) -> Result<(), TimestampError> {
    let mut fields = inside(status, Tag::Sequence)?;
    let status: u8 = fields.decode()?;
    if GRANTED.contains(&status) {
        return Ok(());
    }
    let mut texts = Vec::new();
    if let Ok(list) = fields.decode::<AnyRef<'_>>()
        && list.tag() == Tag::Sequence
    {
        let mut list = SliceReader::new(list.value())?;
        while let Ok(text) = list.decode::<AnyRef<'_>>() {
            texts.push(String::from_utf8_lossy(text.value()).into_owned());
        }
    }
    Err(TimestampError::Refused { status, text: texts.join("; ") })
}

/// The octets in an `EncapsulatedContentInfo`.
fn content_of(content: AnyRef<'_>) -> Result<Vec<u8>, TimestampError> {
    let mut fields = inside(content, Tag::Sequence)?;
    if fields.decode::<ObjectIdentifier>()? != TST_INFO {
        return Err(TimestampError::Unreadable("its token does not hold a time".to_owned()));
    }
    let explicit: AnyRef<'_> = fields.decode()?;
    let octets: OctetStringRef<'_> = inside(explicit, context(0))?.decode()?;
    Ok(octets.as_bytes().to_vec())
}

/// The one `SignerInfo` that a token has.
fn one_signer(signers: AnyRef<'_>) -> Result<SignerInfo, TimestampError> {
    match elements(signers)?.as_slice() {
        [signer] => Ok(SignerInfo::from_der(signer)?),
        signers => {
            Err(TimestampError::Unreadable(format!("it has {} signers instead of one", signers.len())))
        }
    }
}

/// The elements of a set, each in its own bytes.
fn elements(set: AnyRef<'_>) -> Result<Vec<Vec<u8>>, TimestampError> {
    let mut reader = SliceReader::new(set.value())?;
    let mut elements = Vec::new();
    while !reader.is_finished() {
        if elements.len() == MOST_CERTIFICATES {
            return Err(TimestampError::Unreadable("it has too many certificates".to_owned()));
        }
        elements.push(reader.tlv_bytes()?.to_vec());
    }
    Ok(elements)
}

/// Reads what is inside `value`, which must have the tag `tag`.
fn inside(value: AnyRef<'_>, tag: Tag) -> Result<SliceReader<'_>, TimestampError> {
    if value.tag() == tag {
        Ok(SliceReader::new(value.value())?)
    } else {
        Err(value.tag().unexpected_error(Some(tag)).into())
    }
}

/// The tag `[number]` of something constructed.
fn context(number: u8) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber::new(number) }
}
