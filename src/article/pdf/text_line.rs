//! A printed line as text: where words end, what is a superscript, and which words are linked.

use super::glyph::Glyph;
use super::link::LinkArea;
use super::row::SMALL;
use crate::article::plain::LinkedPart;

/// The narrowest gap between two words, as a part of the size of the type. Letters that are kerned apart stay
/// below it.
const WORD_GAP: f32 = 0.15;

/// A blank is no blank if it takes no more room than this, as a part of the size of the type.
const THIN: f32 = 0.02;

/// Letters that a line needs before the gaps between them tell whether it is spaced out.
const FEWEST_LETTERS: usize = 8;

/// How far a superscript is raised at least, as a part of the size of its line.
const RAISED: f32 = 0.15;

/// The sign that says where a word may be broken.
const SOFT_HYPHEN: char = '\u{ad}';

/// Superscript digits, from 0.
const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// A line of one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TextLine {
    /// Its text, superscript digits as such.
    pub(super) text: String,
    /// The linked parts of the text, in bytes, with the URL that each leads to.
    pub(super) links: Vec<LinkedPart>,
    /// The page, from 0.
    pub(super) page: u32,
    /// The column, counted over the whole file.
    pub(super) column: u32,
    /// Which line of its page it is, from 1.
    pub(super) number: u32,
    /// Left edge, in points.
    pub(super) left: f32,
    /// Right edge, in points.
    pub(super) right: f32,
    /// Where the first word ends, in points.
    pub(super) first_word_end: f32,
    /// Distance from the top of the page, in points.
    pub(super) baseline: f32,
    /// Size of most of its type, in points.
    pub(super) size: f32,
    /// Whether most of it is bold.
    pub(super) bold: bool,
}

impl TextLine {
    /// Reads the letters of a line, which are in order from left to right. Page, column and number are left to
    /// set.
    pub(super) fn of(glyphs: &[Glyph], areas: &[LinkArea]) -> Self {
        let size = usual_size(glyphs);
        let baseline = glyphs.iter().find(|glyph| glyph.size >= size).map_or(0.0, |glyph| glyph.baseline);
        let mut line = Self {
            size,
            baseline,
            left: glyphs.first().map_or(0.0, |glyph| glyph.left),
            right: glyphs.last().map_or(0.0, |glyph| glyph.right),
            bold: glyphs.iter().filter(|glyph| glyph.bold).count() * 10 >= glyphs.len() * 9,
            ..Self::default()
        };
        line.first_word_end = line.right;
        let near: Vec<&LinkArea> = areas.iter().filter(|area| area.touches(baseline, size)).collect();
        line.read(glyphs, &near);
        line
    }

    fn read(&mut self, glyphs: &[Glyph], areas: &[&LinkArea]) {
        let gap = WORD_GAP * self.size + spacing(glyphs);
        let mut linked: Option<(usize, usize)> = None;
        let mut last: Option<Glyph> = None;
        let ink = glyphs.iter().rposition(|glyph| !glyph.letter.is_whitespace()).map_or(0, |index| index + 1);
        for (index, glyph) in glyphs.iter().enumerate() {
            // A soft hyphen is printed at the end of a line, and nowhere else; the room it takes parts no words.
            let glyph = match glyph.letter {
                SOFT_HYPHEN if index + 1 < ink => {
                    last = last.map(|last| Glyph { right: last.right.max(glyph.right), ..last });
                    continue;
                }
                SOFT_HYPHEN => Glyph { letter: '-', ..*glyph },
                _ => *glyph,
            };
            let blank = glyph.letter.is_whitespace();
            // Browsers print a soft hyphen within a line as a blank that the next letter is set over.
            let room = glyphs.get(index + 1).map_or(f32::MAX, |next| next.left - glyph.left);
            if blank && room.abs() < THIN * self.size {
                continue;
            }
            let apart = last.is_some_and(|last| glyph.left - last.right > gap);
            if (apart || blank) && !self.text.is_empty() && !self.text.ends_with(' ') {
                if !self.text.contains(' ') {
                    self.first_word_end = last.map_or(self.right, |last| last.right);
                }
                self.text.push(' ');
            }
            last = Some(glyph);
            if blank {
                continue;
            }
            let area = areas.iter().position(|area| area.holds(&glyph));
            if linked.map(|(area, _)| area) != area {
                self.link(linked.take(), areas);
                linked = area.map(|area| (area, self.text.len()));
            }
            self.text.push(self.letter(&glyph));
        }
        self.link(linked, areas);
        self.text.truncate(self.text.trim_end().len());
    }

    /// Ends a linked part that began at a byte of the text.
    fn link(&mut self, linked: Option<(usize, usize)>, areas: &[&LinkArea]) {
        if let Some((area, start)) = linked {
            let range = start..self.text.trim_end().len();
            self.links.push(LinkedPart { range, target: areas[area].target.clone() });
        }
    }

    fn letter(&self, glyph: &Glyph) -> char {
        let raised = glyph.size <= self.size * SMALL && self.baseline - glyph.baseline >= self.size * RAISED;
        if raised { superscript(glyph.letter).unwrap_or(glyph.letter) } else { glyph.letter }
    }
}

/// A digit as a superscript.
pub(super) fn superscript(digit: char) -> Option<char> {
    SUPERSCRIPTS.get(digit.to_digit(10)? as usize).copied()
}

/// The size of most letters.
fn usual_size(glyphs: &[Glyph]) -> f32 {
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// How far apart the letters of a line stand that is spaced out; 0 for a usual one.
fn spacing(glyphs: &[Glyph]) -> f32 {
    let mut gaps: Vec<f32> = glyphs.windows(2).map(|pair| pair[1].left - pair[0].right).collect();
    if gaps.len() < FEWEST_LETTERS {
        return 0.0;
    }
    gaps.sort_by(f32::total_cmp);
    gaps[gaps.len() / 4].max(0.0)
}
