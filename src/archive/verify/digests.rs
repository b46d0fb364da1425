//! The digests that WARC records state, in the forms that programs write.

use data_encoding::{BASE32, BASE64, HEXLOWER_PERMISSIVE};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};

/// A digest as a record states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    algorithm: Algorithm,
    value: Vec<u8>,
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
        let (algorithm, length) = match label.to_ascii_lowercase().as_str() {
            "sha1" | "sha-1" => (Algorithm::Sha1, 20),
            "sha256" | "sha-256" => (Algorithm::Sha256, 32),
            "sha512" | "sha-512" => (Algorithm::Sha512, 64),
            "md5" | "sha384" | "sha-384" | "blake2b" | "blake3" | "xxh3" => {
                return Err(Unreadable::Algorithm(label.to_owned()));
            }
            _ => return Err(garbled()),
        };
        let forms = [
            HEXLOWER_PERMISSIVE.decode(value.as_bytes()),
            BASE32.decode(value.to_ascii_uppercase().as_bytes()),
            BASE64.decode(value.as_bytes()),
        ];
        let decoded = forms.into_iter().flatten().find(|bytes| bytes.len() == length);
        decoded.map(|value| Self { algorithm, value }).ok_or_else(garbled)
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
        self.value == hasher.finish()
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

    fn finish(self) -> Vec<u8> {
        match self {
            Self::Sha1(hasher) => hasher.finalize().to_vec(),
            Self::Sha256(hasher) => hasher.finalize().to_vec(),
            Self::Sha512(hasher) => hasher.finalize().to_vec(),
        }
    }
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
