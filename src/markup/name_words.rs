//! Words that are looked for in the `class` and `id` of elements.

/// A set of words. Pages have many names and few of them are in it, so a name is passed over by its length and first letter
/// alone, without a copy.
#[derive(Debug)]
pub struct NameWords {
    words: &'static [&'static str],
    /// By first letter, a bit for each length that a word has.
    lengths: [u32; 26],
}

impl NameWords {
    /// The set of `words`, which are of letters in lower case and shorter than thirty-two.
    ///
    /// # Panics
    /// While it is compiled, where a word is not like that.
    pub const fn new(words: &'static [&'static str]) -> Self {
        let mut lengths = [0; 26];
        let mut number = 0;
        while number < words.len() {
            let word = words[number].as_bytes();
            assert!(!word.is_empty() && word.len() < 32 && word[0].is_ascii_lowercase());
            lengths[(word[0] - b'a') as usize] |= 1 << word.len();
            number += 1;
        }
        Self { words, lengths }
    }

    /// Whether one of the words of a `class` or an `id` is in the set, capitals not counted.
    pub fn are_named_in(&self, value: &str) -> bool {
        words(value).any(|word| self.has(word))
    }

    /// The same for two sets at once.
    pub fn or_are_named_in(&self, other: &Self, value: &str) -> bool {
        words(value).any(|word| self.has(word) || other.has(word))
    }

    fn has(&self, word: &[u8]) -> bool {
        let Some(first) = word.first().filter(|first| first.is_ascii_alphabetic() && word.len() < 32) else {
            return false;
        };
        let lengths = self.lengths[usize::from(first.to_ascii_lowercase() - b'a')];
        lengths & (1 << word.len()) != 0
            && self.words.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word))
    }
}

fn words(value: &str) -> impl Iterator<Item = &[u8]> {
    value.as_bytes().split(|byte| !byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_word_of_the_set_or_it_has_not() {
        static WORDS: NameWords = NameWords::new(&["ad", "sidebar", "share"]);
        for name in ["ad", "main-ad", "Side SIDEBAR", "x_share_y", "share2 share"] {
            assert!(WORDS.are_named_in(name), "{name}");
        }
        let long = "a".repeat(100);
        for name in ["", "-", "add", "a", "shard", "share2", "schäre", "0ad", &long] {
            assert!(!WORDS.are_named_in(name), "{name}");
        }
    }
}
