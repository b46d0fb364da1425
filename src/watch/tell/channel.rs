//! A way to tell people, made from its settings.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::sleep;

use super::atom;
use super::command;
use super::mail::Mail;
use super::message::Message;
use super::not_taken::NotTaken;
use super::webhook::{Shape, Webhook};
use crate::ledger::RaisedAlarm;
use crate::watch::config::{ChannelConfig, ChannelKind};
use crate::watch::error::WatchError;

/// Pauses before trying again where another try may help.
const PAUSES: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(2)];

/// A way to tell people of alarms.
#[derive(Debug)]
pub struct Channel {
    /// Its name.
    pub name: String,
    pub(super) digest: bool,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Webhook(Webhook),
    Mail(Mail),
    Feed(PathBuf),
    Command(Vec<String>),
}

impl Channel {
    /// The channel that `config` describes.
    ///
    /// # Errors
    /// Where a setting that it needs is missing, or one cannot be used.
    pub fn of(config: &ChannelConfig) -> Result<Self, WatchError> {
        let unusable = |what: String| WatchError::Channel { channel: config.name.clone(), what };
        let missing = |setting: &str| unusable(format!("`{setting}` is missing"));
        let url = || config.url.clone().ok_or_else(|| missing("url"));
        let way = match config.kind {
            ChannelKind::Webhook => {
                let shape = Shape::Generic { token: config.token.clone() };
                Way::Webhook(Webhook::new(url()?, shape, config.ca_file.as_deref()).map_err(unusable)?)
            }
            ChannelKind::Slack => {
                Way::Webhook(Webhook::new(url()?, Shape::Slack, config.ca_file.as_deref()).map_err(unusable)?)
            }
            ChannelKind::Matrix => {
                let room = config.room.clone().ok_or_else(|| missing("room"))?;
                let token = config.token.clone().ok_or_else(|| missing("token"))?;
                let shape = Shape::Matrix { room, token };
                Way::Webhook(Webhook::new(url()?, shape, config.ca_file.as_deref()).map_err(unusable)?)
            }
            ChannelKind::Email => Way::Mail(Mail::of(config).map_err(unusable)?),
            ChannelKind::Feed => Way::Feed(config.path.clone().ok_or_else(|| missing("path"))?),
            ChannelKind::Command if config.command.is_empty() => return Err(missing("command")),
            ChannelKind::Command => Way::Command(config.command.clone()),
        };
        Ok(Self { name: config.name.clone(), digest: config.digest, way })
    }

    /// The feed file that it writes, if it is one.
    pub(super) fn feed(&self) -> Option<&PathBuf> {
        match &self.way {
            Way::Feed(path) => Some(path),
            _ => None,
        }
    }

    /// Tells `alarms` in one message; tries again where that may help.
    ///
    /// # Errors
    /// Where the message was not taken in the end. Neither address nor secrets are in the error.
    pub async fn send(&self, alarms: &[RaisedAlarm], now: Timestamp) -> Result<(), WatchError> {
        let message = Message { alarms };
        let mut pauses = PAUSES.into_iter();
        loop {
            let refusal = match self.try_once(&message, now).await {
                Ok(()) => return Ok(()),
                Err(refusal) => refusal,
            };
            match pauses.next().filter(|_| refusal.passing) {
                Some(pause) => sleep(pause).await,
                None => return Err(WatchError::Untold { channel: self.name.clone(), why: refusal.why }),
            }
        }
    }

    async fn try_once(&self, message: &Message<'_>, now: Timestamp) -> Result<(), NotTaken> {
        match &self.way {
            Way::Webhook(webhook) => webhook.send(message).await,
            Way::Mail(mail) => mail.send(message, now).await,
            Way::Feed(path) => atom::write(path, message.alarms, now)
                .map_err(|error| NotTaken::for_good(format!("cannot write {}: {error}", path.display()))),
            Way::Command(command) => command::run(command, message).await,
        }
    }
}
