//! How the number of a page is written, and lines that differ by it alone.

/// Words around the number of a page.
const WORDS: [&str; 6] = ["seite", "page", "von", "of", "s.", "p."];

/// The longest number, with a total behind it, in bytes.
const LONGEST: usize = 9;

/// Whether a line is nothing but the number of its page: "7", "– 7 –", "Seite 7 von 12", "iv".
pub(super) fn is_page_number(line: &str) -> bool {
    let mut rest: String = line.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    for word in WORDS {
        rest = rest.replace(word, "");
    }
    let is_frame = |c: char| matches!(c, '-' | '–' | '—' | '/' | '|' | '[' | ']' | '(' | ')');
    let number = rest.trim_matches(is_frame);
    !number.is_empty()
        && number.len() <= LONGEST
        && (number.chars().all(|c| c.is_ascii_digit() || c == '/')
            || number.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l')))
}

/// A text with every number replaced by one sign, so that pages differ no more by theirs.
pub(super) fn with_like_numbers(text: &str) -> String {
    let mut alike = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.is_ascii_digit() {
            true if alike.ends_with('#') => {}
            true => alike.push('#'),
            false => alike.push(letter),
        }
    }
    alike
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_words_and_sums() {
        for line in ["7", "– 7 –", "Seite 7 von 12", "iv", "[12/30]"] {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["", "Seite", "7 km", "1.000", "1234567890"] {
            assert!(!is_page_number(line), "{line}");
        }
        assert_eq!(with_like_numbers("Blatt12Seite3"), "Blatt#Seite#");
    }
}
