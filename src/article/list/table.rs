//! Comma-separated values (RFC 4180), with the place of every field.
//!
//! The reader is tolerant as spreadsheets are: a quotation mark within an unquoted field is a character, and a
//! quoted field that never ends takes the rest of the file.

use memchr::memchr3;

use crate::article::locator::Locator;
use crate::article::place::Place;

/// The most fields of a record that are kept.
const MOST_FIELDS: usize = 10_000;

/// A field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Its text, quotation marks undone, blanks at both ends left out.
    pub(super) text: String,
    /// Where the text begins.
    pub(super) place: Place,
}

/// A table.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The records that are not empty.
    pub(super) records: Vec<Vec<Field>>,
}

impl Table {
    /// Reads a text whose fields are parted by `delimiter`, an ASCII character; `most` records at most.
    pub(super) fn read(text: &str, delimiter: u8, most: usize) -> Self {
        let mut locator = Locator::new(text);
        let mut table = Self::default();
        let mut rest = text;
        while !rest.is_empty() && table.records.len() < most {
            let mut record = Vec::new();
            loop {
                let (raw, after, quoted) = field(rest, delimiter);
                if record.len() < MOST_FIELDS {
                    record.push(Field::new(raw, quoted, &mut locator));
                }
                rest = after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or_default();
                if !after.as_bytes().starts_with(&[delimiter]) {
                    break;
                }
            }
            if record.iter().any(|field| !field.text.is_empty()) {
                table.records.push(record);
            }
        }
        table
    }
}

impl Field {
    fn new(raw: &str, quoted: bool, locator: &mut Locator<'_>) -> Self {
        let inner = raw.trim();
        let place = locator.place_of(inner);
        let text = if quoted { inner.replace("\"\"", "\"") } else { inner.to_owned() };
        Self { text, place }
    }
}

/// The first field of `text`, without the quotation marks around it, and what comes after it: a delimiter, a line end
/// or nothing.
fn field(text: &str, delimiter: u8) -> (&str, &str, bool) {
    if let Some(inner) = text.trim_start_matches(' ').strip_prefix('"') {
        let end = closing_quote(inner);
        let after = inner.get(end + 1..).unwrap_or_default();
        let (_, after) = after.split_at(bare_end(after, delimiter));
        return (&inner[..end], after, true);
    }
    let (raw, after) = text.split_at(bare_end(text, delimiter));
    (raw, after, false)
}

/// Where the quotation mark stands that is not doubled.
fn closing_quote(inner: &str) -> usize {
    let bytes = inner.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
        at += found;
        if bytes.get(at + 1) != Some(&b'"') {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

fn bare_end(text: &str, delimiter: u8) -> usize {
    memchr3(delimiter, b'\n', b'\r', text.as_bytes()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, delimiter: u8) -> Vec<Vec<(String, u32, u32)>> {
        let field = |field: Field| (field.text, field.place.line, field.place.column);
        let records = Table::read(text, delimiter, usize::MAX).records;
        records.into_iter().map(|record| record.into_iter().map(field).collect()).collect()
    }

    #[test]
    fn quoted_fields_hold_delimiters_and_line_ends_and_have_places() {
        let found = read("a,\"b, \"\"c\"\"\nd\" ,e\r\n\r\nf,,g\n", b',');
        let field = |text: &str, line, column| (text.to_owned(), line, column);
        assert_eq!(
            found,
            [
                vec![field("a", 1, 1), field("b, \"c\"\nd", 1, 4), field("e", 2, 5)],
                vec![field("f", 4, 1), field("", 4, 3), field("g", 4, 4)],
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_read_as_spreadsheets_do() {
        assert_eq!(read("a\"b;\"c", b';')[0].len(), 2);
        assert_eq!(read("\"a\n", b';')[0][0].0, "a");
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "(\"|,|\n|\r| |a|ü){0,40}") {
            let records = Table::read(&text, b',', usize::MAX).records;
            prop_assert!(records.iter().flatten().all(|field| field.text.len() <= text.len()));
        }
    }
}
