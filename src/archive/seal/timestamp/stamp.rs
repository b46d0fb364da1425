//! A time-stamp that holds.

use jiff::Timestamp as Time;

use super::algorithms::SHA_256;
use super::chain::{Chain, Roots, Trust};
use super::error::TimestampError;
use super::info::TstInfo;
use super::pem::to_pem;
use super::signer::Signer;
use super::token::Token;
use crate::digest::Digest;

/// What an authority says: something existed at this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// The time.
    pub time: Time,
    /// Who says so: the common name in the authority's certificate.
    pub authority: String,
    /// Who vouches for the authority.
    pub trust: Trust,
    /// The certificates from the authority to the root in DER, as far as they are at hand.
    certificates: Vec<Vec<u8>>,
    /// The certificates in the token.
    came_along: Vec<Vec<u8>>,
}

impl Timestamp {
    /// Checks that `response`, a whole RFC 3161 response, dates something with the SHA-256 digest `imprint`. Trust is
    /// looked for in `roots` first. `beside` is certificates in DER that were kept beside it.
    pub fn verify(
        response: &[u8],
        imprint: &Digest,
        roots: &Roots,
        beside: &[Vec<u8>],
    ) -> Result<Self, TimestampError> {
        Self::check(response, imprint, None, roots, beside)
    }

    pub(super) fn check(
        response: &[u8],
        imprint: &Digest,
        nonce: Option<&[u8]>,
        roots: &Roots,
        beside: &[Vec<u8>],
    ) -> Result<Self, TimestampError> {
        let token = Token::parse(response)?;
        let info = TstInfo::parse(&token.info)?;
        let algorithm = &info.imprint.hash_algorithm.oid;
        if *algorithm != SHA_256 || info.imprint.hashed_message.as_bytes() != imprint.as_bytes() {
            return Err(TimestampError::OtherImprint);
        }
        if nonce.is_some() && nonce != info.nonce.as_deref() {
            return Err(TimestampError::OtherNonce);
        }
        let signer = Signer::of(&token)?;
        let others = [token.certificates.as_slice(), beside].concat();
        let Chain { certificates, trust } = Chain::find(&signer, &others, roots, info.time)?;
        let came_along = token.certificates;
        Ok(Self { time: info.time, authority: signer.name(), trust, certificates, came_along })
    }

    /// Whether a certificate in DER is one of the chain, or came along with the time-stamp.
    pub fn has(&self, der: &[u8]) -> bool {
        self.certificates.iter().chain(&self.came_along).any(|own| own == der)
    }

    /// The certificates from the authority to the root in PEM, as far as they are at hand: what `openssl ts -verify`
    /// takes as `-CAfile`.
    pub fn certificates_pem(&self) -> String {
        to_pem(&self.certificates)
    }
}
