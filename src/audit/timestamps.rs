//! Asks authorities to date a manifest. None of them can lose a run: what goes wrong is a warning.

use std::io::Read as _;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::archive::{Roots, Timestamp, TimestampRequest};
use crate::digest::Digest;
use crate::fetch::{Client, Post};

/// Who dates manifests.
#[derive(Clone, Debug)]
pub(super) struct Authorities {
    /// Where they are asked.
    pub(super) urls: Vec<Url>,
    /// What their certificates must lead to.
    pub(super) roots: Roots,
}

/// A time-stamp that holds, and the files that it is kept in: the answer, and the certificates that vouch for it.
#[derive(Clone, Debug)]
pub(super) struct Stamp {
    /// The name of its files, without their ends.
    pub(super) name: String,
    /// The whole answer.
    pub(super) response: Vec<u8>,
    /// What it says.
    pub(super) timestamp: Timestamp,
}

/// What came of asking.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    /// The time-stamps that hold, in the order of the settings.
    pub(super) stamps: Vec<Stamp>,
    /// Why there are not more.
    pub(super) warnings: Vec<String>,
}

impl Authorities {
    /// Asks all of them at once to date `imprint`. When `cancel` fires, nobody is waited for any longer.
    pub(super) async fn ask(&self, client: &Client, imprint: Digest, cancel: &CancellationToken) -> Stamps {
        let mut asked = JoinSet::new();
        for (number, url) in self.urls.iter().cloned().enumerate() {
            let (client, roots, cancel) = (client.clone(), self.roots.clone(), cancel.clone());
            asked.spawn(async move {
                let answer = tokio::select! {
                    answer = ask_one(&client, &url, imprint, &roots) => answer,
                    () = cancel.cancelled() => Err("the run was stopped".to_owned()),
                };
                (number, url, answer)
            });
        }
        let mut answers = asked.join_all().await;
        answers.sort_by_key(|(number, ..)| *number);
        let mut stamps = Stamps::default();
        for (_, url, answer) in answers {
            match answer {
                Ok((response, timestamp)) => {
                    let name = stamps.free_name(&url);
                    stamps.stamps.push(Stamp { name, response, timestamp });
                }
                Err(why) => stamps.warnings.push(format!("no time-stamp from {url}: {why}")),
            }
        }
        stamps
    }
}

impl Stamps {
    /// `manifest.HOST`, with a number where a host is asked twice.
    fn free_name(&self, url: &Url) -> String {
        let host = url.host_str().unwrap_or_default();
        let plain = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' { c } else { '-' };
        let host: String = host.trim_matches(['[', ']']).chars().map(plain).collect();
        let names = (1..).map(|number| match number {
            1 => format!("manifest.{host}"),
            _ => format!("manifest.{host}-{number}"),
        });
        let is_free = |name: &String| self.stamps.iter().all(|stamp| stamp.name != *name);
        names.into_iter().find(is_free).unwrap_or_default()
    }
}

async fn ask_one(
    client: &Client,
    url: &Url,
    imprint: Digest,
    roots: &Roots,
) -> Result<(Vec<u8>, Timestamp), String> {
    let request = TimestampRequest::new(imprint).ok_or("the system gives no random numbers")?;
    let question = request.to_der().map_err(|error| error.to_string())?;
    let post = Post {
        media_type: TimestampRequest::MEDIA_TYPE,
        accept: TimestampRequest::ANSWER_MEDIA_TYPE,
        body: question,
        max_bytes: TimestampRequest::LONGEST_ANSWER,
    };
    let response = client.post(url, post).await.map_err(|failure| failure.to_string())?;
    if response.status != 200 {
        return Err(format!("it answered with status {}", response.status));
    }
    let mut answer = Vec::new();
    let read = response.body.reader().and_then(|mut body| body.read_to_end(&mut answer));
    read.map_err(|error| error.to_string())?;
    let timestamp = request.accept(&answer, roots).map_err(|error| error.to_string())?;
    Ok((answer, timestamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_authorities_of_one_host_have_files_of_their_own() {
        let stamps = Stamps::default();
        for (url, name) in [
            ("https://freetsa.org/tsr", "manifest.freetsa.org"),
            ("http://[::1]:80/", "manifest.--1"),
            ("http://Ä.example/", "manifest.xn--4ca.example"),
        ] {
            assert_eq!(stamps.free_name(&url.parse().unwrap()), name);
        }
    }
}
