//! What keeps the archive from doing its work.

use std::io;
use std::path::{Path, PathBuf};

/// Why the archive could not be written or read. What was archived before stays good in every case.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// Another process holds the lock of the folder.
    #[error("another beleg is writing to {}; wait for it, or name another folder with --archive", .folder.display())]
    Locked {
        /// The archive folder.
        folder: PathBuf,
    },
    /// The folder cannot be made or written to.
    #[error("cannot write to the archive folder {}; check its permissions, or name another with --archive", .folder.display())]
    NotWritable {
        /// The archive folder.
        folder: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A file of the archive cannot be written: a full disk, a quota, a broken disk.
    #[error("cannot write {}; make room on the disk or name another folder with --archive", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A file of the archive cannot be read.
    #[error("cannot read {}; check that it is there and that you may read it", .path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A received body cannot be read back from the temporary file that holds it.
    #[error("cannot read back what {url} sent; check the folder for temporary files")]
    Body {
        /// Whose body it is.
        url: String,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The texts of pages cannot be put away until they are packaged.
    #[error("cannot keep the texts of pages; check the folder for temporary files")]
    TextSpool(#[source] io::Error),
    /// A WACZ cannot be put together.
    #[error("cannot package {}", .path.display())]
    Package {
        /// The package.
        path: PathBuf,
        /// What went wrong.
        #[source]
        source: zip::result::ZipError,
    },
    /// A WARC file is not what it was when it was closed.
    #[error("{} changed since it was closed; run `beleg verify` on its folder", .path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A name that a WACZ cannot hold.
    #[error("{name:?} cannot be a file of a WACZ: {why}")]
    FileName {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The signing key cannot be used.
    #[error("cannot use the signing key {}: {why}", .path.display())]
    Key {
        /// The key file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The roots of time-stamping authorities cannot be used.
    #[error("cannot use archive.timestamp_roots: {} {why}", .path.display())]
    Roots {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is nothing at the path that beleg can verify.
    #[error("{} is nothing that can be verified; name an archive folder, a dossier, a .warc.gz or a .wacz", .path.display())]
    NothingToVerify {
        /// The path.
        path: PathBuf,
    },
}

impl ArchiveError {
    /// Turns an error of the system while writing `path` into one of the archive.
    pub(super) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Write { path: path.to_owned(), source }
    }

    /// The same error once more, for another who waited for the same work.
    #[must_use]
    pub fn again(&self) -> Self {
        let same = |source: &io::Error| io::Error::new(source.kind(), source.to_string());
        match self {
            Self::Read { path, source } => Self::Read { path: path.clone(), source: same(source) },
            Self::Body { url, source } => Self::Body { url: url.clone(), source: same(source) },
            Self::Write { path, source } => Self::Write { path: path.clone(), source: same(source) },
            other => Self::Write { path: PathBuf::new(), source: io::Error::other(other.to_string()) },
        }
    }

    /// Turns an error of the system while reading `path` into one of the archive.
    pub(super) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Read { path: path.to_owned(), source }
    }
}
