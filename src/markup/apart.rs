//! A page that several stages read, taken apart once for all of them.

use super::scan::{Piece, Pieces};

/// The most pieces that are kept: a page with more is taken apart anew from there on, so that its memory stays small.
const MOST_KEPT: usize = 50_000;

/// About how many bytes a piece has.
const BYTES_A_PIECE: usize = 30;

/// An HTML page and its pieces.
#[derive(Clone, Debug)]
pub struct Apart<'a> {
    html: &'a str,
    kept: Vec<Piece<'a>>,
    /// What comes after those that are kept.
    rest: Pieces<'a>,
}

impl<'a> Apart<'a> {
    /// Takes `html` apart.
    pub fn of(html: &'a str) -> Self {
        let mut rest = Pieces::of(html);
        let mut kept = Vec::with_capacity((html.len() / BYTES_A_PIECE).min(MOST_KEPT));
        kept.extend(rest.by_ref().take(MOST_KEPT));
        Self { html, kept, rest }
    }

    /// The page as it is.
    pub fn html(&self) -> &'a str {
        self.html
    }

    /// Its pieces from the beginning.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'a>> {
        self.kept.iter().copied().chain(self.rest.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_the_pieces_of_the_page_however_many_these_are() {
        for html in
            [String::new(), "<p>a<b>c</b>".repeat(3), "<p>a<script></b></script>".repeat(MOST_KEPT / 4)]
        {
            let apart = Apart::of(&html);
            assert!(apart.pieces().eq(Pieces::of(&html)) && apart.pieces().eq(apart.pieces()));
        }
    }
}
