//! Where a response sends on to.

use url::Url;

use super::exchange::Response;

/// A URL as it is asked for: no fragment (RFC 9110 §7.1), and no user name and password. What an article writes there goes
/// into a header that is not recorded, and what a redirect writes there is not ours to send.
pub(super) fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    // Both fail only for URLs that cannot have them.
    let _: (Result<(), ()>, Result<(), ()>) = (url.set_username(""), url.set_password(None));
    url
}

/// Whether what is for the site of `url` alone may be sent to `next` as well: the same origin, or the same host by `https`
/// where it was asked by `http`, each at its usual port.
pub(super) fn is_same_site(url: &Url, next: &Url) -> bool {
    let upgraded =
        (url.scheme(), next.scheme()) == ("http", "https") && url.port().is_none() && next.port().is_none();
    url.host() == next.host() && (url.origin() == next.origin() || upgraded)
}

/// The URL that a redirect leads to (RFC 9110 §10.2.2 and §15.4), resolved against `url`. Nothing where `response` is no
/// redirect, or names no URL.
pub(super) fn target(url: &Url, response: &Response) -> Option<Url> {
    if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let (_, value) = response.headers.iter().find(|(name, _)| name == "location")?;
    // Servers write more than the ASCII that is allowed: UTF-8, or else Latin-1.
    let latin1 = || value.iter().map(|&byte| char::from(byte)).collect();
    let location = std::str::from_utf8(value).map_or_else(|_| latin1(), str::to_owned);
    url.join(&location).ok().map(|target| bare(&target))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{Body, Protocol};

    fn response(status: u16, location: &[u8]) -> Response {
        let headers = vec![("location".to_owned(), location.to_vec())];
        Response { protocol: Protocol::Http11, status, headers, body: Body::default(), truncated: None }
    }

    #[test]
    fn locations_are_resolved_against_what_was_asked() {
        let url = "https://a.example/x/y?q=1".parse().unwrap();
        for (location, expected) in [
            (&b"/z"[..], "https://a.example/z"),
            (b"z", "https://a.example/x/z"),
            (b"?r", "https://a.example/x/y?r"),
            (b"//b.example/", "https://b.example/"),
            (b"http://b.example", "http://b.example/"),
            (b" /spaces ", "https://a.example/spaces"),
            (b"/z#part", "https://a.example/z"),
            (b"https://user:secret@b.example/", "https://b.example/"),
            ("/ü".as_bytes(), "https://a.example/%C3%BC"),
            (b"/\xfc", "https://a.example/%C3%BC"),
            (b"", "https://a.example/x/y?q=1"),
            (b"ftp://b.example/", "ftp://b.example/"),
        ] {
            let target = target(&url, &response(302, location)).unwrap();
            assert_eq!(target.as_str(), expected, "{}", location.escape_ascii());
        }
    }

    #[test]
    fn what_is_for_one_site_goes_to_no_other_and_never_in_the_clear() {
        for (url, next, same) in [
            ("https://a.example/x", "https://a.example:443/y", true),
            ("http://a.example/x", "https://a.example/x", true),
            ("https://a.example/x", "http://a.example/x", false),
            ("https://a.example/x", "https://a.example:8443/x", false),
            ("http://a.example:8080/x", "https://a.example/x", false),
            ("https://a.example/x", "https://www.a.example/x", false),
        ] {
            assert_eq!(is_same_site(&url.parse().unwrap(), &next.parse().unwrap()), same, "{url} to {next}");
        }
    }

    #[test]
    fn only_redirects_with_a_url_lead_on() {
        let url = "https://a.example/".parse().unwrap();
        for status in [200, 201, 300, 304, 305, 306, 404] {
            assert_eq!(target(&url, &response(status, b"/z")), None, "{status}");
        }
        assert_eq!(target(&url, &response(301, b"https://")), None);
        assert_eq!(target(&url, &Response { headers: Vec::new(), ..response(301, b"") }), None);
    }
}
