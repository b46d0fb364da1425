//! Why a response has no text.

use std::io;

use crate::quantity::Size;

/// Why a response has no text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// It is something else, such as a PDF or a picture: its media type.
    #[error("it is {0}, which is no text")]
    NotText(String),
    /// It is larger than allowed once its coding is undone.
    #[error("it is larger than {} once unpacked", Size::from_bytes(*.limit))]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// It is in a content coding that is not known.
    #[error("it is packed in a way that is not known: {0}")]
    Coding(String),
    /// Its content coding is broken.
    #[error("it is not packed the way it says it is")]
    Broken(#[source] io::Error),
    /// The body could not be read back.
    #[error("the body could not be read back from its temporary file")]
    Read(#[source] io::Error),
}
