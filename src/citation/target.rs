//! From a URL as it is written to what it names.

use std::borrow::Cow;

use url::Url;

use super::reading::Target;
use super::written::is_invisible;

impl Target {
    /// Reads a URL as it is written in an article; `www.` without a scheme is taken for `https`.
    ///
    /// `None` for what names nothing outside the article: a path relative to it, or a place within it.
    pub fn parse(written: &str) -> Option<Self> {
        let written = visible(written.trim());
        let absolute = match written.get(..4) {
            Some(start) if start.eq_ignore_ascii_case("www.") => format!("https://{written}").into(),
            _ if written.starts_with("//") => format!("https:{written}").into(),
            _ => written,
        };
        if !has_scheme(&absolute) {
            return None;
        }
        Some(Self::of_absolute(&absolute))
    }

    /// Reads an address that has a scheme.
    pub(super) fn of_absolute(absolute: &str) -> Self {
        if absolute.contains('…') {
            return Self::Invalid("it is cut short by an ellipsis".to_owned());
        }
        match Url::parse(absolute) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Self::Web(url),
            Ok(url) => Self::Other(url),
            Err(error) => Self::Invalid(error.to_string()),
        }
    }
}

/// A text without the characters that nobody sees.
fn visible(text: &str) -> Cow<'_, str> {
    // Asked of all bytes at once, which costs no branch for each.
    if text.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect())
}

/// Whether a text begins with a scheme (RFC 3986, 3.1); one letter is a drive of Windows.
fn has_scheme(text: &str) -> bool {
    let is_of_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let length = text.bytes().take_while(is_of_scheme).count();
    length > 1 && text.as_bytes()[length..].starts_with(b":") && text.as_bytes()[0].is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_web_targets() {
        for (written, url) in [
            ("https://Example.org", "https://example.org/"),
            ("www.example.org/a", "https://www.example.org/a"),
            ("//example.org/a", "https://example.org/a"),
            ("https://exam\u{ad}ple.org/\u{200b}a", "https://example.org/a"),
            ("https://müller.de/", "https://xn--mller-kva.de/"),
        ] {
            assert_eq!(Target::parse(written), Some(Target::Web(Url::parse(url).unwrap())), "{written}");
        }
    }

    #[test]
    fn other_schemes_are_kept_and_relative_paths_left_out() {
        assert!(matches!(Target::parse("mailto:a@example.org"), Some(Target::Other(_))));
        assert!(matches!(Target::parse("ftp://example.org/"), Some(Target::Other(_))));
        for relative in ["#anchor", "../other.md", "other.md", "", "C:\\file"] {
            assert_eq!(Target::parse(relative), None, "{relative}");
        }
    }

    #[test]
    fn what_does_not_parse_says_why() {
        let reason = |written| match Target::parse(written) {
            Some(Target::Invalid(reason)) => reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(reason("https://example.org:99999/"), "invalid port number");
        assert_eq!(reason("https://www.cnn.com/…/index.html"), "it is cut short by an ellipsis");
    }
}
