//! The public half of a signing key: what signatures are checked with.

use std::fmt;
use std::path::Path;

use data_encoding::BASE64;
use p384::ecdsa::signature::hazmat::PrehashVerifier as _;
use p384::ecdsa::{Signature, VerifyingKey};
use p384::pkcs8::{DecodePublicKey as _, EncodePublicKey as _};
use sha2::{Digest as _, Sha256};

use super::pem::read_pem;
use crate::archive::error::ArchiveError;
use crate::digest::Digest;

/// The public half of an ECDSA key over P-384. Shown in base64 of its DER form (RFC 5480), as packages state it.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    der: Vec<u8>,
}

impl PublicKey {
    /// The public key in a PEM file, which may hold the private key that it belongs to.
    ///
    /// # Errors
    /// [`ArchiveError::Key`] where there is no file, or no such key in it.
    pub fn read(path: &Path) -> Result<Self, ArchiveError> {
        let refused = |why: &str| ArchiveError::Key { path: path.to_owned(), why: why.to_owned() };
        let text = read_pem(path)?.ok_or_else(|| refused("there is no such file"))?;
        if let Ok(key) = p384::pkcs8::DecodePrivateKey::from_pkcs8_pem(&text) {
            let key: p384::ecdsa::SigningKey = key;
            return Self::of(*key.verifying_key()).ok_or_else(|| refused("it cannot be encoded"));
        }
        let key = VerifyingKey::from_public_key_pem(&text).ok();
        key.and_then(Self::of).ok_or_else(|| refused("it holds no ECDSA key over P-384 in PEM"))
    }

    /// The key in base64 of its DER form, as packages state it.
    pub fn parse(text: &str) -> Option<Self> {
        let der = BASE64.decode(text.as_bytes()).ok()?;
        VerifyingKey::from_public_key_der(&der).ok().and_then(Self::of)
    }

    pub(super) fn of(key: VerifyingKey) -> Option<Self> {
        let der = key.to_public_key_der().ok()?.into_vec();
        Some(Self { key, der })
    }

    /// The digest of the DER form: what people compare.
    pub fn fingerprint(&self) -> Digest {
        Digest::of(&self.der)
    }

    /// Whether `signature`, `r` and `s` in 48 bytes each (IEEE P1363), is one of `message` by this key, with SHA-256.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let signature = Signature::from_slice(signature);
        signature.is_ok_and(|signature| self.key.verify_prehash(&Sha256::digest(message), &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(&self.der))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}
