//! Connections: how they are made, and what is known of each.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::tls::{TlsInfo, Version};
use reqwest::{Proxy, RequestBuilder, Response as Incoming, redirect, retry};
use tower_layer::Layer;
use tower_service::Service;
use url::Url;

use super::config::FetchConfig;
use super::error::FetchError;
use super::exchange::Lookup;
use super::guard::Guard;
use super::handshake::TlsFacts;
use super::laps;
use super::remembered::Remembered;
use super::resolver::{GuardedResolver, Lookups};
use super::tls::{MOST_SHOWN, Shown, witnessed};
use crate::digest::Digest;

/// How long an idle connection is kept for the next request.
const IDLE: Duration = Duration::from_secs(20);

/// The longest a name may take to look up: the resolver's own first round is over by then.
const LOOKUP: Duration = Duration::from_secs(5);

/// The most header bytes of an HTTP/2 answer; the HTTP/1 reader has a bound of its own (about 400 KiB).
const HEADER_BYTES: u32 = 256 * 1024;

/// The most header fields of an HTTP/1 answer.
const HEADER_FIELDS: usize = 500;

/// Makes connections, uses them again, and keeps what the name servers and the servers said when they were made.
#[derive(Debug)]
pub(super) struct Connections {
    http: reqwest::Client,
    shown: Arc<Shown>,
    lookups: Arc<Lookups>,
}

impl Connections {
    /// The connections that `config` allows.
    pub(super) fn new(config: &FetchConfig, guard: &Guard) -> Result<Self, FetchError> {
        let connect = config.connect_timeout.duration();
        let (shown, lookups) =
            (Arc::new(Remembered::with_room(MOST_SHOWN)), Arc::new(Remembered::with_room(MOST_SHOWN)));
        let resolver = GuardedResolver::new(guard.clone(), LOOKUP.min(connect / 2), Arc::clone(&lookups));
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(witnessed(config.ca_file.as_deref(), Arc::clone(&shown))?)
            .tls_info(true)
            .dns_resolver(Arc::new(resolver))
            .connector_layer(Watch)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .connect_timeout(connect)
            .http1_max_headers(HEADER_FIELDS)
            .http2_max_header_list_size(HEADER_BYTES)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(config.per_host.get());
        let builder = match &config.proxy {
            None => builder.no_proxy(),
            Some(_) if !config.allow_private => return Err(FetchError::ProxyUnguarded),
            Some(proxy) => builder.proxy(Proxy::all(proxy.clone()).map_err(FetchError::Proxy)?),
        };
        Ok(Self { http: builder.build().map_err(FetchError::Http)?, shown, lookups })
    }

    /// A request for `url`, ready to be sent.
    ///
    /// It is a GET. HEAD would be one request more for every page that is there, since whether it is the page that was
    /// cited only its text can tell; and servers answer it with 403, 405 and 501 where a GET finds the page.
    pub(super) fn get(&self, url: &Url, headers: HeaderMap) -> RequestBuilder {
        self.http.get(url.clone()).headers(headers)
    }

    /// A request to send `body` to `url`.
    pub(super) fn post(&self, url: &Url, headers: HeaderMap, body: Vec<u8>) -> RequestBuilder {
        self.http.post(url.clone()).headers(headers).body(body)
    }

    /// The lookup that the connections to the host of `url` rest on.
    pub(super) fn lookup(&self, url: &Url) -> Option<Arc<Lookup>> {
        self.lookups.get(&url.host_str()?.to_owned())
    }

    /// What the handshake of the connection showed that `incoming` came by.
    pub(super) fn tls_facts(&self, incoming: &Incoming) -> Option<Arc<TlsFacts>> {
        let info = incoming.extensions().get::<TlsInfo>()?;
        let key = Digest::of(info.peer_certificate()?);
        let facts = self.shown.get(&key)?;
        let version = info.version().and_then(named);
        if facts.version == version {
            return Some(facts);
        }
        let facts = Arc::new(TlsFacts { version, ..TlsFacts::clone(&facts) });
        self.shown.insert(key, Arc::clone(&facts));
        Some(facts)
    }
}

fn named(version: Version) -> Option<&'static str> {
    match version {
        Version::TLS_1_2 => Some("1.2"),
        Version::TLS_1_3 => Some("1.3"),
        _ => None,
    }
}

/// Notes when a connection is begun and when it is there.
#[derive(Clone, Copy, Debug)]
struct Watch;

#[derive(Clone, Debug)]
struct Watched<S>(S);

impl<S> Layer<S> for Watch {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched(inner)
    }
}

impl<S, Request> Service<Request> for Watched<S>
where
    S: Service<Request>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        laps::dialled();
        let connecting = self.0.call(request);
        Box::pin(async move {
            let connection = connecting.await?;
            laps::connected();
            Ok(connection)
        })
    }
}
