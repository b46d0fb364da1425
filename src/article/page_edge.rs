//! The head and the foot of a page, where running heads and page numbers stand.

use super::page_number::with_like_numbers;

/// Lines at the head and at the foot of a page that may be furniture.
const DEEPEST: usize = 3;

/// How many pages on both sides may have the same line: left and right pages may have heads of their own.
const NEAR: usize = 2;

/// Head or foot of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    Head,
    Foot,
}

/// A line at an edge, without blanks, its numbers made alike unless it has a URL.
pub(super) type Key = (Edge, String);

impl Edge {
    pub(super) const BOTH: [Self; 2] = [Self::Head, Self::Foot];

    /// Those of `count` lines that stand at this edge, the outermost first.
    pub(super) fn lines(self, count: usize) -> Vec<usize> {
        match self {
            Self::Head => (0..count.min(DEEPEST)).collect(),
            Self::Foot => (count.saturating_sub(DEEPEST)..count).rev().collect(),
        }
    }

    /// What tells apart the lines of this edge, here one of these `letters`, blanks left out.
    pub(super) fn key(self, letters: String) -> Key {
        (self, if has_url(&letters) { letters } else { with_like_numbers(&letters) })
    }
}

/// Whether a line has a URL, which several pages may cite.
pub(super) fn has_url(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// Those of `places`, sorted by their pages, that are on another page near `page`.
pub(super) fn near<T>(places: &[T], page: usize, page_of: impl Fn(&T) -> usize) -> impl Iterator<Item = &T> {
    let from = places.partition_point(|place| page_of(place) + NEAR < page);
    places[from..]
        .iter()
        .map(move |place| (page_of(place), place))
        .take_while(move |(other, _)| *other <= page + NEAR)
        .filter(move |(other, _)| *other != page)
        .map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_a_page_are_counted_from_outside() {
        assert_eq!((Edge::Head.lines(5), Edge::Foot.lines(5)), (vec![0, 1, 2], vec![4, 3, 2]));
        assert_eq!((Edge::Head.lines(1), Edge::Foot.lines(0)), (vec![0], vec![]));
    }

    #[test]
    fn pages_near_by_are_two_on_both_sides_and_not_the_page_itself() {
        let found: Vec<usize> = near(&[0, 1, 2, 3, 4, 5, 6], 3, |page| *page).copied().collect();
        assert_eq!(found, [1, 2, 4, 5]);
    }
}
