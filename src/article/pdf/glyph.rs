//! The letters of a page with their places, as they are drawn.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use unicode_normalization::UnicodeNormalization as _;

use super::direction::Direction;

/// What stands for a letter that the font gives no meaning to.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// Units in the side of the square that a font is drawn in.
const UNITS_PER_EM: f64 = 1000.0;

/// A letter on a page. Lengths are points; the origin is the upper left corner of the page, turned so that the
/// lines run to the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    /// The letter.
    pub(super) letter: char,
    /// Where it begins.
    pub(super) left: f32,
    /// Where the next letter would begin.
    pub(super) right: f32,
    /// How far the line it stands on is from the top.
    pub(super) baseline: f32,
    /// Size of its type.
    pub(super) size: f32,
    /// Whether its type is bold.
    pub(super) bold: bool,
}

impl Glyph {
    /// The middle between its left and its right edge.
    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// Takes down the letters that are drawn on a page, and lets all else go.
#[derive(Debug)]
pub(super) struct Collector {
    width: f64,
    height: f64,
    glyphs: Vec<(Direction, Glyph)>,
    /// How many letters may still be taken.
    room: usize,
    /// For each piece of marked content that is open, whether it is page furniture.
    marked: Vec<bool>,
    /// How many images are drawn.
    images: usize,
}

/// What was taken down of a page.
#[derive(Debug)]
pub(super) struct Collected {
    /// The direction that most of the page is written in.
    pub(super) direction: Direction,
    /// The letters in that direction. Letters across it are stamps on the margin.
    pub(super) glyphs: Vec<Glyph>,
    /// How many images are drawn.
    pub(super) images: usize,
}

impl Collector {
    /// A collector for a page of this size that takes `room` letters at most.
    pub(super) fn new(width: f64, height: f64, room: usize) -> Self {
        Self { width, height, glyphs: Vec::new(), room, marked: Vec::new(), images: 0 }
    }

    /// What was taken down.
    pub(super) fn finish(self) -> Collected {
        let count = |direction| self.glyphs.iter().filter(|(of, _)| *of == direction).count();
        // Of equals the last one wins, so that text to the right is named last.
        let main = Direction::ALL.into_iter().max_by_key(|direction| count(*direction)).unwrap_or_default();
        let glyphs = self.glyphs.into_iter().filter(|(of, _)| *of == main).map(|(_, glyph)| glyph);
        Collected { direction: main, glyphs: glyphs.collect(), images: self.images }
    }

    fn take(&mut self, glyph: &PositionedGlyph<'_>, transform: Affine, vertical: bool, bold: bool) {
        let transform = transform * glyph.transform();
        let origin = transform * Point::ZERO;
        let advance = f64::from(advance(glyph).unwrap_or_default());
        let along = transform * Point::new(advance.max(1.0), 0.0) - origin;
        let up = transform * Point::new(0.0, UNITS_PER_EM) - origin;
        let Some(direction) = Direction::of(along, vertical) else { return };
        let length = if vertical {
            up.hypot()
        } else if advance > 0.0 {
            along.hypot()
        } else {
            0.0
        };
        let (left, baseline) = direction.upright(origin, self.width, self.height);
        if !self.is_on_page(origin) || !length.is_finite() {
            return;
        }
        let letters = letters(glyph);
        let count = letters.chars().count().max(1) as f64;
        for (index, letter) in letters.chars().enumerate() {
            if self.room == 0 {
                return;
            }
            self.room -= 1;
            let edge = |index: usize| (left + length * index as f64 / count) as f32;
            let glyph = Glyph {
                letter,
                left: edge(index),
                right: edge(index + 1),
                baseline: baseline as f32,
                size: size(up, along, advance),
                bold,
            };
            self.glyphs.push((direction, glyph));
        }
    }

    fn is_on_page(&self, point: Point) -> bool {
        (0.0..=self.width).contains(&point.x) && (0.0..=self.height).contains(&point.y)
    }
}

/// Size of the type. Bitmap fonts may be drawn in units of their own; the width of the letter tells then, for
/// letters are half as wide as high on average.
fn size(up: Vec2, along: Vec2, advance: f64) -> f32 {
    let (size, width) = (up.hypot(), along.hypot());
    let plausible = advance <= UNITS_PER_EM * 3.0;
    (if plausible { size } else { width * 2.0 }) as f32
}

fn advance(glyph: &PositionedGlyph<'_>) -> Option<f32> {
    match &**glyph {
        Drawn::Outline(glyph) => glyph.advance_width(),
        Drawn::Type3(glyph) => glyph.advance_width(),
    }
}

/// The letters that a glyph stands for: a ligature stands for several.
fn letters(glyph: &PositionedGlyph<'_>) -> String {
    let text = match glyph.as_unicode() {
        Some(BfString::Char(letter)) => letter.to_string(),
        Some(BfString::String(text)) => text,
        None => return UNKNOWN.to_string(),
    };
    let mut letters = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{fb00}'..='\u{fb06}' => letters.extend(std::iter::once(letter).nfkc()),
            '\0' => letters.push(UNKNOWN),
            // They are printed as the same sign, and programs name any of them.
            '\u{2010}' | '\u{2011}' => letters.push('-'),
            _ => letters.push(letter),
        }
    }
    letters
}

/// Whether the type of a run is bold, as its font says.
fn is_bold(run: &GlyphRun<'_, '_>) -> bool {
    let Some(Drawn::Outline(glyph)) = run.glyphs().first().map(|glyph| &**glyph) else { return false };
    let Some(font) = glyph.font_data() else { return false };
    let named = |name: String| {
        let name = name.to_ascii_lowercase();
        ["bold", "black", "heavy"].iter().any(|word| name.contains(word))
    };
    font.weight.is_some_and(|weight| weight >= 600) || font.postscript_name.is_some_and(named)
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        if self.marked.contains(&true) {
            return;
        }
        let bold = is_bold(run);
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            self.take(glyph, props.transform, vertical, bold);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&hayro_syntax::object::Dict<'_>>) {
        self.marked.push(is_furniture(tag, properties));
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.images += 1;
    }
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Whether marked content says of itself that it is a running head or a page number (PDF 2.0, 14.8.2.2.2).
fn is_furniture(tag: &[u8], properties: Option<&hayro_syntax::object::Dict<'_>>) -> bool {
    let kind = properties.and_then(|properties| properties.get::<hayro_syntax::object::Name<'_>>("Type"));
    tag == b"Artifact" && kind.is_some_and(|kind| kind.as_ref() == b"Pagination")
}
