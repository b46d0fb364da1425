//! What the scheduled job keeps of one article: which of its sources were asked again, and what is to be told.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::alarm::Alarm;
use crate::archive::RunId;
use crate::check::{Reason, State};
use crate::digest::Digest;
use crate::dossier::{CaptureFacts, SourceFacts};

/// One article in one pass of a job. What was seen and what is to be told of it stand in one entry, so that an alarm
/// can neither be lost nor raised twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// The run that asked; its WARC files hold the captures.
    pub run: RunId,
    /// The job.
    pub job: String,
    /// Path or URL that the article is named by.
    pub article: String,
    /// Number of the entry whose dossier says what the article rests on.
    pub baseline: i64,
    /// The sources that were asked, or taken up from the dossier.
    pub observed: Vec<Observed>,
    /// What is to be told.
    pub alarms: Vec<Alarm>,
}

/// The end of a pass that asked sources. Its manifest has the digest of every WARC file that the pass wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// The run that asked.
    pub run: RunId,
    /// The job.
    pub job: String,
    /// How many sources it asked.
    pub asked: usize,
    /// The folder of the manifest, relative to the archive folder.
    pub folder: String,
    /// Digest of its `manifest.json`.
    pub manifest: Digest,
}

/// What was seen of one source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// The source's number in the dossier: `c1`, `c2` …
    pub id: String,
    /// Its URL.
    pub url: String,
    /// Its state.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// What was seen, for people.
    pub detail: String,
    /// Status of the last response.
    pub status: Option<u16>,
    /// URL of the last response.
    pub final_url: Option<String>,
    /// When it was asked.
    pub checked: Option<Timestamp>,
    /// Digest of the last response's payload.
    pub sha256: Option<Digest>,
    /// Where the last response lies in the archive.
    pub capture: Option<CaptureFacts>,
    /// How it stands from now on.
    pub standing: Standing,
}

/// How a source stands after all that was seen of it so far: the next check needs nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In a word.
    pub health: Health,
    /// Whether it showed only a teaser when it last showed anything.
    pub paywalled: bool,
    /// Checks in a row that found it well and its text the same.
    pub unchanged: u32,
    /// Days in a row on which it failed; more than one failure a day is one.
    pub failed_days: u32,
    /// The latest of them.
    pub last_failed: Option<Date>,
    /// Where it led when it was last well.
    pub leads_to: Option<String>,
    /// Digest of the page's text when it was last read.
    pub text: Option<Digest>,
    /// Digest of the payload when it was last well.
    pub payload: Option<Digest>,
    /// When it is to be asked again.
    pub next: Timestamp,
}

/// How a source stands, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It answers with a page.
    Well,
    /// It answers, but shows only a teaser.
    Paywalled,
    /// It refuses robots, so that nobody knows.
    Refused,
    /// It failed, not yet on enough days.
    Failing,
    /// It failed on so many days that it counts as dead.
    Dead,
    /// It is not asked.
    Unasked,
}

impl Observed {
    /// What was seen of `source`, and how it stands from now on.
    pub fn of(source: &SourceFacts, standing: Standing) -> Self {
        Self {
            id: source.id.clone(),
            url: source.url.clone(),
            state: source.state,
            reason: source.reason,
            detail: source.detail.clone(),
            status: source.status,
            final_url: source.final_url.clone(),
            checked: source.checked,
            sha256: source.sha256,
            capture: source.capture.clone(),
            standing,
        }
    }
}

impl Health {
    /// The word that the ledger has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Paywalled => "paywalled",
            Self::Refused => "refused",
            Self::Failing => "failing",
            Self::Dead => "dead",
            Self::Unasked => "unasked",
        }
    }
}
