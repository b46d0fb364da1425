//! Finds the places of a text's bytes in one pass.

use memchr::memchr2_iter;

use super::place::Place;

/// Goes through a text from its beginning; a line ends in LF, CR or CR LF.
#[derive(Clone, Debug)]
pub(super) struct Locator<'a> {
    text: &'a str,
    at: usize,
    place: Place,
}

impl<'a> Locator<'a> {
    /// At the beginning of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, place: Place { line: 1, column: 1, page: None } }
    }

    /// The byte whose place was asked for last.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The place of byte `offset`, which must not lie before one asked for earlier: that one's place is given then.
    pub(super) fn place(&mut self, offset: usize) -> Place {
        let bytes = self.text.as_bytes();
        let passed = bytes.get(self.at..offset).unwrap_or_default();
        self.at += passed.len();
        if is_of_one_line(passed) {
            let columns = u32::try_from(passed.len()).unwrap_or(u32::MAX);
            self.place.column = self.place.column.saturating_add(columns);
            return self.place;
        }
        self.pass(offset - passed.len(), passed);
        self.place
    }

    /// Goes on over `passed`, which begins at byte `start` and may be any text.
    fn pass(&mut self, start: usize, passed: &[u8]) {
        let bytes = self.text.as_bytes();
        let mut line_start = 0;
        for end in memchr2_iter(b'\n', b'\r', passed) {
            let is_half = passed[end] == b'\r' && bytes.get(start + end + 1) == Some(&b'\n');
            if !is_half {
                self.place = Place { line: self.place.line.saturating_add(1), column: 1, page: None };
                line_start = end + 1;
            }
        }
        let columns = u32::try_from(characters(&passed[line_start..])).unwrap_or(u32::MAX);
        self.place.column = self.place.column.saturating_add(columns);
    }

    /// The place of `part`, a piece of the text.
    pub(super) fn place_of(&mut self, part: &str) -> Place {
        self.place(part.as_ptr().addr().wrapping_sub(self.text.as_ptr().addr()))
    }
}

/// Whether bytes are visible ASCII and blanks, a column each. Asked of all at once, which costs no branch for each.
fn is_of_one_line(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |any, byte| any | u8::from(byte.wrapping_sub(b' ') >= 0x7f - b' ')) == 0
}

/// How many characters begin in a piece of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| byte.cast_signed() >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::super::place::PlaceMap;
    use super::*;

    #[test]
    fn places_are_those_of_the_whole_map() {
        let text = "a\nb\r\nc\rd\n\näöü€f\r";
        let map = PlaceMap::of_file(text);
        let mut locator = Locator::new(text);
        for (offset, c) in text.char_indices() {
            assert_eq!(Some(locator.place(offset)), map.place(text, offset), "{c:?} at {offset}");
        }
    }

    #[test]
    fn a_piece_is_found_where_it_is() {
        let text = "äö\nxyz";
        let place = Locator::new(text).place_of(&text[6..]);
        assert_eq!((place.line, place.column), (2, 2));
    }
}
