//! Captions and credits of pictures: "Foto: Erika Muster", "Grafik: Amt für Statistik".
//!
//! They stand between paragraphs and are no sentences of the article. Their URLs are cited for the picture.

use crate::article::{Block, BlockKind};

/// Labels that captions and credits begin with, in small letters, before a colon or a number.
const LABELS: &[&str] = &[
    "foto",
    "fotos",
    "bild",
    "bilder",
    "bildquelle",
    "bildnachweis",
    "titelbild",
    "symbolbild",
    "grafik",
    "infografik",
    "abbildung",
    "abb",
    "karte",
    "montage",
    "photo",
    "photos",
    "photograph",
    "picture",
    "image",
    "images",
    "graphic",
    "figure",
    "fig",
    "map",
    "credit",
    "credits",
    "caption",
];

/// Signs that a credit begins with.
const SIGNS: &[char] = &['©', '📷'];

/// The longest caption that is taken for one, in bytes.
const LONGEST: usize = 400;

/// Whether a block is a caption or a credit.
pub(super) fn is_caption(block: &Block) -> bool {
    if block.kind != BlockKind::Paragraph || block.text.len() > LONGEST {
        return false;
    }
    let text = block.text.trim_start_matches(['(', '[', '*', '_', ' ']);
    let Some((label, _)) = text.split_once(':') else { return text.starts_with(SIGNS) };
    let label = label.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '\u{a0}'));
    LABELS.contains(&label.to_lowercase().as_str()) || text.starts_with(SIGNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one(text: &str) -> bool {
        is_caption(&Block { text: text.to_owned(), ..Block::default() })
    }

    #[test]
    fn captions_begin_with_what_they_are() {
        for text in [
            "Foto: Erika Muster",
            "(Bild: Archiv)",
            "Abb. 3: Die Brücke im Mai.",
            "© Stadt Musterhausen",
            "Photo: J. Sample",
        ] {
            assert!(is_one(text), "{text}");
        }
    }

    #[test]
    fn sentences_about_pictures_are_none() {
        for text in ["Das Foto zeigt: niemand war da.", "Foto und Bild", "Karten gibt es ab 5 Euro.", ""] {
            assert!(!is_one(text), "{text}");
        }
    }
}
