//! Digests and signatures that authorities use.

use der::asn1::ObjectIdentifier;
use p384::ecdsa::signature::hazmat::PrehashVerifier as _;
use p384::ecdsa::{Signature, VerifyingKey};
use rustls::pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use webpki::ring;

/// `id-sha256` (RFC 5754 §2).
pub(super) const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// `id-sha1` (RFC 3370 §2.1).
pub(super) const SHA_1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
const SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// Every signature that is checked, of tokens and of certificates. None rests on SHA-1, which can be forged.
pub(super) static SIGNATURES: &[&dyn SignatureVerificationAlgorithm] = &[
    ring::RSA_PKCS1_2048_8192_SHA256,
    ring::RSA_PKCS1_2048_8192_SHA384,
    ring::RSA_PKCS1_2048_8192_SHA512,
    ring::RSA_PKCS1_2048_8192_SHA256_ABSENT_PARAMS,
    ring::RSA_PKCS1_2048_8192_SHA384_ABSENT_PARAMS,
    ring::RSA_PKCS1_2048_8192_SHA512_ABSENT_PARAMS,
    ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
    ring::ECDSA_P256_SHA256,
    ring::ECDSA_P256_SHA384,
    ring::ECDSA_P384_SHA256,
    ring::ECDSA_P384_SHA384,
    &EcdsaP384Sha512,
    ring::ED25519,
];

/// The digest of `bytes`; `None` for algorithms that are not computed.
pub(super) fn digest(algorithm: &ObjectIdentifier, bytes: &[u8]) -> Option<Vec<u8>> {
    Some(match *algorithm {
        SHA_256 => Sha256::digest(bytes).to_vec(),
        SHA_384 => Sha384::digest(bytes).to_vec(),
        SHA_512 => Sha512::digest(bytes).to_vec(),
        SHA_1 => Sha1::digest(bytes).to_vec(),
        _ => return None,
    })
}

/// ECDSA over P-384 with SHA-512, which ring lacks and some authorities use.
#[derive(Debug)]
struct EcdsaP384Sha512;

impl SignatureVerificationAlgorithm for EcdsaP384Sha512 {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let key = VerifyingKey::from_sec1_bytes(key).map_err(|_| InvalidSignature)?;
        let signature = Signature::from_der(signature).map_err(|_| InvalidSignature)?;
        key.verify_prehash(&Sha512::digest(message), &signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P384
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_SHA512
    }
}
