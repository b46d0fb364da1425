//! Notes at the foot of a column: lines in smaller type that begin with a number or the sign of a note.

use super::text_line::TextLine;
use crate::article::sign::begin_notes;

/// The size of a note, as a part of the size of the text, at most.
const SMALLER: f32 = 0.95;

/// Digits of a label at most.
const MOST_DIGITS: usize = 3;

/// For each line whether it is part of a note at the foot of its column, and the labels of those lines made
/// superscript, as the markers in the text are.
///
/// Notes are what stands at the end of a column in type smaller than the text, or under a superscript number, from
/// its first label on.
pub(super) fn notes(lines: &mut [TextLine], size: f32) -> Vec<bool> {
    let signed = begin_notes(lines.iter().map(|line| line.text.as_str()));
    let mut found = vec![false; lines.len()];
    let mut start = 0;
    while start < lines.len() {
        let column = lines[start].column;
        let end = start + lines[start..].iter().take_while(|line| line.column == column).count();
        if let Some(first) = first_note(&lines[start..end], &signed[start..end], size) {
            for (line, found) in lines[start + first..end].iter_mut().zip(&mut found[start + first..end]) {
                *found = true;
                raise_label(line, size);
            }
        }
        start = end;
    }
    found
}

/// The first line of the notes at the end of a column.
fn first_note(lines: &[TextLine], signed: &[bool], size: f32) -> Option<usize> {
    let small = lines.iter().rev().take_while(|line| line.size <= size * SMALLER).count();
    let labelled =
        |at: &usize| signed[*at] || superscripts(&lines[*at].text) > 0 || digits(&lines[*at].text).is_some();
    (lines.len() - small..lines.len()).find(labelled)
}

/// Bytes of the superscript digits that a text begins with.
fn superscripts(text: &str) -> usize {
    let is_superscript = |c: &char| matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹');
    text.chars().take_while(is_superscript).map(char::len_utf8).sum()
}

/// The label that a text begins with: a few digits and then a blank and a letter, which are no date.
fn digits(text: &str) -> Option<usize> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = text[count..].strip_prefix(' ')?;
    let is_word = after.starts_with(|c: char| c.is_uppercase() || matches!(c, '„' | '"' | '“' | '«' | '»'))
        || after.starts_with("http")
        || after.starts_with("www.");
    ((1..=MOST_DIGITS).contains(&count) && is_word).then_some(count)
}

/// Writes the label of a note as a superscript. Its letters stay as many as they are, so places stay true.
fn raise_label(line: &mut TextLine, size: f32) {
    if line.size > size * SMALLER {
        return;
    }
    let Some(count) = digits(&line.text) else { return };
    let raised: String = line.text[..count].chars().filter_map(super::text_line::superscript).collect();
    let longer = raised.len() - count;
    line.text.replace_range(..count, &raised);
    for link in &mut line.links {
        let moved = |at: usize| if at >= count { at + longer } else { 0 };
        link.range = moved(link.range.start)..moved(link.range.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, column: u32, size: f32) -> TextLine {
        TextLine { text: text.to_owned(), column, size, ..TextLine::default() }
    }

    #[test]
    fn small_lines_at_the_foot_of_a_column_are_notes_from_the_first_label_on() {
        let mut lines = [
            line("Ein Satz.", 0, 10.0),
            line("Eine Bildunterschrift", 0, 8.0),
            line("1 Siehe Seite 3.", 0, 8.0),
            line("und mehr", 0, 8.0),
            line("Noch ein Satz.", 1, 10.0),
            line("2 Prozent waren es.", 1, 10.0),
        ];
        assert_eq!(notes(&mut lines, 10.0), [false, false, true, true, false, false]);
        assert_eq!(lines[2].text, "¹ Siehe Seite 3.");
    }

    #[test]
    fn a_date_or_a_count_at_the_foot_of_a_column_is_no_note() {
        let mut lines = [line("3. März 2025", 0, 8.0), line("12 km weit", 0, 8.0)];
        assert_eq!(notes(&mut lines, 10.0), [false, false]);
    }
}
