//! Sorts more lines than fit into memory.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek as _, Write as _};

use super::lines::Lines;
use super::merged::{MergedLines, Source};

/// Takes in lines in any order and gives them back sorted. Beyond a limit they wait in temporary files.
pub(in crate::archive) struct LineSorter {
    lines: Vec<Vec<u8>>,
    bytes: usize,
    limit: usize,
    spilled: Vec<File>,
}

impl Default for LineSorter {
    fn default() -> Self {
        Self { lines: Vec::new(), bytes: 0, limit: 32 << 20, spilled: Vec::new() }
    }
}

impl LineSorter {
    /// Takes in a line.
    pub(in crate::archive) fn push(&mut self, line: Vec<u8>) -> io::Result<()> {
        self.bytes += line.len();
        self.lines.push(line);
        if self.bytes < self.limit { Ok(()) } else { self.spill() }
    }

    /// All lines in order.
    pub(in crate::archive) fn into_sorted(mut self) -> io::Result<MergedLines<'static>> {
        self.lines.sort_unstable();
        let mut sources: Vec<Source<'_>> = Vec::new();
        for file in self.spilled {
            sources.push(Box::new(Lines(BufReader::new(file))));
        }
        sources.push(Box::new(self.lines.into_iter().map(Ok)));
        MergedLines::of(sources)
    }

    fn spill(&mut self) -> io::Result<()> {
        self.lines.sort_unstable();
        let mut out = BufWriter::new(tempfile::tempfile()?);
        for line in self.lines.drain(..) {
            out.write_all(&line)?;
            out.write_all(b"\n")?;
        }
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.spilled.push(file);
        self.bytes = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn lines_come_back_sorted_whether_they_fit_or_not(lines in prop::collection::vec("[a-z]{0,6}", 0..60), limit in 1_usize..100) {
            let mut sorter = LineSorter { limit, ..LineSorter::default() };
            for line in &lines {
                sorter.push(line.clone().into_bytes()).unwrap();
            }
            let sorted: Vec<_> = sorter.into_sorted().unwrap().map(|line| String::from_utf8(line.unwrap()).unwrap()).collect();
            let mut expected = lines;
            expected.sort();
            prop_assert_eq!(sorted, expected);
        }
    }
}
