//! What is asked for, and what for: that decides what robots.txt has to say in it.

use data_encoding::BASE64;
use percent_encoding::percent_decode_str;
use reqwest::header::HeaderValue;
use url::Url;

/// A request to be made of a [`Client`](super::Client).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub(super) url: Url,
    pub(super) purpose: Purpose,
    pub(super) headers: Vec<(String, String)>,
    pub(super) max_bytes: Option<u64>,
}

/// What something is fetched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A page that an article cites: a reader would follow the link. The setting `fetch.robots` says what robots.txt
    /// has to say in it.
    Cited,
    /// What a cited page needs to be shown: pictures, styles, scripts. robots.txt is obeyed.
    Requisite,
    /// A question to the site that is not about one of its pages, such as what it answers to a path that cannot exist.
    /// robots.txt is obeyed.
    Probe,
    /// A web archive's index or copy. robots.txt is obeyed.
    Memento,
}

/// The login that a URL carries (`https://user:password@host/`), as a browser sends it (RFC 7617 §2).
pub(super) fn login(url: &Url) -> Option<HeaderValue> {
    let (user, password) = (url.username(), url.password());
    if user.is_empty() && password.is_none() {
        return None;
    }
    let decoded = |part| percent_decode_str(part).decode_utf8().unwrap_or(part.into());
    let pair = format!("{}:{}", decoded(user), decoded(password.unwrap_or_default()));
    let mut login = HeaderValue::from_str(&format!("Basic {}", BASE64.encode(pair.as_bytes()))).ok()?;
    login.set_sensitive(true);
    Some(login)
}

impl Request {
    /// Asks for `url`, with the login that it carries, if it does. A redirect to another site does not get that.
    pub fn new(url: Url, purpose: Purpose) -> Self {
        Self { url, purpose, headers: Vec::new(), max_bytes: None }
    }

    /// Sends this field as well, or in place of the usual one of that name. A redirect to another site does not get it.
    /// What cannot stand in a header is left out.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes in no more than this of the answer, where the settings allow more.
    #[must_use]
    pub fn at_most(mut self, bytes: u64) -> Self {
        self.max_bytes = Some(bytes);
        self
    }
}
