//! The places of a page that lead to a URL when they are clicked.

use hayro_interpret::kurbo::{Affine, Point};
use hayro_syntax::object::{Array, Dict, Name, Rect, String as PdfString};
use hayro_syntax::page::Page;

use super::direction::Direction;
use super::glyph::Glyph;

/// No page has more of them.
const MOST: usize = 10_000;

/// A rectangle of a page that leads to a URL.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LinkArea {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
    /// The URL, as written.
    pub(super) target: String,
}

impl LinkArea {
    /// Whether it may hold letters of a line with this baseline and size.
    pub(super) fn touches(&self, baseline: f32, size: f32) -> bool {
        self.top <= baseline + size && self.bottom >= baseline - size * 2.0
    }

    /// Whether a letter stands in it.
    pub(super) fn holds(&self, glyph: &Glyph) -> bool {
        let (x, y) = (glyph.middle(), glyph.baseline - glyph.size * 0.25);
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

/// The links of a page that lead to URLs, turned as its letters are.
pub(super) fn areas(page: &Page<'_>, to_page: Affine, direction: Direction) -> Vec<LinkArea> {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return Vec::new() };
    let (width, height) = page.render_dimensions();
    let mut areas = Vec::new();
    for annotation in annotations.iter::<Dict<'_>>().take(MOST) {
        let Some(target) = target(&annotation) else { continue };
        for [x0, y0, x1, y1] in rectangles(&annotation) {
            let corner =
                |x, y| direction.upright(to_page * Point::new(x, y), f64::from(width), f64::from(height));
            let ((left, top), (right, bottom)) = (corner(x0, y0), corner(x1, y1));
            areas.push(LinkArea {
                left: left.min(right) as f32,
                top: top.min(bottom) as f32,
                right: left.max(right) as f32,
                bottom: top.max(bottom) as f32,
                target: target.clone(),
            });
        }
        if areas.len() > MOST {
            break;
        }
    }
    areas
}

/// The URL that an annotation leads to.
fn target(annotation: &Dict<'_>) -> Option<String> {
    let is = |dict: &Dict<'_>, key: &str, name: &[u8]| {
        dict.get::<Name<'_>>(key).is_some_and(|found| found.as_ref() == name)
    };
    let action = annotation.get::<Dict<'_>>("A").filter(|action| is(action, "S", b"URI"))?;
    let url = action.get::<PdfString<'_>>("URI")?;
    let url = String::from_utf8_lossy(url.as_bytes()).trim().to_owned();
    (is(annotation, "Subtype", b"Link") && !url.is_empty()).then_some(url)
}

/// The rectangles of an annotation: one for each line of the words under it where it says so, else one for all.
fn rectangles(annotation: &Dict<'_>) -> Vec<[f64; 4]> {
    let quads: Vec<f64> = annotation
        .get::<Array<'_>>("QuadPoints")
        .map(|points| points.iter::<f64>().take(MOST * 8).collect())
        .unwrap_or_default();
    if quads.len() >= 8 {
        return quads.chunks_exact(8).map(around).collect();
    }
    annotation.get::<Rect>("Rect").map(|rect| vec![[rect.x0, rect.y0, rect.x1, rect.y1]]).unwrap_or_default()
}

/// The rectangle around four corners.
fn around(quad: &[f64]) -> [f64; 4] {
    let [mut x0, mut y0, mut x1, mut y1] = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for corner in quad.chunks_exact(2) {
        (x0, x1) = (x0.min(corner[0]), x1.max(corner[0]));
        (y0, y1) = (y0.min(corner[1]), y1.max(corner[1]));
    }
    [x0, y0, x1, y1]
}
