//! Lines to groups: where a paragraph begins, what is a heading, what is a note.

use super::text_line::TextLine;
use crate::article::plain::{Group, GroupKind, Line, bullet, ends_sentence, group_run};

/// How much further apart than usual the lines on both sides of a paragraph's end are.
const WIDER: f32 = 1.25;

/// How much the sizes of two lines of one paragraph differ at most.
const SAME_SIZE: f32 = 0.08;

/// The size of a heading, as a part of the size of the text, at least.
const LARGER: f32 = 1.12;

/// The size of a caption or a note, as a part of the size of the text, at most.
const SMALLER: f32 = 0.92;

/// How far the first line of a paragraph is moved in at least, as a part of the size of the type.
const INDENT: f32 = 0.8;

/// Lines that a heading has at most.
const LONGEST_HEADING: usize = 5;

/// The part of the width of its column that a line leaves empty if it ends its paragraph.
const LEFT_EMPTY: f32 = 0.2;

/// What is usual in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    /// Size of most of the type, in points.
    pub(super) size: f32,
    /// Distance of two lines, as a part of the size.
    leading: f32,
    /// Whether most of it is bold.
    bold: bool,
}

/// Left and right edge of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    left: f32,
    right: f32,
}

impl Edges {
    /// Whether a line reaches the right edge so closely that not another letter had room.
    pub(super) fn is_reached_by(self, line: &TextLine) -> bool {
        let letter = (line.right - line.left) / line.text.chars().count().max(1) as f32;
        line.right >= self.right - letter * 1.2
    }
}

impl Usual {
    /// What is usual in these lines.
    pub(super) fn of(lines: &[TextLine]) -> Self {
        let size = usual_size(lines);
        let is_body = |line: &TextLine| (line.size - size).abs() <= size * SAME_SIZE;
        let letters = |line: &TextLine| line.text.len();
        let bold: usize = lines.iter().filter(|line| is_body(line) && line.bold).map(letters).sum();
        let all: usize = lines.iter().filter(|line| is_body(line)).map(letters).sum();
        let mut leadings: Vec<f32> = lines
            .windows(2)
            .filter(|pair| pair[0].column == pair[1].column && pair.iter().all(is_body))
            .map(|pair| (pair[1].baseline - pair[0].baseline) / size)
            .filter(|leading| (0.5..3.0).contains(leading))
            .collect();
        leadings.sort_by(f32::total_cmp);
        let leading = leadings.get(leadings.len() * 4 / 10).copied().unwrap_or(1.2);
        Self { size, leading, bold: bold * 2 > all }
    }

    fn is_larger(&self, line: &TextLine) -> bool {
        line.size >= self.size * LARGER
    }

    fn is_bold(&self, line: &TextLine) -> bool {
        line.bold && !self.bold
    }
}

/// The size that most letters have, to a tenth of a point.
fn usual_size(lines: &[TextLine]) -> f32 {
    let mut letters = std::collections::BTreeMap::new();
    for line in lines {
        *letters.entry((line.size * 10.0).round() as i64).or_insert(0_usize) += line.text.len();
    }
    let usual = letters.into_iter().max_by_key(|(_, count)| *count);
    usual.map_or(1.0, |(tenths, _)| (tenths as f32 / 10.0).max(0.1))
}

/// The groups of a file. `printed` are the lines as the reader of plain text takes them; `notes` says of each
/// whether it is part of a note.
pub(super) fn groups(
    printed: &[Line],
    lines: &[TextLine],
    notes: &[bool],
    edges: &[Edges],
    usual: Usual,
) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let mut end = start + 1;
        while end < lines.len() && goes_on(lines, start, end, notes, usual, edges[end]) {
            end += 1;
        }
        let run = &lines[start..end];
        let lines = start..end;
        if notes[start] {
            groups.push(Group { lines, kind: GroupKind::Notes });
        } else if is_heading(run, usual) {
            groups.push(Group { lines, kind: GroupKind::Heading });
        } else {
            let first = groups.len();
            group_run(printed, lines, &mut groups);
            if run[0].size <= usual.size * SMALLER {
                groups[first..].iter_mut().for_each(set_aside);
            }
        }
        start = end;
    }
    groups
}

fn set_aside(group: &mut Group) {
    if group.kind == GroupKind::Text {
        group.kind = GroupKind::Aside;
    }
}

/// Left and right edge of the column that each line stands in.
pub(super) fn edges(lines: &[TextLine], usual: Usual) -> Vec<Edges> {
    let mut edges = Vec::with_capacity(lines.len());
    while edges.len() < lines.len() {
        let start = edges.len();
        let column = lines[start].column;
        let count = lines[start..].iter().take_while(|line| line.column == column).count();
        let own = edges_of(&lines[start..start + count], usual);
        edges.extend(std::iter::repeat_n(own, count));
    }
    edges
}

fn edges_of(lines: &[TextLine], usual: Usual) -> Edges {
    // One line in ten may stick out.
    let nth = |mut values: Vec<f32>, tenths: usize| {
        values.sort_by(f32::total_cmp);
        values.get(values.len().saturating_sub(1) * tenths / 10).copied().unwrap_or_default()
    };
    let body: Vec<&TextLine> = lines.iter().filter(|line| line.size <= usual.size * LARGER).collect();
    Edges {
        left: nth(body.iter().map(|line| line.left).collect(), 1),
        right: nth(body.iter().map(|line| line.right).collect(), 9),
    }
}

/// Whether the line at `at` carries on the paragraph that begins at `start`.
fn goes_on(lines: &[TextLine], start: usize, at: usize, notes: &[bool], usual: Usual, edges: Edges) -> bool {
    let (first, before, line) = (&lines[start], &lines[at - 1], &lines[at]);
    if (before.column != line.column && !is_over_columns(before, line, usual)) || notes[at - 1] != notes[at] {
        return false;
    }
    let same_type = (line.size - before.size).abs() <= before.size.max(line.size) * SAME_SIZE
        && (usual.is_bold(line) == usual.is_bold(before) || notes[at]);
    let gap = (line.baseline - before.baseline) / line.size.max(before.size);
    let wide = gap > (usual.leading * WIDER).max(usual.leading + 0.1) || gap < -0.1;
    // Notes may have any distance: what parts them is their labels.
    if notes[at] {
        return gap > 0.0;
    }
    if !same_type || wide || bullet(&line.text) > 0 {
        return false;
    }
    let indent = |line: &TextLine| line.left > edges.left + INDENT * line.size;
    let ends = ends_sentence(&before.text);
    if indent(line) && !indent(before) && ends {
        return false;
    }
    // A hanging entry: its first line sticks out, and so does the first line of the next one.
    let hangs = at - start >= 2 && !indent(first) && lines[start + 1..at].iter().all(indent);
    if (hangs && !indent(line)) || (ends && is_left_empty(before, line, edges)) {
        return false;
    }
    true
}

/// Whether a line in a column goes on with a heading over all columns: the last line of a title is often so short that it
/// stands over one of them alone.
fn is_over_columns(before: &TextLine, line: &TextLine, usual: Usual) -> bool {
    before.page == line.page && usual.is_larger(before) && usual.is_larger(line)
}

/// Whether a line leaves so much of its column empty that it ends a paragraph: the next word would have had room.
fn is_left_empty(before: &TextLine, line: &TextLine, edges: Edges) -> bool {
    let empty = edges.right - before.right;
    let word = line.first_word_end - line.left + line.size * 0.3;
    empty > word && empty > (edges.right - edges.left) * LEFT_EMPTY
}

/// Whether lines are a heading by their type.
fn is_heading(lines: &[TextLine], usual: Usual) -> bool {
    let last = &lines[lines.len() - 1];
    let large = lines.iter().all(|line| line.size >= usual.size * 1.3);
    let marked = lines.iter().all(|line| usual.is_larger(line) || usual.is_bold(line));
    let has_words = lines.iter().any(|line| line.text.contains(char::is_alphabetic));
    let sentence = last.text.ends_with(['.', ',', ';', ':', '“', '”', '"', '»', '«']);
    has_words && lines.len() <= LONGEST_HEADING && (large || (marked && !sentence && lines.len() <= 3))
}
