//! A part of a file that reads like a file of its own: a stored entry of a WACZ.

use std::io::{self, Read, Seek, SeekFrom};

/// The `length` bytes from `start` on.
pub(super) struct Section<R> {
    inner: R,
    start: u64,
    length: u64,
    position: u64,
}

impl<R: Read + Seek> Section<R> {
    pub(super) fn new(mut inner: R, start: u64, length: u64) -> io::Result<Self> {
        inner.seek(SeekFrom::Start(start))?;
        Ok(Self { inner, start, length, position: 0 })
    }
}

impl<R: Read> Read for Section<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.position);
        let read = self.inner.by_ref().take(left).read(buffer)?;
        self.position += read as u64;
        Ok(read)
    }
}

impl<R: Seek> Seek for Section<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(delta) => self.length.checked_add_signed(delta),
            SeekFrom::Current(delta) => self.position.checked_add_signed(delta),
        };
        let position = position.ok_or(io::ErrorKind::InvalidInput)?;
        let absolute = self.start.checked_add(position).ok_or(io::ErrorKind::InvalidInput)?;
        self.inner.seek(SeekFrom::Start(absolute))?;
        self.position = position;
        Ok(position)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn reads_and_seeks_within_its_bounds() {
        let mut section = Section::new(Cursor::new(b"0123456789"), 3, 4).unwrap();
        let mut text = String::new();
        section.read_to_string(&mut text).unwrap();
        assert_eq!(text, "3456");
        section.seek(SeekFrom::End(-1)).unwrap();
        section.read_to_string(&mut text).unwrap();
        assert_eq!(text, "34566");
        section.seek(SeekFrom::Start(u64::MAX)).unwrap_err();
        assert_eq!(section.seek(SeekFrom::Start(100)).unwrap(), 100);
        assert_eq!(section.read(&mut [0; 4]).unwrap(), 0);
    }
}
