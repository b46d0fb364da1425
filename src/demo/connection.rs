//! One connection: read a request, play its answer, wait for the next.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::answer::{Answer, Step};
use super::request::{MAX_HEAD, Request};
use super::site::Site;

/// How long a connection may say nothing before it is closed.
const PATIENCE: Duration = Duration::from_mins(1);

/// First byte of a TLS record that carries a handshake (RFC 8446 §5.1).
const TLS_HANDSHAKE: u8 = 0x16;

/// Serves one connection to its end. How it ends is the other side's business, so nothing is reported.
pub(super) async fn converse(stream: TcpStream, tls: Option<Arc<ServerConfig>>, site: &dyn Site) {
    // Each step is to reach the other side when it is taken, not when the next one is.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    // A connection that breaks is no news to anybody here: misbehaving clients are part of the job.
    let _ended = match tls {
        Some(config) if opens_with_tls(&stream).await => match accept(config, stream).await {
            Some(stream) => Conversation { stream, read: Vec::new() }.run(site).await,
            None => return,
        },
        _ => Conversation { stream, read: Vec::new() }.run(site).await,
    };
}

async fn opens_with_tls(stream: &TcpStream) -> bool {
    let mut first = [0];
    matches!(timeout(PATIENCE, stream.peek(&mut first)).await, Ok(Ok(1))) && first[0] == TLS_HANDSHAKE
}

async fn accept(config: Arc<ServerConfig>, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
    timeout(PATIENCE, TlsAcceptor::from(config).accept(stream)).await.ok()?.ok()
}

/// A byte stream of which the TCP connection underneath can be reached.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send {
    const SECURE: bool;
    fn tcp(&self) -> &TcpStream;
}

impl Wire for TcpStream {
    const SECURE: bool = false;
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Wire for TlsStream<TcpStream> {
    const SECURE: bool = true;
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

struct Conversation<W> {
    stream: W,
    /// Bytes received and not yet taken for a request.
    read: Vec<u8>,
}

/// Whether the connection is still of use.
#[derive(PartialEq)]
enum After {
    Open,
    Over,
}

impl<W: Wire> Conversation<W> {
    async fn run(mut self, site: &dyn Site) -> io::Result<()> {
        loop {
            let Ok(head) = timeout(PATIENCE, self.head()).await else { return self.stream.shutdown().await };
            let (answer, only_head, keep_alive) = match head? {
                Head::Whole(head) => match Request::parse(&head, W::SECURE) {
                    Some(request) => (site.answer(&request), request.method == "HEAD", request.keep_alive),
                    None => (Answer::html(400, "That is no HTTP/1.1 request.\n"), false, false),
                },
                Head::TooLong => (Answer::html(431, "The head of the request is too long.\n"), false, false),
                Head::End => return self.stream.shutdown().await,
            };
            let after = self.play(answer, only_head).await?;
            if after == After::Over {
                return Ok(());
            }
            if !keep_alive {
                return self.stream.shutdown().await;
            }
        }
    }

    /// Reads to the empty line that ends a head; what follows it is kept for the next request.
    async fn head(&mut self) -> io::Result<Head> {
        let mut looked_at = 0;
        loop {
            // The end may straddle two reads: look again at the last three bytes.
            let from = looked_at.min(self.read.len()).saturating_sub(3);
            if let Some(at) = self.read[from..].windows(4).position(|window| window == b"\r\n\r\n") {
                let rest = self.read.split_off(from + at + 4);
                let mut head = std::mem::replace(&mut self.read, rest);
                head.truncate(from + at);
                return Ok(Head::Whole(head));
            }
            looked_at = self.read.len();
            if looked_at > MAX_HEAD {
                return Ok(Head::TooLong);
            }
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Ok(Head::End);
            }
        }
    }

    async fn play(&mut self, answer: Answer, only_head: bool) -> io::Result<After> {
        let steps = if only_head { 1 } else { usize::MAX };
        for step in answer.steps.into_iter().take(steps) {
            match step {
                Step::Send(bytes) => self.send(&bytes).await?,
                Step::Repeat(bytes, pause, times) => {
                    for _ in 0..times {
                        wait(pause).await;
                        self.send(&bytes).await?;
                    }
                }
                Step::Pause(pause) => wait(pause).await,
                Step::Close => {
                    self.stream.shutdown().await?;
                    return Ok(After::Over);
                }
                Step::Reset => {
                    // With no time to linger, closing discards what is unsent and sends RST.
                    self.stream.tcp().set_zero_linger()?;
                    return Ok(After::Over);
                }
            }
        }
        Ok(After::Open)
    }

    async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }
}

enum Head {
    Whole(Vec<u8>),
    TooLong,
    End,
}

async fn wait(pause: Duration) {
    if !pause.is_zero() {
        sleep(pause).await;
    }
}
