//! URLs that a line end broke in two: when the next line carries one on.
//!
//! The rules weigh two errors: a URL cut short is a false dead link, and a URL with a word too many is one as well.
//! They are those that did best on the text of real PDF files: never past a file suffix or into a number that
//! stands alone, always past a sign that no URL ends in.

use super::url_line::begins_url;

/// Signs that a URL hardly ends in, so that it goes on if a line ends in one.
const OPEN_ENDS: &[char] = &['/', '-', '_', '=', '&', '?', '%', '#', '~', '+'];

/// Signs that show that a word is a piece of a URL.
const INNER_SIGNS: &[char] = &['/', '_', '=', '%', '&', '?', '#'];

/// Suffixes that end a URL, bar a query or a fragment.
const SUFFIXES: &[&str] = &[
    ".html", ".htm", ".shtml", ".pdf", ".php", ".asp", ".aspx", ".jsp", ".xml", ".json", ".txt", ".doc",
    ".docx", ".jpg", ".jpeg", ".png", ".gif", ".mp4",
];

/// No URL that is longer, in bytes, is carried on.
const LONGEST: usize = 4096;

/// Whether the URL `left`, which reaches the end of its line, goes on with the first word of the next line.
/// `alone` says that this word is all there is on its line.
pub(super) fn goes_on(left: &str, right: &str, alone: bool) -> bool {
    if left.len() > LONGEST || !begins_url(left) || right.is_empty() {
        return false;
    }
    if is_open_in_angles(left) {
        return !begins_url(right) && (alone || right.contains('>'));
    }
    if begins_url(right) || begins_scheme(right) {
        return begins_archived_copy(left);
    }
    let asks = right.starts_with(['?', '#', '&', '=']);
    if has_suffix(left) {
        return asks;
    }
    if is_number_alone(right, alone) || is_list_marker(right) || is_name_before_comma(right) {
        return false;
    }
    let Some(path) = path(left) else { return asks || right.starts_with('/') };
    if left.ends_with(OPEN_ENDS) {
        let at_home = path.len() <= 1;
        return !(left.ends_with('/') && is_plain_word(right) && (at_home || !alone));
    }
    carries_url(left, right)
}

/// Whether the URL `left`, cut to the letter at the edge of a column, goes on with the first word of `right`. A word
/// alone on its line does, and so does one that is more than a word of the language.
pub(super) fn is_cut(left: &str, right: &str) -> bool {
    let mut words = right.split_whitespace();
    let word = words.next().unwrap_or_default();
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let fits = word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || INNER_SIGNS.contains(&c));
    let goes = if words.next().is_none() { word.is_ascii() } else { fits && !is_plain_word(inner) };
    let ends = has_suffix(left) || left.ends_with(['.', ',', ';', ':', ')', ']']);
    begins_url(left) && left.len() <= LONGEST && goes && !ends && !begins_url(word) && !begins_scheme(word)
}

/// Whether `right` cannot be a word of the language, so that it must be a piece of the URL.
fn carries_url(left: &str, right: &str) -> bool {
    let first_fits = right.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    if left.ends_with('.') {
        return first_fits && (has_suffix(right) || right.contains(INNER_SIGNS) || is_suffix_word(right));
    }
    if left.ends_with([',', ';', ':', ')', ']', '>', '"', '“', '”', '»', '«']) || is_slashed_pair(right)
    {
        return false;
    }
    let begins_with_sign =
        right.starts_with(['/', '_', '=', '%', '&', '?', '#', '-', '~', '+']) && right.len() > 1;
    let has_digit =
        right.contains(|c: char| c.is_ascii_digit()) && right.contains(|c: char| c.is_ascii_alphabetic());
    begins_with_sign || (first_fits && (right.contains(INNER_SIGNS) || has_digit || has_suffix(right)))
}

/// Whether a URL stands in an angle bracket that is still open: it goes on to the bracket that closes it (RFC 3986,
/// appendix C).
fn is_open_in_angles(left: &str) -> bool {
    left.starts_with('<') && !left.contains('>')
}

fn begins_scheme(word: &str) -> bool {
    word.contains("://") || domain_with_path(word)
}

/// Whether a word is a domain with a path of its own, such as `example.org/page`.
fn domain_with_path(word: &str) -> bool {
    let Some((host, _)) = word.split_once('/') else { return false };
    let label = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && !host.starts_with('.')
        && !has_suffix(host)
        && label.len() >= 2
        && label.chars().all(|c| c.is_ascii_alphabetic())
}

/// Whether a URL ends where an archive puts the URL of the archived page.
fn begins_archived_copy(left: &str) -> bool {
    left.ends_with('/') && (left.contains("://web.archive.org/web/") || left.contains("://archive."))
}

fn has_suffix(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let word = word.trim_end_matches(['.', ',', ';', ')']);
    SUFFIXES.iter().any(|suffix| word.ends_with(suffix))
}

/// Whether a word is the suffix that its full stop was torn from.
fn is_suffix_word(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ')']);
    SUFFIXES.iter().any(|suffix| suffix[1..].eq_ignore_ascii_case(word))
}

/// A footnote number, a page number or a year: the commonest thing to stand after a URL that it is no part of.
fn is_number_alone(word: &str, alone: bool) -> bool {
    let digits = word.trim_end_matches(['.', ',', ')', ':']);
    let is_number = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b':');
    is_number && (alone || digits.len() <= 4 || digits.contains('.'))
}

fn is_list_marker(word: &str) -> bool {
    let inner = word.trim_matches(['[', ']', '(', ')', '.']);
    matches!(word, "-" | "–" | "—" | "•" | "*" | "·") || (word.starts_with(['[', '(']) && inner.len() <= 3)
}

fn is_name_before_comma(word: &str) -> bool {
    word.ends_with(',') && word.starts_with(char::is_uppercase)
}

fn is_plain_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.is_empty() || word.chars().all(char::is_alphabetic)
}

/// Two words with a slash between, such as "and/or": language, not a path.
fn is_slashed_pair(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ':']);
    matches!(word, "and/or" | "und/oder" | "he/she" | "er/sie" | "bzw./oder")
}

/// What follows the host, slash included; `None` for a bare domain.
fn path(url: &str) -> Option<&str> {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    after.find('/').map(|slash| &after[slash..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_goes_on_after_a_sign_that_none_ends_in() {
        for (left, right) in [
            ("https://www.cnn.com/2025/02/09/business/video/", "french-president-emmanuel-macron"),
            ("https://www.cnn.com/2025/02/09/business/french-", "president"),
            ("https://example.org/search?q=", "Ukraine"),
            ("https://example.org/a", "/b/c.html"),
            ("https://example.org/a/zelensky", "-trump/index.html"),
            ("https://example.org/a/index.", "html"),
            ("https://example.org/page.html", "?id=5"),
            ("https://web.archive.org/web/2025/", "https://example.org/"),
        ] {
            assert!(goes_on(left, right, false), "{left} + {right}");
        }
    }

    #[test]
    fn a_url_in_angle_brackets_goes_on_to_the_bracket_that_closes_it() {
        assert!(goes_on("<https://example.org/a", "report>", false));
        assert!(goes_on("<https://example.org/wiki/", "2025>.", false));
        assert!(goes_on("<https://example.org/a/index.html", "x", true), "and over three lines");
        assert!(!goes_on("<https://example.org/a", "und", false));
        assert!(!goes_on("<https://example.org/a>", "report>", false));
    }

    #[test]
    fn a_url_does_not_swallow_what_comes_after_it() {
        for (left, right) in [
            ("https://example.org/wiki", "13"),
            ("https://example.org/wiki/", "13"),
            ("https://example.org/a/index.html", "und"),
            ("https://example.org/a/", "Die"),
            ("https://example.org/", "briefing"),
            ("https://example.org", "mehr"),
            ("https://example.org/a/", "https://example.org/b"),
            ("https://example.org/a", "example.com/b"),
            ("https://example.org/a", "Müller,"),
            ("https://example.org/a", "and/or"),
            ("https://example.org/a.", "Then"),
            ("https://example.org/a", "2025"),
            ("https://example.org/a", "[2]"),
            ("Kein", "url/teil"),
        ] {
            assert!(!goes_on(left, right, false), "{left} + {right}");
        }
    }

    #[test]
    fn a_number_that_stands_alone_is_a_footnote_number() {
        assert!(!goes_on("https://example.org/wiki/", "20250301", true));
        assert!(goes_on("https://example.org/wiki/", "20250301-report", true));
    }
}
