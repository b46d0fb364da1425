//! The head of a request, as the stand-in web reads it.

/// A request as a site sees it. The body, if there is one, is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method as sent, such as `GET`.
    pub method: String,
    /// Host name in lower case, without its port; empty where the request names none.
    pub host: String,
    /// Path with query, as sent: `/a?b=c`.
    pub path: String,
    /// Header fields in the order received, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Whether it came over TLS.
    pub secure: bool,
    /// Whether the connection can serve another request after this one (RFC 9112 §9.3).
    pub(super) keep_alive: bool,
}

/// Longest head that is read, in bytes.
pub(super) const MAX_HEAD: usize = 64 * 1024;

impl Request {
    /// The first value of the header `name` (lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Reads a head without its closing empty line (RFC 9112 §2.1); `None` where it is not HTTP/1.
    pub(super) fn parse(head: &[u8], secure: bool) -> Option<Self> {
        let head = std::str::from_utf8(head).ok()?;
        let mut lines = head.split("\r\n");
        let mut start = lines.next()?.split(' ');
        let (method, target, version) = (start.next()?, start.next()?, start.next()?);
        if start.next().is_some() || !version.starts_with("HTTP/1.") {
            return None;
        }
        let headers = lines.filter(|line| !line.is_empty()).map(field).collect::<Option<Vec<_>>>()?;
        let (named, path) = split_target(target);
        let mut request =
            Self { method: method.to_owned(), host: named, path, headers, secure, keep_alive: false };
        if request.host.is_empty() {
            request.host = request.header("host").map(host_name).unwrap_or_default();
        }
        request.keep_alive = request.can_keep_alive(version);
        Some(request)
    }

    /// An unread body would be taken for the next request, so a request with one ends its connection.
    fn can_keep_alive(&self, version: &str) -> bool {
        let has_body = self.headers.iter().any(|(name, value)| {
            name == "transfer-encoding" || (name == "content-length" && value.trim() != "0")
        });
        let asked_to_close =
            self.header("connection").is_some_and(|value| value.to_ascii_lowercase().contains("close"));
        version == "HTTP/1.1" && !has_body && !asked_to_close
    }
}

fn field(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    (!name.is_empty() && !name.contains(' ')).then(|| (name.to_ascii_lowercase(), value.trim().to_owned()))
}

/// Host and path of a request target: in absolute form, as sent to a proxy, it names the host itself.
fn split_target(target: &str) -> (String, String) {
    let Some(rest) = target.strip_prefix("http://").or_else(|| target.strip_prefix("https://")) else {
        return (String::new(), target.to_owned());
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let path = if end == rest.len() { "/" } else { &rest[end..] };
    (host_name(&rest[..end]), path.to_owned())
}

/// `WWW.Example.org:443` → `www.example.org`; brackets of an IPv6 address stay.
fn host_name(authority: &str) -> String {
    let name = match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    };
    name.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_head_is_taken_apart() {
        let head = b"GET /a?b=c HTTP/1.1\r\nHost: WWW.Example.org:8443\r\nAccept: */*\r\n";
        let request = Request::parse(head, true).unwrap();
        assert_eq!((request.method.as_str(), request.host.as_str()), ("GET", "www.example.org"));
        assert_eq!((request.path.as_str(), request.header("accept")), ("/a?b=c", Some("*/*")));
        assert!(request.keep_alive && request.secure);
    }

    #[test]
    fn a_connection_ends_when_asked_to_or_when_a_body_is_left_unread() {
        for field in ["Connection: close", "Content-Length: 3", "Transfer-Encoding: chunked"] {
            let head = format!("POST / HTTP/1.1\r\nHost: a\r\n{field}");
            assert!(!Request::parse(head.as_bytes(), false).unwrap().keep_alive, "{field}");
        }
        assert!(!Request::parse(b"GET / HTTP/1.0\r\nHost: a", false).unwrap().keep_alive);
    }

    #[test]
    fn an_absolute_target_names_the_host() {
        let request = Request::parse(b"GET http://B.example:80 HTTP/1.1\r\nHost: a", false).unwrap();
        assert_eq!((request.host.as_str(), request.path.as_str()), ("b.example", "/"));
    }

    #[test]
    fn what_is_not_http_is_refused() {
        for head in ["", "GET /", "GET / HTTP/2", "GET / HTTP/1.1 x", "GET / HTTP/1.1\r\nno colon"] {
            assert_eq!(Request::parse(head.as_bytes(), false), None, "{head:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn no_head_makes_it_panic(head in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(request) = Request::parse(&head, false) {
                prop_assert!(!request.path.contains(' '));
            }
        }
    }
}
