//! Places: where in the original file a character of the repaired text stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A position in the original file. Line and column are counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Line of the file, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
    /// Page, from 1, where the format has pages.
    #[serde(default)]
    pub page: Option<u32>,
}

/// Maps byte offsets of a repaired text to places of the original file.
///
/// The text is a row of pieces, each taken from one line of the file without change; an anchor tells where a
/// piece begins in both. What lies between two pieces (the blank that replaces a line break) belongs to the
/// piece before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceMap {
    anchors: Vec<(usize, Place)>,
}

impl PlaceMap {
    /// Says that the piece beginning at byte `offset` of the text stands at `place`. Offsets must not fall.
    pub fn anchor(&mut self, offset: usize, place: Place) {
        debug_assert!(self.anchors.last().is_none_or(|&(last, _)| last <= offset));
        self.anchors.push((offset, place));
    }

    /// The place of byte `offset` of `text`, the text this map was made for.
    pub fn place(&self, text: &str, offset: usize) -> Option<Place> {
        let after = self.anchors.partition_point(|&(start, _)| start <= offset);
        let &(start, place) = self.anchors.get(after.checked_sub(1)?)?;
        let before = text.get(start..offset)?;
        let columns = u32::try_from(before.chars().count()).ok()?;
        Some(Place { column: place.column + columns, ..place })
    }
}
