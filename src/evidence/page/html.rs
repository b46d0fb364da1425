//! HTML to blocks of text, in one pass over the tokens.
//!
//! No tree is built: a tree costs quadratic time on hostile nesting (every `<p>` looks through all open elements),
//! and the text of a page needs only to know which regions are open. The tokenizer is html5ever's.

use std::cell::RefCell;
use std::collections::HashMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::page_text::collapse;
use super::published;
use crate::markup::{is_block, is_furniture_role, is_void, names_furniture};

/// The most blocks of one page that are kept.
const MOST_BLOCKS: usize = 200_000;
/// Words in the `class` or `id` of what news pages put around their text, besides those that every page has.
const PAGE_FURNITURE: [&str; 22] = [
    "author",
    "authors",
    "banner",
    "byline",
    "comment",
    "commentlist",
    "copyright",
    "disqus",
    "modal",
    "nav",
    "outbrain",
    "pagination",
    "popup",
    "respond",
    "sharing",
    "shoutbox",
    "subscribe",
    "taboola",
    "tags",
    "teaser",
    "warning",
    "widget",
];
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

/// Where a page says a date, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DateMark {
    /// `datePublished` and the like in JSON-LD.
    Data,
    /// A `<meta>` that names the publication.
    Meta,
    /// An element that is marked as the date of publication.
    Marked,
    /// `<time>` in the main text.
    Time,
    /// The path of the page's own URL.
    Address,
    /// A `<meta>` that names a date without saying of what.
    VagueMeta,
    /// `<time>` elsewhere, or an element whose class says date.
    Elsewhere,
    /// A `<meta>` or JSON-LD that names the last change.
    Changed,
}

/// A block of visible text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its words, white space collapsed.
    pub(super) text: String,
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
}

/// Reads `html`.
pub(super) fn read(html: &str) -> Markup {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // Scripts are never run, so the tokenizer asks for nothing and one call takes all of the input.
    let _continued = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.reader.into_inner().finish()
}

#[derive(Default)]
struct Sink {
    reader: RefCell<Reader>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.reader.borrow_mut();
        match token {
            Token::CharacterTokens(text) => reader.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return reader.open(&tag),
            Token::TagToken(tag) => reader.close(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A kind of region that changes what becomes of the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    /// `<main>`.
    Main,
    /// `<article>`, with its number.
    Article(u32),
    /// Navigation and the like.
    Furniture,
    /// Furniture by its class or id alone, with its number.
    Doubt(u32),
    /// Not shown at all.
    Hidden,
    /// The text of a link.
    Link,
}

/// An open region: it ends with the end tag that matches the tag that began it.
struct Open {
    region: Region,
    tag: String,
    /// How many elements of the same name were open when it began.
    level: usize,
}

#[derive(Default)]
struct Reader {
    markup: Markup,
    heading: Option<String>,
    open_graph_title: Option<String>,
    block: String,
    /// How many bytes of `block` are link text.
    linked: usize,
    regions: Vec<Open>,
    /// How many elements of each name are open.
    levels: HashMap<String, usize>,
    raw: Option<(RawText, String)>,
    /// How many regions there were.
    numbered: u32,
    /// Whether the block that is being read is a heading.
    in_heading: bool,
    /// The element that holds a date, and where in `block` its text begins.
    dated: Option<(DateMark, usize)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RawText {
    Title,
    JsonLd,
    Ignored,
}

impl Reader {
    fn text(&mut self, text: &str) {
        if let Some((kind, raw)) = &mut self.raw {
            if *kind != RawText::Ignored {
                raw.push_str(text);
            }
            return;
        }
        if self.is_in(Region::Hidden) {
            return;
        }
        self.block.push_str(text);
        if self.is_in(Region::Link) {
            self.linked += text.trim().len();
        }
    }

    fn open(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        if let Some((kind, state)) = raw_text(name, tag) {
            self.raw = Some((kind, String::new()));
            return TokenSinkResult::RawData(state);
        }
        self.note_facts(name, tag);
        if is_void(name) {
            if name == "br" || name == "hr" {
                self.end_block();
            }
            return TokenSinkResult::Continue;
        }
        if is_block(name) {
            self.dated = None;
        }
        if is_cell(name) {
            self.separate_cells();
        } else if is_block(name) {
            self.end_block();
            self.in_heading = is_heading(name);
        }
        if matches!(name, "time" | "abbr" | "span" | "div" | "p" | "li") {
            self.note_date(name, tag);
        }
        let level = self.levels.entry(name.to_owned()).or_default();
        *level += 1;
        // One region of a kind inside another changes nothing, so regions stay few however deep the page is.
        let region = region(name, tag, self.is_in_main(), self.numbered);
        if let Some(region) = region.filter(|region| self.may_begin(*region)) {
            self.numbered += 1;
            let level = self.levels.get(name).copied().unwrap_or_default();
            self.end_block_before(region);
            self.regions.push(Open { region, tag: name.to_owned(), level });
        }
        TokenSinkResult::Continue
    }

    fn close(&mut self, name: &str) {
        if let Some((kind, text)) = self.raw.take() {
            match kind {
                RawText::Title if self.markup.title.is_none() => self.markup.title = filled(collapse(&text)),
                RawText::JsonLd if self.markup.json_ld.len() < 64 => self.markup.json_ld.push(text),
                _ => {}
            }
            return;
        }
        self.end_date();
        if is_block(name) && !is_cell(name) {
            if name == "h1" && self.heading.is_none() {
                self.heading = filled(collapse(&self.block));
            }
            self.end_block();
            self.in_heading = false;
        }
        let Some(level) = self.levels.get_mut(name).filter(|level| **level > 0) else { return };
        let ending = *level;
        *level -= 1;
        self.regions.retain(|open| open.tag != name || open.level < ending);
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
        let text = collapse(&self.block);
        if !text.is_empty() && self.markup.blocks.len() < MOST_BLOCKS {
            let all_links = self.linked * 10 >= text.len() * 9 && text.split(' ').count() < 25;
            let block = Block {
                text,
                main: self.is_in_main(),
                article: self.article_open(),
                furniture: self.is_in(Region::Furniture) || all_links && !self.in_heading,
                doubts: self.doubts_open().collect(),
                linked: self.linked,
                heading: self.in_heading,
            };
            self.markup.blocks.push(block);
        }
        self.block.clear();
        self.linked = 0;
    }

    fn is_in(&self, region: Region) -> bool {
        self.regions.iter().any(|open| open.region == region)
    }

    /// Takes down what `<html>`, `<meta>` and `<time>` state.
    fn note_facts(&mut self, name: &str, tag: &Tag) {
        let markup = &mut self.markup;
        match name {
            "html" if markup.language.is_none() => {
                let code = attribute(tag, "lang").unwrap_or_default();
                let primary = code.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
                let is_code =
                    (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
                markup.language = is_code.then_some(primary);
            }
            "link" if attribute(tag, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                markup.dates.extend(filled_attribute(tag, "href").map(|url| (DateMark::Address, url)));
            }
            "meta" => {
                let Some(key) =
                    ["property", "name", "itemprop"].iter().find_map(|key| filled_attribute(tag, key))
                else {
                    return;
                };
                let Some(content) = filled_attribute(tag, "content") else { return };
                match key.to_ascii_lowercase().as_str() {
                    "og:url" => markup.dates.push((DateMark::Address, content)),
                    "description" => markup.description = Some(content),
                    "og:description" if markup.description.is_none() => markup.description = Some(content),
                    "og:title" => self.open_graph_title = Some(content),
                    key => markup.dates.extend(published::meta(key).map(|mark| (mark, content))),
                }
            }
            _ => {}
        }
    }

    /// Takes down the date that an element is marked with, or begins to read the one that it holds.
    fn note_date(&mut self, name: &str, tag: &Tag) {
        if self.markup.dates.len() >= MOST_DATES {
            return;
        }
        let Some(mark) = published::element(name, |key| attribute(tag, key), self.is_in_main()) else {
            return;
        };
        let stated = ["datetime", "content", "title"].iter().find_map(|key| filled_attribute(tag, key));
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

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn filled_attribute(tag: &Tag, name: &str) -> Option<String> {
    attribute(tag, name).and_then(|value| filled(collapse(value)))
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Elements whose content is no markup, and how the tokenizer has to read them.
fn raw_text(name: &str, tag: &Tag) -> Option<(RawText, RawKind)> {
    match name {
        "title" => Some((RawText::Title, RawKind::Rcdata)),
        "script" => {
            let is_data = attribute(tag, "type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
            Some((if is_data { RawText::JsonLd } else { RawText::Ignored }, RawKind::ScriptData))
        }
        "style" | "noembed" | "noframes" | "iframe" | "xmp" => Some((RawText::Ignored, RawKind::Rawtext)),
        "textarea" => Some((RawText::Ignored, RawKind::Rcdata)),
        _ => None,
    }
}

fn region(name: &str, tag: &Tag, in_main: bool, number: u32) -> Option<Region> {
    match name {
        "body" | "html" => return None,
        "main" => return Some(Region::Main),
        "article" => return Some(Region::Article(number)),
        "a" => return Some(Region::Link),
        "template" | "svg" | "math" | "object" | "select" | "datalist" | "dialog" | "head" => {
            return Some(Region::Hidden);
        }
        _ => {}
    }
    if is_hidden(tag) {
        return Some(Region::Hidden);
    }
    match name {
        "nav" | "footer" | "aside" | "form" | "button" | "menu" => Some(Region::Furniture),
        // The header of an article holds its headline and byline.
        "header" => (!in_main).then_some(Region::Furniture),
        _ if has_furniture_role(tag) => Some(Region::Furniture),
        _ => has_furniture_words(tag).then_some(Region::Doubt(number)),
    }
}

fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    attribute(tag, "hidden").is_some()
        || attribute(tag, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn has_furniture_role(tag: &Tag) -> bool {
    attribute(tag, "role").is_some_and(is_furniture_role)
}

fn has_furniture_words(tag: &Tag) -> bool {
    ["class", "id"]
        .iter()
        .filter_map(|name| attribute(tag, name))
        .any(|value| names_furniture(value) || names_page_furniture(value))
}

fn names_page_furniture(value: &str) -> bool {
    value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| PAGE_FURNITURE.binary_search(&word.to_ascii_lowercase().as_str()).is_ok())
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        let is_text = |block: &Block| !block.furniture && block.doubts.is_empty();
        read(html).blocks.into_iter().filter(is_text).map(|block| block.text).collect()
    }

    #[test]
    fn the_words_of_page_furniture_are_sorted_for_the_search() {
        assert!(PAGE_FURNITURE.is_sorted());
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
