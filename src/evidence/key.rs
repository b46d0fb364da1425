//! Keys: words as numbers, so that a page is searched by sorted integers and not by strings.

/// What a word is compared by: FNV-1a, folded to 32 bits; the same on every machine and in every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u32);

impl Key {
    /// The key of a stem.
    pub(super) fn stem(stem: &str) -> Self {
        Self::hash(b's', stem.as_bytes())
    }

    /// The key that words of one origin share across languages: their first five sounds, or `None` for a short word.
    pub(super) fn cognate(folded: &str) -> Option<Self> {
        let sounds = sounds(folded);
        let start = sounds.get(..5)?;
        Some(Self::hash(b'c', start))
    }

    /// The key of entry `index` of the gazetteer.
    pub(super) fn name(index: usize) -> Self {
        Self::hash(b'n', &index.to_le_bytes())
    }

    /// The key that spellings of one name share, whatever alphabet they were brought over from.
    pub(super) fn sound(folded: &str) -> Option<Self> {
        let sounds = sounds(folded);
        (sounds.len() >= 4).then(|| Self::hash(b't', &sounds))
    }

    fn hash(space: u8, bytes: &[u8]) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for &byte in std::iter::once(&space).chain(bytes) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        // Two words of one claim and one page that share a key by chance are one case in a million.
        let folded = (hash ^ (hash >> 32)) & u64::from(u32::MAX);
        Self(u32::try_from(folded).unwrap_or_default())
    }
}

/// The letters of a folded word with what languages write differently made the same: k for c, f for ph, i for y,
/// v for w, s for z, sh for sch, and no doubled letters.
pub(super) fn sounds(folded: &str) -> Vec<u8> {
    let bytes = folded.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (sound, length): (&[u8], usize) = match rest {
            [b't', b's', b'c', b'h', b't', b's', b'c', b'h', ..] => (b"4", 8),
            [b's', b'c', b'h', b't', b's', b'c', b'h', ..] => (b"4", 7),
            [b's', b't', b's', b'c', b'h', ..] | [b'c', b'h', b't', b'c', b'h', ..] => (b"4", 5),
            [b't', b's', b'c', b'h', ..] | [b's', b'h', b'c', b'h', ..] | [b's', b'z', b'c', b'z', ..] => {
                (b"4", 4)
            }
            [b't', b'c', b'h', ..] => (b"4", 3),
            [b'd', b's', b'c', b'h', ..] => (b"i", 4),
            [b'd', b'z', b'h', ..] => (b"i", 3),
            [b's', b'c', b'h', ..] => (b"5", 3),
            [b's', b'h' | b'z', ..] => (b"5", 2),
            [b'z', b'h', ..] => (b"6", 2),
            [b'c', b'h' | b'z', ..] => (b"4", 2),
            [b'c', b'k', ..] => (b"k", 2),
            [b'p', b'h', ..] => (b"f", 2),
            [b'k', b's', ..] => (b"x", 2),
            [b'k' | b'g', b'h', ..] => (b"h", 2),
            [b'd', b'j', ..] => (b"i", 2),
            [b't', b's' | b'z', ..] => (b"s", 2),
            [b't', b'h', ..] => (b"t", 2),
            [b'c' | b'q', ..] => (b"k", 1),
            [b'w', ..] => (b"v", 1),
            [b'y' | b'j', ..] => (b"i", 1),
            [b'z', ..] => (b"s", 1),
            [_, ..] => (&rest[..1], 1),
            [] => break,
        };
        if !out.ends_with(sound) {
            out.extend_from_slice(sound);
        }
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_origin_share_a_key() {
        for (german, english) in
            [("kontingent", "contingent"), ("prasident", "president"), ("kommission", "commission")]
        {
            let shared = Key::cognate(german) == Key::cognate(english);
            assert_eq!(shared, german != "prasident", "{german}");
        }
        assert_eq!(Key::cognate("haus"), None);
    }

    #[test]
    fn spellings_of_a_name_share_a_key() {
        for (one, other) in [("selenskyj", "zelenskyy"), ("lawrow", "lavrov"), ("schoigu", "shoigu")] {
            assert_eq!(Key::sound(one), Key::sound(other), "{one} {other}");
        }
        assert_ne!(Key::sound("macron"), Key::sound("merkel"));
    }
}
