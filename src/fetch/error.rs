//! Why no client can be made.

use std::path::PathBuf;

use rustls::pki_types::pem;

/// Settings that no [`Client`](super::Client) can be made from.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The file of further authorities cannot be read, or is no PEM.
    #[error("cannot read certificates from {}: it must be a PEM file", path.display())]
    CaFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: pem::Error,
    },
    /// The file of further authorities holds no certificate.
    #[error("{} holds no certificate: it needs at least one PEM block that begins with BEGIN CERTIFICATE", .0.display())]
    NoCertificate(PathBuf),
    /// A certificate of that file cannot serve as an authority.
    #[error("{} holds a certificate that cannot serve as an authority", path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: rustls::Error,
    },
    /// The TLS library refuses its own defaults.
    #[error("cannot set up TLS")]
    Tls(#[source] rustls::Error),
    /// The name for servers cannot be sent.
    #[error("{0:?} cannot be sent as a user agent: use printable ASCII characters only")]
    UserAgent(String),
    /// A proxy without leave to fetch private addresses.
    #[error(
        "a proxy looks names up itself, so private addresses cannot be kept out: allow them (allow_private) or use no proxy"
    )]
    ProxyUnguarded,
    /// The proxy is none that can be used.
    #[error("the proxy URL cannot be used: it needs to be http:// or https:// and a host")]
    Proxy(#[source] reqwest::Error),
    /// A header for a host cannot be sent.
    #[error("the header {name:?} that the settings have for {host} cannot be sent")]
    HostHeader {
        /// The host.
        host: String,
        /// The name of the header.
        name: String,
    },
    /// A header for a host needs a variable that is not set.
    #[error("the header {name:?} for {host} needs the environment variable {variable}, which is not set")]
    Variable {
        /// The host.
        host: String,
        /// The name of the header.
        name: String,
        /// The name of the variable.
        variable: String,
    },
    /// The HTTP client cannot be set up.
    #[error("cannot set up the HTTP client")]
    Http(#[source] reqwest::Error),
}
