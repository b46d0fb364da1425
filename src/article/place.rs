//! Places: where in the original file a character of the repaired text stands.

use std::cmp::Ordering;
use std::ops::Range;

use memchr::memchr2_iter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A position in the original file. Line and column are counted from 1, the column in characters.
///
/// An office file or a book has no lines: there, a line is a paragraph, counted in reading order, headings, entries
/// of lists, cells and notes included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Line of the file, from 1; in a format that knows pages but no lines, such as PDF, line of the page.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
    /// Page, from 1, where the format has pages.
    #[serde(default)]
    pub page: Option<u32>,
}

impl Ord for Place {
    /// Places are in reading order: lines may begin anew on every page.
    fn cmp(&self, other: &Self) -> Ordering {
        (self.page, self.line, self.column).cmp(&(other.page, other.line, other.column))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Bytes of text between two anchors at most, so that a lookup in a line without end stays quick.
const STRIDE: usize = 1024;

/// Maps byte offsets of a repaired text to places of the original file.
///
/// The text is a row of pieces, each taken from one line of the file without change; an anchor tells where a
/// piece begins in both. What lies between two pieces (the blank that replaces a line break) belongs to the
/// piece before it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceMap {
    anchors: Vec<(usize, Place)>,
}

impl PlaceMap {
    /// The map of a whole file, read as it stands; a line ends in LF, CR or CR LF.
    pub fn of_file(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut map = Self::default();
        let mut place = Place { line: 1, column: 1, page: None };
        let mut start = 0;
        for end in memchr2_iter(b'\n', b'\r', bytes) {
            let is_half = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
            if !is_half {
                map.anchor_line(start, &text[start..=end], place);
                start = end + 1;
                place.line = place.line.saturating_add(1);
            }
        }
        map.anchor_line(start, &text[start..], place);
        map
    }

    /// Anchors a line that begins at byte `start` and at `place`.
    fn anchor_line(&mut self, start: usize, line: &str, mut place: Place) {
        if line.is_ascii() {
            return self.anchor_run(start, line.len(), place, false);
        }
        for (offset, _) in line.char_indices() {
            self.anchor_if_needed(start + offset, place, offset > 0);
            place.column = place.column.saturating_add(1);
        }
    }

    /// Says that the piece beginning at byte `offset` of the text stands at `place`. Offsets must not fall.
    pub fn anchor(&mut self, offset: usize, place: Place) {
        debug_assert!(self.anchors.last().is_none_or(|&(last, _)| last <= offset));
        self.anchors.push((offset, place));
    }

    /// Anchors the character at byte `offset` unless it `follows` the one before it in the file and the last
    /// anchor is near.
    pub(super) fn anchor_if_needed(&mut self, offset: usize, place: Place, follows: bool) {
        let near = self.anchors.last().is_some_and(|&(last, _)| offset < last.saturating_add(STRIDE));
        if !(follows && near) {
            self.anchor(offset, place);
        }
    }

    /// Anchors `length` characters of one byte each, which begin at byte `offset` and at `place` and stand on one line, as
    /// [`Self::anchor_if_needed`] would one by one.
    pub(super) fn anchor_run(&mut self, offset: usize, length: usize, place: Place, follows: bool) {
        self.anchor_if_needed(offset, place, follows);
        let last = self.anchors.last().map_or(offset, |&(last, _)| last);
        for start in (last.saturating_add(STRIDE)..offset + length).step_by(STRIDE) {
            let columns = u32::try_from(start - offset).unwrap_or(u32::MAX);
            self.anchor(start, Place { column: place.column.saturating_add(columns), ..place });
        }
    }

    /// Takes back the anchors from byte `offset` on, where the text was cut.
    pub(super) fn cut(&mut self, offset: usize) {
        self.anchors.truncate(self.anchors.partition_point(|&(start, _)| start < offset));
    }

    /// Closes the gap where the bytes in `range` of `text`, the text this map was made for, are taken away.
    pub(super) fn remove(&mut self, text: &str, range: Range<usize>) {
        let after = self.place(text, range.end);
        self.anchors.retain(|(start, _)| !range.contains(start) && *start != range.end);
        let index = self.anchors.partition_point(|(start, _)| *start < range.start);
        self.anchors[index..].iter_mut().for_each(|(start, _)| *start -= range.len());
        if let Some(place) = after {
            self.anchors.insert(index, (range.start, place));
        }
    }

    /// Gives back the room that is not needed.
    pub(super) fn shrink_to_fit(&mut self) {
        self.anchors.shrink_to_fit();
    }

    /// Takes all anchors back.
    pub(super) fn clear(&mut self) {
        self.anchors.clear();
    }

    /// Where each piece begins, in the text and in the file.
    pub(super) fn anchors(&self) -> impl Iterator<Item = (usize, Place)> {
        self.anchors.iter().copied()
    }

    /// Changes the place that each piece begins at.
    pub(super) fn each_mut(&mut self, change: impl FnMut(&mut Place)) {
        self.anchors.iter_mut().map(|(_, place)| place).for_each(change);
    }

    /// Takes the pages back, where it turns out that a file has none.
    pub(super) fn forget_pages(&mut self) {
        self.each_mut(|place| place.page = None);
    }

    /// The bytes within `range` where a new line of the file begins, the first byte apart.
    pub fn line_breaks(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let before = self.anchors.partition_point(|&(start, _)| start <= range.start).saturating_sub(1);
        let near = self.anchors.get(before..).unwrap_or_default();
        let pairs = near.windows(2).take_while(move |pair| pair[1].0 < range.end);
        pairs.filter(|pair| pair[0].1.line != pair[1].1.line).map(|pair| pair[1].0)
    }

    /// The place of byte `offset` of `text`, the text this map was made for.
    pub fn place(&self, text: &str, offset: usize) -> Option<Place> {
        let after = self.anchors.partition_point(|&(start, _)| start <= offset);
        let &(start, place) = self.anchors.get(after.checked_sub(1)?)?;
        let before = text.get(start..offset)?;
        let columns = u32::try_from(before.chars().count()).ok()?;
        Some(Place { column: place.column.saturating_add(columns), ..place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "a\nb\r\nc\rd\n\nä€f";
        let map = PlaceMap::of_file(text);
        let place = |needle: char| {
            let place = map.place(text, text.find(needle).unwrap()).unwrap();
            (place.line, place.column)
        };
        assert_eq!(['a', 'b', 'c', 'd', 'f'].map(place), [(1, 1), (2, 1), (3, 1), (4, 1), (6, 3)]);
    }

    #[test]
    fn the_lines_that_begin_within_a_piece_are_known() {
        let text = "ab\ncd\nef";
        let breaks = |range| PlaceMap::of_file(text).line_breaks(range).collect::<Vec<_>>();
        assert_eq!(breaks(1..8), [3, 6]);
        assert_eq!(breaks(3..6), [0; 0]);
        assert_eq!(breaks(0..4), [3]);
    }

    #[test]
    fn what_follows_a_piece_that_is_taken_away_keeps_its_place() {
        let text = "ab\ncd\nef";
        let mut map = PlaceMap::of_file(text);
        map.remove(text, 1..4);
        let places = |at| map.place("ad\nef", at).map(|place| (place.line, place.column));
        assert_eq!([0, 1, 3].map(places), [Some((1, 1)), Some((2, 2)), Some((3, 1))]);
    }

    #[test]
    fn an_offset_inside_a_character_or_past_the_end_has_no_place() {
        let map = PlaceMap::of_file("ä");
        assert_eq!(map.place("ä", 1), None);
        assert_eq!(map.place("ä", 3), None);
        assert_eq!(map.place("ä", 2).map(|place| place.column), Some(2));
    }
}
