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
use crate::markup::{is_block, is_furniture_role, is_void, names_furniture};

/// The most blocks of one page that are kept.
const MOST_BLOCKS: usize = 200_000;
/// What one pass over a page finds.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// `<title>`, or `og:title`, or the first `<h1>`.
    pub(super) title: Option<String>,
    /// The date of publication as the page writes it.
    pub(super) published: Option<String>,
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
    /// Whether it stands in `<article>` or `<main>`.
    pub(super) main: bool,
    /// Whether it is navigation, a banner or the like.
    pub(super) furniture: bool,
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
    /// `<article>`, `<main>`.
    Main,
    /// Navigation and the like.
    Furniture,
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
            self.end_block();
        }
        let level = self.levels.entry(name.to_owned()).or_default();
        *level += 1;
        // One region of a kind inside another changes nothing, so regions stay few however deep the page is.
        if let Some(region) = region(name, tag, self.is_in(Region::Main))
            && !self.is_in(region)
        {
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
        if is_block(name) {
            if name == "h1" && self.heading.is_none() {
                self.heading = filled(collapse(&self.block));
            }
            self.end_block();
        }
        let Some(level) = self.levels.get_mut(name).filter(|level| **level > 0) else { return };
        let ending = *level;
        *level -= 1;
        self.regions.retain(|open| open.tag != name || open.level < ending);
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
            let furniture = self.is_in(Region::Furniture) || all_links;
            self.markup.blocks.push(Block { text, main: self.is_in(Region::Main), furniture });
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
            "time" if markup.published.is_none() => markup.published = filled_attribute(tag, "datetime"),
            "meta" => {
                let Some(key) =
                    ["property", "name", "itemprop"].iter().find_map(|key| filled_attribute(tag, key))
                else {
                    return;
                };
                let Some(content) = filled_attribute(tag, "content") else { return };
                match key.to_ascii_lowercase().as_str() {
                    "article:published_time" | "datepublished" => markup.published = Some(content),
                    "description" => markup.description = Some(content),
                    "og:description" if markup.description.is_none() => markup.description = Some(content),
                    "og:title" => self.open_graph_title = Some(content),
                    _ => {}
                }
            }
            _ => {}
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

fn region(name: &str, tag: &Tag, in_main: bool) -> Option<Region> {
    match name {
        "body" | "html" => return None,
        "article" | "main" => return Some(Region::Main),
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
        _ => is_furniture(tag).then_some(Region::Furniture),
    }
}

fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    attribute(tag, "hidden").is_some()
        || attribute(tag, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn is_furniture(tag: &Tag) -> bool {
    attribute(tag, "role").is_some_and(is_furniture_role)
        || ["class", "id"].iter().filter_map(|name| attribute(tag, name)).any(names_furniture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        read(html).blocks.into_iter().filter(|block| !block.furniture).map(|block| block.text).collect()
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
    fn a_script_that_never_ends_swallows_only_itself() {
        assert_eq!(texts("<p>before</p><script>var a = '</p>';"), ["before"]);
    }
}
