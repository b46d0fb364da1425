//! HTML to blocks of text, in one pass over the tags and texts.
//!
//! No tree is built: a tree costs quadratic time on hostile nesting (every `<p>` looks through all open elements),
//! and the text of a page needs only to know which regions are open.

use std::borrow::Cow;
use std::ops::Range;

use super::nesting::Nesting;
use super::published;
use super::region::{Region, region};
use super::start_tag::{Start, filled};
use super::white_space::collapse;
use crate::markup::{Apart, DateMark, Piece, Pieces, is_block, is_void, lower_case, resolved_text};

/// The most blocks of one page that are kept.
const MOST_BLOCKS: usize = 200_000;
/// The most dates of one page that are looked at.
const MOST_DATES: usize = 200;
/// How many regions that may be furniture are told apart within one another.
const DEEPEST_DOUBT: usize = 24;

/// What one pass over a page finds.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// `<title>`, or `og:title`, or the first `<h1>`.
    pub(super) title: Option<String>,
    /// What the page says of when it was published or changed, as it writes it.
    pub(super) dates: Vec<(DateMark, String)>,
    /// Primary subtag of `<html lang>`.
    pub(super) language: Option<String>,
    /// `<meta name="description">`.
    pub(super) description: Option<String>,
    /// The text of each JSON-LD script.
    pub(super) json_ld: Vec<String>,
    /// The visible blocks of text, in order.
    pub(super) blocks: Vec<Block>,
}

/// A block of visible text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its words, white space collapsed.
    pub(super) text: String,
    /// Where they stand in the page, in bytes.
    pub(super) origin: Range<usize>,
    /// Whether it stands in `<article>` or `<main>`.
    pub(super) main: bool,
    /// The number of the outermost `<article>` it stands in.
    pub(super) article: Option<u32>,
    /// Whether it is navigation, a banner or the like.
    pub(super) furniture: bool,
    /// The regions it stands in, by number, whose class or id says that they are furniture. A class may be wrong.
    pub(super) doubts: Vec<u32>,
    /// How many of its bytes are the text of links.
    pub(super) linked: usize,
    /// Whether it is a heading.
    pub(super) heading: bool,
    /// How many block elements are open around it.
    pub(super) depth: usize,
    /// The fewest that were open between the block before and its end.
    pub(super) shallowest: usize,
}

/// Reads `html`.
pub(super) fn read(html: &Apart<'_>) -> Markup {
    let mut reader = Reader { page: html.html(), ..Reader::default() };
    for piece in html.pieces() {
        match piece {
            // Whoever runs no scripts sees what stands in `noscript`, and a page that draws its pictures by script has the
            // words under them there. What is in a further one within is left out, so that the depth is bounded.
            Piece::Raw(name, inner) if name.eq_ignore_ascii_case("noscript") => {
                Pieces::of(inner).for_each(|piece| reader.take(piece));
            }
            piece => reader.take(piece),
        }
    }
    reader.finish()
}

/// An open region: it ends with the end tag that matches the tag that began it.
struct Open<'a> {
    region: Region,
    tag: Cow<'a, str>,
    /// How many elements of the same name are open within it.
    within: usize,
}

#[derive(Default)]
struct Reader<'a> {
    markup: Markup,
    heading: Option<String>,
    open_graph_title: Option<String>,
    page: &'a str,
    block: String,
    /// Where the text of `block` stands in the page, in bytes.
    origin: Option<Range<usize>>,
    /// How many bytes of `block` are link text.
    linked: usize,
    regions: Vec<Open<'a>>,
    /// The element that is open and can hold no tags, and its text.
    raw: Option<(RawText, &'a str)>,
    /// Room for the attributes of a tag.
    attributes: Vec<(&'a str, &'a str)>,
    /// How many regions there were.
    numbered: u32,
    /// Whether the block that is being read is a heading.
    in_heading: bool,
    /// The element that holds a date, and where in `block` its text begins.
    dated: Option<(DateMark, usize)>,
    nesting: Nesting<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RawText {
    Title,
    JsonLd,
    Ignored,
}

impl<'a> Reader<'a> {
    fn take(&mut self, piece: Piece<'a>) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Open(tag) => {
                let name = lower_case(tag.name);
                if self.is_in(Region::Hidden) && !states_something(&name) {
                    return self.open_within(&name);
                }
                let mut attributes = std::mem::take(&mut self.attributes);
                if is_asked_for_more(&name) {
                    attributes.extend(tag.attributes());
                }
                let start = Start { name, attributes };
                self.open(&start);
                self.attributes = start.attributes;
                self.attributes.clear();
            }
            Piece::Raw(_, text) => {
                if let Some((_, raw)) = &mut self.raw {
                    *raw = text;
                }
            }
            Piece::Close(name) => self.close(&lower_case(name)),
        }
    }

    fn text(&mut self, text: &'a str) {
        if self.is_in(Region::Hidden) {
            return;
        }
        let words = resolved_text(text);
        self.block.push_str(&words);
        if self.is_in(Region::Link) {
            self.linked += collapsed_length(&words);
        }
        if let Some(at) = place_in(self.page, text) {
            let start = self.origin.as_ref().map_or(at, |origin| origin.start);
            self.origin = Some(start..at + text.len());
        }
    }

    fn open(&mut self, tag: &Start<'a>) {
        let name = &*tag.name;
        if let Some(kind) = raw_text(tag) {
            self.raw = Some((kind, ""));
            return;
        }
        self.note_facts(tag);
        if is_void(name) {
            if name == "br" || name == "hr" {
                self.end_block();
            }
            return;
        }
        if is_block(name) {
            self.dated = None;
            if is_cell(name) {
                self.separate_cells();
            } else {
                self.end_block();
                self.in_heading = is_heading(name);
            }
            self.nesting.open(tag.name.clone());
        }
        if may_hold_date(name) {
            self.note_date(tag);
        }
        self.open_within(name);
        // One region of a kind inside another changes nothing, so regions stay few however deep the page is.
        let region = region(tag, self.is_in_main(), self.numbered);
        if let Some(region) = region.filter(|region| self.may_begin(*region)) {
            self.numbered += 1;
            self.end_block_before(region);
            self.regions.push(Open { region, tag: tag.name.clone(), within: 0 });
        }
    }

    /// Counts an element that opens within regions of its name: their end tags come after its own.
    fn open_within(&mut self, name: &str) {
        self.regions.iter_mut().filter(|open| open.tag == name).for_each(|open| open.within += 1);
    }

    fn close_within(&mut self, name: &str) {
        self.regions.retain_mut(|open| {
            if open.tag != name {
                return true;
            }
            let goes_on = open.within > 0;
            open.within = open.within.saturating_sub(1);
            goes_on
        });
    }

    fn close(&mut self, name: &str) {
        if let Some((kind, text)) = self.raw.take() {
            match kind {
                RawText::Title if self.markup.title.is_none() => {
                    self.markup.title = filled(collapse(&resolved_text(text)));
                }
                RawText::JsonLd if self.markup.json_ld.len() < 64 => {
                    self.markup.json_ld.push(text.to_owned());
                }
                _ => {}
            }
            return;
        }
        if self.is_in(Region::Hidden) {
            self.close_within(name);
            // What is not shown counted for nothing when it was opened.
            if self.is_in(Region::Hidden) {
                return;
            }
            return self.nesting.close(name);
        }
        self.end_date();
        if is_block(name) {
            if !is_cell(name) {
                if name == "h1" && self.heading.is_none() {
                    self.heading = filled(collapse(&self.block));
                }
                self.end_block();
                self.in_heading = false;
            }
            self.nesting.close(name);
        }
        self.close_within(name);
    }

    /// Whether a region makes a difference where it begins.
    fn may_begin(&self, region: Region) -> bool {
        match region {
            Region::Doubt(_) => self.doubts_open().count() < DEEPEST_DOUBT,
            Region::Article(_) => self.article_open().is_none(),
            _ => !self.is_in(region),
        }
    }

    fn article_open(&self) -> Option<u32> {
        self.regions.iter().find_map(|open| match open.region {
            Region::Article(number) => Some(number),
            _ => None,
        })
    }

    fn is_in_main(&self) -> bool {
        self.is_in(Region::Main) || self.article_open().is_some()
    }

    fn doubts_open(&self) -> impl Iterator<Item = u32> {
        self.regions.iter().filter_map(|open| match open.region {
            Region::Doubt(number) => Some(number),
            _ => None,
        })
    }

    /// The cells of a row stand in one line: a figure means nothing without the words beside it.
    fn separate_cells(&mut self) {
        let written = self.block.trim_end().len();
        // Blanks that pile up between empty cells would be gone through again at each of them.
        self.block.truncate(written);
        if written > 0 && !self.block.ends_with('|') {
            self.block.push_str(" | ");
        }
    }

    /// Text before a region of another kind is a block of its own; links stand within their block.
    fn end_block_before(&mut self, region: Region) {
        if region != Region::Link {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        let text = if self.block.trim_ascii().is_empty() { String::new() } else { collapse(&self.block) };
        if !text.is_empty() && self.markup.blocks.len() < MOST_BLOCKS {
            let all_links = self.linked * 10 >= text.len() * 9 && text.split(' ').count() < 25;
            let block = Block {
                text,
                origin: self.origin.take().unwrap_or_default(),
                main: self.is_in_main(),
                article: self.article_open(),
                furniture: self.is_in(Region::Furniture) || all_links && !self.in_heading,
                doubts: self.doubts_open().collect(),
                linked: self.linked,
                heading: self.in_heading,
                depth: self.nesting.depth(),
                shallowest: self.nesting.shallowest_since_asked(),
            };
            let is_own = !block.furniture && block.doubts.is_empty() && block.linked == 0;
            if is_own && self.markup.dates.len() < MOST_DATES && published::is_line(&block.text) {
                self.markup.dates.push((DateMark::Line, block.text.clone()));
            }
            self.markup.blocks.push(block);
        }
        self.block.clear();
        self.origin = None;
        self.linked = 0;
    }

    fn is_in(&self, region: Region) -> bool {
        self.regions.iter().any(|open| open.region == region)
    }

    /// Takes down what `<html>`, `<meta>` and `<time>` state.
    fn note_facts(&mut self, tag: &Start<'_>) {
        let markup = &mut self.markup;
        match &*tag.name {
            "html" if markup.language.is_none() => {
                let code = tag.attribute("lang").unwrap_or_default();
                let primary = code.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
                let is_code =
                    (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
                markup.language = is_code.then_some(primary);
            }
            "link" if tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                markup.dates.extend(tag.filled_attribute("href").map(|url| (DateMark::Address, url)));
            }
            "meta" => {
                let Some(key) =
                    ["property", "name", "itemprop"].iter().find_map(|key| tag.filled_attribute(key))
                else {
                    return;
                };
                let Some(content) = tag.filled_attribute("content") else { return };
                match key.to_ascii_lowercase().as_str() {
                    "og:url" => markup.dates.push((DateMark::Address, content)),
                    "description" => markup.description = Some(content),
                    "og:description" if markup.description.is_none() => markup.description = Some(content),
                    "og:title" => self.open_graph_title = Some(content),
                    key => markup.dates.extend(DateMark::of_meta(key).map(|mark| (mark, content))),
                }
            }
            _ => {}
        }
    }

    /// Takes down the date that an element is marked with, or begins to read the one that it holds.
    fn note_date(&mut self, tag: &Start<'_>) {
        if self.markup.dates.len() >= MOST_DATES {
            return;
        }
        let Some(mark) = DateMark::of_element(&tag.name, |key| tag.attribute(key), self.is_in_main()) else {
            return;
        };
        let stated = ["datetime", "content", "title"].iter().find_map(|key| tag.filled_attribute(key));
        match stated.filter(|value| value.bytes().any(|byte| byte.is_ascii_digit())) {
            Some(value) => self.markup.dates.push((mark, value)),
            None => self.dated = Some((mark, self.block.len())),
        }
    }

    /// Takes down the date that an element held, when it ends.
    fn end_date(&mut self) {
        let Some((mark, from)) = self.dated.take() else { return };
        let text = collapse(self.block.get(from..).unwrap_or_default());
        if text.len() < 80 && text.bytes().any(|byte| byte.is_ascii_digit()) {
            self.markup.dates.push((mark, text));
        }
    }

    fn finish(mut self) -> Markup {
        self.end_block();
        let Self { mut markup, heading, open_graph_title, .. } = self;
        markup.title = markup.title.or(open_graph_title).or(heading);
        markup
    }
}

/// Where `part`, which is a part of `whole`, begins in it.
pub(super) fn place_in(whole: &str, part: &str) -> Option<usize> {
    let at = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    (at + part.len() <= whole.len()).then_some(at)
}

/// How many bytes [`collapse`] leaves of `text`, but for what it drops of a word.
fn collapsed_length(text: &str) -> usize {
    text.split_whitespace().map(|word| word.len() + 1).sum::<usize>().saturating_sub(1)
}

/// What becomes of the text of an element that can hold no tags.
fn raw_text(tag: &Start<'_>) -> Option<RawText> {
    match tag.name.as_bytes() {
        b"title" => Some(RawText::Title),
        b"script" => {
            let kind = tag.filled_attribute("type").unwrap_or_default();
            let is_data = kind.eq_ignore_ascii_case("application/ld+json");
            Some(if is_data { RawText::JsonLd } else { RawText::Ignored })
        }
        b"style" | b"noembed" | b"noframes" | b"iframe" | b"xmp" | b"textarea" => Some(RawText::Ignored),
        _ => None,
    }
}

/// Whether an element says something of the page, or holds what does, wherever it stands.
fn states_something(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"html"
            | b"link"
            | b"meta"
            | b"title"
            | b"script"
            | b"style"
            | b"noembed"
            | b"noframes"
            | b"iframe"
            | b"xmp"
            | b"textarea"
    )
}

/// Whether anything is made of the attributes of an element. Links have many, and nobody asks for them.
fn is_asked_for_more(name: &str) -> bool {
    match name.as_bytes() {
        b"link" | b"meta" => true,
        b"a" | b"svg" => false,
        _ => !is_void(name),
    }
}

/// Whether an element may be marked as the date of the page.
fn may_hold_date(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"time"
            | b"abbr"
            | b"span"
            | b"div"
            | b"p"
            | b"li"
            | b"small"
            | b"td"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
    )
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

fn is_cell(name: &str) -> bool {
    matches!(name.as_bytes(), b"td" | b"th")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        let is_text = |block: &Block| !block.furniture && block.doubts.is_empty();
        read(&Apart::of(html)).blocks.into_iter().filter(is_text).map(|block| block.text).collect()
    }

    #[test]
    fn a_block_ends_with_its_element_and_not_with_a_link() {
        assert_eq!(texts("<p>One <a href=x>two</a> three<p>four<br>five"), ["One two three", "four", "five"]);
    }

    #[test]
    fn a_region_ends_with_its_own_end_tag() {
        assert_eq!(
            texts("<div class='nav menu'><div>a</div>b</div>c<div hidden><div>d</div>e</div>f"),
            ["c", "f"]
        );
        assert_eq!(texts("</nav>a<nav>b</div>c</nav>d"), ["a", "d"]);
    }

    #[test]
    fn lists_of_links_are_furniture() {
        assert_eq!(texts("<ul><li><a href=x>Another story</a></li></ul><p>Text</p>"), ["Text"]);
    }

    #[test]
    fn the_cells_of_a_row_are_one_block() {
        assert_eq!(
            texts(
                "<table><tr><th>Country</th><td>48,000</td></tr><tr><td><p>Other</p></td><td>12</td></tr></table>"
            ),
            ["Country | 48,000", "Other", "12"]
        );
    }

    #[test]
    fn a_script_that_never_ends_swallows_only_itself() {
        assert_eq!(texts("<p>before</p><script>var a = '</p>';"), ["before"]);
    }
}
