//! What differs between two texts: by paragraphs first, then by words within those that were changed.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_deadline};
use unicode_segmentation::UnicodeSegmentation as _;

/// How long the shortest way from one text to the other is looked for; after that any way will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// A place where the texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Number of its first paragraph in the later text, from 1.
    pub paragraph: usize,
    /// Its text in segments.
    pub segments: Vec<Segment>,
}

/// A run of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// In both texts.
    Same(String),
    /// In the earlier one alone.
    Removed(String),
    /// In the later one alone.
    Added(String),
}

/// Where `before` and `after`, one paragraph a line, differ.
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let until = Instant::now() + PATIENCE;
    let changes = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(until));
    let changed = changes.iter().filter(|change| change.tag() != DiffTag::Equal);
    changed
        .map(|change| {
            let (was, is) = (old[change.old_range()].join("\n"), new[change.new_range()].join("\n"));
            Piece { paragraph: change.new_range().start + 1, segments: segments(&was, &is, until) }
        })
        .collect()
}

fn segments(was: &str, is: &str, until: Instant) -> Vec<Segment> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (was.split_word_bounds().collect(), is.split_word_bounds().collect());
    let changes = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(until));
    let mut segments = Vec::new();
    for Joined { old: was, new: is, same } in joined(&changes, &old) {
        let (was, is) = (old[was].concat(), new[is].concat());
        if same {
            segments.push(Segment::Same(is));
            continue;
        }
        segments.extend((!was.is_empty()).then_some(Segment::Removed(was)));
        segments.extend((!is.is_empty()).then_some(Segment::Added(is)));
    }
    segments
}

/// Words that stayed or were changed.
struct Joined {
    old: Range<usize>,
    new: Range<usize>,
    same: bool,
}

/// The changes, those that only a blank stands between made one: "two words" is easier read than "two" and "words".
fn joined(changes: &[DiffOp], old: &[&str]) -> Vec<Joined> {
    let mut joined: Vec<Joined> = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        let blank = || old[change.old_range()].iter().all(|word| word.trim().is_empty());
        let between = at > 0 && at + 1 < changes.len();
        let same = change.tag() == DiffTag::Equal && !(between && blank());
        match joined.last_mut() {
            Some(last) if !last.same && !same => {
                last.old.end = change.old_range().end;
                last.new.end = change.new_range().end;
            }
            _ => joined.push(Joined { old: change.old_range(), new: change.new_range(), same }),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_changed_word_stands_between_those_that_stayed() {
        let found = pieces(
            "A headline.\nIt cost 3.5 million euros.\nThe end.",
            "A headline.\nIt cost 4 million euros.\nThe end.",
        );
        let same = |text: &str| Segment::Same(text.into());
        assert_eq!(
            found,
            [Piece {
                paragraph: 2,
                segments: vec![
                    same("It cost "),
                    Segment::Removed("3.5".into()),
                    Segment::Added("4".into()),
                    same(" million euros.")
                ]
            }]
        );
        assert_eq!(pieces("same\ntext", "same\ntext"), []);
    }

    #[test]
    fn a_paragraph_may_come_or_go() {
        assert_eq!(pieces("a", "a\nnew one")[0].segments, [Segment::Added("new one".into())]);
        assert_eq!(pieces("old one\na", "a")[0].segments, [Segment::Removed("old one".into())]);
    }

    proptest! {
        #[test]
        fn the_segments_give_both_texts_again(before in "[ab \n]{0,40}", after in "[ab \n]{0,40}") {
            for piece in pieces(&before, &after) {
                let text = |keep: fn(&Segment) -> Option<&String>| piece.segments.iter().filter_map(keep).cloned().collect::<String>();
                let was = text(|segment| match segment { Segment::Same(text) | Segment::Removed(text) => Some(text), Segment::Added(_) => None });
                let is = text(|segment| match segment { Segment::Same(text) | Segment::Added(text) => Some(text), Segment::Removed(_) => None });
                prop_assert!(before.contains(&was) && after.contains(&is), "{:?} {:?}", was, is);
            }
        }
    }
}
