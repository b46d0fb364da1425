//! Why beleg could not do its work, told so that one knows what to do.

use std::error::Error;
use std::fmt;
use std::io;

use crate::archive::ArchiveError;
use crate::article::ArticleError;
use crate::audit::AuditError;
use crate::config::ConfigError;
use crate::demo::DemoError;
use crate::evidence::{LexiconError, ModelError};
use crate::fetch::FetchError;
use crate::ledger::LedgerError;
use crate::report::ReportError;
use crate::watch::WatchError;

/// An error at the edge: a sentence, its causes, and what to do.
#[derive(Debug)]
pub struct CliError {
    source: Box<dyn Error + Send + Sync>,
    hint: Option<String>,
}

impl CliError {
    /// An error that is all in its message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { source: message.into().into(), hint: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether all that went wrong is that nobody reads our output any more (`beleg … | head`).
    pub fn is_broken_pipe(&self) -> bool {
        let mut next: Option<&(dyn Error + 'static)> = Some(self.source.as_ref());
        while let Some(error) = next {
            if error.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe) {
                return true;
            }
            next = error.source();
        }
        false
    }
}

impl fmt::Display for CliError {
    /// The message, then its causes, each after a colon. Some libraries repeat a cause in their own words: it is
    /// left out then.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut said = self.source.to_string();
        write!(f, "{said}")?;
        let mut next = self.source.source();
        while let Some(cause) = next {
            let words = cause.to_string();
            if !said.contains(words.trim_end()) {
                write!(f, ": {}", words.trim_end())?;
                said = words;
            }
            next = cause.source();
        }
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

macro_rules! from_stage_errors {
    ($($error:ty),+) => {
        $(impl From<$error> for CliError {
            fn from(error: $error) -> Self {
                Self { source: Box::new(error), hint: None }
            }
        })+
    };
}

from_stage_errors!(
    ArchiveError,
    ArticleError,
    AuditError,
    DemoError,
    FetchError,
    LexiconError,
    LedgerError,
    ModelError,
    ReportError,
    WatchError,
    io::Error
);

impl From<ConfigError> for CliError {
    fn from(error: ConfigError) -> Self {
        let hint = match &error {
            ConfigError::Read { .. } => "name an existing file with --config, or leave it out",
            ConfigError::Syntax { .. } => {
                "if this file belongs to another program, name beleg's own with --config"
            }
            ConfigError::UnknownKey { .. } => "`beleg config show` lists every setting",
            ConfigError::Value { .. } => {
                "`beleg config show` lists every setting with its value and where it came from"
            }
        };
        Self { source: Box::new(error), hint: Some(hint.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_stands_on_a_line_of_its_own() {
        let error = CliError::new("no article named").hint("name a file");
        assert_eq!(error.to_string(), "no article named\nhint: name a file");
    }

    #[test]
    fn causes_follow_after_a_colon() {
        let source = io::Error::other("disk on fire");
        let error = CliError::from(ConfigError::Read { path: "a.toml".into(), source });
        assert!(error.to_string().starts_with("cannot read the configuration a.toml: disk on fire\nhint: "));
    }

    #[test]
    fn a_cause_that_was_told_already_is_not_told_again() {
        #[derive(Debug, thiserror::Error)]
        #[error("the database says: {0}")]
        struct Wordy(#[source] io::Error);
        let error = CliError { source: Box::new(Wordy(io::Error::other("full"))), hint: None };
        assert_eq!(error.to_string(), "the database says: full");
    }
}
