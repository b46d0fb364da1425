//! PEM files.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::archive::error::ArchiveError;

/// No key file is longer, in bytes: a PKCS #8 file of this kind has about 300.
const LONGEST: u64 = 64 << 10;

/// The text of a PEM file; `None` where there is no file.
pub(super) fn read_pem(path: &Path) -> Result<Option<String>, ArchiveError> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(ArchiveError::Key { path: path.to_owned(), why: format!("it cannot be read: {error}") })
        }
    }
}
