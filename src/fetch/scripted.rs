//! A server for tests that answers byte for byte as told, on loopback.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;
use url::Url;

/// One step of an answer.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Waits for so many milliseconds.
    Wait(u64),
    /// Breaks the connection off so that the client sees a reset.
    Reset,
}

/// What to answer to the request with this head; the number counts requests from 0.
type Script = dyn Fn(&str, usize) -> Vec<Step> + Send + Sync;

/// A running server; it ends with the runtime of the test.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    scheme: &'static str,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// A plain server. After each answer it closes the connection.
    pub(super) async fn start(script: impl Fn(&str, usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::listen(None, Arc::new(script)).await
    }

    /// A server behind TLS.
    pub(super) async fn start_tls(
        acceptor: TlsAcceptor,
        script: impl Fn(&str, usize) -> Vec<Step> + Send + Sync + 'static,
    ) -> Self {
        Self::listen(Some(acceptor), Arc::new(script)).await
    }

    /// A URL of this server.
    pub(super) fn url(&self, path: &str) -> Url {
        format!("{}://{}{path}", self.scheme, self.address).parse().unwrap()
    }

    /// How many connections were opened so far.
    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    async fn listen(acceptor: Option<TlsAcceptor>, script: Arc<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let (acceptor, script, requests) =
                    (acceptor.clone(), Arc::clone(&script), Arc::clone(&requests));
                tokio::spawn(async move {
                    match acceptor {
                        Some(acceptor) => {
                            if let Ok(mut stream) = acceptor.accept(stream).await {
                                let _reset = play(&mut stream, &*script, &requests).await;
                            }
                        }
                        None => plain(stream, &*script, &requests).await,
                    }
                });
            }
        });
        Self { address, scheme, connections }
    }
}

/// An answer with a status line, these header lines and this body.
pub(super) fn reply(status: &str, headers: &[&str], body: &[u8]) -> Vec<Step> {
    let mut head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    vec![send(&head), Step::Send(body.to_vec())]
}

/// A step that sends a head: `text`, and the empty line that ends it.
pub(super) fn send(text: &str) -> Step {
    Step::Send(format!("{text}\r\n").into_bytes())
}

async fn plain(mut stream: TcpStream, script: &Script, requests: &AtomicUsize) {
    if play(&mut stream, script, requests).await.is_err() {
        // Closing with a linger of zero sends a reset instead of an end.
        stream.set_zero_linger().unwrap();
    }
}

/// Answers requests until the client leaves or an answer ends the connection. Fails where it is to be reset.
async fn play(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    script: &Script,
    requests: &AtomicUsize,
) -> Result<(), ()> {
    while let Some(head) = head(stream).await {
        // Unless a test is about it, there is no robots.txt, and asking for it counts for nothing.
        let robots = head.starts_with("GET /robots.txt ") && !head.contains("robots.test");
        let steps = if robots {
            reply("404 Not Found", &[], b"")
        } else {
            script(&head, requests.fetch_add(1, Ordering::SeqCst))
        };
        for step in steps {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await.map_err(drop)?,
                Step::Wait(millis) => sleep(Duration::from_millis(millis)).await,
                Step::Reset => return Err(()),
            }
            stream.flush().await.map_err(drop)?;
        }
        if !robots && !head.contains("/keep") {
            break;
        }
    }
    stream.shutdown().await.map_err(drop)
}

/// Reads one request head.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()
}
