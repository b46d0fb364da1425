//! The states of a source and their reasons.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It answers with a page of its own.
    Alive,
    /// It answers, but perhaps not with what was cited.
    Doubtful,
    /// It refuses robots: a reader must look.
    Blocked,
    /// It is gone.
    Dead,
    /// It could not be reached this time.
    Unreachable,
    /// It was not asked.
    Unchecked,
}

/// Why a source has its [`State`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "`Reason::describe` says what each means, in the words a reader sees")]
pub enum Reason {
    Ok,
    Moved,
    #[serde(rename = "soft_404")]
    Soft404,
    RedirectedToHome,
    RedirectedToLogin,
    ParkedDomain,
    Paywall,
    ConsentWall,
    FragmentMissing,
    EmptyPage,
    Truncated,
    UnsafeRedirect,
    Unauthorized,
    Forbidden,
    RateLimited,
    Legal,
    BotWall,
    Robots,
    NotFound,
    Gone,
    ClientError,
    NoSuchHost,
    RedirectLoop,
    NotHttp,
    Timeout,
    Refused,
    Reset,
    Incomplete,
    ServerError,
    DnsFailure,
    TlsInvalid,
    TlsFailure,
    UnsupportedScheme,
    InvalidUrl,
    PrivateAddress,
    Excluded,
    Offline,
}

/// The state of one source, with what was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Why; the state follows from it.
    pub reason: Reason,
    /// What was seen, for people: a fragment such as `404 Not Found, three tries over 9 s`.
    pub detail: String,
    /// What to do about it, where beleg knows: a sentence.
    pub advice: Option<String>,
}

impl Reason {
    /// The state that this is a reason for.
    pub fn state(self) -> State {
        match self {
            Self::Ok | Self::Moved => State::Alive,
            Self::Soft404
            | Self::RedirectedToHome
            | Self::RedirectedToLogin
            | Self::ParkedDomain
            | Self::Paywall
            | Self::ConsentWall
            | Self::FragmentMissing
            | Self::EmptyPage
            | Self::Truncated
            | Self::UnsafeRedirect => State::Doubtful,
            Self::Unauthorized
            | Self::Forbidden
            | Self::RateLimited
            | Self::Legal
            | Self::BotWall
            | Self::Robots => State::Blocked,
            Self::NotFound
            | Self::Gone
            | Self::ClientError
            | Self::NoSuchHost
            | Self::RedirectLoop
            | Self::NotHttp => State::Dead,
            Self::Timeout
            | Self::Refused
            | Self::Reset
            | Self::Incomplete
            | Self::ServerError
            | Self::DnsFailure
            | Self::TlsInvalid
            | Self::TlsFailure => State::Unreachable,
            Self::UnsupportedScheme
            | Self::InvalidUrl
            | Self::PrivateAddress
            | Self::Excluded
            | Self::Offline => State::Unchecked,
        }
    }

    /// What it means, as a fragment for people.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Ok => "answers",
            Self::Moved => "moved for good",
            Self::Soft404 => "says that the page was not found, without the status to match",
            Self::RedirectedToHome => "leads to the home page instead",
            Self::RedirectedToLogin => "leads to a login page",
            Self::ParkedDomain => "the domain is parked",
            Self::Paywall => "only a teaser is shown, the rest is behind a paywall",
            Self::ConsentWall => "only a consent form is shown",
            Self::FragmentMissing => "the page has no such place",
            Self::EmptyPage => "the page holds no text",
            Self::Truncated => "the page was cut short",
            Self::UnsafeRedirect => "redirects to where no fetch is allowed",
            Self::Unauthorized => "asks for a login",
            Self::Forbidden => "refuses access",
            Self::RateLimited => "asks for fewer requests",
            Self::Legal => "withheld for legal reasons",
            Self::BotWall => "refuses robots",
            Self::Robots => "robots.txt asks not to fetch it",
            Self::NotFound => "not found",
            Self::Gone => "removed for good",
            Self::ClientError => "the server refuses this request",
            Self::NoSuchHost => "no such host",
            Self::RedirectLoop => "redirects without end",
            Self::NotHttp => "what answers is no web server",
            Self::Timeout => "no answer in time",
            Self::Refused => "connection refused",
            Self::Reset => "connection broken off",
            Self::Incomplete => "the answer broke off",
            Self::ServerError => "the server failed",
            Self::DnsFailure => "the name could not be looked up",
            Self::TlsInvalid => "the certificate is not valid",
            Self::TlsFailure => "no secure connection",
            Self::UnsupportedScheme => "not a web address",
            Self::InvalidUrl => "not a valid URL",
            Self::PrivateAddress => "an address that is not on the public internet",
            Self::Excluded => "excluded by the configuration",
            Self::Offline => "not asked: offline",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Alive => "alive",
            Self::Doubtful => "doubtful",
            Self::Blocked => "blocked",
            Self::Dead => "dead",
            Self::Unreachable => "unreachable",
            Self::Unchecked => "unchecked",
        })
    }
}

impl Judgement {
    /// A judgement without advice.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into(), advice: None }
    }

    /// The state of the source.
    pub fn state(&self) -> State {
        self.reason.state()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize as _;
    use serde::de::IntoDeserializer as _;
    use serde::de::value::Error;

    use super::*;

    #[test]
    fn every_reason_is_explained_under_its_state() {
        let document = include_str!("../../docs/states.md");
        let mut explained = Vec::new();
        for section in document.split("\n## ").skip(1) {
            let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
            for word in rows.flat_map(|cell| cell.split(", ")) {
                let reason = Reason::deserialize(word.trim_matches('`').into_deserializer());
                let reason = reason.map_err(|error: Error| error.to_string()).unwrap();
                assert!(section.starts_with(&reason.state().to_string()), "{word}");
                explained.push(reason);
            }
        }
        // The last of them has the highest number.
        assert_eq!(explained.len(), Reason::Offline as usize + 1);
    }
}
