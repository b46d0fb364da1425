//! Many lines of a CDXJ index.

use std::fmt::Write as _;

use super::cdxj::CdxLine;

/// Lines of an index, in the order in which they came. They stand one behind the other in one text: a run has many, and each
/// by itself would take twice the memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CdxLines {
    text: String,
}

impl CdxLines {
    /// The lines as they stand in the index.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// How many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Forgets what was added since they took this many bytes.
    pub(super) fn truncate(&mut self, bytes: usize) {
        self.text.truncate(bytes);
    }
}

impl Extend<CdxLine> for CdxLines {
    fn extend<I: IntoIterator<Item = CdxLine>>(&mut self, lines: I) {
        for line in lines {
            // Writing to a string does not fail.
            writeln!(self.text, "{line}").ok();
        }
    }
}
