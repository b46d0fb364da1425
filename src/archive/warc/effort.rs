//! How hard a body is to be compressed, told from how it begins.

/// How much of a body [`Effort::for_record`] is to be shown.
pub(super) const BEGINNING: usize = 16 << 10;
/// What of it is looked at, in bytes: all from here on, if it is as much as this.
const SAMPLED_FROM: usize = 4 << 10;
const LEAST_SAMPLE: usize = 4 << 10;

/// Up to how many bytes of a block more effort does not pay: a request of 800 bytes is as small at the lowest level, in two
/// thirds of the time.
const SMALL: u64 = 1 << 10;
/// The same of plain text: 6 KB become 0.3 % larger, where HTML would 1.5 %.
const SMALL_TEXT: u64 = 16 << 10;

/// How hard a member is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// As hard as gzip does it.
    Squeeze,
    /// As fast as can be: there is little to gain.
    Quick,
    /// Not at all: what it holds is packed already.
    Store,
}

impl Effort {
    /// The effort that a record of this `kind` is worth, whose block has `length` bytes and whose body begins like this.
    pub(super) fn for_record(kind: &str, length: u64, beginning: &[u8]) -> Self {
        let small = if kind == "resource" { SMALL_TEXT } else { SMALL };
        if length <= small { Self::Quick } else { Self::for_body(beginning) }
    }

    /// The effort that a body with this beginning is worth. Pictures, fonts and archives are packed: nearly every byte is
    /// as frequent in them as any other, so that it would take fifty milliseconds a megabyte to save a hundredth, if that.
    fn for_body(beginning: &[u8]) -> Self {
        // What comes first tells what it is, in words and tables.
        let sample = beginning.get(SAMPLED_FROM..).unwrap_or_default();
        if sample.len() < LEAST_SAMPLE {
            return Self::Squeeze;
        }
        let mut counts = [0_u64; 256];
        for &byte in sample {
            counts[usize::from(byte)] += 1;
        }
        // How often two bytes are the same: 256 times as often as this where all are as frequent.
        let pairs: u64 = counts.iter().map(|count| count * count.saturating_sub(1)).sum();
        let all = sample.len() as u64 * (sample.len() as u64 - 1);
        if pairs * 256 * 4 < all * 5 { Self::Store } else { Self::Squeeze }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_packed_already_is_stored_as_it_is() {
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        })
        .take(16 << 10)
        .collect();
        let letters = b"abcdefghijklmnopqrstuvwxyz <>/=";
        let text: Vec<u8> = (0..16 << 10).map(|n: usize| letters[n * 7919 % letters.len()]).collect();
        assert_eq!(Effort::for_body(&noise), Effort::Store);
        assert_eq!(Effort::for_body(&[&text[..4096], &noise[4096..]].concat()), Effort::Store);
        for squeezed in
            [&text[..], &noise[..6000], b"", &text.iter().map(|byte| byte ^ 0xa5).collect::<Vec<_>>()]
        {
            assert_eq!(Effort::for_body(squeezed), Effort::Squeeze, "{}", squeezed.len());
        }
    }
}
