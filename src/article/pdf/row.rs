//! Letters to rows: what stands on one line of the page, from its left to its right edge.

use super::accent::with_accents;
use super::glyph::Glyph;

/// How far apart two baselines of one row may be, as a part of the size of the type.
const LEVEL: f32 = 0.25;

/// How far a superscript may stand above its line, or below it, as a part of the size of the line.
const RAISED: f32 = 0.6;

/// The part of its line's size that a superscript has at most.
pub(super) const SMALL: f32 = 0.85;

/// The widest gap within a segment, as a part of the size of the type. Columns are further apart.
const WIDEST_GAP: f32 = 0.7;

/// How close two equal letters stand that are one, printed twice to look bold.
const DOUBLE: f32 = 0.12;

/// What stands on one line of the page, of all columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The pieces of it, from left to right, with wide gaps between.
    pub(super) segments: Vec<Segment>,
    /// How far it is from the top of the page.
    pub(super) baseline: f32,
}

/// Letters that stand close together on one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Segment {
    /// The letters from left to right; at least one.
    pub(super) glyphs: Vec<Glyph>,
}

impl Segment {
    /// Its left edge.
    pub(super) fn left(&self) -> f32 {
        self.glyphs.first().map_or(0.0, |glyph| glyph.left)
    }

    /// Its right edge.
    pub(super) fn right(&self) -> f32 {
        self.glyphs.last().map_or(0.0, |glyph| glyph.right)
    }
}

/// Letters that were drawn one after the other on one line.
#[derive(Debug)]
struct Run {
    glyphs: Vec<Glyph>,
    /// Baseline and size of the largest letter.
    baseline: f32,
    size: f32,
}

impl Run {
    fn of(glyph: Glyph) -> Self {
        Self { glyphs: vec![glyph], baseline: glyph.baseline, size: glyph.size }
    }

    fn last(&self) -> Glyph {
        self.glyphs[self.glyphs.len() - 1]
    }

    /// Whether a letter follows on the last one: on the same line right after it, or raised as a superscript is.
    fn goes_on(&self, glyph: &Glyph) -> bool {
        let last = self.last();
        let size = self.size.max(glyph.size);
        let gap = (glyph.left - last.right) / size;
        let shift = (glyph.baseline - self.baseline).abs() / size;
        let alike = glyph.size > self.size * SMALL && self.size > glyph.size * SMALL;
        (-0.6..=WIDEST_GAP).contains(&gap) && shift <= if alike { LEVEL } else { RAISED }
    }

    fn push(&mut self, glyph: Glyph) {
        if glyph.size > self.size {
            (self.baseline, self.size) = (glyph.baseline, glyph.size);
        }
        self.glyphs.push(glyph);
    }
}

/// The rows of a page, from top to bottom. `glyphs` are in the order in which they were drawn.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<Row> {
    let mut runs = runs(glyphs);
    runs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut levels: Vec<Run> = Vec::new();
    for run in runs {
        match levels.last_mut() {
            Some(level) if run.baseline - level.baseline <= LEVEL * level.size.min(run.size) => {
                level.size = level.size.max(run.size);
                level.glyphs.extend(run.glyphs);
            }
            _ => levels.push(run),
        }
    }
    let levels = with_superscripts(levels);
    levels.into_iter().map(row).filter(|row| !row.segments.is_empty()).collect()
}

fn runs(glyphs: &[Glyph]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        match runs.last_mut() {
            Some(run) if run.goes_on(glyph) => run.push(*glyph),
            _ => runs.push(Run::of(*glyph)),
        }
    }
    runs
}

/// Moves superscripts that were drawn out of turn down into the line that they belong to.
fn with_superscripts(levels: Vec<Run>) -> Vec<Run> {
    let mut rows: Vec<Run> = Vec::with_capacity(levels.len());
    let mut levels = levels.into_iter().peekable();
    while let Some(level) = levels.next() {
        match levels.peek_mut() {
            Some(next) if is_raised(&level, next) => next.glyphs.extend(level.glyphs),
            _ => rows.push(level),
        }
    }
    rows
}

/// Whether every letter of a level is a superscript to a word of the level below.
fn is_raised(level: &Run, below: &Run) -> bool {
    let small = level.size <= below.size * SMALL;
    let raised = below.baseline - level.baseline <= below.size * RAISED;
    let touches = |glyph: &Glyph| {
        let near = below.size * 0.4;
        below
            .glyphs
            .iter()
            .any(|other| (other.right - glyph.left).abs() <= near || (glyph.right - other.left).abs() <= near)
    };
    small && raised && level.glyphs.len() <= 8 && level.glyphs.iter().all(touches)
}

fn row(level: Run) -> Row {
    let Run { mut glyphs, baseline, .. } = level;
    glyphs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut segments: Vec<Segment> = Vec::new();
    for glyph in with_accents(glyphs) {
        match segments.last_mut() {
            Some(segment) if is_near(segment, &glyph) => {
                if !is_printed_already(segment, &glyph) {
                    segment.glyphs.push(glyph);
                }
            }
            _ if glyph.letter.is_whitespace() => {}
            _ => segments.push(Segment { glyphs: vec![glyph] }),
        }
    }
    for segment in &mut segments {
        while segment.glyphs.last().is_some_and(|glyph| glyph.letter.is_whitespace()) {
            segment.glyphs.pop();
        }
    }
    Row { segments, baseline }
}

/// Whether a letter stands close to the last printed one of a segment. A blank bridges no gap: there are lines
/// that are filled with blanks up to the next column.
fn is_near(segment: &Segment, glyph: &Glyph) -> bool {
    let printed = segment.glyphs.iter().rev().find(|glyph| !glyph.letter.is_whitespace());
    printed.is_some_and(|last| glyph.left - last.right <= WIDEST_GAP * last.size.max(glyph.size))
}

fn is_printed_already(segment: &Segment, glyph: &Glyph) -> bool {
    let is_same = |other: &Glyph| {
        other.letter == glyph.letter && (other.left - glyph.left).abs() <= DOUBLE * glyph.size
    };
    segment.glyphs.iter().rev().take(3).any(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters of `text`, each half as wide as it is high.
    fn print(text: &str, left: f32, baseline: f32, size: f32) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        for (index, letter) in text.chars().enumerate() {
            let left = left + size / 2.0 * index as f32;
            glyphs.push(Glyph { letter, left, right: left + size / 2.0, baseline, size, bold: false });
        }
        glyphs
    }

    fn texts(glyphs: &[Glyph]) -> Vec<Vec<String>> {
        let text = |segment: &Segment| segment.glyphs.iter().map(|glyph| glyph.letter).collect();
        rows(glyphs).iter().map(|row| row.segments.iter().map(text).collect()).collect()
    }

    #[test]
    fn rows_are_found_in_whatever_order_they_are_drawn() {
        let mut glyphs = print("unten", 50.0, 120.0, 10.0);
        glyphs.extend(print("rechts", 200.0, 100.5, 10.0));
        glyphs.extend(print("links", 50.0, 100.0, 10.0));
        assert_eq!(texts(&glyphs), [vec!["links", "rechts"], vec!["unten"]]);
    }

    #[test]
    fn superscripts_stand_in_their_line_wherever_they_are_drawn() {
        let mut glyphs = print("Satz.", 50.0, 100.0, 10.0);
        glyphs.extend(print("1", 75.0, 96.0, 6.0));
        assert_eq!(texts(&glyphs), [["Satz.1"]]);
        glyphs.rotate_left(5);
        glyphs.insert(1, print("x", 50.0, 300.0, 10.0)[0]);
        assert_eq!(texts(&glyphs), [["Satz.1"], ["x"]]);
    }

    #[test]
    fn letters_that_are_printed_twice_are_read_once() {
        let mut glyphs = print("fett", 50.0, 100.0, 10.0);
        glyphs.extend(print("fett", 50.3, 100.0, 10.0));
        assert_eq!(texts(&glyphs), [["fett"]]);
    }

    #[test]
    fn blanks_do_not_bridge_the_gap_between_columns() {
        let mut glyphs = print("links     ", 50.0, 100.0, 10.0);
        glyphs.extend(print("rechts", 100.0, 100.0, 10.0));
        assert_eq!(texts(&glyphs), [["links", "rechts"]]);
    }
}
