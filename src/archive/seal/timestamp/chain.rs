//! From the certificate of an authority to a root, as of the time that the authority gave.

use std::path::Path;
use std::time::Duration;

use der::Decode as _;
use jiff::Timestamp;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage, VerifiedPath, anchor_from_trusted_cert};
use x509_cert::Certificate;

use super::algorithms::SIGNATURES;
use super::error::TimestampError;
use super::names::common_name;
use super::signer::Signer;
use crate::archive::error::ArchiveError;

/// `id-kp-timeStamping` (RFC 5280 §4.2.1.12) without its tag and length.
const TIME_STAMPING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];

/// Roots that the user trusts to vouch for authorities, beside those of the web.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    certificates: Vec<CertificateDer<'static>>,
}

/// Who vouches for an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A root that the user named.
    Named(String),
    /// A root that browsers trust.
    Web(String),
    /// A root that came along with the time-stamp: whether it is to be trusted, only somebody outside can tell.
    Unnamed(String),
    /// Nobody: the certificate of this issuer is not at hand.
    Unknown(String),
}

/// The certificates from an authority to a root, as far as they are at hand, and who vouches for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) trust: Trust,
}

impl Roots {
    /// The certificates in the PEM file at `path`.
    ///
    /// # Errors
    /// [`ArchiveError::Roots`] where the file cannot be read, or holds no certificate that can be a root.
    pub fn read(path: &Path) -> Result<Self, ArchiveError> {
        let refused = |why: String| ArchiveError::Roots { path: path.to_owned(), why };
        let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let certificates = read.map_err(|error| refused(format!("cannot be read: {error}")))?;
        if certificates.is_empty() {
            return Err(refused("holds no certificate in PEM".to_owned()));
        }
        if let Some(error) = certificates.iter().find_map(|der| anchor_from_trusted_cert(der).err()) {
            return Err(refused(format!("holds a certificate that cannot be read: {error}")));
        }
        Ok(Self { certificates })
    }
}

impl Trust {
    /// Whether somebody outside the time-stamp vouches for the authority.
    pub fn is_vouched(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Web(_))
    }
}

impl Chain {
    /// Finds the way from `signer` over `others` to a root, every certificate of it valid at `time` and made for
    /// time-stamps. A way to a root that somebody vouches for is preferred.
    pub(super) fn find(
        signer: &Signer,
        others: &[Vec<u8>],
        roots: &Roots,
        time: Timestamp,
    ) -> Result<Self, TimestampError> {
        let others: Vec<_> = others.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
        let own = CertificateDer::from(signer.der.as_slice());
        let brought: Vec<_> =
            others.iter().chain([&own]).filter(|der| is_self_issued(der)).cloned().collect();
        let search = Search { signer, own: &own, others: &others, time };
        let mut refusal = None;
        let mut found = |way: Result<Option<Way>, TimestampError>| {
            way.unwrap_or_else(|error| {
                refusal.get_or_insert(error);
                None
            })
        };
        if let Some(way) = found(search.to_certificates(&roots.certificates)) {
            return way.chain(Trust::Named);
        }
        if let Some(way) = found(search.to(webpki_roots::TLS_SERVER_ROOTS)) {
            return way.chain(Trust::Web);
        }
        if let Some(way) = found(search.to_certificates(&brought)) {
            return way.chain(Trust::Unnamed);
        }
        if let Some(refusal) = refusal {
            return Err(refusal);
        }
        search.check_dates(&own)?;
        let trust = Trust::Unknown(common_name(&signer.certificate.tbs_certificate.issuer));
        Ok(Self { certificates: vec![signer.der.clone()], trust })
    }
}

/// Where ways are looked for.
struct Search<'a> {
    signer: &'a Signer,
    own: &'a CertificateDer<'a>,
    others: &'a [CertificateDer<'a>],
    time: Timestamp,
}

/// A way: the certificates from the signer on, the root's own last where it is at hand.
struct Way {
    certificates: Vec<Vec<u8>>,
    root: Option<Vec<u8>>,
}

impl Way {
    fn chain(self, trust: impl FnOnce(String) -> Trust) -> Result<Chain, TimestampError> {
        let Self { mut certificates, root } = self;
        let last = root.as_ref().or(certificates.last()).map(|der| Certificate::from_der(der)).transpose()?;
        let name = last.map(|last| common_name(&last.tbs_certificate.issuer)).unwrap_or_default();
        certificates.extend(root.filter(|root| !certificates.contains(root)));
        Ok(Chain { certificates, trust: trust(name) })
    }
}

impl Search<'_> {
    /// The way to one of `roots`, which must be valid at the time too. The error is of the first that refuses, where none
    /// is led to.
    fn to_certificates(&self, roots: &[CertificateDer<'_>]) -> Result<Option<Way>, TimestampError> {
        let mut refusal = None;
        for root in roots {
            let Ok(anchor) = anchor_from_trusted_cert(root) else { continue };
            let way = self.to(&[anchor]).and_then(|way| match way {
                Some(_) => self.check_dates(root).map(|()| way),
                None => Ok(None),
            });
            match way {
                Ok(Some(way)) => return Ok(Some(Way { root: Some(root.to_vec()), ..way })),
                Ok(None) => (),
                Err(error) => {
                    refusal.get_or_insert(error);
                }
            }
        }
        refusal.map_or(Ok(None), Err)
    }

    /// The way to one of `anchors`; `None` where none leads there.
    fn to(&self, anchors: &[TrustAnchor<'_>]) -> Result<Option<Way>, TimestampError> {
        let refused = |error: &Error| self.signer.refused(&error.to_string());
        let signer = EndEntityCert::try_from(self.own).map_err(|error| refused(&error))?;
        let seconds = u64::try_from(self.time.as_second()).unwrap_or_default();
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        // The signer's own purpose is looked at where its signature is. Those above it may have any, or this one.
        let usage = KeyUsage::required_if_present(TIME_STAMPING);
        match signer.verify_for_usage(SIGNATURES, anchors, self.others, time, usage, None, None) {
            Ok(path) => Ok(Some(Way { certificates: self.certificates_of(&path), root: None })),
            Err(Error::UnknownIssuer) => Ok(None),
            Err(error) => Err(refused(&error)),
        }
    }

    fn certificates_of(&self, path: &VerifiedPath<'_>) -> Vec<Vec<u8>> {
        let between = path.intermediate_certificates().map(|certificate| certificate.der().to_vec());
        std::iter::once(self.own.to_vec()).chain(between).collect()
    }

    fn check_dates(&self, der: &[u8]) -> Result<(), TimestampError> {
        let certificate = Certificate::from_der(der)?;
        let body = &certificate.tbs_certificate;
        let seconds = |time: x509_cert::time::Time| {
            i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
        };
        let valid = seconds(body.validity.not_before)..=seconds(body.validity.not_after);
        if valid.contains(&self.time.as_second()) {
            return Ok(());
        }
        let why = format!("it was not valid at {}", self.time);
        Err(TimestampError::Certificate { name: common_name(&body.subject), why })
    }
}

/// Whether the certificate names its subject as its issuer, as roots do.
fn is_self_issued(der: &CertificateDer<'_>) -> bool {
    Certificate::from_der(der)
        .is_ok_and(|certificate| certificate.tbs_certificate.issuer == certificate.tbs_certificate.subject)
}
