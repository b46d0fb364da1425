//! The TLS settings: rustls on ring, the web's roots, and the user's own; and what is kept of each handshake.

use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, Resumption, Tls12ClientSessionValue,
    Tls13ClientSessionValue, WebPkiServerVerifier,
};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, DigitallySignedStruct, Error as TlsError, NamedGroup, RootCertStore, SignatureScheme,
};

use super::certificate::tls_facts;
use super::error::FetchError;
use super::handshake::TlsFacts;
use super::laps;
use super::remembered::Remembered;
use crate::digest::Digest;

/// What servers have shown, by the digest of their own certificate: connections that are used again show nothing.
pub(super) type Shown = Remembered<Digest, Arc<TlsFacts>>;

/// How many servers' certificates are kept at hand.
pub(super) const MOST_SHOWN: usize = 1024;

/// How many servers' sessions are kept to be resumed.
const SESSIONS: usize = 256;

/// TLS for HTTP/2 and HTTP/1.1, trusting the roots of the web and those in `ca_file`.
///
/// # Errors
///
/// Fails where `ca_file` cannot be read or holds no certificate that can be trusted.
pub fn tls_config(ca_file: Option<&Path>) -> Result<ClientConfig, FetchError> {
    witnessed(ca_file, Arc::new(Remembered::with_room(MOST_SHOWN)))
}

/// The same, and what servers show goes to `shown`.
pub(super) fn witnessed(ca_file: Option<&Path>, shown: Arc<Shown>) -> Result<ClientConfig, FetchError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        add(&mut roots, path)?;
    }
    let provider = Arc::new(ring::default_provider());
    let judge = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(|error| FetchError::Tls(TlsError::General(error.to_string())))?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(FetchError::Tls)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Witness { judge, shown }))
        .with_no_client_auth();
    config.resumption = Resumption::store(Arc::new(Doorman(ClientSessionMemoryCache::new(SESSIONS))));
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn add(roots: &mut RootCertStore, path: &Path) -> Result<(), FetchError> {
    let unreadable = |source| FetchError::CaFile { path: path.to_owned(), source };
    let certificates = CertificateDer::pem_file_iter(path).map_err(unreadable)?;
    let certificates = certificates.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    if certificates.is_empty() {
        return Err(FetchError::NoCertificate(path.to_owned()));
    }
    for certificate in certificates {
        roots.add(certificate).map_err(|source| FetchError::Authority { path: path.to_owned(), source })?;
    }
    Ok(())
}

/// Judges certificates as the web does, and keeps what it saw.
#[derive(Debug)]
struct Witness {
    judge: Arc<WebPkiServerVerifier>,
    shown: Arc<Shown>,
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let verified = self.judge.verify_server_cert(own, others, name, ocsp, now);
        let chain: Vec<_> = std::iter::once(own).chain(others).collect();
        let facts = Arc::new(tls_facts(&chain, verified.as_ref().err()));
        laps::showed(&facts);
        if verified.is_ok() {
            self.shown.insert(Digest::of(own), facts);
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.judge.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.judge.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.judge.supported_verify_schemes()
    }
}

/// Keeps sessions, and so is the first to hear of every handshake.
#[derive(Debug)]
struct Doorman(ClientSessionMemoryCache);

impl ClientSessionStore for Doorman {
    fn set_kx_hint(&self, server: ServerName<'static>, group: NamedGroup) {
        self.0.set_kx_hint(server, group);
    }

    fn kx_hint(&self, server: &ServerName<'_>) -> Option<NamedGroup> {
        laps::greeted();
        self.0.kx_hint(server)
    }

    fn set_tls12_session(&self, server: ServerName<'static>, session: Tls12ClientSessionValue) {
        self.0.set_tls12_session(server, session);
    }

    fn tls12_session(&self, server: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.0.tls12_session(server)
    }

    fn remove_tls12_session(&self, server: &ServerName<'static>) {
        self.0.remove_tls12_session(server);
    }

    fn insert_tls13_ticket(&self, server: ServerName<'static>, ticket: Tls13ClientSessionValue) {
        self.0.insert_tls13_ticket(server, ticket);
    }

    fn take_tls13_ticket(&self, server: &ServerName<'static>) -> Option<Tls13ClientSessionValue> {
        self.0.take_tls13_ticket(server)
    }
}
