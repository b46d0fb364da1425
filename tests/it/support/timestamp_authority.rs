//! An authority on loopback that dates what it is asked to: `openssl ts` behind a small server.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, CustomExtension, DistinguishedName, DnType, IsCa,
    KeyPair, date_time_ymd,
};
use tempfile::TempDir;

/// The extended key usage of time-stamping authorities (RFC 3161 §2.3) in DER.
const TIME_STAMPING: &[u8] = &[0x30, 10, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 8];

/// How `openssl ts` is to answer.
const CONFIG: &str = "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_cert = authority.pem\n\
    signer_key = key.pem\ncerts = root.pem\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\n\
    ess_cert_id_alg = sha256\n";

/// An authority that answers until this is dropped.
pub(crate) struct TimestampAuthority {
    folder: Arc<TempDir>,
    port: u16,
    stopped: Arc<AtomicBool>,
}

impl TimestampAuthority {
    /// Starts one with a key and a root of its own.
    pub(crate) fn start() -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        certify(folder.path());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let stopped = Arc::new(AtomicBool::new(false));
        let (served, stop) = (Arc::clone(&folder), Arc::clone(&stopped));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                // A client that hangs up is nothing to the next one.
                stream.and_then(|stream| answer(stream, served.path())).ok();
            }
        });
        Self { folder, port, stopped }
    }

    /// Where it is asked.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/tsr", self.port)
    }

    /// The certificate of its root in PEM.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }
}

impl Drop for TimestampAuthority {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // Wakes the thread, which waits for a connection.
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).ok();
    }
}

fn certify(folder: &Path) {
    let named = |name: &str| {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2060, 1, 1);
        params
    };
    let mut root = named("Synthetic root");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = CertifiedIssuer::self_signed(root, KeyPair::generate().unwrap()).unwrap();
    let mut params = named("Synthetic authority");
    let mut purpose = CustomExtension::from_oid_content(&[2, 5, 29, 37], TIME_STAMPING.to_vec());
    purpose.set_criticality(true);
    params.custom_extensions.push(purpose);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &root).unwrap();
    let files = [
        ("root.pem", root.pem()),
        ("authority.pem", certificate.pem()),
        ("key.pem", key.serialize_pem()),
        ("tsa.cnf", CONFIG.to_owned()),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// Answers one request, and ends the connection.
fn answer(mut stream: TcpStream, folder: &Path) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut request = vec![0; length];
    reader.read_exact(&mut request)?;
    fs::write(folder.join("request.tsq"), request)?;
    let replied = Command::new("openssl")
        .args(["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "request.tsq", "-out", "answer.tsr"])
        .current_dir(folder)
        .output()?;
    let body = if replied.status.success() { fs::read(folder.join("answer.tsr"))? } else { Vec::new() };
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}
