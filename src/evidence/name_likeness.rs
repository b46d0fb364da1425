//! Whether two spellings are of one name: Selenskyj and Zelenskyy, Tschernyschewski and Chernyshevsky.
//!
//! Both are brought to their sounds; the sounds may differ a little, vowels and near consonants counting half.

use super::key::sounds;
use super::token::fold;

/// The least likeness of the sounds of two spellings of one name.
const LEAST: f64 = 0.76;
/// A name longer than this, in sounds, is none.
const LONGEST: usize = 40;

/// Whether `one` and `other`, single words, may be spellings of the same name. Two names that differ in one vowel look the
/// same to it (Scholz, Schulz): it is asked only where two languages spell a name their own way.
///
/// Measured on names in Cyrillic with their Latin spellings: `cargo run --release --example score`.
pub fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    if one == other {
        return true;
    }
    let (one, other) = (sounds(&one), sounds(&other));
    let longest = one.len().max(other.len());
    if !(3..=LONGEST).contains(&longest) {
        return false;
    }
    let length = f64::from(u32::try_from(longest).unwrap_or(u32::MAX));
    1.0 - distance(&one, &other) / length >= LEAST
}

/// The weighted edit distance of two rows of sounds.
fn distance(one: &[u8], other: &[u8]) -> f64 {
    let mut row: Vec<f64> = vec![0.0];
    for &sound in other {
        row.push(row.last().copied().unwrap_or_default() + cost(sound));
    }
    for &sound in one {
        let mut next = vec![row[0] + cost(sound)];
        for (at, &against) in other.iter().enumerate() {
            let changed = row[at] + change(sound, against);
            let lost = row[at + 1] + cost(sound);
            let gained = next[at] + cost(against);
            next.push(changed.min(lost).min(gained));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// What it costs that a sound is missing: i and h are often not written.
fn cost(sound: u8) -> f64 {
    if matches!(sound, b'h' | b'i') { 0.5 } else { 1.0 }
}

/// What it costs that one sound stands for another.
fn change(one: u8, other: u8) -> f64 {
    const NEAR: [[u8; 2]; 10] =
        [*b"4k", *b"5s", *b"4s", *b"6s", *b"hk", *b"vf", *b"65", *b"45", *b"gh", *b"hx"];
    let is_vowel = |sound: u8| matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u');
    if one == other {
        0.0
    } else if is_vowel(one) && is_vowel(other) || NEAR.contains(&[one, other]) || NEAR.contains(&[other, one])
    {
        0.5
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_alike_and_others_are_not() {
        for (one, other) in [
            ("Selenskyj", "Zelenskyy"),
            ("Tschernyschewski", "Chernyshevsky"),
            ("Urwanzew", "Urvantsev"),
            ("Schoigu", "Shoigu"),
            ("Pawlow", "Pavlov"),
        ] {
            assert!(same_name(one, other), "{one} {other}");
        }
        for (one, other) in
            [("Merkel", "Merz"), ("Putin", "Rutte"), ("Macron", "Starmer"), ("Petrow", "Pavlov")]
        {
            assert!(!same_name(one, other), "{one} {other}");
        }
    }
}
