//! Holds answers of `openssl ts`, which plays the authority, against what is asked of a time-stamp.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DistinguishedName, DnType, IsCa,
    KeyPair, PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, SignatureAlgorithm, date_time_ymd,
};
use tempfile::TempDir;

use super::*;
use crate::digest::Digest;

/// The purpose of time-stamps (RFC 5280 §4.2.1.12) in DER, alone and with that of TLS servers.
const TIME_STAMPING: &[u8] = &[0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 8];
const TIME_STAMPING_AND_TLS: &[u8] =
    &[0x30, 20, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 8, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1];

/// An authority that can be asked: its certificate, that of the root above it, its key, and how it signs.
struct Authority {
    folder: TempDir,
    digest: &'static str,
    brings_root: bool,
}

/// What is particular about an authority.
struct Plan {
    key: KeyPair,
    digest: &'static str,
    /// Its purpose in DER, and whether that is marked as critical.
    purpose: Option<(&'static [u8], bool)>,
    /// The last year that its certificate is valid in.
    until: i32,
    brings_root: bool,
}

fn key(algorithm: &'static SignatureAlgorithm) -> KeyPair {
    KeyPair::generate_for(algorithm).unwrap()
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            key: key(&PKCS_ECDSA_P256_SHA256),
            digest: "sha256",
            purpose: Some((TIME_STAMPING, true)),
            until: 2060,
            brings_root: true,
        }
    }
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2060, 1, 1);
    params
}

impl Authority {
    fn new(plan: &Plan) -> Self {
        let mut root = named("Synthetic root");
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = CertifiedIssuer::self_signed(root, key(&PKCS_ECDSA_P256_SHA256)).unwrap();
        let mut params = named("Synthetic authority");
        params.not_after = date_time_ymd(plan.until, 12, 31);
        params.custom_extensions.extend(plan.purpose.map(|(usages, critical)| {
            let mut extension = CustomExtension::from_oid_content(&[2, 5, 29, 37], usages.to_vec());
            extension.set_criticality(critical);
            extension
        }));
        let certificate = params.signed_by(&plan.key, &root).unwrap();
        let authority =
            Self { folder: tempfile::tempdir().unwrap(), digest: plan.digest, brings_root: plan.brings_root };
        authority.keep("root.pem", root.pem().as_bytes());
        authority.keep("authority.pem", certificate.pem().as_bytes());
        authority.keep("key.pem", plan.key.serialize_pem().as_bytes());
        authority
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    /// Answers `request` as `openssl ts` does.
    fn answer(&self, request: &TimestampRequest) -> Vec<u8> {
        let certificates = if self.brings_root { "certs = root.pem" } else { "" };
        let config = format!(
            "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = authority.pem\nsigner_key = key.pem\n\
             {certificates}\nsigner_digest = {}\ndefault_policy = 1.2.3.4\ndigests = sha256\nordering = yes\n\
             tsa_name = yes\naccuracy = secs:1\ness_cert_id_alg = sha256\n",
            self.digest
        );
        self.keep("tsa.cnf", config.as_bytes());
        self.keep("request.tsq", &request.to_der().unwrap());
        self.openssl(&[
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-queryfile",
            "request.tsq",
            "-out",
            "answer.tsr",
        ]);
        fs::read(self.path("answer.tsr")).unwrap()
    }

    fn openssl(&self, arguments: &[&str]) {
        let output = Command::new("openssl").args(arguments).current_dir(self.folder.path()).output();
        let output = output.expect("openssl is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn roots(&self) -> Roots {
        Roots::read(&self.path("root.pem")).unwrap()
    }
}

fn asked(authority: &Authority) -> (TimestampRequest, Vec<u8>) {
    let request = TimestampRequest::new(Digest::of(b"manifest")).unwrap();
    let answer = authority.answer(&request);
    (request, answer)
}

#[test]
fn an_answer_is_accepted_with_the_chain_that_vouches_for_it() {
    let authority = Authority::new(&Plan::default());
    let (request, answer) = asked(&authority);
    let unnamed = request.accept(&answer, &Roots::default()).unwrap();
    assert_eq!(unnamed.authority, "Synthetic authority");
    assert_eq!(unnamed.trust, Trust::Unnamed("Synthetic root".to_owned()));
    let age = jiff::Timestamp::now().duration_since(unnamed.time);
    assert!(age.as_secs().abs() < 3600, "{}", unnamed.time);
    let named = request.accept(&answer, &authority.roots()).unwrap();
    assert_eq!(named.trust, Trust::Named("Synthetic root".to_owned()));
    let pem = named.certificates_pem();
    assert_eq!(certificates_in(pem.as_bytes()).unwrap().len(), 2);
    authority.keep("chain.pem", pem.as_bytes());
    authority.keep("manifest", b"manifest");
    authority.openssl(&["ts", "-verify", "-data", "manifest", "-in", "answer.tsr", "-CAfile", "chain.pem"]);
}

#[test]
fn a_root_that_did_not_come_along_is_found_where_it_was_kept() {
    let authority = Authority::new(&Plan { brings_root: false, ..Plan::default() });
    let (request, answer) = asked(&authority);
    let alone = request.accept(&answer, &Roots::default()).unwrap();
    assert_eq!(alone.trust, Trust::Unknown("Synthetic root".to_owned()));
    let named = request.accept(&answer, &authority.roots()).unwrap();
    let kept = certificates_in(named.certificates_pem().as_bytes()).unwrap();
    let imprint = Digest::of(b"manifest");
    let later = Timestamp::verify(&answer, &imprint, &Roots::default(), &kept).unwrap();
    assert_eq!(later.trust, Trust::Unnamed("Synthetic root".to_owned()));
    assert!(kept.iter().all(|der| later.has(der)) && !later.has(b"other"));
}

#[test]
fn keys_and_digests_that_authorities_use_are_computed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rsa.pem");
    let made = Command::new("openssl")
        .args(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out"])
        .arg(&path)
        .output();
    assert!(made.expect("openssl is installed").status.success());
    let rsa = || KeyPair::from_pem(&fs::read_to_string(&path).unwrap()).unwrap();
    for (key, digest) in [
        (rsa(), "sha256"),
        (rsa(), "sha512"),
        (key(&PKCS_ECDSA_P384_SHA384), "sha384"),
        (key(&PKCS_ECDSA_P384_SHA384), "sha512"),
    ] {
        let authority = Authority::new(&Plan { key, digest, ..Plan::default() });
        let (request, answer) = asked(&authority);
        request.accept(&answer, &authority.roots()).unwrap();
    }
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let authority = Authority::new(&Plan::default());
    let (_, answer) = asked(&authority);
    let again = TimestampRequest::new(Digest::of(b"manifest")).unwrap();
    assert_eq!(again.accept(&answer, &Roots::default()), Err(TimestampError::OtherNonce));
    let other = TimestampRequest::new(Digest::of(b"another")).unwrap();
    assert_eq!(other.accept(&answer, &Roots::default()), Err(TimestampError::OtherImprint));
}

#[test]
fn a_certificate_for_other_things_or_of_another_time_is_refused() {
    let honest = Authority::new(&Plan::default());
    let imprint = Digest::of(b"manifest");
    for (purpose, why) in [
        (None, "not made for time-stamps"),
        (Some((TIME_STAMPING, false)), "not marked as critical"),
        (Some((TIME_STAMPING_AND_TLS, true)), "not made for time-stamps alone"),
    ] {
        let wrong = Authority::new(&Plan { purpose, ..Plan::default() });
        let der = &certificates_of(&wrong, "authority.pem")[0];
        let certificate = der::Decode::from_der(der).unwrap();
        let signer = signer::Signer { certificate, der: der.clone() };
        let error = signer.check_purpose().unwrap_err().to_string();
        assert!(error.contains(why) && error.contains("Synthetic authority"), "{error}");
    }
    let expired = Authority::new(&Plan { until: 2025, ..Plan::default() });
    let (request, answer) = asked(&expired);
    for roots in [Roots::default(), expired.roots(), honest.roots()] {
        let error = request.accept(&answer, &roots).unwrap_err();
        assert!(matches!(error, TimestampError::Certificate { .. }), "{error}");
    }
    let (_, answer) = asked(&honest);
    let elsewhere = Timestamp::verify(&answer, &imprint, &expired.roots(), &[]).unwrap();
    assert!(!elsewhere.trust.is_vouched(), "another root does not vouch");
}

fn certificates_of(authority: &Authority, name: &str) -> Vec<Vec<u8>> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    let certificates = CertificateDer::pem_file_iter(authority.path(name)).unwrap();
    certificates.map(|der| der.unwrap().to_vec()).collect()
}

#[test]
fn a_changed_answer_never_says_another_time() {
    let authority = Authority::new(&Plan::default());
    let (request, answer) = asked(&authority);
    let roots = authority.roots();
    let right = request.accept(&answer, &roots).unwrap();
    let mut refused = 0;
    for index in 0..answer.len() {
        let mut flipped = answer.clone();
        flipped[index] ^= 1;
        match request.accept(&flipped, &roots) {
            Ok(timestamp) => {
                assert_eq!((timestamp.time, timestamp.authority), (right.time, right.authority.clone()));
            }
            Err(_) => refused += 1,
        }
        assert!(request.accept(&answer[..index], &roots).is_err(), "cut at {index}");
    }
    // What may change unnoticed is the status "granted", and certificates that came along without need.
    assert!(refused * 3 > answer.len() * 2, "{refused} of {} were refused", answer.len());
}

#[test]
fn a_refusal_is_told_in_the_words_of_the_authority() {
    let request = TimestampRequest::new(Digest::of(b"manifest")).unwrap();
    let refusal = [&[0x30, 12, 0x30, 10, 2, 1, 2, 0x30, 5, 0x0c, 3][..], b"no!"].concat();
    let error = request.accept(&refusal, &Roots::default()).unwrap_err();
    assert_eq!(error, TimestampError::Refused { status: 2, text: "no!".to_owned() });
    assert_eq!(error.to_string(), "the authority refused: status 2 (no!)");
    for garbage in [&b""[..], b"<html>", &[0x30, 0], &[0x30, 0x80, 0, 0]] {
        assert!(matches!(request.accept(garbage, &Roots::default()), Err(TimestampError::Unreadable(_))));
    }
}
