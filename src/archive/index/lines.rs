//! Reads lines of bounded length.

use std::io::{self, BufRead, Read as _};

/// No line of an index is longer: what is, is garbage.
const LONGEST: u64 = 8 << 20;

/// The lines of a reader, without their ends. A longer line than any real one is cut into several.
pub(in crate::archive) struct Lines<R>(pub(in crate::archive) R);

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        match self.0.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) => {
                if line.last() == Some(&b'\n') {
                    line.pop();
                }
                Some(Ok(line))
            }
            Err(error) => Some(Err(error)),
        }
    }
}
