//! URLs on their way to the reader: which may be links, and how to show a long one.

use url::Url;

/// The link that `url` may become: an `http` or `https` URL in its normal form. An article can hold any scheme,
/// `javascript:` and `data:` among them, and none of those may ever be clicked in a report.
pub(super) fn href(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    matches!(parsed.scheme(), "http" | "https").then(|| parsed.to_string())
}

/// `url` as a reader wants it: without `https://`, and without a lone slash at its end.
pub(super) fn bare(url: &str) -> &str {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    match rest.strip_suffix('/') {
        Some(host) if !host.contains('/') => host,
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(href("https://example.org/a b").as_deref(), Some("https://example.org/a%20b"));
        let fragment = "http://example.org/a#:~:text=one%20two,three";
        assert_eq!(href(fragment).as_deref(), Some(fragment));
        for refused in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "data:text/html,x",
            "mailto:a@example.org",
            "a/b",
            "",
        ] {
            assert_eq!(href(refused), None, "{refused}");
        }
    }

    #[test]
    fn quotes_in_a_url_cannot_end_an_attribute() {
        let link = href("https://example.org/?q=\"><script>").unwrap();
        assert!(!link.contains(['"', '<', '>']), "{link}");
    }

    #[test]
    fn shows_urls_without_what_every_url_has() {
        assert_eq!(bare("https://example.org/"), "example.org");
        assert_eq!(bare("https://example.org/a/"), "example.org/a/");
        assert_eq!(bare("ftp://example.org/a"), "ftp://example.org/a");
    }
}
