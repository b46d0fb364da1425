//! Lines that hold only URLs.

use crate::article::source_heading::without_source_label;

/// Whether a word begins as a URL does: with `http://`, `https://` or `www.`, an opening bracket before it at most.
pub(in crate::article) fn begins_url(word: &str) -> bool {
    let word = word.trim_start_matches(['<', '(', '[', '„', '"', '“']);
    ["https://", "http://", "www."].iter().any(|start| {
        word.len() > start.len()
            && word.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
    })
}

/// Whether a line holds URLs and nothing else; a label such as "Quelle:" before them does not count.
pub(super) fn is_url_line(text: &str) -> bool {
    let mut words = without_source_label(text).split_whitespace().peekable();
    words.peek().is_some() && words.all(begins_url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_nothing_but_urls_are_known() {
        for line in [
            "https://example.org/a",
            "<https://example.org/a>",
            "Quelle: www.example.org",
            "http://a.de http://b.de",
        ] {
            assert!(is_url_line(line), "{line}");
        }
        for line in ["", "See https://example.org/a", "https://example.org/a says", "https://", "www."] {
            assert!(!is_url_line(line), "{line}");
        }
    }
}
