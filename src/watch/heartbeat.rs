//! A sign of life, for whoever watches the watch.

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use reqwest::{Client, Method};

use super::tell::{Post, client, send};

/// Where the sign of life goes.
#[derive(Debug)]
pub enum Heartbeat {
    /// A file that holds the time.
    File(PathBuf),
    /// A URL that is asked for.
    Url(Client, String),
}

impl Heartbeat {
    /// A URL where `place` is one, a file otherwise.
    ///
    /// # Errors
    /// Where nothing could be sent at all.
    pub fn to(place: &str) -> Result<Self, String> {
        if place.starts_with("https://") || place.starts_with("http://") {
            return Ok(Self::Url(client(None)?, place.to_owned()));
        }
        Ok(Self::File(PathBuf::from(place)))
    }

    /// Shows that the watch lives at `now`.
    ///
    /// # Errors
    /// Where it could not; the text says why.
    pub async fn beat(&self, now: Timestamp) -> Result<(), String> {
        match self {
            Self::File(path) => fs::write(path, format!("{now:.0}\n"))
                .map_err(|error| format!("no heartbeat in {}: {error}", path.display())),
            Self::Url(client, url) => {
                let post = Post { method: Method::GET, url, headers: Vec::new(), body: Vec::new() };
                send(client, post).await.map_err(|refusal| format!("no heartbeat: {}", refusal.why))
            }
        }
    }
}
