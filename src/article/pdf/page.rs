//! One page: what is drawn on it, and the links over it.

use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::page::Page;

use super::glyph::{Collected, Collector, Glyph};
use super::link::{self, LinkArea};

/// What is printed on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Print {
    /// Its letters, in the order in which they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// Where it can be clicked.
    pub(super) links: Vec<LinkArea>,
    /// How many images there are.
    pub(super) images: usize,
}

impl Print {
    /// Reads a page, of which `room` letters at most are taken.
    pub(super) fn of<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, room: usize) -> Self {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let to_page = Affine::new(page.initial_transform(true).as_coeffs());
        let sheet = Rect::new(0.0, 0.0, width, height);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(to_page, sheet, cache, page.xref(), settings);
        let mut collector = Collector::new(width, height, room);
        interpret_page(page, &mut context, &mut collector);
        let Collected { direction, glyphs, images } = collector.finish();
        Self { glyphs, links: link::areas(page, to_page, direction), images }
    }
}
