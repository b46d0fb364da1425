//! The digests that WARC records state, in the forms that programs write.

use data_encoding::{BASE32, BASE64, Encoding, HEXLOWER_PERMISSIVE};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

/// Bytes of the longest digest.
const LONGEST: usize = 64;

/// A digest as a record states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    algorithm: Algorithm,
    /// The digest, and nothing after it.
    value: [u8; LONGEST],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Algorithm {
    Sha1,
    Sha256,
    Sha512,
}

/// Why a stated digest cannot be checked.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    /// It is of no known form.
    #[error("{0:?} is not a digest")]
    Garbled(String),
    /// beleg does not compute that algorithm.
    #[error("beleg does not compute {0} digests")]
    Algorithm(String),
}

impl Stated {
    /// Reads `sha1:` or `sha256:` (with or without a hyphen) or `sha512:` and the digest in hexadecimal, base32 or
    /// base64.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        let garbled = || Unreadable::Garbled(text.chars().take(100).collect());
        let (label, value) = text.split_once(':').ok_or_else(garbled)?;
        let is_one_of = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(label));
        let (algorithm, length) = if is_one_of(&["sha1", "sha-1"]) {
            (Algorithm::Sha1, 20)
        } else if is_one_of(&["sha256", "sha-256"]) {
            (Algorithm::Sha256, 32)
        } else if is_one_of(&["sha512", "sha-512"]) {
            (Algorithm::Sha512, 64)
        } else if is_one_of(&["md5", "sha384", "sha-384", "blake2b", "blake3", "xxh3"]) {
            return Err(Unreadable::Algorithm(label.to_ascii_lowercase()));
        } else {
            return Err(garbled());
        };
        decoded(value, length).map(|value| Self { algorithm, value }).ok_or_else(garbled)
    }

    /// What computes the same kind of digest.
    pub(super) fn hasher(&self) -> AnyHasher {
        match self.algorithm {
            Algorithm::Sha1 => AnyHasher::Sha1(Sha1::new()),
            Algorithm::Sha256 => AnyHasher::Sha256(Sha256::new()),
            Algorithm::Sha512 => AnyHasher::Sha512(Sha512::new()),
        }
    }

    /// Whether this is what `hasher` comes to.
    pub(super) fn is(&self, hasher: AnyHasher) -> bool {
        match hasher {
            AnyHasher::Sha1(hasher) => self.begins(&hasher.finalize()),
            AnyHasher::Sha256(hasher) => self.begins(&hasher.finalize()),
            AnyHasher::Sha512(hasher) => self.begins(&hasher.finalize()),
        }
    }

    fn begins(&self, with: &[u8]) -> bool {
        self.value.starts_with(with)
    }
}

/// Computes a digest of any of the kinds.
pub(super) enum AnyHasher {
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Sha512),
}

impl AnyHasher {
    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(hasher) => hasher.update(bytes),
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::Sha512(hasher) => hasher.update(bytes),
        }
    }
}

/// The `length` bytes that `text` stands for. Its own length tells hexadecimal, base32 and base64 apart.
fn decoded(text: &str, length: usize) -> Option<[u8; LONGEST]> {
    let is_in = |encoding: &Encoding| encoding.encode_len(length) == text.len();
    // Room for the padding of base32 and base64, which decodes to nothing in the end.
    let mut bytes = [0; LONGEST + 8];
    let read = if is_in(&HEXLOWER_PERMISSIVE) {
        decode(&HEXLOWER_PERMISSIVE, text.as_bytes(), &mut bytes)
    } else if is_in(&BASE32) {
        decode(&BASE32, text.to_ascii_uppercase().as_bytes(), &mut bytes)
    } else {
        decode(&BASE64, text.as_bytes(), &mut bytes)
    };
    let mut value = [0; LONGEST];
    value.get_mut(..length)?.copy_from_slice(bytes.get(..read.filter(|read| *read == length)?)?);
    Some(value)
}

/// Decodes into `bytes`, and says how many there are.
fn decode(encoding: &Encoding, text: &[u8], bytes: &mut [u8]) -> Option<usize> {
    let room = bytes.get_mut(..encoding.decode_len(text.len()).ok()?)?;
    encoding.decode_mut(text, room).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_empty_digest_is_read() {
        for text in [
            "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            "SHA1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "sha-256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ] {
            let stated = Stated::parse(text).unwrap();
            let mut other = stated.hasher();
            other.update(b"x");
            assert!(stated.is(stated.hasher()) && !stated.is(other), "{text}");
        }
    }

    #[test]
    fn garbled_is_told_from_unknown() {
        assert!(matches!(
            Stated::parse("md5:d41d8cd98f00b204e9800998ecf8427e"),
            Err(Unreadable::Algorithm(_))
        ));
        for text in ["", "sha1", "sha1:", "sha256:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "sha:00"] {
            assert!(matches!(Stated::parse(text), Err(Unreadable::Garbled(_))), "{text}");
        }
    }
}
