//! Running heads, page numbers and other furniture that stands at the head or the foot of every page.

use std::collections::BTreeMap;

use super::row::Row;
use crate::article::page_edge::{Edge, Key, has_url, near};
use crate::article::page_number::is_page_number;

/// How far apart, in points, a line may stand on two pages and still be at the same place.
const DRIFT: f32 = 3.0;

/// How far, in lines, a number that stands alone is from the text if it is the page's.
const APART: f32 = 1.6;

/// For each row of each page whether it is furniture.
///
/// A line is, if it stands at the same place of another page near by, digits apart; a line with a URL only if all
/// pages have it, for two pages may well cite one source. A page number is known on its own by its distance from
/// the text.
pub(super) fn furniture(pages: &[Vec<Row>]) -> Vec<Vec<bool>> {
    let seen = seen(pages);
    let of_page = |(number, rows): (usize, &Vec<Row>)| {
        let mut found = vec![false; rows.len()];
        for edge in Edge::BOTH {
            for at in edge.lines(rows.len()) {
                let repeated =
                    is_repeated(&seen, &edge.key(text(&rows[at])), rows[at].baseline, number, pages.len());
                if !(repeated || is_own_number(rows, at, edge)) {
                    break;
                }
                found[at] = true;
            }
        }
        found
    };
    pages.iter().enumerate().map(of_page).collect()
}

/// Where each line at an edge stands: page and baseline.
fn seen(pages: &[Vec<Row>]) -> BTreeMap<Key, Vec<(usize, f32)>> {
    let mut seen: BTreeMap<Key, Vec<(usize, f32)>> = BTreeMap::new();
    for (number, rows) in pages.iter().enumerate() {
        for edge in Edge::BOTH {
            for at in edge.lines(rows.len()) {
                seen.entry(edge.key(text(&rows[at]))).or_default().push((number, rows[at].baseline));
            }
        }
    }
    seen
}

fn text(row: &Row) -> String {
    let letters = row.segments.iter().flat_map(|segment| &segment.glyphs).map(|glyph| glyph.letter);
    letters.filter(|letter| !letter.is_whitespace()).collect()
}

fn is_repeated(
    seen: &BTreeMap<Key, Vec<(usize, f32)>>,
    key: &Key,
    baseline: f32,
    page: usize,
    pages: usize,
) -> bool {
    let Some(places) = seen.get(key) else { return false };
    let level = |at: f32| (at - baseline).abs() <= DRIFT;
    if has_url(&key.1) {
        let numbered: Vec<_> = places.iter().filter(|(_, at)| level(*at)).collect();
        return pages > 1 && numbered.len() == pages;
    }
    near(places, page, |(number, _)| *number).any(|(_, at)| level(*at))
}

/// Whether a row is nothing but the number of the page, and stands apart from the text.
fn is_own_number(rows: &[Row], at: usize, edge: Edge) -> bool {
    rows.len() > 1 && is_page_number(&text(&rows[at])) && is_apart(rows, at, edge)
}

/// Whether a row is further from the text than lines of the text are from each other.
fn is_apart(rows: &[Row], at: usize, edge: Edge) -> bool {
    let next = if edge == Edge::Head { at + 1 } else { at.wrapping_sub(1) };
    let Some(next) = rows.get(next) else { return false };
    let size = |row: &Row| {
        row.segments.iter().flat_map(|segment| &segment.glyphs).map(|glyph| glyph.size).fold(0.0, f32::max)
    };
    (rows[at].baseline - next.baseline).abs() >= APART * size(next)
}
