//! A web on loopback that runs beside the test.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use beleg::demo::{Answer, Certificates, Request, Site, serve};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::{CancellationToken, DropGuard};

/// How often each path was asked for.
type Asked = Arc<Mutex<BTreeMap<String, u32>>>;

/// Virtual hosts on one port of 127.0.0.1, served until this is dropped.
pub(crate) struct Web {
    /// Where it listens: plain HTTP and HTTPS.
    pub(crate) address: SocketAddr,
    hosts: Vec<(String, SocketAddr)>,
    ca_pem: String,
    asked: Asked,
    // Declared before the runtime: the server is told to stop before its threads are.
    _stop: DropGuard,
    runtime: Runtime,
}

impl Web {
    /// Serves `site` for `hosts` with these certificates, which are to be trusted through `ca_pem`.
    pub(crate) fn start(hosts: &[&str], certificates: Certificates, ca_pem: String, site: impl Site) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let tls = certificates.server_config().unwrap();
        let asked = Asked::default();
        let site = Counted { site, asked: Arc::clone(&asked) };
        runtime.spawn(serve(listener, Some(tls), Arc::new(site), stop.clone()));
        let hosts = hosts.iter().map(|&host| (host.to_owned(), address)).collect();
        Self { address, hosts, ca_pem, asked, _stop: stop.drop_guard(), runtime }
    }

    /// Lets `host` be found at an address of its own.
    pub(crate) fn with_host(mut self, host: &str, address: SocketAddr) -> Self {
        self.hosts.push((host.to_owned(), address));
        self
    }

    /// The hosts, with the address each is found at.
    pub(crate) fn hosts(&self) -> &[(String, SocketAddr)] {
        &self.hosts
    }

    /// The certificate of its authority.
    pub(crate) fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// How often `path` was asked for, on any host.
    pub(crate) fn asked(&self, path: &str) -> u32 {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied().unwrap_or_default()
    }

    /// Runs a future on the threads of the web.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }
}

/// A site that keeps count of what it is asked for.
struct Counted<S> {
    site: S,
    asked: Asked,
}

impl<S: Site> Site for Counted<S> {
    fn answer(&self, request: &Request) -> Answer {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        *asked.entry(request.path.clone()).or_default() += 1;
        drop(asked);
        self.site.answer(request)
    }
}
