//! SHA-256 digests (FIPS 180-4), the one algorithm of the whole archive.

use std::fmt;
use std::io;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest. Shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// Why a text is no digest.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a SHA-256 digest of 64 hexadecimal digits")]
pub struct NotADigest(String);

impl Digest {
    /// Sixty-four zeros: stands for the digest of nothing, where a chain begins.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of all that `reader` yields, read in pieces, with the number of bytes read.
    pub fn of_reader(mut reader: impl io::Read) -> io::Result<(Self, u64)> {
        let mut hasher = Hasher::default();
        let bytes = io::copy(&mut reader, &mut hasher)?;
        Ok((hasher.finish(), bytes))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The form that WARC headers, CDXJ lines and WACZ packages use: `sha256:` and the hexadecimal digits.
    pub fn labelled(&self) -> String {
        format!("sha256:{self}")
    }

    /// Reads either form, with or without the `sha256:` label.
    pub fn parse(text: &str) -> Result<Self, NotADigest> {
        let hex = text.strip_prefix("sha256:").unwrap_or(text);
        let bytes = HEXLOWER.decode(hex.as_bytes()).ok();
        let array = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        array.map(Self).ok_or_else(|| NotADigest(text.to_owned()))
    }
}

impl FromStr for Digest {
    type Err = NotADigest;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Computes a [`Digest`] piece by piece; bytes are fed through [`io::Write`].
#[derive(Clone, Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Takes in a piece of the input.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all that was taken in.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn reads_both_forms_and_writes_lower_case_hex() {
        let digest = Digest::of(b"");
        assert_eq!(digest.to_string(), EMPTY);
        assert_eq!(Digest::parse(&digest.labelled()).unwrap(), digest);
        assert_eq!(Digest::parse(EMPTY).unwrap(), digest);
    }

    #[test]
    fn refuses_what_is_no_digest() {
        for text in ["", "sha256:", "sha1:abc", &EMPTY[1..], &EMPTY.to_uppercase()] {
            assert!(Digest::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_reader_gives_the_digest_of_its_bytes() {
        let (digest, bytes) = Digest::of_reader(&b"abc"[..]).unwrap();
        assert_eq!((digest, bytes), (Digest::of(b"abc"), 3));
    }
}
