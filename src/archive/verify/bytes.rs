//! The bytes of a WARC file, wherever they lie: in a file of their own, or stored in a WACZ.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use super::section::Section;
use crate::digest::Digest;

/// Buffer for reading.
const BUFFER: usize = 128 << 10;

/// A part of a file that can be opened several times at once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'a> {
    path: &'a Path,
    start: u64,
    length: u64,
}

impl<'a> Bytes<'a> {
    /// All of the file at `path`.
    pub(super) fn of_file(path: &'a Path) -> io::Result<Self> {
        Ok(Self { path, start: 0, length: File::open(path)?.metadata()?.len() })
    }

    /// The `length` bytes of the file at `path` from `start` on.
    pub(super) fn of_part(path: &'a Path, start: u64, length: u64) -> Self {
        Self { path, start, length }
    }

    /// How many there are.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Opens them.
    pub(super) fn open(&self) -> io::Result<BufReader<Section<File>>> {
        let section = Section::new(File::open(self.path)?, self.start, self.length)?;
        Ok(BufReader::with_capacity(BUFFER, section))
    }

    /// Their digest.
    pub(super) fn digest(&self) -> io::Result<Digest> {
        Ok(Digest::of_reader(self.open()?)?.0)
    }
}
