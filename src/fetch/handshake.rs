//! What a TLS handshake showed: the certificates, and what is to be made of them.

use std::fmt::Write as _;

use data_encoding::BASE64;
use jiff::Timestamp;

/// What a TLS handshake agreed on, or failed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFacts {
    /// `1.2` or `1.3`; nothing where the handshake failed.
    pub version: Option<&'static str>,
    /// The cipher suite by its IANA name.
    pub cipher_suite: Option<String>,
    /// The certificates in DER as the server sent them, its own first.
    pub chain: Vec<Vec<u8>>,
    /// What is to be made of them.
    pub verdict: TlsVerdict,
    /// Whom the server's own certificate names.
    pub subject: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// From when it is valid.
    pub not_before: Option<Timestamp>,
    /// Until when.
    pub not_after: Option<Timestamp>,
}

/// What is to be made of a server's certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TlsVerdict {
    /// They lead to an authority that is trusted.
    Trusted,
    /// The time of one is over.
    Expired,
    /// The time of one has not come.
    NotYetValid,
    /// They are for another host.
    WrongName,
    /// The server leaves out a certificate between its own and that of the authority.
    Incomplete,
    /// Nobody but the server vouches for it.
    SelfSigned,
    /// They lead to an authority that is not trusted.
    UnknownAuthority,
    /// A signature is not that of whom the certificate names as its issuer.
    Forged,
    /// One was taken back.
    Revoked,
    /// They cannot be used for another reason.
    Unusable,
}

impl TlsFacts {
    /// The server's own certificate in DER.
    pub fn certificate(&self) -> Option<&[u8]> {
        self.chain.first().map(Vec::as_slice)
    }

    /// The certificates in PEM (RFC 7468), the server's own first.
    pub fn chain_pem(&self) -> String {
        let mut pem = String::new();
        for certificate in &self.chain {
            pem.push_str("-----BEGIN CERTIFICATE-----\n");
            let text = BASE64.encode(certificate);
            for start in (0..text.len()).step_by(64) {
                let _ = writeln!(pem, "{}", &text[start..text.len().min(start + 64)]);
            }
            pem.push_str("-----END CERTIFICATE-----\n");
        }
        pem
    }
}

impl TlsVerdict {
    /// The verdict as records and reports name it.
    pub fn token(self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::WrongName => "wrong-name",
            Self::Incomplete => "incomplete-chain",
            Self::SelfSigned => "self-signed",
            Self::UnknownAuthority => "unknown-authority",
            Self::Forged => "forged",
            Self::Revoked => "revoked",
            Self::Unusable => "unusable",
        }
    }
}

#[cfg(test)]
mod tests {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;

    use super::*;

    #[test]
    fn the_chain_can_be_read_back_from_its_pem() {
        let chain = vec![vec![0x30; 100], vec![0x30, 0x01, 0xff]];
        let facts = TlsFacts {
            version: Some("1.3"),
            cipher_suite: None,
            chain: chain.clone(),
            verdict: TlsVerdict::Trusted,
            subject: None,
            issuer: None,
            not_before: None,
            not_after: None,
        };
        let pem = facts.chain_pem();
        let read = CertificateDer::pem_slice_iter(pem.as_bytes());
        assert_eq!(read.map(|der| der.unwrap().to_vec()).collect::<Vec<_>>(), chain);
        assert!(pem.lines().all(|line| line.len() <= 64));
    }
}
