//! The signing key: made on first use, and kept for nobody but its owner to read.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use p384::SecretKey;
use p384::ecdsa::signature::hazmat::PrehashSigner as _;
use p384::ecdsa::{Signature, SigningKey as EcdsaKey};
use p384::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, LineEnding};
use rustls::crypto::ring;
use sha2::{Digest as _, Sha256};

use super::pem::read_pem;
use super::public_key::PublicKey;
use crate::archive::durable::{create_folders, sync_folder_of};
use crate::archive::error::ArchiveError;

/// A random number is a key unless it is zero or above the order of the curve, which is as good as never.
const TRIES: u32 = 8;

/// An ECDSA key over P-384 (FIPS 186-5), which WACZ demands of anonymous signatures.
#[derive(Clone)]
pub struct SigningKey {
    key: EcdsaKey,
    public: PublicKey,
}

impl SigningKey {
    /// The key in the file `path`, PKCS #8 in PEM. Where there is no file yet, a new key is made and kept there with
    /// mode 0600.
    ///
    /// # Errors
    /// [`ArchiveError::Key`] where the file cannot be read or made, is no such key, or can be read by others.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        match Self::read(path)? {
            Some(key) => Ok(key),
            None => Self::create(path),
        }
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs `message` with SHA-256: `r` and `s` in 48 bytes each (IEEE P1363), as `WebCrypto` has it. The same message
    /// gives the same signature (RFC 6979). `None` if the arithmetic fails, which it does not.
    pub(super) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        let signature: Signature = self.key.sign_prehash(&Sha256::digest(message)).ok()?;
        Some(signature.to_bytes().to_vec())
    }

    fn read(path: &Path) -> Result<Option<Self>, ArchiveError> {
        let Some(text) = read_pem(path)? else { return Ok(None) };
        if is_open_to_others(path) {
            let why = format!("others may read it; run `chmod 600 {}`", path.display());
            return Err(ArchiveError::Key { path: path.to_owned(), why });
        }
        let key = EcdsaKey::from_pkcs8_pem(&text).ok().and_then(Self::of);
        let why = "it holds no ECDSA key over P-384 in PEM (PKCS #8, not encrypted)";
        key.ok_or_else(|| ArchiveError::Key { path: path.to_owned(), why: why.to_owned() }).map(Some)
    }

    fn create(path: &Path) -> Result<Self, ArchiveError> {
        let refused = |why: String| ArchiveError::Key { path: path.to_owned(), why };
        let secret = random_key().ok_or_else(|| refused("the system gives no random numbers".to_owned()))?;
        let pem = secret.to_pkcs8_pem(LineEnding::LF).map_err(|error| refused(error.to_string()))?;
        match keep(path, pem.as_bytes()) {
            Ok(()) => Self::of(secret.into()).ok_or_else(|| refused("it cannot be encoded".to_owned())),
            // Another beleg was first: its key is the key.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Self::read(path)?.ok_or_else(|| refused(error.to_string()))
            }
            Err(error) => Err(refused(format!("it cannot be written: {error}"))),
        }
    }

    fn of(key: EcdsaKey) -> Option<Self> {
        let public = PublicKey::of(*key.verifying_key())?;
        Some(Self { key, public })
    }
}

impl fmt::Debug for SigningKey {
    /// The public half alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public)
    }
}

fn random_key() -> Option<SecretKey> {
    let random = ring::default_provider().secure_random;
    (0..TRIES).find_map(|_| {
        let mut bytes = [0; 48];
        random.fill(&mut bytes).ok()?;
        SecretKey::from_slice(&bytes).ok()
    })
}

/// Writes the file whole or not at all, and never over another one. A temporary file has mode 0600 from the start.
fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_folders(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    sync_folder_of(path)
}

/// Whether group or others may read the file. Only Unix tells.
fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/key.pem");
        let made = SigningKey::open(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(SigningKey::open(&path).unwrap().public(), made.public());
        assert_eq!(&PublicKey::read(&path).unwrap(), made.public());
        let other = SigningKey::open(&folder.path().join("other.pem")).unwrap();
        assert_ne!(other.public(), made.public());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_key_that_others_may_read_or_that_is_none_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.pem");
        SigningKey::open(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = SigningKey::open(&path).unwrap_err().to_string();
        assert!(error.contains("chmod 600") && error.contains("key.pem"), "{error}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").unwrap();
        let error = SigningKey::open(&path).unwrap_err().to_string();
        assert!(error.contains("no ECDSA key over P-384"), "{error}");
        assert!(SigningKey::open(folder.path()).is_err(), "a folder is no key");
    }

    #[test]
    fn openssl_makes_keys_that_can_be_used_and_checks_our_signatures() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let openssl = |arguments: &[&str]| {
            let output = Command::new("openssl").args(arguments).output().expect("openssl is installed");
            assert!(output.status.success(), "{output:?}");
        };
        let curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];
        openssl(&[&["genpkey", "-out", &path("key.pem")], &curve[..]].concat());
        openssl(&["pkey", "-in", &path("key.pem"), "-pubout", "-out", &path("public.pem")]);
        fs::set_permissions(path("key.pem"), fs::Permissions::from_mode(0o600)).unwrap();
        let key = SigningKey::open(Path::new(&path("key.pem"))).unwrap();
        assert_eq!(&PublicKey::read(Path::new(&path("public.pem"))).unwrap(), key.public());
        let signature = Signature::from_slice(&key.sign(b"message").unwrap()).unwrap();
        fs::write(path("signature"), signature.to_der()).unwrap();
        fs::write(path("message"), "message").unwrap();
        let verify = ["dgst", "-sha256", "-verify", &path("public.pem"), "-signature", &path("signature")];
        openssl(&[&verify[..], &[&path("message")]].concat());
    }
}
