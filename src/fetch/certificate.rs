//! From the certificates of a handshake to the facts about them.

use jiff::Timestamp;
use rustls::CertificateError as Reason;
use rustls::Error as TlsError;
use rustls::pki_types::CertificateDer;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::ext::pkix::AuthorityInfoAccessSyntax;
use x509_cert::time::Time;

use super::handshake::{TlsFacts, TlsVerdict};

/// Where the certificate of the issuer is to be had (RFC 5280 §4.2.2.1).
const CA_ISSUERS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.48.2");

/// What `chain` shows, its first certificate that of the server, and what verification made of it.
pub(super) fn tls_facts(chain: &[&CertificateDer<'_>], refused: Option<&TlsError>) -> TlsFacts {
    let read: Vec<_> = chain.iter().map(|der| Certificate::from_der(der).ok()).collect();
    let own = read.first().and_then(Option::as_ref).map(|own| &own.tbs_certificate);
    TlsFacts {
        version: None,
        cipher_suite: None,
        chain: chain.iter().map(|der| der.to_vec()).collect(),
        verdict: refused.map_or(TlsVerdict::Trusted, |error| verdict(error, &read)),
        subject: own.map(|own| own.subject.to_string()),
        issuer: own.map(|own| own.issuer.to_string()),
        not_before: own.and_then(|own| moment(own.validity.not_before)),
        not_after: own.and_then(|own| moment(own.validity.not_after)),
    }
}

/// Why a chain was refused, in a fragment for people.
pub(super) fn refusal(facts: &TlsFacts) -> Option<String> {
    let issuer = || facts.issuer.as_deref().unwrap_or("an issuer without a name");
    Some(match facts.verdict {
        TlsVerdict::Incomplete => {
            format!("the server does not send the certificate of {}, on which its own rests", issuer())
        }
        TlsVerdict::SelfSigned => "certificate that nobody but the server itself vouches for".to_owned(),
        TlsVerdict::UnknownAuthority => {
            format!("certificate from an authority that is not trusted: {}", issuer())
        }
        TlsVerdict::Forged => {
            format!("certificate with a signature that is not by {}, whom it names", issuer())
        }
        _ => return None,
    })
}

fn verdict(error: &TlsError, chain: &[Option<Certificate>]) -> TlsVerdict {
    let TlsError::InvalidCertificate(reason) = error else { return TlsVerdict::Unusable };
    match reason {
        Reason::Expired | Reason::ExpiredContext { .. } => TlsVerdict::Expired,
        Reason::NotValidYet | Reason::NotValidYetContext { .. } => TlsVerdict::NotYetValid,
        Reason::NotValidForName | Reason::NotValidForNameContext { .. } => TlsVerdict::WrongName,
        Reason::BadSignature => TlsVerdict::Forged,
        Reason::Revoked => TlsVerdict::Revoked,
        Reason::UnknownIssuer => of_unknown(chain),
        _ if is_alone(chain) => TlsVerdict::SelfSigned,
        _ => TlsVerdict::Unusable,
    }
}

/// Whether the only certificate is its own issuer.
fn is_alone(chain: &[Option<Certificate>]) -> bool {
    matches!(chain, [Some(own)] if own.tbs_certificate.subject == own.tbs_certificate.issuer)
}

/// Nobody who is trusted issued the last certificate of the chain. If it is its own issuer, an authority of its own kind
/// did. If it is not, and says where its issuer's certificate is to be had, as those of all public authorities do, then
/// that one was left out: browsers fetch it, or know it from elsewhere.
fn of_unknown(chain: &[Option<Certificate>]) -> TlsVerdict {
    if is_alone(chain) {
        return TlsVerdict::SelfSigned;
    }
    match top(chain) {
        Some(top)
            if top.tbs_certificate.subject != top.tbs_certificate.issuer && names_its_issuers_place(top) =>
        {
            TlsVerdict::Incomplete
        }
        _ => TlsVerdict::UnknownAuthority,
    }
}

/// The certificate of which the issuer is not among those sent.
fn top(chain: &[Option<Certificate>]) -> Option<&Certificate> {
    let mut top = chain.first()?.as_ref()?;
    for _ in 1..chain.len() {
        let issuer = &top.tbs_certificate.issuer;
        let sent = chain.iter().flatten().find(|other| other.tbs_certificate.subject == *issuer);
        match sent {
            Some(issuer) if issuer != top => top = issuer,
            _ => break,
        }
    }
    Some(top)
}

fn names_its_issuers_place(certificate: &Certificate) -> bool {
    let access = certificate.tbs_certificate.get::<AuthorityInfoAccessSyntax>();
    access.is_ok_and(|found| {
        found.is_some_and(|(_, access)| access.0.iter().any(|place| place.access_method == CA_ISSUERS))
    })
}

fn moment(time: Time) -> Option<Timestamp> {
    Timestamp::from_second(i64::try_from(time.to_unix_duration().as_secs()).ok()?).ok()
}
