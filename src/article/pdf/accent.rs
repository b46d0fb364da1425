//! Accents that are printed as letters of their own, over the letter that they belong to.

use unicode_normalization::char::compose;

use super::glyph::Glyph;

/// Accents that take room of their own, each with the one that combines.
const ACCENTS: &[(char, char)] = &[
    ('`', '\u{300}'),
    ('\u{b4}', '\u{301}'),
    ('^', '\u{302}'),
    ('\u{2c6}', '\u{302}'),
    ('~', '\u{303}'),
    ('\u{2dc}', '\u{303}'),
    ('\u{af}', '\u{304}'),
    ('\u{2d8}', '\u{306}'),
    ('\u{2d9}', '\u{307}'),
    ('\u{a8}', '\u{308}'),
    ('\u{2da}', '\u{30a}'),
    ('\u{2dd}', '\u{30b}'),
    ('\u{2c7}', '\u{30c}'),
    ('\u{b8}', '\u{327}'),
    ('\u{2db}', '\u{328}'),
];

/// Puts accents and the letters under them together; `glyphs` are in order of their left edges.
pub(super) fn with_accents(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut read: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let accented = read.last().and_then(|last| together(last, &glyph));
        match (accented, read.last_mut()) {
            (Some(accented), Some(last)) => *last = accented,
            _ => read.push(glyph),
        }
    }
    read
}

/// The accented letter that two neighbours make, one printed over the other.
fn together(one: &Glyph, other: &Glyph) -> Option<Glyph> {
    let (accent, letter) = if combining(one.letter).is_some() { (one, other) } else { (other, one) };
    let over = (letter.left..=letter.right).contains(&accent.middle());
    let composed = compose(base(letter.letter), combining(accent.letter)?)?;
    over.then_some(Glyph { letter: composed, ..*letter })
}

/// The accent that combines; one that does already is what it is.
fn combining(accent: char) -> Option<char> {
    let known = ACCENTS.iter().find(|(spacing, _)| *spacing == accent).map(|(_, combining)| *combining);
    known.or_else(|| matches!(accent, '\u{300}'..='\u{36f}').then_some(accent))
}

/// The letter that an accent goes over: i and j lose their dots under it.
fn base(letter: char) -> char {
    match letter {
        'ı' => 'i',
        'ȷ' => 'j',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(letters: [(char, f32, f32); 2]) -> String {
        let glyph =
            |(letter, left, right)| Glyph { letter, left, right, baseline: 0.0, size: 10.0, bold: false };
        with_accents(letters.map(glyph).to_vec()).iter().map(|glyph| glyph.letter).collect()
    }

    #[test]
    fn an_accent_over_a_letter_becomes_one_with_it() {
        assert_eq!(read([('¨', 0.2, 5.2), ('u', 0.0, 5.5)]), "ü");
        assert_eq!(read([('u', 0.0, 5.5), ('¨', 0.2, 5.2)]), "ü");
        assert_eq!(read([('´', 0.0, 3.0), ('ı', 0.1, 2.8)]), "í");
        assert_eq!(read([('e', 0.0, 5.0), ('\u{301}', 1.0, 1.0)]), "é");
    }

    #[test]
    fn an_accent_beside_a_letter_stays_a_sign() {
        assert_eq!(read([('~', 0.0, 5.0), ('a', 5.0, 10.0)]), "~a");
        assert_eq!(read([('^', 0.0, 5.0), ('§', 0.0, 5.0)]), "^§");
    }
}
