//! Why an article cannot be read, and what to do about it.

use std::io;

use super::pdf::PdfFault;
use crate::quantity::{Size, Span};

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
    /// It opens only with a password.
    #[error("{path} is locked with a password: save a copy without one, and read that")]
    Locked {
        /// The article, as it was named.
        path: String,
    },
    /// It is a scan: pages without text.
    #[error(
        "{path} has no text, only images: run OCR over it (such as `ocrmypdf in.pdf out.pdf`), and read that"
    )]
    OnlyImages {
        /// The article, as it was named.
        path: String,
    },
    /// Its fonts do not say which letters they draw.
    #[error(
        "{path} does not say which letters its fonts draw: run OCR over it (such as `ocrmypdf --force-ocr in.pdf out.pdf`), and read that"
    )]
    Illegible {
        /// The article, as it was named.
        path: String,
    },
    /// Reading it took too long.
    #[error(
        "{path} could not be read within {limit}: save it as text and read that, or raise reading.timeout in config.toml"
    )]
    OutOfTime {
        /// The article, as it was named.
        path: String,
        /// The limit.
        limit: Span,
    },
    /// Reading it took too much memory.
    #[error(
        "{path} could not be read within {limit} of memory: save it as text and read that, or raise reading.max_memory in config.toml"
    )]
    OutOfMemory {
        /// The article, as it was named.
        path: String,
        /// The limit.
        limit: Size,
    },
    /// It is nested without end.
    #[error("{path} is nested too deeply to be read: save it as text, and read that")]
    TooDeep {
        /// The article, as it was named.
        path: String,
    },
    /// The reader gave up on it.
    #[error(
        "{path} stopped the reader, which is a fault in beleg: please report it; save the article as text, and read that"
    )]
    ReaderFailed {
        /// The article, as it was named.
        path: String,
    },
    /// The process that was to read it could not be started.
    #[error("cannot start the process that was to read {path}: check that the program is where it was")]
    NoReader {
        /// The article, as it was named.
        path: String,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The process that was to read it says why it does not.
    #[error("{sentence}")]
    Refused {
        /// What it says.
        sentence: String,
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

impl ArticleError {
    /// Why the PDF `path` cannot be read.
    pub(super) fn pdf(path: &str, fault: PdfFault) -> Self {
        let path = path.to_owned();
        match fault {
            PdfFault::Locked => Self::Locked { path },
            PdfFault::Damaged => {
                Self::Broken { path, format: "a PDF", detail: "it has no page that can be read".to_owned() }
            }
            PdfFault::Blank => Self::Empty { path },
            PdfFault::OnlyImages => Self::OnlyImages { path },
            PdfFault::Illegible => Self::Illegible { path },
        }
    }
}
