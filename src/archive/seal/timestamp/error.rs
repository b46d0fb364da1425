//! Why a time-stamp does not hold.

/// What is wrong with the answer of a time-stamping authority.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// The authority refused.
    #[error("the authority refused: status {status}{}", said(.text))]
    Refused {
        /// The status (RFC 3161 §2.4.2).
        status: u8,
        /// What it said.
        text: String,
    },
    /// The bytes are no time-stamp response.
    #[error("is no time-stamp response: {0}")]
    Unreadable(String),
    /// It is a time-stamp of other bytes.
    #[error("is a time-stamp of other bytes")]
    OtherImprint,
    /// It answers another request.
    #[error("answers another request: its nonce is not the one that was sent")]
    OtherNonce,
    /// What the authority signed is not what the token says.
    #[error("its signature does not hold: {0}")]
    Signature(String),
    /// The signature is of a kind that beleg does not compute.
    #[error("beleg does not compute signatures of the kind {0}")]
    Algorithm(String),
    /// The certificate is not one that may date things, or was not valid then.
    #[error("the certificate of {name} does not hold: {why}")]
    Certificate {
        /// Whose it is.
        name: String,
        /// What is wrong with it.
        why: String,
    },
}

impl TimestampError {
    /// Whether the time-stamp may hold after all: beleg lacks what it takes to tell.
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::Algorithm(_))
    }
}

impl From<der::Error> for TimestampError {
    fn from(error: der::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

fn said(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" ({text})") }
}
