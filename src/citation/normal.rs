//! The normal form of a URL, which tells whether two citations name the same source.
//!
//! It is for comparing only: what is fetched is the URL as it was first written. The scheme and host in lower
//! case, no default port and no dot segments come from the WHATWG URL Standard; that `%7e`, `%7E` and `~` are one, from
//! RFC 3986, 6.2.2. A fragment names a place within the source, and tracking parameters name whoever clicked. The order
//! of parameters and a slash at the end are left alone, for servers may tell them apart.

use std::borrow::Cow;

use url::Url;

use super::reading::Target;
use super::tracking::is_tracking;

/// Hosts that resolve DOIs, which are the same in capitals and small letters (ISO 26324).
const DOI_RESOLVERS: &[&str] = &["doi.org", "dx.doi.org", "www.doi.org"];

/// The text by which two targets are one source.
pub(super) fn key(target: &Target, written: &str) -> String {
    match target {
        Target::Web(url) => normal(url),
        Target::Other(url) => url.to_string(),
        Target::Invalid(_) => written.to_owned(),
    }
}

fn normal(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    if DOI_RESOLVERS.contains(&host) && url.path().starts_with("/10.") {
        return format!("doi:{}", unescaped(url.path()).to_lowercase());
    }
    let mut normal = String::with_capacity(url.as_str().len());
    normal.extend([url.scheme(), "://", host]);
    if let Some(port) = url.port() {
        normal.push(':');
        normal.push_str(&port.to_string());
    }
    normal.push_str(&unescaped(url.path()));
    let pairs = url.query().unwrap_or_default().split('&');
    let mut mark = '?';
    for pair in pairs.filter(|pair| !pair.is_empty() && !is_tracking(host, name(pair))) {
        normal.push(mark);
        normal.push_str(&unescaped(pair));
        mark = '&';
    }
    normal
}

fn name(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

/// A part of a URL with the escapes undone that change nothing, and the others in capitals.
fn unescaped(part: &str) -> Cow<'_, str> {
    if !part.contains('%') {
        return Cow::Borrowed(part);
    }
    let mut plain = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        let digits =
            rest.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, digits) {
            (Some(byte), _) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                plain.push(char::from(byte));
            }
            (Some(_), Some(digits)) => {
                plain.push('%');
                plain.push_str(&digits.to_ascii_uppercase());
            }
            _ => plain.push('%'),
        }
        rest = &rest[at + 1 + digits.map_or(0, str::len)..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(written: &str) -> String {
        key(&Target::parse(written).unwrap(), written)
    }

    #[test]
    fn spellings_of_one_page_are_one_source() {
        for written in [
            "HTTPS://WWW.Example.org:443/a/./b?x=1#part",
            "https://www.example.org/a/b?utm_source=mail&x=1&fbclid=abc",
            "www.example.org/a/b?x=1",
            "https://www.example.org./a/c/../b?x=1&",
            "https://www.example.org/%61/%62?%78=1",
        ] {
            assert_eq!(key_of(written), "https://www.example.org/a/b?x=1", "{written}");
        }
        assert_eq!(key_of("https://example.org/?utm_source=x"), "https://example.org/");
        assert_eq!(key_of("https://example.org/?"), "https://example.org/");
        assert_eq!(key_of("https://example.org/%7euser/a%2fb%"), "https://example.org/~user/a%2Fb%");
    }

    #[test]
    fn what_may_be_another_page_is_another_source() {
        for (one, other) in [
            ("https://example.org/a", "https://example.org/a/"),
            ("https://example.org/?a=1&b=2", "https://example.org/?b=2&a=1"),
            ("http://example.org/", "https://example.org/"),
            ("https://example.org/a", "https://example.org/A"),
            ("https://example.org/a%2Fb", "https://example.org/a/b"),
            ("https://example.org:8443/", "https://example.org/"),
            ("https://www.example.org/", "https://example.org/"),
        ] {
            assert_ne!(key_of(one), key_of(other));
        }
    }

    #[test]
    fn a_doi_is_one_source_however_it_is_resolved() {
        for written in ["https://doi.org/10.1000/ABC", "http://dx.doi.org/10.1000/abc"] {
            assert_eq!(key_of(written), "doi:/10.1000/abc");
        }
    }
}
