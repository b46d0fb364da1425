//! Why there is no record where one should be.

use std::io;

/// What is wrong with the bytes of a WARC file at one place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The bytes do not begin a gzip member.
    #[error("no gzip member begins here; a .warc.gz has one for every record")]
    NotGzip,
    /// The file ends inside a gzip member.
    #[error("the file ends inside this record")]
    Torn,
    /// The compressed data or its CRC-32 is wrong.
    #[error("the gzip data is damaged ({0})")]
    Gzip(String),
    /// What the member holds does not begin like a WARC record.
    #[error("not the header of a WARC record: {0}")]
    Header(String),
    /// The member ends before the block does.
    #[error("Content-Length says {stated} bytes, but the block has {found}")]
    ShortBlock {
        /// What the header says.
        stated: u64,
        /// What there is.
        found: u64,
    },
    /// The block is not followed by two line ends.
    #[error("two line ends should follow the {stated} bytes that Content-Length states")]
    NoEnd {
        /// What the header says.
        stated: u64,
    },
    /// The member goes on after its record.
    #[error(
        "the gzip member holds more than one record; compress each record by itself, as `warcio recompress` does"
    )]
    SecondRecord,
    /// The file cannot be read.
    #[error("cannot be read: {0}")]
    Io(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Torn,
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Self::Gzip(error.to_string()),
            _ => Self::Io(error),
        }
    }
}
