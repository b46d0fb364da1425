//! How a text is laid out: wrapped at a width, or one paragraph a line.

use super::line::Line;
use super::line_start::ends_sentence;
use super::url_line::is_url_line;

/// A line longer than this, in characters, was not wrapped.
const LONGEST_WRAPPED: usize = 140;

/// How the lines of a text came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// A paragraph runs over lines of about `width` characters.
    Wrapped {
        /// The width, in characters.
        width: usize,
    },
    /// Every line is a paragraph or a heading of its own.
    Unwrapped,
}

impl Layout {
    /// The layout of a text, judged by its lines.
    pub(super) fn of(lines: &[Line]) -> Self {
        let widths = interior_widths(lines);
        if widths.is_empty() || is_mostly_long(lines) || is_one_paragraph_a_line(lines) {
            return Self::Unwrapped;
        }
        Self::Wrapped { width: nine_in_ten(widths) }
    }

    /// The layout of printed lines, which are wrapped always.
    pub(super) fn printed(lines: &[Line]) -> Self {
        let widths: Vec<usize> = lines.iter().map(Line::width).filter(|width| *width > 0).collect();
        if widths.is_empty() { Self::Unwrapped } else { Self::Wrapped { width: nine_in_ten(widths) } }
    }

    /// Whether a line is clearly shorter than the wrapped ones.
    pub(super) fn is_short(self, line: &Line) -> bool {
        match self {
            Self::Wrapped { width } => line.width() * 4 <= width * 3,
            Self::Unwrapped => line.width() <= 100,
        }
    }
}

/// Widths of the lines that another line of text follows at once. A URL line has the width of what follows it,
/// for URLs are as wide as they are.
fn interior_widths(lines: &[Line]) -> Vec<usize> {
    let is_text = |line: &Line| !line.is_blank() && !is_url_line(line.text);
    let pairs = lines.windows(2).filter(|pair| !pair[0].is_blank() && is_text(&pair[1]));
    pairs.map(|pair| if is_url_line(pair[0].text) { pair[1].width() } else { pair[0].width() }).collect()
}

/// Whether most of the text is in lines longer than anybody wraps at.
fn is_mostly_long(lines: &[Line]) -> bool {
    let texts = || lines.iter().filter(|line| !is_url_line(line.text)).map(Line::width);
    let long: usize = texts().filter(|width| *width > LONGEST_WRAPPED).sum();
    long * 2 > texts().sum()
}

/// Whether there are no blank lines, and hardly a line ends but with a sentence.
fn is_one_paragraph_a_line(lines: &[Line]) -> bool {
    let whole = lines.iter().filter(|line| ends_sentence(line.text)).count();
    let blank = lines.iter().rev().skip_while(|line| line.is_blank()).any(Line::is_blank);
    !blank && whole * 10 >= lines.len() * 9
}

/// The width that nine in ten lines keep to.
fn nine_in_ten(mut widths: Vec<usize>) -> usize {
    widths.sort_unstable();
    widths[(widths.len() - 1) * 9 / 10]
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn a_wrapped_text_has_its_width_found() {
        let text = "Die Ukraine fordert Sicherheitsgarantien von den USA und\nEuropa. Doch werden die westlichen Länder\nzahlen?\n";
        assert_eq!(Layout::of(&lines(text)), Layout::Wrapped { width: 41 });
    }

    #[test]
    fn long_lines_and_lone_lines_are_not_wrapped() {
        let long = "Ein Satz mit vielen Worten. ".repeat(8);
        assert_eq!(Layout::of(&lines(&format!("Titel\n{long}\n{long}\n"))), Layout::Unwrapped);
        assert_eq!(Layout::of(&lines("Titel\n\nEin Satz.\n\nNoch einer.\n")), Layout::Unwrapped);
        assert_eq!(Layout::of(&lines("Ein Satz.\nNoch einer.\nUnd einer.\n")), Layout::Unwrapped);
    }
}
