//! Cookies within one chain (RFC 6265): some sites send them with a redirect and go round in circles without them.
//!
//! They are forgotten when the chain ends, so that no site learns what else an article cites.

use url::{Host, Url};

use super::exchange::Response;
use super::network::plain;

/// The cookies of one chain.
#[derive(Clone, Debug, Default)]
pub(super) struct Cookies {
    cookies: Vec<Cookie>,
    /// How often they changed.
    changes: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cookie {
    name: String,
    value: String,
    domain: String,
    /// Whether hosts below the domain get it too.
    below: bool,
    path: String,
    secure: bool,
}

/// More cookies than this are not kept, nor longer ones: browsers do no better (RFC 6265 §6.1).
const MOST: usize = 50;
const LONGEST: usize = 4096;

impl Cookies {
    /// Takes in what `response` to a request for `url` sets.
    pub(super) fn take(&mut self, url: &Url, response: &Response) {
        let fields = response.headers.iter().filter(|(name, _)| name == "set-cookie");
        for (_, value) in fields {
            let Some((cookie, gone)) = std::str::from_utf8(value).ok().and_then(|text| read(url, text))
            else {
                continue;
            };
            self.put(cookie, gone);
        }
    }

    /// The value of the `Cookie` header for a request for `url`; nothing where there is none to send.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let fitting = self.cookies.iter().filter(|cookie| cookie.is_for(url));
        let pairs: Vec<_> = fitting.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// How often they changed so far: a URL that was asked for with other cookies may answer otherwise now.
    pub(super) fn changes(&self) -> usize {
        self.changes
    }

    fn put(&mut self, cookie: Cookie, gone: bool) {
        let same = |other: &Cookie| {
            (&other.name, &other.domain, &other.path) == (&cookie.name, &cookie.domain, &cookie.path)
        };
        let known = self.cookies.iter().position(same);
        if !gone && known.is_some_and(|at| self.cookies[at] == cookie) {
            return;
        }
        if let Some(at) = known {
            self.cookies.remove(at);
        }
        if !gone && self.cookies.len() < MOST {
            self.cookies.push(cookie);
        } else if known.is_none() {
            return;
        }
        self.changes += 1;
    }
}

impl Cookie {
    fn is_for(&self, url: &Url) -> bool {
        let host = plain(url.host_str().unwrap_or_default());
        let path = url.path();
        let domain = host == self.domain || self.below && is_below(host, &self.domain);
        let under = path.strip_prefix(self.path.as_str());
        let path =
            under.is_some_and(|rest| rest.is_empty() || self.path.ends_with('/') || rest.starts_with('/'));
        domain && path && (!self.secure || url.scheme() == "https")
    }
}

/// One `Set-Cookie` (RFC 6265 §5.2), and whether it takes the cookie back. Nothing where it is none that the host of
/// `url` may set.
fn read(url: &Url, text: &str) -> Option<(Cookie, bool)> {
    let mut parts = text.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let host = plain(url.host_str()?).to_owned();
    let cookie = Cookie {
        name: name.trim().to_owned(),
        value: value.trim().to_owned(),
        domain: host.clone(),
        below: false,
        path: default_path(url),
        secure: false,
    };
    let (mut cookie, mut gone) = (cookie, false);
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "domain" if !value.is_empty() => {
                value.strip_prefix('.').unwrap_or(value).to_ascii_lowercase().clone_into(&mut cookie.domain);
                cookie.below = true;
            }
            "path" if value.starts_with('/') => value.clone_into(&mut cookie.path),
            "secure" => cookie.secure = true,
            "max-age" => gone = value.starts_with('-') || value == "0",
            _ => {}
        }
    }
    let sane = !cookie.name.is_empty() && text.len() <= LONGEST && !text.contains(char::is_control);
    let own = cookie.domain == host || may_set(url, &host, &cookie.domain);
    (sane && own).then_some((cookie, gone))
}

/// Whether a host may set cookies for a domain above it. A domain of one label is none, and neither is any for addresses.
fn may_set(url: &Url, host: &str, domain: &str) -> bool {
    matches!(url.host(), Some(Host::Domain(_))) && domain.contains('.') && is_below(host, domain)
}

fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}

/// The folder of the path (RFC 6265 §5.1.4).
fn default_path(url: &Url) -> String {
    match url.path().rfind('/') {
        None | Some(0) => "/".to_owned(),
        Some(at) => url.path()[..at].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{Body, Protocol};

    fn sent(from: &str, fields: &[&str], to: &str) -> Option<String> {
        let mut cookies = Cookies::default();
        cookies.take(&from.parse().unwrap(), &response(fields));
        cookies.header(&to.parse().unwrap())
    }

    fn response(fields: &[&str]) -> Response {
        let headers =
            fields.iter().map(|value| ("set-cookie".to_owned(), value.as_bytes().to_vec())).collect();
        Response { protocol: Protocol::Http11, status: 302, headers, body: Body::default(), truncated: None }
    }

    #[test]
    fn cookies_go_back_to_where_they_came_from() {
        for (field, to, expected) in [
            ("a=1", "https://www.a.example/x/z", true),
            ("a=1", "https://www.a.example/y", false),
            ("a=1; Path=/", "https://www.a.example/y", true),
            ("a=1; Path=/", "https://news.a.example/y", false),
            ("a=1; path=/; DOMAIN=.a.example", "https://news.a.example/y", true),
            ("a=1; path=/; domain=example", "https://b.example/y", false),
            ("a=1; path=/; domain=b.example", "https://b.example/y", false),
            ("a=1; path=/; secure", "http://www.a.example/", false),
            ("a=1; path=/; max-age=0", "https://www.a.example/", false),
            ("a=1; path=/yes", "https://www.a.example/yesterday", false),
            ("=1; path=/", "https://www.a.example/", false),
            ("nothing", "https://www.a.example/x/", false),
        ] {
            let sent = sent("https://www.a.example/x/y", &[field], to);
            assert_eq!(sent.as_deref(), expected.then_some("a=1"), "{field} {to}");
        }
    }

    #[test]
    fn a_cookie_replaces_one_of_its_name_and_changes_are_counted() {
        let url = "https://a.example/".parse().unwrap();
        let mut cookies = Cookies::default();
        for (field, header, changes) in [
            ("a=1", Some("a=1"), 1),
            ("a=1", Some("a=1"), 1),
            ("b=x", Some("a=1; b=x"), 2),
            ("a=2", Some("b=x; a=2"), 3),
            ("b=x; max-age=-1", Some("a=2"), 4),
            ("c=x; max-age=0", Some("a=2"), 4),
        ] {
            cookies.take(&url, &response(&[field]));
            assert_eq!((cookies.header(&url).as_deref(), cookies.changes()), (header, changes), "{field}");
        }
    }

    #[test]
    fn no_site_can_make_them_grow_without_end() {
        let fields: Vec<_> = (0..1000).map(|number| format!("n{number}=1")).collect();
        let fields: Vec<_> = fields.iter().map(String::as_str).collect();
        let header = sent("https://a.example/", &fields, "https://a.example/").unwrap();
        assert_eq!(header.split("; ").count(), MOST);
        assert_eq!(
            sent("https://a.example/", &[&format!("a={}", "x".repeat(5000))], "https://a.example/"),
            None
        );
    }
}
