//! The words of links that only mark a note, or lead back from one.

/// The most digits of a marker.
const MOST_DIGITS: usize = 4;

/// Whether the words of a link are the marker of a note: "1", "[12]", "(a)", "*".
pub(super) fn is_marker(words: &str) -> bool {
    let inner = words.trim_matches(|c: char| c.is_whitespace() || "[](){}.,".contains(c));
    let mut characters = inner.chars();
    let is_letter = matches!((characters.next(), characters.next()), (Some(c), None) if c.is_alphabetic());
    let is_number =
        !inner.is_empty() && inner.len() <= MOST_DIGITS && inner.bytes().all(|byte| byte.is_ascii_digit());
    let is_sign = !inner.is_empty() && inner.chars().count() <= MOST_DIGITS && inner.chars().all(is_sign);
    is_letter || is_number || is_sign
}

/// Whether the words of a link are in brackets, as only a marker is.
pub(super) fn is_bracketed(words: &str) -> bool {
    let words = words.trim();
    words.starts_with('[') && words.ends_with(']')
}

/// Whether the words of a link within a note only lead back to its marker: "↩", "^", "1".
pub(super) fn leads_back(words: &str) -> bool {
    is_marker(words) || !words.contains(char::is_alphanumeric)
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_short_and_words_are_none() {
        for words in ["1", " [12] ", "(a)", "*", "††", "³", "1."] {
            assert!(is_marker(words), "{words}");
        }
        for words in ["", "2024x", "20241", "Quelle", "[]", "ab"] {
            assert!(!is_marker(words), "{words}");
        }
        assert!(leads_back("↩") && leads_back("^") && leads_back("1") && !leads_back("siehe dort"));
        assert!(is_bracketed(" [3]") && !is_bracketed("3"));
    }
}
