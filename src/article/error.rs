//! Why an article cannot be read, and what to do about it.

use std::io;

/// Why an article cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArticleError {
    /// There is no text in it.
    #[error("{path} is empty: name a file that holds the text of an article")]
    Empty {
        /// The article, as it was named.
        path: String,
    },
    /// It is in a known format that is not read.
    #[error("{path} is {format}, which beleg does not read: {advice}")]
    Unsupported {
        /// The article, as it was named.
        path: String,
        /// What it is, with its article: "a PDF".
        format: &'static str,
        /// What to do about it.
        advice: &'static str,
    },
    /// It is damaged, or is not what it says it is.
    #[error(
        "{path} is {format} that cannot be read ({detail}): open it in the program it comes from and save it anew"
    )]
    Broken {
        /// The article, as it was named.
        path: String,
        /// What it is, with its article: "a DOCX".
        format: &'static str,
        /// What is wrong with it.
        detail: String,
    },
    /// It has more in it, or unfolds into more, than any article.
    #[error("{path} holds more than any article ({detail}): split it, or name the article itself")]
    Unbounded {
        /// The article, as it was named.
        path: String,
        /// The limit that it breaks.
        detail: String,
    },
    /// It is no text at all.
    #[error("{path} is a binary file, not text: name the text or Markdown version of the article")]
    Binary {
        /// The article, as it was named.
        path: String,
    },
    /// It is larger than any article.
    #[error("{path} is larger than {} MiB: split it, or name the article itself", limit / (1024 * 1024))]
    TooLarge {
        /// The article, as it was named.
        path: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// It is a folder.
    #[error("{path} is a folder: name the articles in it one by one")]
    Folder {
        /// The folder, as it was named.
        path: String,
    },
    /// The system does not hand it out.
    #[error("cannot read {path}: check that it exists and that you may read it")]
    Io {
        /// The article, as it was named.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}
