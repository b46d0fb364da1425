//! A ZIP package, unpacked within bounds: what is small on disk may be vast unpacked.

use std::fmt::Display;
use std::io::{Cursor, ErrorKind, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::article::charset;
use crate::article::error::ArticleError;
use crate::markup::declared_encoding;

/// The most entries a package has.
const MOST_ENTRIES: usize = 20_000;

/// The most bytes that all entries that are read may unfold into.
const MOST_BYTES: u64 = 256 << 20;

/// No text folds as tightly as this.
const HIGHEST_RATIO: u64 = 400;

/// An entry up to this size may have any ratio.
const RATIO_FREE: u64 = 16 << 20;

/// The entries of a package.
pub(in crate::article) struct Package<'a> {
    path: &'a str,
    format: &'static str,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens the package that `bytes` are; `format` is what messages call it, with its article.
    pub(in crate::article) fn open(
        path: &'a str,
        format: &'static str,
        bytes: &'a [u8],
    ) -> Result<Self, ArticleError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(path, format, &error))?;
        let package = Self { path, format, archive, left: MOST_BYTES };
        if package.archive.len() > MOST_ENTRIES {
            return Err(package.unbounded(format!("{} entries", package.archive.len())));
        }
        Ok(package)
    }

    /// Whether there is an entry of this name.
    pub(in crate::article) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of the entry `name`, or `None` where there is none.
    pub(in crate::article) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArticleError> {
        let (path, format) = (self.path, self.format);
        let entry = match self.archive.by_name(name) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(path, format, &error)),
        };
        let limit = self.left.min(RATIO_FREE.max(entry.compressed_size().saturating_mul(HIGHEST_RATIO)));
        let mut bytes = Vec::new();
        // An entry that says it is too large is believed, but not one that says it is not.
        let stated = entry.size();
        let read = if stated > limit {
            drop(entry);
            Ok(0)
        } else {
            entry.take(limit.saturating_add(1)).read_to_end(&mut bytes)
        };
        if stated.max(bytes.len() as u64) > limit {
            return Err(self.unbounded(format!("{name} is larger than {} MiB", limit >> 20)));
        }
        match read {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::OutOfMemory => {
                return Err(self.unbounded(format!("{name} does not fit into memory")));
            }
            Err(error) => return Err(self.broken_part(name, &error)),
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The text of the entry `name`, which is XML.
    pub(in crate::article) fn text(&mut self, name: &str) -> Result<Option<String>, ArticleError> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let (text, _) = charset::decode(&bytes, declared_encoding(&bytes, false));
        Ok(Some(text.into_owned()))
    }

    /// The text of an entry that has to be there.
    pub(in crate::article) fn required(&mut self, name: &str) -> Result<String, ArticleError> {
        self.text(name)?.ok_or_else(|| self.broken(format!("it has no {name}")))
    }

    /// Why the package cannot be read.
    pub(in crate::article) fn broken(&self, detail: String) -> ArticleError {
        ArticleError::Broken { path: self.path.to_owned(), format: self.format, detail }
    }

    /// Why it cannot be read: `error`, in the entry `part`.
    pub(in crate::article) fn broken_part(&self, part: &str, error: &impl Display) -> ArticleError {
        self.broken(format!("{part}: {error}"))
    }

    fn unbounded(&self, detail: String) -> ArticleError {
        ArticleError::Unbounded { path: self.path.to_owned(), detail }
    }
}

fn broken(path: &str, format: &'static str, error: &ZipError) -> ArticleError {
    ArticleError::Broken { path: path.to_owned(), format, detail: error.to_string() }
}
