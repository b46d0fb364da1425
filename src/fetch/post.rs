//! Sends bytes to a service and takes in its answer: what an authority is asked to date, for one.

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use tokio::time::{Instant, timeout};
use url::Url;

use super::client::Client;
use super::exchange::{Failure, FailureKind, Response};
use super::failure::failure;
use super::receive::{Limits, receive};
use super::redirect::bare;

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// What the bytes are.
    pub media_type: &'static str,
    /// What the answer is to be.
    pub accept: &'static str,
    /// The bytes.
    pub body: Vec<u8>,
    /// How much of the answer is taken in.
    pub max_bytes: u64,
}

impl Client {
    /// Sends `post` to `url` once, under the guard and the limits that hold for pages too. No redirect is followed: what
    /// is meant for one service goes to no other.
    pub async fn post(&self, url: &Url, post: Post) -> Result<Response, Failure> {
        let inner = self.inner();
        let config = &inner.config;
        if config.offline {
            return Err(Failure { kind: FailureKind::Offline, detail: "beleg is offline".to_owned() });
        }
        let url = bare(url);
        inner.guard.check(&url)?;
        let mut headers = inner.headers.clone();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(post.media_type));
        headers.insert(ACCEPT, HeaderValue::from_static(post.accept));
        let (started, total) = (Instant::now(), config.timeout.duration());
        let limits = Limits { bytes: post.max_bytes, silence: config.read_timeout.duration(), total };
        match timeout(total, inner.connections.post(&url, headers, post.body).send()).await {
            Ok(Ok(incoming)) => Ok(receive(incoming, limits, started).await),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Failure { kind: FailureKind::Timeout, detail: "no answer in time".to_owned() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;
    use crate::fetch::scripted::{Server, reply};
    use crate::fetch::{FetchConfig, Span};

    fn post() -> Post {
        Post { media_type: "text/x-question", accept: "text/x-answer", body: b"why?".to_vec(), max_bytes: 5 }
    }

    fn client(allow: &[&str]) -> Client {
        let allow = allow.iter().map(|network| network.parse().unwrap()).collect();
        Client::new(&FetchConfig { allow, timeout: Span::from_secs(5), ..FetchConfig::default() }).unwrap()
    }

    #[tokio::test]
    async fn the_question_is_sent_and_the_answer_bounded() {
        let server = Server::start(|head, _| {
            let head = head.to_ascii_lowercase();
            let asked = head.starts_with("post /ask ") && head.contains("content-type: text/x-question");
            let accepted = head.contains("accept: text/x-answer") && head.contains("content-length: 4");
            reply(if asked && accepted { "200 OK" } else { "400 Bad Request" }, &[], b"because")
        })
        .await;
        let response = client(&["127.0.0.0/8"]).post(&server.url("/ask"), post()).await.unwrap();
        let mut body = String::new();
        response.body.reader().unwrap().read_to_string(&mut body).unwrap();
        assert_eq!((response.status, body.as_str()), (200, "becau"));
    }

    #[tokio::test]
    async fn the_guard_holds_and_redirects_are_not_followed() {
        let server = Server::start(|_, _| reply("302 Found", &["Location: /elsewhere"], b"")).await;
        let refused = client(&[]).post(&server.url("/"), post()).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::PrivateAddress);
        let response = client(&["127.0.0.0/8"]).post(&server.url("/"), post()).await.unwrap();
        assert_eq!(response.status, 302);
        let offline = FetchConfig { offline: true, ..FetchConfig::default() };
        let refused = Client::new(&offline).unwrap().post(&server.url("/"), post()).await.unwrap_err();
        assert_eq!(refused.kind, FailureKind::Offline);
    }
}
