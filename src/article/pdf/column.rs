//! The columns of a page, and the order in which they are read.

use super::row::{Row, Segment};

/// The narrowest gap between two columns, as a part of the size of the type.
const GUTTER: f32 = 0.8;

/// Rows that a column has at least.
const FEWEST_ROWS: usize = 5;

/// The part of its column that a line of prose fills at least, more often than not. What is narrower is a table.
const FILLED: f32 = 0.6;

/// How deep columns are looked for within columns.
const DEEPEST: usize = 3;

/// Segments of one row and one column, and whether a column begins with them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Strip {
    /// From left to right.
    pub(super) segments: Vec<Segment>,
    /// Whether this is the first strip of its column.
    pub(super) begins: bool,
}

/// The middle of the gap between two columns, in points from the left edge, if the page has columns.
pub(super) fn gutter(rows: &[Row], size: f32) -> Option<f32> {
    let segments = || rows.iter().flat_map(|row| &row.segments);
    let left = segments().map(Segment::left).fold(f32::MAX, f32::min);
    let right = segments().map(Segment::right).fold(f32::MIN, f32::max);
    if right - left < size * 20.0 {
        return None;
    }
    let middle = emptiest_strip(rows, left, right, size)?;
    let sides = Sides::of(rows, middle);
    sides.are_columns().then_some(middle)
}

/// The strips of a page in reading order. `gutter` parts the columns where the page has any; a row that runs over
/// it parts what is above from what is below.
pub(super) fn strips(rows: Vec<Row>, gutter: Option<f32>, size: f32) -> Vec<Strip> {
    let mut strips = Vec::new();
    in_order(rows, gutter, size, DEEPEST, &mut strips);
    strips
}

fn in_order(rows: Vec<Row>, gutter: Option<f32>, size: f32, depth: usize, strips: &mut Vec<Strip>) {
    let Some(gutter) = gutter else {
        let mut begins = true;
        for row in rows {
            strips.push(Strip { segments: row.segments, begins });
            begins = false;
        }
        return;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut after_columns = false;
    for row in rows {
        if crosses(&row, gutter) {
            both(&mut left, &mut right, size, depth, strips);
            strips.push(Strip { segments: row.segments, begins: after_columns || strips.is_empty() });
            after_columns = false;
            continue;
        }
        after_columns = true;
        let (on_left, on_right) = row.segments.into_iter().partition(|segment| segment.right() <= gutter);
        for (segments, side) in [(on_left, &mut left), (on_right, &mut right)] {
            let segments: Vec<Segment> = segments;
            if !segments.is_empty() {
                side.push(Row { segments, baseline: row.baseline });
            }
        }
    }
    both(&mut left, &mut right, size, depth, strips);
}

/// Reads the left column and then the right one, either of which may have columns of its own.
fn both(left: &mut Vec<Row>, right: &mut Vec<Row>, size: f32, depth: usize, strips: &mut Vec<Strip>) {
    for side in [std::mem::take(left), std::mem::take(right)] {
        let inner = if depth > 1 { gutter(&side, size) } else { None };
        in_order(side, inner, size, depth - 1, strips);
    }
}

/// Whether a row runs over the gutter.
fn crosses(row: &Row, gutter: f32) -> bool {
    row.segments.iter().any(|segment| segment.left() < gutter && segment.right() > gutter)
}

/// The middle of the widest strip that hardly a row runs over, in the inner part of the page.
fn emptiest_strip(rows: &[Row], left: f32, right: f32, size: f32) -> Option<f32> {
    let points = (right - left).ceil().clamp(1.0, 20_000.0) as usize;
    // How many segments begin less how many end at each point: their sum so far is how many cover it.
    let mut changes = vec![0_i64; points + 2];
    let at = |x: f32| ((x - left).max(0.0) as usize).min(points);
    for segment in rows.iter().flat_map(|row| &row.segments) {
        changes[at(segment.left())] += 1;
        changes[at(segment.right()) + 1] -= 1;
    }
    let covers: Vec<i64> = changes
        .iter()
        .scan(0, |sum, change| {
            *sum += change;
            Some(*sum)
        })
        .collect();
    let inner = points * 15 / 100..points * 85 / 100;
    let fewest = covers[inner.clone()].iter().min()?;
    if usize::try_from(*fewest).is_ok_and(|fewest| fewest > rows.len() * 4 / 10) {
        return None;
    }
    let (mut best, mut start) = (0..0, inner.start);
    for point in inner.clone() {
        if covers[point] > *fewest {
            start = point + 1;
        } else if point + 1 - start > best.len() {
            best = start..point + 1;
        }
    }
    let wide_enough = best.len() as f32 >= size * GUTTER;
    wide_enough.then(|| left + (best.start + best.end) as f32 / 2.0)
}

/// Whether the gap that parts the columns of most pages parts the rows of this one as well, though there may be too
/// few of them to find it by.
pub(super) fn has_gutter_at(rows: &[Row], gutter: f32) -> bool {
    let sides = Sides::of(rows, gutter);
    let parted = sides.left.len().max(sides.right.len());
    let crossing = rows.iter().filter(|row| crosses(row, gutter)).count();
    !sides.left.is_empty() && !sides.right.is_empty() && crossing <= parted
}

/// What lies left and right of a gutter.
struct Sides {
    left: Vec<Part>,
    right: Vec<Part>,
}

/// The part of a row on one side of a gutter.
#[derive(Clone, Copy)]
struct Part {
    left: f32,
    right: f32,
    baseline: f32,
}

impl Sides {
    fn of(rows: &[Row], gutter: f32) -> Self {
        let mut sides = Self { left: Vec::new(), right: Vec::new() };
        for row in rows.iter().filter(|row| !crosses(row, gutter)) {
            let on_left = row.segments.iter().take_while(|segment| segment.right() <= gutter).count();
            let (left, right) = row.segments.split_at(on_left);
            sides.left.extend(part(left, row.baseline));
            sides.right.extend(part(right, row.baseline));
        }
        sides
    }

    /// Whether both sides are columns of prose beside each other.
    fn are_columns(&self) -> bool {
        let enough = self.left.len().min(self.right.len()) >= FEWEST_ROWS;
        enough && self.are_beside() && is_filled(&self.left) && is_filled(&self.right)
    }

    /// Whether half of the lower side has the other one beside it.
    fn are_beside(&self) -> bool {
        let (Some(first), Some(second)) = (reach(&self.left), reach(&self.right)) else { return false };
        let shared = first.1.min(second.1) - first.0.max(second.0);
        shared * 2.0 >= (first.1 - first.0).min(second.1 - second.0)
    }
}

fn part(segments: &[Segment], baseline: f32) -> Option<Part> {
    let (first, last) = (segments.first()?, segments.last()?);
    Some(Part { left: first.left(), right: last.right(), baseline })
}

/// The first and the last baseline; rows are in order.
fn reach(parts: &[Part]) -> Option<(f32, f32)> {
    Some((parts.first()?.baseline, parts.last()?.baseline))
}

/// Whether most lines fill the width of their column.
fn is_filled(parts: &[Part]) -> bool {
    let left = parts.iter().map(|part| part.left).fold(f32::MAX, f32::min);
    let right = parts.iter().map(|part| part.right).fold(f32::MIN, f32::max);
    let filled = parts.iter().filter(|part| part.right - part.left >= (right - left) * FILLED).count();
    filled * 2 >= parts.len()
}

#[cfg(test)]
mod tests {
    use super::super::glyph::Glyph;
    use super::*;

    fn segment(text: &str, left: f32) -> Segment {
        let glyph = |(index, letter)| {
            let left = left + 5.0 * index as f32;
            Glyph { letter, left, right: left + 5.0, baseline: 0.0, size: 10.0, bold: false }
        };
        Segment { glyphs: text.chars().enumerate().map(glyph).collect() }
    }

    fn row(number: usize, texts: &[(&str, f32)]) -> Row {
        let segments = texts.iter().map(|(text, left)| segment(text, *left)).collect();
        Row { segments, baseline: 12.0 * number as f32 }
    }

    fn read(rows: Vec<Row>) -> Vec<String> {
        let gutter = gutter(&rows, 10.0);
        let strips = strips(rows, gutter, 10.0);
        let text = |strip: &Strip| {
            let mark = if strip.begins { "|" } else { "" };
            let texts: Vec<String> = strip
                .segments
                .iter()
                .map(|segment| segment.glyphs.iter().map(|glyph| glyph.letter).collect())
                .collect();
            format!("{mark}{}", texts.join(" "))
        };
        strips.iter().map(text).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other_and_headings_over_both_part_them() {
        let mut rows = vec![row(0, &[("A heading that runs over both of the columns", 50.0)])];
        rows.extend(
            (1..=6).map(|number| row(number, &[("left column text", 50.0), ("the right column", 150.0)])),
        );
        rows.push(row(7, &[("Another one that runs over both of the columns", 50.0)]));
        rows.push(row(8, &[("left column text", 50.0), ("the right column", 150.0)]));
        let read = read(rows);
        assert!(read[0].starts_with("|A heading"));
        assert_eq!(read[1], "|left column text");
        assert_eq!(read[2..7], ["left column text"; 5]);
        assert_eq!(read[7], "|the right column");
        assert!(read[13].starts_with("|Another"));
        assert_eq!(read[14..], ["|left column text", "|the right column"]);
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let rows = (0..8).map(|number| {
            let name = if number == 0 { "a long label here" } else { "label" };
            row(number, &[(name, 50.0), ("12", 170.0), ("and the rest is text", 190.0)])
        });
        assert!(read(rows.collect()).iter().all(|line| line.contains(' ')));
    }

    #[test]
    fn columns_whose_lines_are_not_level_are_columns_all_the_same() {
        let mut rows = Vec::new();
        for number in 0..6 {
            rows.push(row(2 * number, &[("a line of the left one", 50.0)]));
            rows.push(row(2 * number + 1, &[("a line of the right one", 180.0)]));
        }
        let read = read(rows);
        assert_eq!(read[0], "|a line of the left one");
        assert_eq!(read[6], "|a line of the right one");
    }
}
