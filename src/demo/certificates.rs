//! Which certificate is shown for which host.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use super::authority::Leaf;
use super::error::DemoError;

/// The certificates of virtual hosts, chosen by the name that a client asks for (SNI, RFC 6066 §3).
#[derive(Clone, Debug, Default)]
pub struct Certificates {
    by_host: BTreeMap<String, Leaf>,
}

impl Certificates {
    /// Shows `leaf` for `host`, whether it is good for it or not.
    #[must_use]
    pub fn with(mut self, host: &str, leaf: &Leaf) -> Self {
        self.by_host.insert(host.to_ascii_lowercase(), leaf.clone());
        self
    }

    /// TLS 1.2 and 1.3, HTTP/1.1. A handshake for a host without a certificate is refused.
    pub fn server_config(self) -> Result<Arc<ServerConfig>, DemoError> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(self));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, client_hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let host = client_hello.server_name()?.to_ascii_lowercase();
        self.by_host.get(&host).map(|leaf| Arc::clone(&leaf.0))
    }
}
