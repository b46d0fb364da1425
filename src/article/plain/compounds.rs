//! Words that a file writes with a hyphen in the middle of a line. Where one of them is broken after its hyphen, the hyphen
//! is its own and not the typesetter's.

use std::collections::BTreeSet;

use super::line::Line;

/// Bytes of a part of a word beyond which it is none.
const LONGEST_PART: usize = 40;

/// The compounds of a file: two parts with a hyphen between, in small letters.
#[derive(Debug, Default)]
pub(super) struct Compounds(BTreeSet<String>);

impl Compounds {
    /// The compounds that stand whole within these lines.
    pub(super) fn of(lines: &[Line]) -> Self {
        let words =
            lines.iter().flat_map(|line| line.text.split_whitespace()).filter(|word| word.contains('-'));
        let mut found = BTreeSet::new();
        for word in words.map(|word| word.trim_matches(is_mark)) {
            // An address has hyphens for blanks.
            if word.contains(['/', '.', '@']) {
                continue;
            }
            let parts: Vec<&str> = word.split('-').map(|part| part.trim_matches(is_mark)).collect();
            for pair in parts.windows(2).filter(|pair| pair.iter().all(|part| is_part(part))) {
                found.insert(compound(pair[0], pair[1]));
            }
        }
        Self(found)
    }

    /// Whether `first`, the part of a word before a hyphen at a line end, and the word that begins the next line are one
    /// of them.
    pub(super) fn have(&self, first: &str, next: &str) -> bool {
        let second = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        !self.0.is_empty() && is_part(second) && self.0.contains(&compound(first, second))
    }
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

fn is_part(part: &str) -> bool {
    (1..=LONGEST_PART).contains(&part.len()) && part.chars().all(char::is_alphanumeric)
}

fn compound(first: &str, second: &str) -> String {
    format!("{first}-{second}").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn a_compound_is_known_from_where_it_stands_whole() {
        let text = "Tasks (question-answering), state-of-the-art.\nSee https://a.org/well-known, a- b and break-\ning.";
        let compounds = Compounds::of(&lines(text));
        assert!(compounds.have("Question", "answering,"));
        assert!(compounds.have("of", "the-art"));
        for (first, second) in [("well", "known"), ("a", "b"), ("break", "ing"), ("question", "")] {
            assert!(!compounds.have(first, second), "{first}-{second}");
        }
    }
}
