//! Alarms as requests: to any server, to Slack, to a room of Matrix.

use std::path::Path;

use reqwest::{Client, Method};
use serde_json::json;
use url::Url;

use super::message::Message;
use super::not_taken::NotTaken;
use super::post::{Post, client, send};
use crate::watch::secret::Secret;

/// The most that is sent to Slack, in characters; it cuts off what is longer than 40,000.
const SLACK: usize = 30_000;

/// Posts alarms.
#[derive(Debug)]
pub(super) struct Webhook {
    client: Client,
    url: Secret,
    shape: Shape,
}

/// The shape that a server wants them in.
#[derive(Debug)]
pub(super) enum Shape {
    /// `beleg.alarms/1`.
    Generic { token: Option<Secret> },
    /// `{"text": …}`.
    Slack,
    /// `m.room.message`, of the client-server API.
    Matrix { room: String, token: Secret },
}

impl Webhook {
    pub(super) fn new(url: Secret, shape: Shape, ca_file: Option<&Path>) -> Result<Self, String> {
        Ok(Self { client: client(ca_file)?, url, shape })
    }

    pub(super) async fn send(&self, message: &Message<'_>) -> Result<(), NotTaken> {
        let secret = |secret: &Secret| secret.reveal().map_err(|error| NotTaken::for_good(error.to_string()));
        let url = secret(&self.url)?;
        let written = |error: serde_json::Error| NotTaken::for_good(error.to_string());
        let mut headers =
            vec![("content-type", "application/json".to_owned()), ("idempotency-key", message.key())];
        let (method, url, body) = match &self.shape {
            Shape::Generic { token } => {
                if let Some(token) = token {
                    headers.push(("authorization", format!("Bearer {}", secret(token)?)));
                }
                (Method::POST, url, message.json().map_err(written)?)
            }
            Shape::Slack => {
                let text = format!("*{}*\n{}", escaped(&message.title()), escaped(&message.text()));
                let text: String = text.chars().take(SLACK).collect();
                (Method::POST, url, serde_json::to_vec(&json!({ "text": text })).map_err(written)?)
            }
            Shape::Matrix { room, token } => {
                headers.push(("authorization", format!("Bearer {}", secret(token)?)));
                let body = format!("{}\n\n{}", message.title(), message.text());
                let content = json!({ "msgtype": "m.text", "body": body });
                let url = matrix_url(&url, room, &message.key()).ok_or_else(|| {
                    NotTaken::for_good("`url` is not the address of a Matrix homeserver".to_owned())
                })?;
                (Method::PUT, url, serde_json::to_vec(&content).map_err(written)?)
            }
        };
        send(&self.client, Post { method, url: &url, headers, body }).await
    }
}

/// What Slack would take for markup is written so that it does not.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Where a message of this key is put. A homeserver takes each key once.
fn matrix_url(homeserver: &str, room: &str, key: &str) -> Option<String> {
    let mut url = Url::parse(homeserver).ok()?;
    url.path_segments_mut().ok()?.pop_if_empty().extend([
        "_matrix",
        "client",
        "v3",
        "rooms",
        room,
        "send",
        "m.room.message",
        key,
    ]);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_is_one_part_of_the_path() {
        assert_eq!(
            matrix_url("https://example.org/", "!a/b:example.org", "k1").unwrap(),
            "https://example.org/_matrix/client/v3/rooms/!a%2Fb:example.org/send/m.room.message/k1"
        );
        assert_eq!(matrix_url("nonsense", "r", "k"), None);
    }
}
