//! Why the stand-in web could not be started.

use std::io;

/// Why the stand-in web could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// No port on loopback could be had.
    #[error("cannot listen on 127.0.0.1 for the stand-in web; is loopback switched off?")]
    Listen(#[source] io::Error),
    /// A key or a certificate could not be made.
    #[error("cannot make a certificate for the stand-in web")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library does not take the certificate.
    #[error("cannot set up TLS for the stand-in web")]
    Tls(#[from] rustls::Error),
}
