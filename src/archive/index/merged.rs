//! Sorted lines of several sources as one sorted run of lines.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;

/// A source of lines that are sorted already.
pub(in crate::archive) type Source<'a> = Box<dyn Iterator<Item = io::Result<Vec<u8>>> + 'a>;

/// The lines of several sorted sources, smallest first. Lines that are the same are each given.
pub(in crate::archive) struct MergedLines<'a> {
    sources: Vec<Source<'a>>,
    heads: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
}

impl<'a> MergedLines<'a> {
    /// Merges `sources`.
    pub(super) fn of(mut sources: Vec<Source<'a>>) -> io::Result<Self> {
        let mut heads = BinaryHeap::new();
        for (index, source) in sources.iter_mut().enumerate() {
            if let Some(line) = source.next() {
                heads.push(Reverse((line?, index)));
            }
        }
        Ok(Self { sources, heads })
    }
}

impl Iterator for MergedLines<'_> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut head = self.heads.peek_mut()?;
        let index = head.0.1;
        match self.sources.get_mut(index).and_then(Iterator::next) {
            Some(Ok(line)) => Some(Ok(std::mem::replace(&mut head.0.0, line))),
            Some(Err(error)) => Some(Err(error)),
            None => Some(Ok(PeekMut::pop(head).0.0)),
        }
    }
}
