//! Fetches a source: every redirect and every try an exchange of its own.

use std::sync::Arc;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, USER_AGENT,
};
use url::Url;

use super::backlog::Backlog;
use super::config::FetchConfig;
use super::connect::Connections;
use super::cookies::Cookies;
use super::error::FetchError;
use super::exchange::{Chain, End, Exchange, Failure, FailureKind, Led, Response, Via};
use super::guard::Guard;
use super::hosts::HostRules;
use super::origins::Origins;
use super::redirect::{bare, is_same_site, target};
use super::refresh::refresh_target;
use super::request::{Purpose, Request, login};
use super::schedule::Schedule;

/// A polite, safe HTTP client. Clones share their connections, limits and knowledge of hosts.
///
/// It does the waiting itself: hand it all sources at once, each in a task of its own, and it asks each host in turn.
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) connections: Connections,
    pub(super) headers: HeaderMap,
    pub(super) guard: Guard,
    pub(super) rules: Arc<HostRules>,
    pub(super) schedule: Schedule,
    pub(super) origins: Origins,
    pub(super) config: FetchConfig,
}

/// What is the same for every try of a URL.
#[derive(Clone, Debug)]
pub(super) struct Errand {
    pub(super) purpose: Purpose,
    pub(super) headers: HeaderMap,
    pub(super) max_bytes: u64,
    pub(super) cookies: Cookies,
    pub(super) via: Option<Via>,
}

impl Client {
    /// A client with these settings.
    ///
    /// # Errors
    ///
    /// Fails where `ca_file` cannot be used, `user_agent` or the headers for a host cannot be sent, or `proxy` cannot be
    /// used or is set without `allow_private`.
    pub fn new(config: &FetchConfig) -> Result<Self, FetchError> {
        let guard = Guard::new(config);
        let rules = Arc::new(HostRules::new(config)?);
        Ok(Self(Arc::new(Inner {
            connections: Connections::new(config, &guard)?,
            headers: headers(config)?,
            guard,
            schedule: Schedule::new(config, Arc::clone(&rules)),
            rules,
            origins: Origins::default(),
            config: config.clone(),
        })))
    }

    /// Fetches `url`, follows redirects and tries again where it may help. Never fails: what went wrong is in the
    /// [`Chain`]. The fragment is not sent. A user name and password are, as a browser sends them, and are in no record.
    pub async fn fetch(&self, url: &Url) -> Chain {
        self.request(&Request::new(url.clone(), Purpose::Cited)).await
    }

    /// Fetches what `request` asks for, as [`Client::fetch`] does a cited page: under the same guard, limits and
    /// politeness.
    pub async fn request(&self, request: &Request) -> Chain {
        tracing::trace!(url = %bare(&request.url), purpose = ?request.purpose, "asked for");
        let mut exchanges = Vec::new();
        let end = self.0.follow(request, &mut exchanges).await;
        Chain { exchanges, end }
    }

    /// Whether the settings count `status` as alive on the host of `url`.
    pub fn accepts(&self, url: &Url, status: u16) -> bool {
        self.0.rules.accepts(url, status)
    }

    /// The answers that wait to be dealt with: while there are many, nothing more is asked for.
    pub fn backlog(&self) -> &Backlog {
        self.0.schedule.backlog()
    }

    pub(super) fn inner(&self) -> &Inner {
        &self.0
    }
}

impl Inner {
    /// Fetches hop by hop until there is an end, adding to `exchanges`.
    async fn follow(&self, request: &Request, exchanges: &mut Vec<Exchange>) -> End {
        if self.config.offline {
            let detail = "beleg is offline".to_owned();
            return End::Failed(Failure { kind: FailureKind::Offline, detail });
        }
        let mut errand = Errand {
            purpose: request.purpose,
            headers: self.headers_of(request),
            max_bytes: self.config.max_bytes.bytes().min(request.max_bytes.unwrap_or(u64::MAX)),
            cookies: Cookies::default(),
            via: None,
        };
        let mut url = bare(&request.url);
        let mut visited = Vec::new();
        let mut retries = self.config.retries;
        loop {
            if let Err(failure) = self.guard.check(&url) {
                return refused(failure, visited.is_empty());
            }
            let asked_with = errand.cookies.changes();
            let response = match self.settle(&url, &errand, &mut retries, exchanges).await {
                Ok(response) => response,
                Err(failure) if failure.kind == FailureKind::PrivateAddress => {
                    return refused(failure, visited.is_empty());
                }
                Err(failure) => return End::Failed(failure),
            };
            errand.cookies.take(&url, response);
            let Some((next, how)) = self.next(&url, response, request.purpose) else { return End::Answered };
            visited.push((url.clone(), asked_with));
            // The same URL with other cookies may answer otherwise: some walls let nobody pass without.
            let again = visited.contains(&(next.clone(), errand.cookies.changes()));
            if again || visited.len() > self.config.max_redirects {
                return if how == Led::Refresh { End::Answered } else { End::RedirectLoop(next) };
            }
            if !is_same_site(&url, &next) {
                errand.headers.clone_from(&self.headers);
            }
            errand.via = Some(Via { url, how });
            url = next;
        }
    }

    /// Where a response leads on to, and by what. A page that sends on to what must not be fetched is the end itself.
    fn next(&self, url: &Url, response: &Response, purpose: Purpose) -> Option<(Url, Led)> {
        if let Some(next) = target(url, response) {
            return Some((next, Led::Redirect));
        }
        let next = refresh_target(url, response).filter(|_| purpose != Purpose::Requisite)?;
        self.guard.check(&next).is_ok().then_some((next, Led::Refresh))
    }

    /// The headers of `request`: the usual ones, and its own in place of those of the same name.
    fn headers_of(&self, request: &Request) -> HeaderMap {
        let mut headers = self.headers.clone();
        headers.extend(login(&request.url).map(|login| (AUTHORIZATION, login)));
        for (name, value) in &request.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
                headers.insert(name, value);
            }
        }
        headers
    }
}

/// How a chain ends where the guard refuses: at its first URL, or at one that a redirect led to.
fn refused(failure: Failure, first: bool) -> End {
    if first { End::Failed(failure) } else { End::UnsafeRedirect(failure.detail) }
}

/// What every request says. No coding is asked for, so that the bytes kept are the page's own; the language is left
/// to the page.
fn headers(config: &FetchConfig) -> Result<HeaderMap, FetchError> {
    let user_agent = HeaderValue::from_str(&config.user_agent);
    let user_agent = user_agent.map_err(|_| FetchError::UserAgent(config.user_agent.clone()))?;
    let accept = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.8";
    Ok(HeaderMap::from_iter([
        (USER_AGENT, user_agent),
        (ACCEPT, HeaderValue::from_static(accept)),
        (ACCEPT_LANGUAGE, HeaderValue::from_static("*")),
        (ACCEPT_ENCODING, HeaderValue::from_static("identity")),
    ]))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::num::NonZeroUsize;
    use std::sync::Mutex;
    use std::time::{Duration, Instant};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
    use rustls::ServerConfig;
    use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
    use tempfile::NamedTempFile;
    use tokio::task::JoinSet;
    use tokio::time::sleep;
    use tokio_rustls::TlsAcceptor;

    use super::*;
    use crate::fetch::scripted::{Server, Step, reply, send};
    use crate::fetch::{Protocol, RobotsChoice, TlsVerdict, Truncation, decode};
    use crate::quantity::{Size, Span};

    fn config() -> FetchConfig {
        FetchConfig {
            allow: vec!["127.0.0.0/8".parse().unwrap()],
            pause: Span::from_millis(0),
            timeout: Span::from_secs(5),
            retries: 0,
            ..FetchConfig::default()
        }
    }

    async fn fetch_with(config: &FetchConfig, url: &Url) -> Chain {
        Client::new(config).unwrap().fetch(url).await
    }

    async fn fetch(url: &Url) -> Chain {
        fetch_with(&config(), url).await
    }

    fn path(head: &str) -> &str {
        head.split(' ').nth(1).unwrap()
    }

    fn kind(chain: &Chain) -> FailureKind {
        match &chain.end {
            End::Failed(failure) => failure.kind,
            end => panic!("{end:?}"),
        }
    }

    fn body(chain: &Chain) -> Vec<u8> {
        let mut bytes = Vec::new();
        chain.response().unwrap().body.reader().unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[tokio::test]
    async fn a_page_comes_with_all_that_is_known_of_its_exchange() {
        let server =
            Server::start(|head, _| reply("200 OK", &["Content-Type: text/plain"], head.as_bytes())).await;
        let chain = fetch(&server.url("/page?q=1#part")).await;
        let [exchange] = &chain.exchanges[..] else { panic!("{chain:?}") };
        assert_eq!(
            (exchange.url.as_str(), exchange.peer),
            (server.url("/page?q=1").as_str(), Some(server.address))
        );
        let response = chain.response().unwrap();
        assert_eq!((response.status, response.protocol, response.truncated), (200, Protocol::Http11, None));
        assert_eq!(response.header("content-type").as_deref(), Some("text/plain"));
        let head = String::from_utf8(body(&chain)).unwrap().to_ascii_lowercase();
        assert!(head.starts_with("get /page?q=1 http/1.1\r\n"), "{head}");
        let mut sent: Vec<_> =
            head.lines().skip(1).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let recorded = exchange.request_headers.iter();
        let mut recorded: Vec<_> =
            recorded.map(|(name, value)| format!("{name}: {value}").to_ascii_lowercase()).collect();
        assert!(recorded[0].starts_with("host: 127.0.0.1:"), "{recorded:?}");
        sent.sort();
        recorded.sort();
        assert_eq!(sent, recorded);
    }

    #[tokio::test]
    async fn each_redirect_is_an_exchange() {
        let server = Server::start(|head, _| match path(head) {
            "/a" => reply("301 Moved Permanently", &["Location: b?x#there"], b"over there"),
            "/b?x" => reply("303 See Other", &["Location: //127.0.0.1/"], b""),
            _ => reply("404 Not Found", &[], b"nothing"),
        })
        .await;
        let resolve = vec![format!("a.example={}", server.address).parse().unwrap()];
        let chain =
            fetch_with(&FetchConfig { resolve, ..config() }, &"http://a.example/a".parse().unwrap()).await;
        let urls: Vec<_> = chain.exchanges.iter().map(|exchange| exchange.url.as_str()).collect();
        assert_eq!(urls, ["http://a.example/a", "http://a.example/b?x", "http://127.0.0.1/"]);
        let statuses: Vec<_> = chain
            .exchanges
            .iter()
            .filter_map(|exchange| Some(exchange.answer.as_ref().ok()?.status))
            .collect();
        assert_eq!(statuses, [301, 303]);
        assert_eq!(chain.exchanges[0].request_headers[0], ("host".to_owned(), "a.example".to_owned()));
        let plain = fetch(&server.url("/missing")).await;
        assert_eq!((plain.response().unwrap().status, body(&plain)), (404, b"nothing".to_vec()));
    }

    #[tokio::test]
    async fn redirects_without_end_are_a_loop() {
        let server = Server::start(|head, _| match path(head) {
            "/a" => reply("302 Found", &["Location: /b"], b""),
            "/b" => reply("302 Found", &["Location: /a#again"], b""),
            other => reply("302 Found", &[&format!("Location: {other}x")], b""),
        })
        .await;
        let looped = fetch(&server.url("/a")).await;
        assert_eq!((looped.end, looped.exchanges.len()), (End::RedirectLoop(server.url("/a")), 2));
        let endless = fetch(&server.url("/x")).await;
        assert!(matches!(endless.end, End::RedirectLoop(_)), "{:?}", endless.end);
        assert_eq!(endless.exchanges.len(), 11);
    }

    #[tokio::test]
    async fn a_redirect_to_what_must_not_be_fetched_is_not_followed() {
        let server = Server::start(|head, _| {
            let location = match path(head) {
                "/private" => "http://10.0.0.1/",
                "/odd" => "http://0x0a000001/",
                "/name" => "http://localhost./",
                _ => "ftp://example.org/file",
            };
            reply("302 Found", &[&format!("Location: {location}")], b"")
        })
        .await;
        let allow = vec!["127.0.0.1".parse().unwrap()];
        let resolve = vec![format!("start.example={}", server.address).parse().unwrap()];
        for (path, told) in [("private", "10.0.0.1"), ("odd", "10.0.0.1"), ("ftp", "ftp:")] {
            let config = FetchConfig { allow: allow.clone(), ..config() };
            let chain = fetch_with(&config, &server.url(&format!("/{path}"))).await;
            assert!(
                matches!(&chain.end, End::UnsafeRedirect(detail) if detail.starts_with(told)),
                "{:?}",
                chain.end
            );
            assert_eq!(chain.exchanges.len(), 1);
        }
        let config = FetchConfig { allow: Vec::new(), resolve, ..config() };
        let chain = fetch_with(&config, &"http://start.example/name".parse().unwrap()).await;
        assert!(
            matches!(&chain.end, End::UnsafeRedirect(detail) if detail.contains("localhost")),
            "{:?}",
            chain.end
        );
        assert_eq!(chain.exchanges.len(), 1);
    }

    #[tokio::test]
    async fn private_addresses_are_not_asked() {
        let server = Server::start(|_, _| reply("200 OK", &[], b"")).await;
        let config = FetchConfig { allow: Vec::new(), ..config() };
        let name = format!("http://localhost:{}/", server.address.port()).parse().unwrap();
        for url in [server.url("/"), "http://10.0.0.1/".parse().unwrap(), name] {
            let chain = fetch_with(&config, &url).await;
            assert_eq!((kind(&chain), chain.exchanges.len()), (FailureKind::PrivateAddress, 0), "{url}");
        }
        assert_eq!(server.connections(), 0);
    }

    #[tokio::test]
    async fn a_given_address_stands_in_for_a_lookup() {
        let server = Server::start(|head, _| reply("200 OK", &[], head.as_bytes())).await;
        let resolve = vec![
            format!("a.example={}", server.address).parse().unwrap(),
            "b.example=127.0.0.1".parse().unwrap(),
        ];
        let client = Client::new(&FetchConfig { allow: Vec::new(), resolve, ..config() }).unwrap();
        let port = server.address.port();
        // With and without a port of its own: a port that the URL names is kept.
        for url in [
            "http://a.example/".to_owned(),
            format!("http://a.example:{port}/"),
            format!("http://b.example:{port}/"),
        ] {
            let chain = client.fetch(&url.parse().unwrap()).await;
            assert_eq!(chain.exchanges[0].peer, Some(server.address), "{url}");
        }
        let refused = client.fetch(&"http://a.example:2/".parse().unwrap()).await;
        assert_eq!(kind(&refused), FailureKind::Refused);
    }

    #[tokio::test]
    async fn silence_ends_in_bounded_time() {
        let server = Server::start(|head, _| match path(head) {
            "/hang" => vec![Step::Wait(60_000)],
            "/stall" => vec![
                send("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n"),
                Step::Send(b"half".to_vec()),
                Step::Wait(60_000),
            ],
            _ => {
                let mut steps = vec![send("HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n")];
                steps.extend((0..999).flat_map(|_| [Step::Send(b"x".to_vec()), Step::Wait(20)]));
                steps
            }
        })
        .await;
        let config =
            FetchConfig { timeout: Span::from_millis(300), read_timeout: Span::from_millis(150), ..config() };
        let hung = fetch_with(&config, &server.url("/hang")).await;
        assert_eq!((kind(&hung), hung.exchanges.len()), (FailureKind::Timeout, 1));
        assert!(hung.exchanges[0].elapsed >= Duration::from_millis(300));
        let stalled = fetch_with(&config, &server.url("/stall")).await;
        assert_eq!(
            (stalled.response().unwrap().truncated, body(&stalled)),
            (Some(Truncation::Time), b"half".to_vec())
        );
        let dripping = fetch_with(&config, &server.url("/drip")).await;
        assert_eq!(dripping.response().unwrap().truncated, Some(Truncation::Time));
        assert!(dripping.exchanges[0].elapsed < Duration::from_secs(2));
        assert!(!body(&dripping).is_empty());
    }

    #[tokio::test]
    async fn a_connection_that_breaks_is_told_apart_by_how() {
        let server = Server::start(|head, _| match path(head) {
            "/reset" => vec![Step::Reset],
            "/closed" => vec![],
            "/head" => vec![Step::Send(b"HTTP/1.1 200 OK\r\ncontent-le".to_vec())],
            "/ssh" => vec![Step::Send(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec())],
            _ => vec![send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n"), Step::Send(b"half".to_vec())],
        })
        .await;
        for (path, expected) in [
            ("/reset", FailureKind::Reset),
            ("/closed", FailureKind::Incomplete),
            ("/head", FailureKind::Incomplete),
            ("/ssh", FailureKind::NotHttp),
        ] {
            let chain = fetch(&server.url(path)).await;
            assert_eq!(kind(&chain), expected, "{path} {:?}", chain.end);
        }
        let cut = fetch(&server.url("/cut")).await;
        assert_eq!(
            (cut.response().unwrap().truncated, body(&cut)),
            (Some(Truncation::Disconnect), b"half".to_vec())
        );
    }

    #[tokio::test]
    async fn nobody_listening_is_refused() {
        let closed = Server::start(|_, _| vec![]).await.url("/");
        let mut url = closed.clone();
        url.set_port(Some(2)).unwrap();
        assert_eq!(kind(&fetch(&url).await), FailureKind::Refused);
    }

    #[tokio::test]
    async fn no_more_than_the_cap_is_kept() {
        let server = Server::start(|head, _| match path(head) {
            "/just" => reply("200 OK", &[], &[b'x'; 1000]),
            _ => reply("200 OK", &[], &vec![b'x'; 100_000]),
        })
        .await;
        let config = FetchConfig { max_bytes: Size::from_bytes(1000), ..config() };
        let long = fetch_with(&config, &server.url("/long")).await;
        assert_eq!((long.response().unwrap().truncated, body(&long).len()), (Some(Truncation::Length), 1000));
        let just = fetch_with(&config, &server.url("/just")).await;
        assert_eq!((just.response().unwrap().truncated, body(&just).len()), (None, 1000));
    }

    #[tokio::test]
    async fn a_coded_body_is_kept_as_sent_and_decoded_for_reading() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(b"<p>words</p>").unwrap();
        let coded = encoder.finish().unwrap();
        let sent = coded.clone();
        let headers = ["Content-Encoding: gzip", "Content-Type: text/html"];
        let server = Server::start(move |_, _| reply("200 OK", &headers, &sent)).await;
        let chain = fetch(&server.url("/")).await;
        assert_eq!(body(&chain), coded);
        assert_eq!(decode(chain.response().unwrap(), 1000).unwrap().text, "<p>words</p>");
    }

    #[tokio::test]
    async fn what_may_pass_is_tried_again_and_every_try_kept() {
        let server = Server::start(|head, number| match (path(head), number) {
            ("/always", _) | (_, 0) => reply("503 Service Unavailable", &["Retry-After: 0"], b"later"),
            _ => reply("200 OK", &[], b"now"),
        })
        .await;
        let config = FetchConfig { retries: 2, ..config() };
        let passed = fetch_with(&config, &server.url("/")).await;
        assert_eq!((passed.exchanges.len(), passed.response().unwrap().status), (2, 200));
        let stayed = fetch_with(&config, &server.url("/always")).await;
        assert_eq!((stayed.exchanges.len(), stayed.response().unwrap().status), (3, 503));
    }

    #[tokio::test]
    async fn a_host_that_asks_for_patience_gets_it_for_all_its_pages() {
        let server = Server::start(|_, number| match number {
            0 => reply("429 Too Many Requests", &["Retry-After: 1"], b""),
            _ => reply("200 OK", &[], b""),
        })
        .await;
        let client = Client::new(&FetchConfig { retries: 1, ..config() }).unwrap();
        let (early, late) = (server.url("/a"), server.url("/b"));
        let first = client.fetch(&early);
        let second = async {
            sleep(Duration::from_millis(200)).await;
            client.fetch(&late).await
        };
        let (first, second) = tokio::join!(first, second);
        let held = first.exchanges[0].started;
        for exchange in [&first.exchanges[1], &second.exchanges[0]] {
            assert!(exchange.started.duration_since(held).as_millis() >= 1000, "{exchange:?}");
        }
    }

    #[tokio::test]
    async fn a_host_that_asks_for_an_hour_is_not_asked_again() {
        let server =
            Server::start(|_, _| reply("503 Service Unavailable", &["Retry-After: 3600"], b"")).await;
        let client = Client::new(&FetchConfig { retries: 2, ..config() }).unwrap();
        let first = client.fetch(&server.url("/a")).await;
        assert_eq!((first.exchanges.len(), first.response().unwrap().status), (1, 503));
        let second = client.fetch(&server.url("/b")).await;
        assert_eq!((kind(&second), second.exchanges.len()), (FailureKind::HeldOff, 0));
    }

    #[tokio::test]
    async fn connections_are_used_again() {
        let server = Server::start(|_, _| reply("200 OK", &[], b"page")).await;
        let client =
            Client::new(&FetchConfig { per_host: NonZeroUsize::new(2).unwrap(), ..config() }).unwrap();
        let mut tasks = JoinSet::new();
        for number in 0..30 {
            let (client, url) = (client.clone(), server.url(&format!("/keep/{number}")));
            tasks.spawn(async move { client.fetch(&url).await.response().unwrap().status });
        }
        assert!(tasks.join_all().await.iter().all(|&status| status == 200));
        assert!(server.connections() <= 2, "{}", server.connections());
    }

    #[tokio::test]
    async fn offline_nothing_is_sent() {
        let server = Server::start(|_, _| reply("200 OK", &[], b"")).await;
        let chain = fetch_with(&FetchConfig { offline: true, ..config() }, &server.url("/")).await;
        assert_eq!((kind(&chain), chain.exchanges.len(), server.connections()), (FailureKind::Offline, 0, 0));
    }

    #[test]
    fn settings_that_cannot_work_are_refused() {
        let new = |config: FetchConfig| Client::new(&config).map(drop);
        let proxy = Some("http://127.0.0.1:3128".parse().unwrap());
        assert!(matches!(
            new(FetchConfig { proxy: proxy.clone(), ..config() }),
            Err(FetchError::ProxyUnguarded)
        ));
        assert!(new(FetchConfig { proxy, allow_private: true, ..config() }).is_ok());
        assert!(matches!(
            new(FetchConfig { user_agent: "a\nb".to_owned(), ..config() }),
            Err(FetchError::UserAgent(_))
        ));
        let missing = Some("/does/not/exist.pem".into());
        assert!(matches!(new(FetchConfig { ca_file: missing, ..config() }), Err(FetchError::CaFile { .. })));
        let empty = NamedTempFile::new().unwrap();
        let ca_file = Some(empty.path().to_owned());
        assert!(matches!(new(FetchConfig { ca_file, ..config() }), Err(FetchError::NoCertificate(_))));
    }

    /// An authority of its own, and a server for `name` under it that is valid until `year`.
    async fn secure(name: &str, year: i32) -> (NamedTempFile, Server) {
        let mut authority = CertificateParams::default();
        authority.distinguished_name.push(DnType::CommonName, "synthetic authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(year, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let server = Server::start_tls(acceptor, |_, _| reply("200 OK", &[], b"page")).await;
        let mut ca_file = NamedTempFile::new().unwrap();
        ca_file.write_all(authority.pem().as_bytes()).unwrap();
        (ca_file, server)
    }

    async fn fetch_secure(ca_file: Option<&NamedTempFile>, server: &Server) -> Chain {
        let config = FetchConfig {
            resolve: vec![format!("a.example={}", server.address).parse().unwrap()],
            ca_file: ca_file.map(|file| file.path().to_owned()),
            robots: RobotsChoice::Ignore,
            retries: 2,
            ..config()
        };
        fetch_with(&config, &"https://a.example/".parse().unwrap()).await
    }

    #[tokio::test]
    async fn a_certificate_under_a_given_authority_is_good_and_kept() {
        let (ca_file, server) = secure("a.example", 2100).await;
        let chain = fetch_secure(Some(&ca_file), &server).await;
        assert_eq!(chain.response().unwrap().status, 200);
        let tls = chain.exchanges[0].tls.as_ref().unwrap();
        assert!(tls.certificate().is_some_and(|der| der.starts_with(&[0x30])));
        assert_eq!((tls.verdict, tls.version), (TlsVerdict::Trusted, Some("1.3")));
        assert_eq!(tls.issuer.as_deref(), Some("CN=synthetic authority"));
        assert_eq!(tls.not_after.map(|end| end.to_string()).as_deref(), Some("2100-01-01T00:00:00Z"));
    }

    #[tokio::test]
    async fn every_exchange_has_its_timings_and_a_refused_handshake_its_certificates() {
        let (ca_file, server) = secure("a.example", 2100).await;
        let good = fetch_secure(Some(&ca_file), &server).await;
        let timings = good.exchanges[0].timings;
        assert!(
            timings.connect.is_some() && timings.tls.is_some() && timings.first_byte.is_some(),
            "{timings:?}"
        );
        let bad = fetch_secure(None, &server).await;
        let tls = bad.exchanges[0].tls.as_ref().unwrap();
        assert_eq!((tls.verdict, tls.chain.len()), (TlsVerdict::UnknownAuthority, 1));
    }

    #[tokio::test]
    async fn a_wall_that_wants_its_cookie_back_is_passed_and_forgotten() {
        let server = Server::start(|head, _| match (path(head), head.contains("cookie: seen=1")) {
            ("/deaf", _) => reply("302 Found", &["Location: /deaf", "Set-Cookie: other=1; Path=/"], b""),
            (_, true) => reply("200 OK", &[], b"page"),
            (_, false) => reply("302 Found", &["Location: /page", "Set-Cookie: seen=1; Path=/"], b""),
        })
        .await;
        let client = Client::new(&config()).unwrap();
        for _ in 0..2 {
            let chain = client.fetch(&server.url("/page")).await;
            let statuses: Vec<_> =
                chain.exchanges.iter().map(|exchange| exchange.answer.as_ref().unwrap().status).collect();
            assert_eq!(statuses, [302, 200], "each chain begins without cookies");
        }
        let deaf = client.fetch(&server.url("/deaf")).await;
        assert_eq!((deaf.end, deaf.exchanges.len()), (End::RedirectLoop(server.url("/deaf")), 2));
    }

    #[tokio::test]
    async fn a_page_that_sends_on_by_itself_is_followed_and_never_into_a_circle() {
        let page = |to: &str| format!("<meta http-equiv=refresh content='0; url={to}'>");
        let server = Server::start(move |head, _| {
            let to = match path(head) {
                "/old" => "/new",
                "/slides/1" => "/slides/2",
                "/slides/2" => "/slides/1",
                "/inward" => "http://10.0.0.1/",
                _ => return reply("200 OK", &[], b"there"),
            };
            reply("200 OK", &["Content-Type: text/html"], page(to).as_bytes())
        })
        .await;
        let chain = fetch(&server.url("/old")).await;
        assert_eq!(
            (body(&chain), chain.exchanges[1].via.as_ref().unwrap().how),
            (b"there".to_vec(), Led::Refresh)
        );
        for path in ["/slides/1", "/inward"] {
            let chain = fetch(&server.url(path)).await;
            assert_eq!(chain.end, End::Answered, "{path}");
        }
    }

    #[tokio::test]
    async fn early_hints_are_passed_over() {
        let server = Server::start(|_, _| {
            let mut steps = vec![send("HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n")];
            steps.extend(reply("200 OK", &[], b"page"));
            steps
        })
        .await;
        let chain = fetch(&server.url("/")).await;
        assert_eq!((chain.response().unwrap().status, body(&chain)), (200, b"page".to_vec()));
    }

    #[tokio::test]
    async fn a_head_without_end_is_not_read_to_its_end() {
        let server = Server::start(|head, _| {
            let field = format!("x: {}\r\n", "y".repeat(1000)).into_bytes();
            let mut steps = vec![Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec())];
            let fields = if path(head) == "/many" { 2000 } else { 50 };
            steps.extend((0..fields).map(|_| Step::Send(field.clone())));
            steps.extend([send("content-length: 0\r\n")]);
            steps
        })
        .await;
        assert_eq!(fetch(&server.url("/some")).await.response().unwrap().status, 200);
        let chain = fetch(&server.url("/many")).await;
        assert!(matches!(kind(&chain), FailureKind::Incomplete | FailureKind::NotHttp), "{:?}", chain.end);
    }

    /// A server at `robots.test` with this robots.txt, and the configuration to find it.
    async fn with_robots(status: &'static str, robots: &'static str) -> (Server, FetchConfig) {
        let server = Server::start(move |head, _| match path(head) {
            "/robots.txt" => reply(status, &["Content-Type: text/plain"], robots.as_bytes()),
            "/away" => reply("302 Found", &["Location: /private"], b""),
            _ => reply("200 OK", &[], b"page"),
        })
        .await;
        let resolve = vec![format!("robots.test={}", server.address).parse().unwrap()];
        (server, FetchConfig { resolve, ..config() })
    }

    #[tokio::test]
    async fn what_robots_txt_says_of_a_cited_page_is_recorded_and_heeded_where_it_is_to_be() {
        let (_server, config) = with_robots("200 OK", "User-agent: *\nDisallow: /private\n").await;
        let url: Url = "http://robots.test/private".parse().unwrap();
        let noted = fetch_with(&config, &url).await;
        let facts = noted.exchanges[0].robots.as_ref().unwrap();
        assert_eq!((facts.allowed, facts.rule.as_deref()), (false, Some("Disallow: /private")));
        assert_eq!((noted.exchanges.len(), noted.response().unwrap().status), (1, 200));

        let respectful = FetchConfig { robots: RobotsChoice::Respect, ..config.clone() };
        let chain = fetch_with(&respectful, &url).await;
        let expected = Failure {
            kind: FailureKind::Robots,
            detail: "the robots.txt of robots.test says “Disallow: /private”".to_owned(),
        };
        assert_eq!((chain.end, chain.exchanges.len()), (End::Failed(expected), 0));
        assert_eq!(fetch_with(&respectful, &url.join("/open").unwrap()).await.exchanges.len(), 1);
        let away = fetch_with(&respectful, &url.join("/away").unwrap()).await;
        assert_eq!((kind(&away), away.exchanges.len()), (FailureKind::Robots, 1));

        let ignorant = FetchConfig { robots: RobotsChoice::Ignore, ..config.clone() };
        assert_eq!(fetch_with(&ignorant, &url).await.exchanges[0].robots, None);
        let request = Request::new(url, Purpose::Requisite);
        let requisite = Client::new(&ignorant).unwrap().request(&request).await;
        assert_eq!(kind(&requisite), FailureKind::Robots, "what no article cites is left alone");
    }

    #[tokio::test]
    async fn a_robots_txt_that_cannot_be_had_forbids_what_no_article_cites() {
        for (status, allowed) in [("404 Not Found", true), ("500 Internal Server Error", false)] {
            let (_server, config) = with_robots(status, "").await;
            let url: Url = "http://robots.test/page".parse().unwrap();
            let request = Request::new(url.clone(), Purpose::Probe);
            let probe = Client::new(&config).unwrap().request(&request).await;
            assert_eq!(probe.response().is_some(), allowed, "{status}");
            let cited = fetch_with(&config, &url).await;
            assert_eq!(cited.exchanges[0].robots.as_ref().unwrap().allowed, allowed, "{status}");
        }
    }

    #[tokio::test]
    async fn headers_for_a_host_go_to_that_host_and_into_no_record() {
        let server = Server::start(|head, _| match path(head) {
            "/away" => reply("302 Found", &["Location: http://b.example/"], head.as_bytes()),
            _ => reply("200 OK", &[], head.as_bytes()),
        })
        .await;
        let resolve =
            ["a.example", "b.example"].map(|host| format!("{host}={}", server.address).parse().unwrap());
        let hosts =
            toml::from_str("'a.example' = { headers = { X-Key = 'secret' }, accept = [403] }").unwrap();
        let client = Client::new(&FetchConfig { resolve: resolve.to_vec(), hosts, ..config() }).unwrap();
        let chain = client.fetch(&"http://a.example/away".parse().unwrap()).await;
        let mut first = String::new();
        let answer = chain.exchanges[0].answer.as_ref().unwrap();
        answer.body.reader().unwrap().read_to_string(&mut first).unwrap();
        assert!(first.contains("x-key: secret"), "{first}");
        assert!(!String::from_utf8(body(&chain)).unwrap().contains("secret"), "another host does not get it");
        assert!(!format!("{:?}", chain.exchanges[0].request_headers).contains("secret"));
        assert!(client.accepts(&"http://a.example/x".parse().unwrap(), 403));
    }

    #[tokio::test]
    async fn a_host_that_asks_for_patience_is_heard_before_its_answer_is_complete() {
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&arrivals);
        let server = Server::start(move |_, number| {
            seen.lock().unwrap().push(Instant::now());
            match number {
                1 => vec![
                    send("HTTP/1.1 429 Too Many Requests\r\nretry-after: 1\r\ncontent-length: 8\r\n"),
                    Step::Wait(300),
                    Step::Send(b"Not now.".to_vec()),
                ],
                2 => [vec![Step::Wait(50)], reply("200 OK", &[], b"")].concat(),
                _ => reply("200 OK", &[], b""),
            }
        })
        .await;
        let client =
            Client::new(&FetchConfig { per_host: NonZeroUsize::new(2).unwrap(), ..config() }).unwrap();
        client.fetch(&server.url("/0")).await;
        let mut tasks = JoinSet::new();
        for number in 1..4 {
            let (client, url) = (client.clone(), server.url(&format!("/{number}")));
            tasks.spawn(async move { client.fetch(&url).await });
        }
        tasks.join_all().await;
        let arrivals = arrivals.lock().unwrap();
        let after = arrivals[3] - arrivals[1];
        assert!(after >= Duration::from_secs(1), "{after:?}");
    }

    #[tokio::test]
    async fn the_login_that_a_url_carries_goes_to_its_site_alone_and_into_no_record() {
        let server = Server::start(|head, _| match path(head) {
            "/a" => reply("302 Found", &["Location: /b"], head.as_bytes()),
            "/b" => reply("302 Found", &["Location: http://b.example/"], head.as_bytes()),
            _ => reply("200 OK", &[], head.as_bytes()),
        })
        .await;
        let resolve =
            ["a.example", "b.example"].map(|host| format!("{host}={}", server.address).parse().unwrap());
        let client = Client::new(&FetchConfig { resolve: resolve.to_vec(), ..config() }).unwrap();
        let chain = client.fetch(&"http://us%20er:se%3Acret@a.example/a".parse().unwrap()).await;
        let answers = chain.exchanges.iter().map(|exchange| {
            let mut text = String::new();
            let answer = exchange.answer.as_ref().unwrap();
            answer.body.reader().unwrap().read_to_string(&mut text).unwrap();
            text.contains("authorization: Basic dXMgZXI6c2U6Y3JldA==")
        });
        assert_eq!(answers.collect::<Vec<_>>(), [true, true, false]);
        for exchange in &chain.exchanges {
            let recorded = format!("{} {:?}", exchange.url, exchange.request_headers);
            assert!(!recorded.contains("cret") && !recorded.contains("authorization"), "{recorded}");
        }
    }

    #[tokio::test]
    async fn a_certificate_that_is_not_valid_is_named_and_not_tried_again() {
        for (name, year, trusted, detail) in [
            ("a.example", 2024, true, "certificate expired on 2024-01-01"),
            ("b.example", 2100, true, "certificate is not for a.example"),
            (
                "a.example",
                2100,
                false,
                "certificate from an authority that is not trusted: CN=synthetic authority",
            ),
        ] {
            let (ca_file, server) = secure(name, year).await;
            let chain = fetch_secure(trusted.then_some(&ca_file), &server).await;
            let expected = Failure { kind: FailureKind::TlsInvalid, detail: detail.to_owned() };
            assert_eq!((chain.end, chain.exchanges.len()), (End::Failed(expected), 1));
        }
    }

    #[tokio::test]
    async fn plain_http_on_a_secure_port_is_no_tls() {
        let server = Server::start(|_, _| reply("200 OK", &[], b"")).await;
        let url = format!("https://{}/", server.address).parse().unwrap();
        let chain = fetch_with(&FetchConfig { timeout: Span::from_millis(500), ..config() }, &url).await;
        assert!(matches!(kind(&chain), FailureKind::TlsFailure | FailureKind::Timeout), "{:?}", chain.end);
    }
}
