//! Checks that the authority signed its token (RFC 5652 §5.4, RFC 3161 §2.4.2, RFC 5035 and RFC 5816).

use cms::cert::IssuerAndSerialNumber;
use cms::signed_data::{SignerIdentifier, SignerInfo};
use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode as _, Encode as _, Reader as _, SliceReader, Tag, Tagged as _};
use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;
use x509_cert::Certificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};

use super::algorithms::{SHA_1, SHA_256, SIGNATURES, digest};
use super::error::TimestampError;
use super::names::common_name;
use super::token::{TST_INFO, Token};

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");

/// The certificate that signed a token.
#[derive(Clone, Debug)]
pub(super) struct Signer {
    pub(super) certificate: Certificate,
    pub(super) der: Vec<u8>,
}

impl Signer {
    /// Finds the signer's certificate among those of the token, and checks its signature.
    pub(super) fn of(token: &Token) -> Result<Self, TimestampError> {
        let signer = Self::find(&token.signer.sid, &token.certificates)?;
        signer.check_purpose()?;
        let signed = signer.signed_bytes(&token.signer, &token.info)?;
        let (signature, der) =
            (token.signer.signature.as_bytes(), CertificateDer::from(signer.der.as_slice()));
        let key = EndEntityCert::try_from(&der).map_err(|error| signer.refused(&error.to_string()))?;
        let mut fits = false;
        for algorithm in SIGNATURES {
            match key.verify_signature(*algorithm, &signed, signature) {
                Ok(()) => return Ok(signer),
                Err(webpki::Error::InvalidSignatureForPublicKey) => fits = true,
                Err(_) => (),
            }
        }
        if fits {
            Err(TimestampError::Signature("the authority did not sign these bytes".to_owned()))
        } else {
            Err(TimestampError::Algorithm(token.signer.signature_algorithm.oid.to_string()))
        }
    }

    /// Who it is.
    pub(super) fn name(&self) -> String {
        common_name(&self.certificate.tbs_certificate.subject)
    }

    pub(super) fn refused(&self, why: &str) -> TimestampError {
        TimestampError::Certificate { name: self.name(), why: why.to_owned() }
    }

    fn find(id: &SignerIdentifier, certificates: &[Vec<u8>]) -> Result<Self, TimestampError> {
        for der in certificates {
            let Ok(certificate) = Certificate::from_der(der) else { continue };
            if is_named(id, &certificate) {
                return Ok(Self { certificate, der: der.clone() });
            }
        }
        Err(TimestampError::Signature("the certificate of its signer did not come along".to_owned()))
    }

    /// A certificate that dates things does nothing else, and says that this matters (RFC 3161 §2.3).
    pub(super) fn check_purpose(&self) -> Result<(), TimestampError> {
        let extensions = self.certificate.tbs_certificate.extensions.as_deref().unwrap_or_default();
        let purpose = extensions.iter().find(|extension| extension.extn_id == EXTENDED_KEY_USAGE);
        let Some(purpose) = purpose else {
            return Err(self.refused("it was not made for time-stamps"));
        };
        let usages = ExtendedKeyUsage::from_der(purpose.extn_value.as_bytes())?;
        if usages.0 != [TIME_STAMPING] {
            return Err(self.refused("it was not made for time-stamps alone"));
        }
        if !purpose.critical {
            return Err(self.refused("its purpose is not marked as critical"));
        }
        Ok(())
    }

    /// The bytes that the signature is over: the signed attributes, which in turn name the content and the certificate.
    fn signed_bytes(&self, info: &SignerInfo, content: &[u8]) -> Result<Vec<u8>, TimestampError> {
        let wrong = |what: &str| TimestampError::Signature(what.to_owned());
        let attributes = info.signed_attrs.as_ref().ok_or_else(|| wrong("no attributes are signed"))?;
        let value = |oid: ObjectIdentifier| {
            let attribute = attributes.iter().find(|attribute| attribute.oid == oid)?;
            attribute.values.get(0)?.to_der().ok()
        };
        let kind = value(CONTENT_TYPE).ok_or_else(|| wrong("the kind of content is not signed"))?;
        if ObjectIdentifier::from_der(&kind)? != TST_INFO {
            return Err(wrong("another kind of content is signed"));
        }
        let stated = value(MESSAGE_DIGEST).ok_or_else(|| wrong("the digest of the content is not signed"))?;
        let found = digest(&info.digest_alg.oid, content)
            .ok_or_else(|| TimestampError::Algorithm(info.digest_alg.oid.to_string()))?;
        if OctetStringRef::from_der(&stated)?.as_bytes() != found {
            return Err(wrong("its content was changed"));
        }
        let named = match (value(SIGNING_CERTIFICATE_V2), value(SIGNING_CERTIFICATE)) {
            (Some(v2), _) => self.is_in(&v2, SHA_256)?,
            (None, Some(v1)) => self.is_in(&v1, SHA_1)?,
            (None, None) => return Err(wrong("the certificate of its signer is not signed")),
        };
        if !named {
            return Err(wrong("another certificate is named as that of its signer"));
        }
        Ok(attributes.to_der()?)
    }

    /// Whether the first entry of a `SigningCertificate` or `SigningCertificateV2` is the digest of the certificate.
    fn is_in(&self, attribute: &[u8], usual: ObjectIdentifier) -> der::Result<bool> {
        let list = SliceReader::new(AnyRef::from_der(attribute)?.value())?.decode::<AnyRef<'_>>()?;
        let first = SliceReader::new(list.value())?.decode::<AnyRef<'_>>()?;
        let mut fields = SliceReader::new(first.value())?;
        let mut field: AnyRef<'_> = fields.decode()?;
        let mut algorithm = usual;
        if field.tag() == Tag::Sequence {
            algorithm = SliceReader::new(field.value())?.decode()?;
            field = fields.decode()?;
        }
        Ok(digest(&algorithm, &self.der).is_some_and(|digest| digest == field.value()))
    }
}

fn is_named(id: &SignerIdentifier, certificate: &Certificate) -> bool {
    let body = &certificate.tbs_certificate;
    match id {
        SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber { issuer, serial_number }) => {
            *issuer == body.issuer && *serial_number == body.serial_number
        }
        SignerIdentifier::SubjectKeyIdentifier(id) => {
            let extensions = body.extensions.as_deref().unwrap_or_default();
            let own = extensions.iter().find(|extension| extension.extn_id == KEY_IDENTIFIER);
            own.and_then(|own| SubjectKeyIdentifier::from_der(own.extn_value.as_bytes()).ok()).as_ref()
                == Some(id)
        }
    }
}
