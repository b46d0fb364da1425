//! Takes in a response: its head, and its body up to the limits.

use std::time::Duration;

use reqwest::{Response as Incoming, Version};
use tokio::time::{Instant, timeout};

use super::body::{Body, BodyWriter};
use super::exchange::{Protocol, Response, Truncation};

/// How much of an answer is taken in, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Bytes kept.
    pub(super) bytes: u64,
    /// The longest silence.
    pub(super) silence: Duration,
    /// The longest time for request and answer.
    pub(super) total: Duration,
}

/// A rest of at most this many bytes is read and thrown away, so that the connection can be used again: that is less work
/// than to make another.
const SMALL_REST: u64 = 64 << 10;

/// A response as far as it is known when its body is still to come.
pub(super) fn head(incoming: &Incoming) -> Response {
    let protocol = match incoming.version() {
        Version::HTTP_09 | Version::HTTP_10 => Protocol::Http10,
        Version::HTTP_2 => Protocol::Http2,
        _ => Protocol::Http11,
    };
    let headers = incoming.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect();
    Response { protocol, status: incoming.status().as_u16(), headers, body: Body::default(), truncated: None }
}

/// The whole response to a request that was started at `started`, its body as far as it came within the limits. What lies
/// beyond is not read, unless it is announced to be little: dropping the response ends an HTTP/1 connection, and of an
/// HTTP/2 connection the stream alone.
pub(super) async fn receive(mut incoming: Incoming, limits: Limits, started: Instant) -> Response {
    let head = head(&incoming);
    let (body, truncated) = receive_body(&mut incoming, limits, started + limits.total).await;
    Response { body, truncated, ..head }
}

async fn receive_body(
    incoming: &mut Incoming,
    limits: Limits,
    deadline: Instant,
) -> (Body, Option<Truncation>) {
    let mut writer = BodyWriter::default();
    let announced = incoming.content_length();
    let truncated = loop {
        let patience = limits.silence.min(deadline.saturating_duration_since(Instant::now()));
        let piece = match timeout(patience, incoming.chunk()).await {
            Ok(Ok(Some(piece))) => piece,
            Ok(Ok(None)) => break None,
            Ok(Err(_)) => break Some(Truncation::Disconnect),
            Err(_) => break Some(Truncation::Time),
        };
        let room = usize::try_from(limits.bytes - writer.len()).unwrap_or(usize::MAX);
        if let Err(error) = writer.push(&piece[..piece.len().min(room)]) {
            tracing::warn!(%error, "no room for the rest of a body in the folder for temporary files");
            break Some(Truncation::Length);
        }
        if piece.len() > room {
            let received = writer.len() + (piece.len() - room) as u64;
            if announced.is_some_and(|length| length.saturating_sub(received) <= SMALL_REST) {
                drain(incoming, limits.silence.min(deadline.saturating_duration_since(Instant::now()))).await;
            }
            break Some(Truncation::Length);
        }
    };
    (writer.finish(), truncated)
}

/// Reads the rest and throws it away, as far as it comes within `patience`.
async fn drain(incoming: &mut Incoming, patience: Duration) {
    let rest = async { while let Ok(Some(_)) = incoming.chunk().await {} };
    drop(timeout(patience, rest).await);
}
