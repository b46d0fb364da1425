//! Markdown: `CommonMark` with the tables, footnotes, task lists and strikethrough of GitHub, and front matter.
//!
//! Raw HTML is left out but for the `href` of its links. Pictures are not cited sources and are left out as well.

use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, RefDefs, Tag, TagEnd};

use super::block::{Block, BlockKind, LinkTarget};
use super::content::{Content, MOST_BLOCKS};
use super::front_matter::FrontMatter;
use super::locator::Locator;
use super::markdown_html::{decoded, tag_name, targets};
use super::place::{Place, PlaceMap};
use super::sign;
use super::text_builder::TextBuilder;

/// The content of a Markdown text. Its title is the first heading, else what the front matter says.
pub(super) fn content(source: &str) -> Content {
    let Reader { mut blocks, starred, front, .. } = read(source);
    sign::bind(&mut blocks, &starred);
    let FrontMatter { title, language, dates } = FrontMatter::read(&front);
    let title = title.filter(|_| !blocks.iter().any(Block::is_heading));
    Content { blocks, title, language, dates, relative_links: 0 }
}

/// Goes through a Markdown text to its end.
fn read(source: &str) -> Reader<'_> {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    // `[[1]](https://…)` is a link with brackets in its words, and no link of a wiki.
    options.set(Options::ENABLE_WIKILINKS, source.contains("[[") && !source.contains("]]("));
    let mut reader = Reader::new(source);
    let mut events = Parser::new_ext(source, options).into_offset_iter();
    while let Some((event, range)) = events.next() {
        reader.event(event, range, events.reference_definitions());
    }
    reader.flush();
    reader
}

/// Goes through the events of the parser and builds the blocks.
struct Reader<'a> {
    source: &'a str,
    /// Where the reading stands, for the places of what follows.
    locator: Locator<'a>,
    /// The last place ahead of that that was asked for.
    ahead: Locator<'a>,
    /// The places of the whole source, once one before that is asked for.
    places: OnceCell<PlaceMap>,
    /// What each open container makes of the text in it, innermost last.
    kinds: Vec<BlockKind>,
    /// Open links, innermost last.
    links: Vec<OpenLink>,
    /// How many open elements hide the text within them: pictures, front matter.
    hidden: usize,
    /// Whether front matter is open, and all of it so far.
    in_front: bool,
    front: String,
    text: TextBuilder,
    blocks: Vec<Block>,
    /// Open lists, innermost last.
    lists: Vec<OpenList>,
    /// Blocks that are the only item of a list marked with an asterisk: it may be the sign of a note.
    starred: Vec<usize>,
}

/// A list that is open.
#[derive(Default)]
struct OpenList {
    items: usize,
    /// How many blocks come before its first item.
    start: usize,
    /// Whether an asterisk marks its last item.
    starred: bool,
}

/// A link that is open.
struct OpenLink {
    /// Where its words begin.
    start: usize,
    target: LinkTarget,
    /// Where the target stands.
    place: Place,
    /// The name of the element that it is, where it is one of HTML.
    tag: Option<String>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            locator: Locator::new(source),
            ahead: Locator::new(source),
            places: OnceCell::new(),
            kinds: Vec::new(),
            links: Vec::new(),
            hidden: 0,
            in_front: false,
            front: String::new(),
            text: TextBuilder::default(),
            blocks: Vec::new(),
            lists: Vec::new(),
            starred: Vec::new(),
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>, definitions: &RefDefs) {
        match event {
            Event::Start(tag) => self.start(tag, range, definitions),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_front => self.front.push_str(&text),
            _ if self.hidden > 0 => {}
            // The words of a link of a wiki may run over lines, and come as one text all the same.
            Event::Text(text) if self.runs_over_lines(&text) => self.push_words(&text, range),
            Event::Text(text) => self.push(&text, range.start),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push_words(&text, range);
            }
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                let place = self.place(range.start);
                self.text.marker(&label, place);
            }
            Event::SoftBreak | Event::HardBreak => self.text.push_break(),
            Event::Rule => self.flush(),
            // The block of HTML was read as a whole: a tag may run over lines.
            Event::TaskListMarker(_) | Event::Html(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>, definitions: &RefDefs) {
        match tag {
            Tag::Link { link_type, dest_url, id, .. } => {
                self.open_link(link_type, &dest_url, &id, range, definitions);
            }
            Tag::Image { .. } => self.hidden += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            Tag::MetadataBlock(_) => {
                self.flush();
                self.in_front = true;
                self.hidden += 1;
            }
            container => {
                self.flush();
                self.begin_item(&container, range.start);
                let is_html = matches!(container, Tag::HtmlBlock);
                let kind = self.kind_of(container);
                self.kinds.push(kind);
                if is_html && self.hidden == 0 {
                    self.block_html(range);
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.close_link(),
            TagEnd::Image | TagEnd::MetadataBlock(_) => {
                self.in_front = false;
                self.hidden = self.hidden.saturating_sub(1);
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            _ => {
                self.flush();
                self.kinds.pop();
                if matches!(tag, TagEnd::List(_)) {
                    self.end_list();
                }
            }
        }
    }

    /// Takes note of a list, or of an item of one, that begins at byte `start`.
    fn begin_item(&mut self, container: &Tag, start: usize) {
        match container {
            Tag::List(_) => self.lists.push(OpenList { start: self.blocks.len(), ..OpenList::default() }),
            Tag::Item => {
                let starred = self.source.as_bytes().get(start) == Some(&b'*');
                if let Some(list) = self.lists.last_mut() {
                    (list.items, list.starred) = (list.items + 1, starred);
                }
            }
            _ => {}
        }
    }

    fn end_list(&mut self) {
        if let Some(OpenList { items: 1, start, starred: true }) = self.lists.pop()
            && self.blocks.len() == start + 1
        {
            self.starred.push(start);
        }
    }

    /// What a container makes of the text in it; a paragraph of a list item or a note is part of that.
    fn kind_of(&self, container: Tag) -> BlockKind {
        match container {
            Tag::Heading { .. } => BlockKind::Heading,
            Tag::CodeBlock(_) | Tag::HtmlBlock => BlockKind::Code,
            Tag::TableCell => BlockKind::Cell,
            Tag::FootnoteDefinition(label) => BlockKind::Note(label.to_string()),
            Tag::Item => match self.kind() {
                note @ BlockKind::Note(_) => note,
                _ => BlockKind::ListItem,
            },
            _ => self.kind(),
        }
    }

    fn kind(&self) -> BlockKind {
        self.kinds.last().cloned().unwrap_or_default()
    }

    fn flush(&mut self) {
        while !self.links.is_empty() {
            self.close_link();
        }
        if self.text.is_empty() {
            return;
        }
        let block = self.text.take(self.kind(), 0);
        if self.blocks.len() <= MOST_BLOCKS {
            self.blocks.push(block);
        }
    }

    fn push(&mut self, text: &str, offset: usize) {
        let place = self.place(offset);
        if self.kinds.last() == Some(&BlockKind::Code) {
            self.text.push_preformatted(text, place);
        } else {
            self.text.push(text, place);
        }
    }

    fn runs_over_lines(&self, text: &str) -> bool {
        text.trim().contains(['\n', '\r']) && self.kinds.last() != Some(&BlockKind::Code)
    }

    /// Adds inline code word by word, for its source has fences and may run over lines.
    fn push_words(&mut self, text: &str, range: Range<usize>) {
        let mut at = range.start;
        for (index, word) in text.split_whitespace().enumerate() {
            if index > 0 {
                self.text.push_break();
            }
            at += self.source[at..range.end].find(word).unwrap_or(0);
            self.push(word, at);
            at = self.source.ceil_char_boundary(at + word.len()).min(range.end);
        }
    }

    fn open_link(
        &mut self,
        link_type: LinkType,
        target: &CowStr,
        id: &str,
        range: Range<usize>,
        definitions: &RefDefs,
    ) {
        let is_reference =
            matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
        // The words of the link come next, and its target after them.
        self.place(range.start);
        let definition = if is_reference { definitions.get(id) } else { None };
        let span = definition.map_or(range, |definition| definition.span.clone());
        let raw = &self.source[span.clone()];
        let at_end = || raw.strip_suffix(')').and_then(|raw| raw.strip_suffix(target.as_ref())).map(str::len);
        let found = if is_reference {
            raw.find(target.as_ref())
        } else {
            at_end().or_else(|| raw.rfind(target.as_ref()))
        };
        let target_at = span.start + found.unwrap_or(0);
        let place = if is_reference { self.place_apart(target_at) } else { self.place_ahead(target_at) };
        let url =
            if link_type == LinkType::Email { format!("mailto:{target}") } else { String::from(&**target) };
        let start = self.text.text().len();
        self.links.push(OpenLink { start, target: LinkTarget::Url(url), place, tag: None });
    }

    fn close_link(&mut self) {
        if let Some(OpenLink { start, target, place, .. }) = self.links.pop() {
            self.text.link(start, target, place);
        }
    }

    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        if let Some(target) = targets(html).first().cloned() {
            let place = self.place(range.start + target.start);
            let (start, tag) = (self.text.text().len(), Some(tag_name(html).to_owned()));
            self.links.push(OpenLink { start, target: LinkTarget::Url(decoded(&html[target])), place, tag });
            if html.ends_with("/>") {
                self.close_link();
            }
        } else if let Some(OpenLink { tag: Some(tag), .. }) = self.links.last()
            && html.starts_with("</")
            && tag_name(html).eq_ignore_ascii_case(tag)
        {
            self.close_link();
        }
    }

    /// A block of HTML becomes its link targets, a line each.
    fn block_html(&mut self, range: Range<usize>) {
        let html = &self.source[range.clone()];
        for target in targets(html) {
            let place = self.place(range.start + target.start);
            self.text.push_line_end();
            let start = self.text.text().len();
            self.text.push_preformatted(&html[target.clone()], place);
            self.text.link(start, LinkTarget::Url(decoded(&html[target])), place);
        }
    }

    /// The place of a byte of the source, up to which it was read.
    fn place(&mut self, offset: usize) -> Place {
        if offset < self.locator.at() {
            return self.place_apart(offset);
        }
        if (self.locator.at()..=offset).contains(&self.ahead.at()) {
            self.locator = self.ahead.clone();
        }
        self.locator.place(offset)
    }

    /// The place of a byte somewhat ahead, after which the reading goes on where it stands.
    fn place_ahead(&mut self, offset: usize) -> Place {
        if offset < self.locator.at() {
            return self.place_apart(offset);
        }
        self.ahead = self.locator.clone();
        self.ahead.place(offset)
    }

    /// The place of a byte anywhere in the source; its first one for an offset that is none.
    fn place_apart(&self, offset: usize) -> Place {
        let first = Place { line: 1, column: 1, page: None };
        let places = self.places.get_or_init(|| PlaceMap::of_file(self.source));
        places.place(self.source, offset).unwrap_or(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(source: &str) -> Vec<Block> {
        read(source).blocks
    }

    fn texts(source: &str) -> Vec<(BlockKind, String)> {
        blocks(source).into_iter().map(|block| (block.kind, block.text)).collect()
    }

    /// Every link: its words, its target, line and column of the target.
    fn links(source: &str) -> Vec<(String, String, u32, u32)> {
        let of_block = |block: Block| {
            let Block { text, links, .. } = block;
            links.into_iter().map(move |link| match link.target {
                LinkTarget::Url(url) => {
                    (text[link.range].to_owned(), url, link.place.line, link.place.column)
                }
                LinkTarget::Note(label) => {
                    (text[..link.range.start].to_owned(), label, link.place.line, link.place.column)
                }
            })
        };
        blocks(source).into_iter().flat_map(of_block).collect()
    }

    fn link(words: &str, target: &str, line: u32, column: u32) -> (String, String, u32, u32) {
        (words.to_owned(), target.to_owned(), line, column)
    }

    #[test]
    fn blocks_of_every_kind_are_told_apart() {
        use BlockKind::{Cell, Code, Heading, ListItem, Note, Paragraph};
        let source = "---\ntitle: Front\n---\n# Head *line*\n\nA soft\nbreak.\n\n- one\n- two\n  - three\n\n> Quoted.\n\n\
            ```\ncode  x\n```\n\n| a | b |\n|---|---|\n| c | d |\n\nWords.[^n]\n\n[^n]: A note.\n";
        let expected = [
            (Heading, "Head line"),
            (Paragraph, "A soft break."),
            (ListItem, "one"),
            (ListItem, "two"),
            (ListItem, "three"),
            (Paragraph, "Quoted."),
            (Code, "code  x"),
            (Cell, "a"),
            (Cell, "b"),
            (Cell, "c"),
            (Cell, "d"),
            (Paragraph, "Words."),
            (Note("n".to_owned()), "A note."),
        ];
        assert_eq!(texts(source), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn links_of_every_kind_have_the_place_of_their_target() {
        let source = "See [the *page*](https://a.org/x \"T\") and [this][r], [r], <https://b.org/>.\n\n[r]: https://c.org/y\n";
        let expected = [
            link("the page", "https://a.org/x", 1, 18),
            link("this", "https://c.org/y", 3, 6),
            link("r", "https://c.org/y", 3, 6),
            link("https://b.org/", "https://b.org/", 1, 60),
        ];
        assert_eq!(links(source), expected);
    }

    #[test]
    fn a_footnote_marker_takes_no_room() {
        assert_eq!(links("Words.[^a] More.\n\n[^a]: Note.\n"), [link("Words.", "a", 1, 7)]);
        assert_eq!(texts("Words.[^a] More.\n\n[^a]: Note.\n")[0].1, "Words. More.");
    }

    #[test]
    fn of_raw_html_only_links_count() {
        let source = "A <a href=\"https://a.org/?x=1&amp;y=2\">word</a> here.\n\n<div><a href='https://b.org/'>b</a> <img src='https://c.org/'></div>\n";
        let expected =
            [link("word", "https://a.org/?x=1&y=2", 1, 12), link("https://b.org/", "https://b.org/", 3, 15)];
        assert_eq!(links(source), expected);
    }

    #[test]
    fn components_lead_where_their_href_does() {
        let source = "A <Card href=\"https://a.org/\">word</Card> here <Icon href='https://b.org/' /> too.\n\n<Cards>\n<Card\n title=\"T\"\n href={\"https://c.org/\"}>\nwords\n</Card>\n</Cards>\n";
        let expected = [
            link("word", "https://a.org/", 1, 15),
            link("", "https://b.org/", 1, 60),
            link("https://c.org/", "https://c.org/", 6, 9),
        ];
        assert_eq!(links(source), expected);
    }

    #[test]
    fn a_linked_picture_is_a_link_without_words() {
        assert_eq!(
            links("[![alt](https://a.org/p.png)](https://b.org/)\n"),
            [link("", "https://b.org/", 1, 31)]
        );
    }

    #[test]
    fn the_front_matter_gives_the_title_where_no_heading_does() {
        let title = |source: &str| content(source).title;
        assert_eq!(title("---\ntitle: Front\n---\n\nWords.\n").as_deref(), Some("Front"));
        assert_eq!(title("---\ntitle: Front\n---\n\n# Head\n"), None, "the heading is found by the caller");
        assert_eq!(content("+++\nlanguage = \"de\"\n+++\n\nWorte.\n").language.as_deref(), Some("de"));
    }

    #[test]
    fn links_of_a_wiki_are_their_words() {
        assert_eq!(texts("See [[Page]] and [[Other|that]].\n")[0].1, "See Page and that.");
        assert_eq!(links("See [[1]](https://a.org/).\n"), [link("[1]", "https://a.org/", 1, 11)]);
    }

    #[test]
    fn deep_nesting_ends() {
        assert!(blocks(&"> ".repeat(50_000)).is_empty());
        assert!(!blocks(&"[".repeat(50_000)).is_empty());
        assert!(!blocks(&format!("{}x", "- ".repeat(5_000))).is_empty());
    }
}
