//! Where the text of a page stands in the page that it was read from.
//!
//! A line of the text is a block of the page, and the page keeps where that begins and ends. Within a block, characters come
//! in the same order in both, so that one is found again by going over both at once: what the page has besides are tags,
//! white space and marks without width, and what the text has besides are the strokes between cells.

use std::ops::Range;

use super::html::place_in;
use super::page_text::PageText;
use super::white_space::is_without_width;
use crate::markup::{Piece, Pieces, Reference};

impl PageText {
    /// Where the bytes `range` of the text stand in `source`, the page that it was read from: from the first byte of their
    /// first character to the last of their last. `None` where they stand nowhere in it as text: JSON-LD has its own way of
    /// writing characters, and a stroke between cells is not of the page.
    pub fn origin(&self, source: &str, range: Range<usize>) -> Option<Range<usize>> {
        let words = self.text.get(range.clone())?;
        let begins = range.start + words.find(|c: char| !c.is_whitespace())?;
        let (last, _) = words.char_indices().rev().find(|(_, c)| !c.is_whitespace())?;
        let (first, last) = (self.place(source, begins)?, self.place(source, range.start + last)?);
        (first.start < last.end).then_some(first.start..last.end)
    }

    /// Where the character that begins at byte `at` of the text stands in `source`.
    fn place(&self, source: &str, at: usize) -> Option<Range<usize>> {
        let before = self.text.get(..at)?;
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let block = self.origins.get(before.matches('\n').count()).filter(|block| !block.is_empty())?;
        let mut characters = characters(source.get(block.clone())?, self.is_markup).peekable();
        let line = self.text.get(start..)?;
        for (offset, c) in line.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let same = characters.next_if(|(other, _)| *other == c);
            match same {
                Some((_, place)) if start + offset == at => {
                    return Some(place.start + block.start..place.end + block.start);
                }
                None if c != '|' || start + offset == at => return None,
                _ => {}
            }
        }
        None
    }
}

/// The characters that a reader sees in a piece of a page, white space left out, each with the bytes that stand for it.
fn characters(source: &str, is_markup: bool) -> Box<dyn Iterator<Item = (char, Range<usize>)> + '_> {
    let is_seen = |(c, _): &(char, Range<usize>)| !c.is_whitespace() && !is_without_width(*c);
    if !is_markup {
        let plain = source.char_indices().map(|(at, c)| (c, at..at + c.len_utf8()));
        return Box::new(plain.filter(is_seen));
    }
    let texts = Pieces::of(source).filter_map(move |piece| match piece {
        Piece::Text(text) => Some((text, place_in(source, text)?)),
        _ => None,
    });
    Box::new(texts.flat_map(|(text, start)| resolved(text, start)).filter(is_seen))
}

/// The characters of a text that begins at byte `start`, its references resolved.
fn resolved(text: &str, start: usize) -> Vec<(char, Range<usize>)> {
    let mut found = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let reference = if c == '&' { Reference::at(&text[at..]) } else { None };
        let length = reference.map_or(c.len_utf8(), |reference| reference.length);
        let place = start + at..start + at + length;
        match reference {
            Some(reference) => found.extend(reference.characters().map(|c| (c, place.clone()))),
            None => found.push((c, place)),
        }
        at += length;
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The source of what `words` are in the text of `html`.
    fn source<'a>(html: &'a str, words: &str) -> Option<&'a str> {
        let page = PageText::read("text/html", html);
        let at = page.text.find(words).unwrap_or_else(|| panic!("no {words} in {:?}", page.text));
        page.origin(html, at..at + words.len()).map(|range| &html[range])
    }

    #[test]
    fn words_are_found_again_whatever_stands_between_them() {
        let html = "<html lang=en><title>T</title><nav>One two</nav><p>Before &amp; after:\n  <b>one</b> two&nbsp;&eacute;t&eacute; \
            so&shy;ft<!-- x --> end.</p><script>one two</script><p>One two three four five, and one two again.</p>";
        assert_eq!(source(html, "one two été"), Some("one</b> two&nbsp;&eacute;t&eacute;"));
        assert_eq!(source(html, "& after"), Some("&amp; after"));
        assert_eq!(source(html, "soft end."), Some("so&shy;ft<!-- x --> end."));
        assert_eq!(source(html, "one two again"), Some("one two again"));
    }

    #[test]
    fn words_of_several_blocks_are_found_with_what_stands_between_those() {
        let html = "<html lang=en><main><p>The first sentence ends here.</p><script>no</script><p>The second one ends there.</p></main>";
        assert_eq!(source(html, "here.\nThe second"), Some("here.</p><script>no</script><p>The second"));
    }

    #[test]
    fn strokes_between_cells_are_not_of_the_page() {
        let html = "<html lang=en><table><tr><td>Troops</td><td>48,000 | about</td></tr></table>";
        assert_eq!(source(html, "Troops | 48,000 | about"), Some("Troops</td><td>48,000 | about"));
        assert_eq!(source(html, "48,000"), Some("48,000"));
    }

    #[test]
    fn what_the_metadata_say_stands_nowhere_as_text() {
        let html = r#"<html lang=en><script type="application/ld+json">{"articleBody": "Only data say \u0022this\u0022 here."}</script><p>x"#;
        assert_eq!(source(html, "Only data say"), None);
    }

    #[test]
    fn plain_text_is_its_own_page() {
        let text = "First line.\n\n  Second   line, longer.\n";
        let page = PageText::read("text/plain", text);
        let at = page.text.find("Second line").unwrap();
        assert_eq!(page.origin(text, at..at + 11).map(|range| &text[range]), Some("Second   line"));
    }

    proptest! {
        #[test]
        fn every_sentence_of_a_page_without_metadata_is_found_again(
            body in "(<p>|<td>|<b>|</b>|<br>|<a href=x>|</a>|<svg>|</svg>|<noscript>|</noscript>|&amp;|&shy;|&|ä|a|b|\\||\\.| |\n){0,60}"
        ) {
            let html = format!("<html lang=en><body>{body}");
            let page = PageText::read("text/html", &html);
            for sentence in &page.sentences {
                let words = &page.text[sentence.clone()];
                let at_stroke = words.starts_with('|') || words.ends_with('|');
                let origin = page.origin(&html, sentence.clone());
                prop_assert!(origin.is_some() || at_stroke, "{:?} of {:?}", words, html);
                prop_assert!(origin.is_none_or(|origin| html.get(origin).is_some()));
            }
        }
    }
}
