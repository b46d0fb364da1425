//! The TLS settings: rustls on ring, the web's roots, and the user's own.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use super::error::FetchError;

/// TLS for HTTP/2 and HTTP/1.1, trusting the roots of the web and those in `ca_file`.
///
/// # Errors
///
/// Fails where `ca_file` cannot be read or holds no certificate that can be trusted.
pub fn tls_config(ca_file: Option<&Path>) -> Result<ClientConfig, FetchError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        add(&mut roots, path)?;
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(FetchError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
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
