//! The question to a time-stamping authority (RFC 3161 §2.4.1).

use der::Encode as _;
use der::asn1::{Any, Int, OctetString};
use rustls::crypto::ring;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_tsp::{MessageImprint, TimeStampReq, TspVersion};

use super::algorithms::SHA_256;
use super::chain::Roots;
use super::error::TimestampError;
use super::stamp::Timestamp;
use crate::digest::Digest;

/// Asks an authority to date a digest. The nonce ties the answer to this one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimestampRequest {
    imprint: Digest,
    nonce: [u8; 16],
}

impl TimestampRequest {
    /// The media type of a request.
    pub const MEDIA_TYPE: &str = "application/timestamp-query";
    /// The media type of an answer.
    pub const ANSWER_MEDIA_TYPE: &str = "application/timestamp-reply";
    /// No answer is longer: a token with a long chain has 10 kB.
    pub const LONGEST_ANSWER: u64 = 1 << 20;

    /// A request to date `imprint`. `None` if the system gives no random numbers.
    pub fn new(imprint: Digest) -> Option<Self> {
        let mut nonce = [0; 16];
        ring::default_provider().secure_random.fill(&mut nonce).ok()?;
        // A positive number of exactly 16 bytes, so that every program writes it in the same bytes.
        nonce[0] = nonce[0] & 0x3f | 0x40;
        Some(Self { imprint, nonce })
    }

    /// The bytes to send. Asks for the authority's certificate too, without which the answer proves nothing later.
    pub fn to_der(&self) -> Result<Vec<u8>, TimestampError> {
        let request = TimeStampReq {
            version: TspVersion::V1,
            message_imprint: MessageImprint {
                hash_algorithm: AlgorithmIdentifierOwned { oid: SHA_256, parameters: Some(Any::null()) },
                hashed_message: OctetString::new(self.imprint.as_bytes())?,
            },
            req_policy: None,
            nonce: Some(Int::new(&self.nonce)?),
            cert_req: true,
            extensions: None,
        };
        Ok(request.to_der()?)
    }

    /// Checks the answer: it must hold as any time-stamp must, and have the nonce of this request.
    pub fn accept(&self, answer: &[u8], roots: &Roots) -> Result<Timestamp, TimestampError> {
        Timestamp::check(answer, &self.imprint, Some(&self.nonce), roots, &[])
    }
}
