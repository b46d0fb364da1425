//! Sort-friendly keys of URLs (SURT), as the index of a web archive is sorted and looked up by.
//!
//! There is no standard, only what programs do. The keys here are those of the Python package `surt`, which pywb and
//! cdxj-indexer use: `https://www.Example.com/A?b&a` becomes `com,example)/a?a&b`. The table in the tests was made
//! with that package.

use url::Host;

use super::sessions::{without_path_session, without_query_sessions};

/// The key of `url`.
pub fn surt(url: &str) -> String {
    let url: String = url.trim_matches(|c: char| c.is_ascii_whitespace()).replace(['\n', '\r', '\t'], "");
    if url.is_empty() {
        return "-".to_owned();
    }
    if url.starts_with("filedesc") {
        return url;
    }
    let url = with_scheme(url);
    let parts = Parts::of(without_doubled_scheme(&url));
    let host = parts.host.map(host_key);
    let mut key = match &host {
        Some(host) => host.clone() + &port_key(parts.scheme, parts.port) + ")",
        None => format!("{}:", parts.scheme),
    };
    key.push_str(&path_key(parts.path, host.is_some()));
    let query = query_key(parts.query);
    if !query.is_empty() {
        key.push('?');
        key.push_str(&query);
    }
    key
}

/// A URL taken apart as RFC 3986 appendix B does, its fragment left out.
struct Parts<'a> {
    scheme: &'a str,
    host: Option<&'a str>,
    port: Option<u16>,
    path: &'a str,
    query: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (url, query) = url.split_once('?').unwrap_or((url, ""));
        let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
            None => ("", rest),
        };
        let (host, port) = host_and_port(authority);
        if !host.is_empty() || !scheme.starts_with("http") {
            return Self { scheme, host: (!host.is_empty()).then_some(host), port, path, query };
        }
        // `http:///example.com/`: too many slashes before the host.
        let path = path.trim_start_matches('/');
        let (host, path) = path.split_at(path.find('/').unwrap_or(path.len()));
        Self { scheme, host: (!host.is_empty()).then_some(host), port, path, query }
    }
}

fn with_scheme(url: String) -> String {
    let before = url.split(':').next().unwrap_or_default();
    let is_scheme = before.len() < url.len()
        && before.starts_with(|first: char| first.is_ascii_alphabetic())
        && before.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if is_scheme { url } else { format!("http://{url}") }
}

/// Of `https://http://example.com/` only the last scheme counts.
fn without_doubled_scheme(mut url: &str) -> &str {
    let after =
        |url: &str| ["http://", "https://"].iter().find(|scheme| url.starts_with(**scheme)).map(|s| s.len());
    while let Some(rest) = after(url).and_then(|length| url.get(length..)) {
        if after(rest).is_none() {
            break;
        }
        url = rest;
    }
    url
}

fn host_and_port(authority: &str) -> (&str, Option<u16>) {
    let place = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match place.split_once('[') {
        Some((_, bracketed)) => {
            let (host, rest) = bracketed.split_once(']').unwrap_or((bracketed, ""));
            (host, rest.strip_prefix(':').unwrap_or_default())
        }
        None => place.split_once(':').unwrap_or((place, "")),
    };
    (host, port.parse().ok())
}

/// The port, unless it is the one that the scheme stands for.
fn port_key(scheme: &str, port: Option<u16>) -> String {
    let standard = match scheme.to_ascii_lowercase().as_str() {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    };
    port.filter(|_| port != standard).map(|port| format!(":{port}")).unwrap_or_default()
}

/// The labels of the host backwards, `www`, `www2` … left out.
fn host_key(host: &str) -> String {
    let plain = unescape(host.as_bytes());
    let text = String::from_utf8_lossy(&plain);
    let ascii = if text.is_ascii() {
        text.into_owned()
    } else {
        Host::parse(&text).map_or(text.into_owned(), |host| host.to_string())
    };
    let ascii = ascii.replace("..", ".");
    let ascii = ascii.trim_matches('.');
    let host = ipv4(ascii).unwrap_or_else(|| escape(ascii.to_ascii_lowercase().as_bytes()));
    let labels: Vec<_> = without_www(&host).rsplit('.').collect();
    labels.join(",")
}

fn without_www(host: &str) -> &str {
    let rest = host.strip_prefix("www").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.and_then(|rest| rest.strip_prefix('.')).unwrap_or(host)
}

/// The usual form of an IPv4 address in digits, which may be one number, or octal.
fn ipv4(host: &str) -> Option<String> {
    if host.is_empty() || !host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => Some(address.to_string()),
        _ => None,
    }
}

fn path_key(path: &str, has_host: bool) -> String {
    let plain = unescape(path.as_bytes());
    let plain = if has_host { without_dots(&plain) } else { plain };
    let path = without_path_session(&escape(&plain).to_ascii_lowercase());
    match path.strip_suffix('/') {
        Some(shorter) if !shorter.is_empty() => shorter.to_owned(),
        _ => path,
    }
}

/// The path without empty, `.` and `..` parts; its last part stays as it is. What has no part above it keeps a `..`.
fn without_dots(path: &[u8]) -> Vec<u8> {
    let mut kept: Vec<&[u8]> = Vec::new();
    for part in path.split(|&byte| byte == b'/').skip(1) {
        match part {
            b"." => (),
            b".." if !kept.is_empty() => drop(kept.pop()),
            _ => kept.push(part),
        }
    }
    let last = kept.pop().unwrap_or_default();
    let mut clean = vec![b'/'];
    for part in kept.into_iter().filter(|part| !part.is_empty()) {
        clean.extend(part);
        clean.push(b'/');
    }
    clean.extend(last);
    clean
}

/// The arguments sorted by name and value, session ids left out.
fn query_key(query: &str) -> String {
    let query = without_query_sessions(&escape(&unescape(query.as_bytes())).to_ascii_lowercase());
    let mut arguments: Vec<_> =
        query.split('&').map(|argument| (argument.split_once('='), argument)).collect();
    arguments.sort_by_key(|&(pair, whole)| pair.map_or((whole, None), |(name, value)| (name, Some(value))));
    let sorted: Vec<_> = arguments.into_iter().map(|(_, whole)| whole).collect();
    sorted.join("&")
}

/// Undoes percent encoding until there is none left.
fn unescape(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    loop {
        let plain = unescape_once(&bytes);
        if plain.len() == bytes.len() {
            return plain;
        }
        bytes = plain;
    }
}

fn unescape_once(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let encoded = (first == b'%').then(|| after.split_first_chunk::<2>()).flatten();
        let decoded = encoded.and_then(|(pair, after)| Some((hex(pair[0])? << 4 | hex(pair[1])?, after)));
        let (byte, after) = decoded.unwrap_or((first, after));
        plain.push(byte);
        rest = after;
    }
    plain
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| value.try_into().ok())
}

/// Percent-encodes all that is not printable ASCII, and `#` and `%`.
fn escape(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_graphic() && byte != b'#' && byte != b'%' {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A URL and its key a line.
    const VECTORS: &str = include_str!("vectors.tsv");

    #[test]
    fn keys_are_those_of_python_surt() {
        let vectors = VECTORS.lines().filter_map(|line| line.split_once('\t'));
        let wrong: Vec<_> =
            vectors.clone().filter(|(url, key)| surt(url) != *key).map(|(url, _)| (url, surt(url))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(vectors.count() > 70);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn a_key_is_printable_ascii_without_spaces(url in "(https?:|urn:|)(//|)\\PC{0,60}") {
            let key = surt(&url);
            prop_assert!(key.starts_with("filedesc") || key.bytes().all(|byte| byte.is_ascii_graphic()), "{}", key);
        }
    }
}
