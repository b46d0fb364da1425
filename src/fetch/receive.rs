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

/// The whole response to a request that was started at `started`, its body as far as it came within the limits. What lies beyond is not read: dropping the
/// response ends the connection.
pub(super) async fn receive(mut incoming: Incoming, limits: Limits, started: Instant) -> Response {
    let protocol = match incoming.version() {
        Version::HTTP_09 | Version::HTTP_10 => Protocol::Http10,
        Version::HTTP_2 => Protocol::Http2,
        _ => Protocol::Http11,
    };
    let status = incoming.status().as_u16();
    let headers = incoming.headers().iter();
    let headers =
        headers.map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect();
    let (body, truncated) = receive_body(&mut incoming, limits, started + limits.total).await;
    Response { protocol, status, headers, body, truncated }
}

async fn receive_body(
    incoming: &mut Incoming,
    limits: Limits,
    deadline: Instant,
) -> (Body, Option<Truncation>) {
    let mut writer = BodyWriter::default();
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
            break Some(Truncation::Length);
        }
    };
    (writer.finish(), truncated)
}
