//! The settings of this stage.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::secret::Secret;
use crate::fetch::Span;

/// How often a source is asked again.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RecheckConfig {
    /// How long a source that is well is left alone. The time doubles with each check that finds its text the same.
    pub alive: Span,
    /// The longest that a source is left alone.
    pub longest: Span,
    /// How long a source in trouble is left alone.
    pub trouble: Span,
    /// On how many days in a row a source must fail to count as dead.
    pub dead_after: u32,
}

/// What is watched, when, and who is told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchJob {
    /// Its name.
    pub name: String,
    /// Articles: files, folders, or patterns such as `articles/*.md`.
    #[serde(default)]
    pub articles: Vec<String>,
    /// An RSS or Atom feed: the pages it lists are articles.
    #[serde(default)]
    pub feed: Option<String>,
    /// A sitemap: the pages it lists are articles.
    #[serde(default)]
    pub sitemap: Option<String>,
    /// When, as a cron expression: minute, hour, day of the month, month, day of the week.
    pub cron: String,
    /// The time zone of that, such as `Europe/Berlin`.
    #[serde(default = "utc")]
    pub time_zone: String,
    /// How long after each of those times it begins at most; the job's name decides when.
    #[serde(default = "no_time")]
    pub spread: Span,
    /// Whether what pages need to look like themselves is archived again too.
    #[serde(default)]
    pub requisites: bool,
    /// The channels that alarms are told on.
    #[serde(default)]
    pub tell: Vec<String>,
}

/// A channel that alarms are told on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelConfig {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ChannelKind,
    /// `webhook`, `slack`: where alarms are posted to. `matrix`: the homeserver.
    #[serde(default)]
    pub url: Option<Secret>,
    /// `webhook`: what is sent as `Authorization: Bearer`. `matrix`: the access token.
    #[serde(default)]
    pub token: Option<Secret>,
    /// `matrix`: the room, such as `!abc:example.org`.
    #[serde(default)]
    pub room: Option<String>,
    /// `email`: the mail server, as HOST or HOST:PORT.
    #[serde(default)]
    pub server: Option<String>,
    /// `email`: how the connection is made safe.
    #[serde(default)]
    pub security: Security,
    /// `email`: whom to log in as.
    #[serde(default)]
    pub user: Option<String>,
    /// `email`: the password.
    #[serde(default)]
    pub password: Option<Secret>,
    /// `email`: who it is from.
    #[serde(default)]
    pub from: Option<String>,
    /// `email`: who gets it.
    #[serde(default)]
    pub to: Vec<String>,
    /// `feed`: the Atom file that is written.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// `command`: the program and its arguments; it gets the alarms as JSON on its standard input.
    #[serde(default)]
    pub command: Vec<String>,
    /// Whether the alarms of a pass come in one message. A mail or message for each otherwise.
    #[serde(default)]
    pub digest: bool,
    /// A PEM file with certificates of further authorities that the server may be certified by.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// The kinds of channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A POST of JSON.
    Webhook,
    /// An incoming webhook of Slack, or of what understands its messages.
    Slack,
    /// A room of Matrix.
    Matrix,
    /// Mail.
    Email,
    /// A file in Atom, for feed readers.
    Feed,
    /// A program.
    Command,
}

/// How a connection to a mail server is made safe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the beginning (port 465).
    #[default]
    Tls,
    /// TLS after STARTTLS (port 587); without it nothing is sent.
    Starttls,
    /// None (port 25): for a server on the same machine.
    None,
}

impl Default for RecheckConfig {
    fn default() -> Self {
        let days = |days: u64| Span::from_secs(days * 86_400);
        Self { alive: days(7), longest: days(56), trouble: days(1), dead_after: 3 }
    }
}

fn utc() -> String {
    "UTC".to_owned()
}

fn no_time() -> Span {
    Span::from_millis(0)
}
