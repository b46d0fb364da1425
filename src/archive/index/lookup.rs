//! Finds lines in a sorted file of any size by binary search.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};

use super::lines::Lines;

/// Once the place is known to so many bytes, the rest is read through.
const NEAR: u64 = 4 << 10;

/// The lines of the sorted `file` that begin with `prefix`.
pub(super) fn lines_with_prefix(
    file: File,
    prefix: &[u8],
) -> io::Result<impl Iterator<Item = io::Result<Vec<u8>>>> {
    let end = file.metadata()?.len();
    let mut reader = BufReader::with_capacity(8 << 10, file);
    let start = start_of(&mut reader, end, prefix)?;
    reader.seek(SeekFrom::Start(start))?;
    let prefix = prefix.to_owned();
    let before = prefix.clone();
    let lines = Lines(reader).skip_while(move |line| matches!(line, Ok(line) if *line < before));
    Ok(lines.take_while(move |line| line.as_ref().map_or(true, |line| line.starts_with(&prefix))))
}

/// A beginning of a line before which all lines are smaller than `prefix`, at most a little before the first that is not.
fn start_of(reader: &mut BufReader<File>, end: u64, prefix: &[u8]) -> io::Result<u64> {
    // All lines that begin before `low` are smaller; the first that begins at `high` or after is not.
    let (mut low, mut high) = (0, end);
    let mut line = Vec::new();
    while low + NEAR < high {
        let middle = low + (high - low) / 2;
        reader.seek(SeekFrom::Start(middle - 1))?;
        let begins = middle - 1 + reader.skip_until(b'\n')? as u64;
        line.clear();
        reader.by_ref().take(end - begins).read_until(b'\n', &mut line)?;
        let next = begins + line.len() as u64;
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        if begins < high && text < prefix {
            low = next;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn found(text: &str, prefix: &str) -> Vec<String> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        let lines = lines_with_prefix(file, prefix.as_bytes()).unwrap();
        lines.map(|line| String::from_utf8(line.unwrap()).unwrap()).collect()
    }

    #[test]
    fn finds_each_of_many_lines_and_none_that_is_not_there() {
        let lines: Vec<_> = (0..3000).map(|n| format!("key{n:05} {}", "x".repeat(n % 300))).collect();
        let text = lines.join("\n") + "\n";
        for n in [0, 1, 2, 500, 1499, 2998, 2999] {
            assert_eq!(found(&text, &format!("key{n:05} ")), lines[n..=n], "{n}");
        }
        assert_eq!(found(&text, "key0001").len(), 10);
        for nothing in ["a", "key00001x", "key03000 ", "z"] {
            assert!(found(&text, nothing).is_empty(), "{nothing}");
        }
        assert!(found("", "a").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn finds_what_a_walk_finds(mut lines in prop::collection::vec("[ab]{1,3} [a-z]{0,400}", 0..80), prefix in "[ab]{0,3}") {
            lines.sort();
            let text = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect::<String>();
            let expected: Vec<_> = lines.into_iter().filter(|line| line.starts_with(&prefix)).collect();
            prop_assert_eq!(found(&text, &prefix), expected);
        }
    }
}
