//! Requests to servers that the settings name: no guard, no politeness, but TLS and limits.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, Method, StatusCode, redirect};

use super::not_taken::NotTaken;
use crate::fetch::tls_config;
use crate::watch::causes::causes;

/// Time for a request and its answer.
const LIMIT: Duration = Duration::from_secs(20);

/// A client that trusts the usual authorities and those in the PEM file `ca_file`.
pub(in crate::watch) fn client(ca_file: Option<&Path>) -> Result<Client, String> {
    let tls = tls_config(ca_file).map_err(|error| causes(&error))?;
    Client::builder()
        .tls_backend_preconfigured(tls)
        .timeout(LIMIT)
        // A redirect could carry a token elsewhere.
        .redirect(redirect::Policy::none())
        .user_agent(concat!("beleg/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| causes(&error))
}

/// What is sent.
pub(in crate::watch) struct Post<'a> {
    pub(in crate::watch) method: Method,
    pub(in crate::watch) url: &'a str,
    pub(in crate::watch) headers: Vec<(&'static str, String)>,
    pub(in crate::watch) body: Vec<u8>,
}

/// Sends a request. Nothing of its URL or headers is in the error: they may be secret.
pub(in crate::watch) async fn send(client: &Client, post: Post<'_>) -> Result<(), NotTaken> {
    let mut request = client.request(post.method, post.url).body(post.body);
    for (name, value) in post.headers {
        request = request.header(name, value);
    }
    let answer = request.send().await.map_err(|error| {
        let error = error.without_url();
        let passing = !error.is_builder();
        NotTaken { why: causes(&error), passing }
    })?;
    match answer.status() {
        status if status.is_success() => Ok(()),
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            Err(NotTaken::for_now(format!("it answers with {status}")))
        }
        status => Err(NotTaken::for_good(format!("it answers with {status}"))),
    }
}
