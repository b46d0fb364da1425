//! What goes to the reading process and what comes back: a line of JSON and the bytes of the article one way, an
//! article or a sentence the other.

use jiff::civil;
use serde::{Deserialize, Serialize};
use url::Url;

use super::config::ReadingConfig;
use crate::article::block::Article;

/// The longest first line, in bytes.
pub(super) const LONGEST_HEAD: u64 = 64 * 1024;

/// What is asked of the reading process: the first line of its standard input. The article follows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// The name the article goes by.
    pub(super) path: String,
    /// What the caller knows of it: its language, date, address and encoding.
    pub(super) language: Option<String>,
    pub(super) dated: Option<civil::Date>,
    pub(super) address: Option<Url>,
    pub(super) charset: Option<String>,
    /// Within what it is to be read.
    pub(super) limits: ReadingConfig,
}

/// What the reading process answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Reply {
    /// The article.
    Read(Box<Article>),
    /// Why there is none: a whole sentence.
    Refused(String),
}
