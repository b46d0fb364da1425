//! Certificates as text (RFC 7468).

use data_encoding::BASE64;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// The certificates in PEM, one after the other: what `openssl` takes as `-CAfile`.
pub(super) fn to_pem(certificates: &[Vec<u8>]) -> String {
    certificates.iter().map(|der| block(der)).collect()
}

/// The certificates in `text`, which must be written exactly as [`to_pem`] writes them: every byte of a kept file
/// counts.
pub(in crate::archive) fn certificates_in(text: &[u8]) -> Option<Vec<Vec<u8>>> {
    let read = CertificateDer::pem_slice_iter(text).collect::<Result<Vec<_>, _>>().ok()?;
    let certificates: Vec<_> = read.iter().map(|der| der.to_vec()).collect();
    (to_pem(&certificates).as_bytes() == text && !certificates.is_empty()).then_some(certificates)
}

fn block(der: &[u8]) -> String {
    let text = BASE64.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
