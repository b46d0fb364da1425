//! A certificate authority of one's own, for hosts that are not really there.

use std::fmt;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DnType, ExtendedKeyUsagePurpose,
    IsCa, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use super::error::DemoError;

/// An authority made at start. Its key never leaves the process; only its certificate does.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate for some hosts, with its key and what it takes to trust it.
#[derive(Clone, Debug)]
pub struct Leaf(pub(super) Arc<CertifiedKey>);

/// When a certificate is valid. The dates are fixed, so that it does not take a clock to make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// From 2020 to 2100.
    Current,
    /// For one year, which ended in 2021.
    Expired,
    /// From 2099 on.
    NotYet,
}

impl Authority {
    /// A new authority with a new key.
    pub fn new() -> Result<Self, DemoError> {
        let mut params = params(Vec::new(), "beleg stand-in authority (for tests)", Validity::Current)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(1));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Ok(Self { issuer: CertifiedIssuer::self_signed(params, KeyPair::generate()?)? })
    }

    /// Its own certificate in PEM: what a client has to trust.
    pub fn ca_pem(&self) -> String {
        self.issuer.pem()
    }

    /// A certificate for these host names or IP addresses.
    pub fn leaf(&self, hosts: &[&str], validity: Validity) -> Result<Leaf, DemoError> {
        let key = KeyPair::generate()?;
        let certificate = leaf_params(hosts, validity)?.signed_by(&key, &self.issuer)?;
        Leaf::new(vec![certificate.der().clone()], &key)
    }

    /// A certificate for these hosts under another authority, which this one vouches for. `sent` says whether the server
    /// sends the other authority's certificate too, as it has to; some forget it.
    pub fn leaf_below(&self, hosts: &[&str], sent: bool) -> Result<Leaf, DemoError> {
        let mut between = params(Vec::new(), "beleg stand-in intermediate (for tests)", Validity::Current)?;
        between.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        between.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let between = CertifiedIssuer::signed_by(between, KeyPair::generate()?, &self.issuer)?;
        let key = KeyPair::generate()?;
        let mut params = leaf_params(hosts, Validity::Current)?;
        params.custom_extensions = vec![issuers_place("http://authority.test/intermediate.der")];
        let certificate = params.signed_by(&key, &between)?;
        let mut chain = vec![certificate.der().clone()];
        if sent {
            chain.push(between.der().clone());
        }
        Leaf::new(chain, &key)
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

impl Leaf {
    /// A certificate for these hosts that nobody but itself vouches for.
    pub fn self_signed(hosts: &[&str]) -> Result<Self, DemoError> {
        let key = KeyPair::generate()?;
        let certificate = leaf_params(hosts, Validity::Current)?.self_signed(&key)?;
        Self::new(vec![certificate.der().clone()], &key)
    }

    fn new(chain: Vec<CertificateDer<'static>>, key: &KeyPair) -> Result<Self, DemoError> {
        let key = any_supported_type(&PrivateKeyDer::Pkcs8(key.serialize_der().into()))?;
        Ok(Self(Arc::new(CertifiedKey::new(chain, key))))
    }
}

/// The extension that says where the certificate of the issuer is to be had (RFC 5280 §4.2.2.1), as those of public
/// authorities have it. `url` is shorter than a hundred bytes.
fn issuers_place(url: &str) -> CustomExtension {
    let within = |tag: u8, content: &[u8]| {
        let length = u8::try_from(content.len()).unwrap_or(u8::MAX);
        [&[tag, length], content].concat()
    };
    let method = within(0x06, &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02]);
    let place = within(0x86, url.as_bytes());
    let access = within(0x30, &within(0x30, &[method, place].concat()));
    CustomExtension::from_oid_content(&[1, 3, 6, 1, 5, 5, 7, 1, 1], access)
}

fn leaf_params(hosts: &[&str], validity: Validity) -> Result<CertificateParams, DemoError> {
    let names = hosts.iter().map(|&host| host.to_owned()).collect();
    let mut params = params(names, "beleg stand-in host (for tests)", validity)?;
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}

fn params(names: Vec<String>, called: &str, validity: Validity) -> Result<CertificateParams, DemoError> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, called);
    let (from, to) = match validity {
        Validity::Current => (2020, 2100),
        Validity::Expired => (2020, 2021),
        Validity::NotYet => (2099, 2100),
    };
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    Ok(params)
}

#[cfg(test)]
mod tests {
    use rustls::RootCertStore;
    use rustls::client::WebPkiServerVerifier;
    use rustls::client::danger::ServerCertVerifier as _;
    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{ServerName, UnixTime};

    use super::*;

    /// Whether a client that trusts `authority` alone takes `leaf` for `host`, and what it says if not.
    fn verdict(authority: &Authority, leaf: &Leaf, host: &'static str) -> Result<(), String> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(authority.ca_pem().as_bytes()).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap();
        let name = ServerName::try_from(host).unwrap();
        let verified = verifier.verify_server_cert(&leaf.0.cert[0], &[], &name, &[], UnixTime::now());
        verified.map(|_| ()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_current_certificate_is_good_for_its_hosts_and_no_other() {
        let authority = Authority::new().unwrap();
        let leaf = authority.leaf(&["a.test", "b.test", "127.0.0.1"], Validity::Current).unwrap();
        for host in ["a.test", "b.test", "127.0.0.1"] {
            assert_eq!(verdict(&authority, &leaf, host), Ok(()), "{host}");
        }
        assert!(verdict(&authority, &leaf, "c.test").unwrap_err().contains("not valid for name"));
    }

    #[test]
    fn certificates_out_of_their_time_are_refused() {
        let authority = Authority::new().unwrap();
        let expired = authority.leaf(&["a.test"], Validity::Expired).unwrap();
        assert!(verdict(&authority, &expired, "a.test").unwrap_err().contains("expired"));
        let not_yet = authority.leaf(&["a.test"], Validity::NotYet).unwrap();
        assert!(verdict(&authority, &not_yet, "a.test").unwrap_err().contains("not valid yet"));
    }

    #[test]
    fn nobody_vouches_for_a_self_signed_certificate() {
        let leaf = Leaf::self_signed(&["a.test"]).unwrap();
        assert!(verdict(&Authority::new().unwrap(), &leaf, "a.test").is_err());
    }
}
