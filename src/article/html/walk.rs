//! Goes over the pieces of a page and builds its blocks.

use std::borrow::Cow;

use super::attributes::Attributes;
use super::head::Head;
use super::notes::Notes;
use super::page::Page;
use super::region::{Name, Region, Regions, Standing, is_heading};
use crate::article::block::Block;
use crate::article::locator::Locator;
use crate::article::place::Place;
use crate::article::text_builder::TextBuilder;
use crate::markup::{Piece, Pieces, Tag, is_block, is_void, resolved};

/// A number before the anchor of a note may be this long, in bytes, and belong to it.
const LONGEST_LABEL: usize = 8;

/// What is found on the way.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Every block that is shown, with where it stands.
    pub(super) blocks: Vec<(Block, Standing)>,
    /// What the page says of itself.
    pub(super) head: Head,
    /// The notes and their markers.
    pub(super) notes: Notes,
}

/// A link that is open.
pub(super) struct OpenLink<'a> {
    /// The element that it is.
    pub(super) tag: Name<'a>,
    /// Where its words begin in the text of the block.
    pub(super) start: usize,
    pub(super) href: &'a str,
    pub(super) place: Place,
    /// Whether something says that it leads to a note: a raised position, a role, a class.
    pub(super) marks: bool,
    /// Whether a part of it stands in a block that has ended.
    pub(super) used: bool,
}

/// A raised piece of text that is open.
pub(super) struct Raised {
    pub(super) start: usize,
    /// Whether it holds a marker.
    pub(super) marks: bool,
}

/// The state of the walk.
pub(super) struct Walk<'a> {
    pub(super) page: Page<'a>,
    pub(super) locator: Locator<'a>,
    pub(super) regions: Regions<'a>,
    pub(super) text: TextBuilder,
    pub(super) link: Option<OpenLink<'a>>,
    pub(super) raised: Option<Raised>,
    /// Whether a single line break was the last thing.
    pub(super) broken: bool,
    /// The label of the note that the block turned out to be.
    pub(super) block_note: Option<String>,
    /// `cite` of quotations whose first block has not begun.
    pub(super) cites: Vec<(&'a str, Place)>,
    articles: u32,
    pub(super) walked: Walked,
}

impl<'a> Walk<'a> {
    /// Goes over `page`; `notes` are those of the pages before it.
    pub(super) fn over(page: Page<'a>, notes: Notes) -> Self {
        let mut walk = Self {
            page,
            locator: Locator::new(page.html),
            regions: Regions::default(),
            text: TextBuilder::default(),
            link: None,
            raised: None,
            broken: false,
            block_note: None,
            cites: Vec::new(),
            articles: 0,
            walked: Walked { notes, ..Walked::default() },
        };
        let pieces = if page.xml { Pieces::of_xml(page.html) } else { Pieces::of(page.html) };
        for piece in pieces {
            match piece {
                Piece::Text(text) => walk.words(text),
                Piece::Open(tag) => walk.open(&tag),
                Piece::Close(name) => walk.close(&lower(name)),
                Piece::Raw(name, text) if name.eq_ignore_ascii_case("title") => walk.walked.head.title(text),
                Piece::Raw(_, text) => walk.walked.head.data(text),
            }
        }
        walk
    }

    /// What was found.
    pub(super) fn finish(mut self) -> Walked {
        self.close_link();
        self.end_block();
        self.change_regions(Regions::end_note);
        self.finish_block();
        self.walked
    }

    fn open(&mut self, tag: &Tag<'a>) {
        let name = lower(tag.name);
        let attributes = Attributes::of(tag);
        self.walked.head.note(&name, &attributes);
        if is_void(&name) {
            return self.void(&name);
        }
        let block = is_block(&name);
        if block && !self.regions.is_hidden() {
            self.end_block();
        }
        self.change_regions(|regions| regions.enter(&name, block));
        if self.regions.is_hidden() {
            return;
        }
        self.begin_note(&name, &attributes, block);
        self.begin_region(&name, &attributes);
        self.begin_words(&name, &attributes);
        // A component is written as in XML as often as not; `<a/>` is open all the same.
        if tag.closes_itself() && (self.page.xml || is_component(&name)) {
            self.close(&name);
        }
    }

    fn void(&mut self, name: &str) {
        match name {
            _ if self.regions.is_hidden() => {}
            "hr" => self.end_block(),
            "br" if self.regions.is_in(&Region::Code) => self.text.push_line_end(),
            // One is a line break, two are the end of a paragraph.
            "br" if self.broken => self.end_block(),
            "br" => {
                self.text.push_break();
                self.broken = !self.text.is_empty();
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &Name<'a>) {
        if is_component(name) && self.link.as_ref().is_some_and(|link| link.tag == *name) {
            self.close_link();
        }
        match &**name {
            _ if self.regions.is_hidden() => {}
            "a" => self.close_link(),
            "sup" => self.close_raised(),
            "q" => self.quotation_mark(name),
            _ if is_block(name) => self.end_block(),
            _ => {}
        }
        self.change_regions(|regions| regions.close(name));
    }

    /// Changes what is open. Where that ends a note, the note is a block.
    fn change_regions(&mut self, change: impl FnOnce(&mut Regions<'a>)) {
        let note = self.regions.note().map(str::to_owned);
        change(&mut self.regions);
        if let Some(label) = note.filter(|label| self.regions.note() != Some(label)) {
            self.block_note = Some(label);
            self.finish_block();
        }
    }

    /// Begins what an element makes of all that is in it.
    fn begin_region(&mut self, name: &Name<'a>, attributes: &Attributes<'a>) {
        let Some(region) = self.region(name, attributes) else { return };
        let is_open = match region {
            Region::Furniture => self.regions.is_furniture(),
            Region::Article(_) => self.regions.is_in_article(),
            _ => self.regions.is_in(&region),
        };
        if is_open {
            return;
        }
        if matches!(region, Region::Aside | Region::Furniture | Region::Main) {
            self.end_block();
        }
        if let Region::Article(_) = region {
            self.articles += 1;
        }
        self.regions.begin(region, name);
    }

    fn region(&self, name: &str, attributes: &Attributes<'_>) -> Option<Region> {
        if attributes.hidden {
            return Some(Region::Hidden);
        }
        let is_main_header = || self.regions.is_in(&Region::Main) || self.regions.is_in_article();
        Some(match name {
            "html" | "body" => return None,
            "template" | "svg" | "math" | "object" | "select" | "datalist" | "dialog" | "head" | "button"
            | "canvas" | "audio" | "video" | "map" | "del" | "rt" | "rp" => Region::Hidden,
            "main" => Region::Main,
            "article" => Region::Article(self.articles),
            "nav" | "aside" | "menu" => Region::Aside,
            "footer" => Region::Furniture,
            // The header of an article holds its headline and byline.
            "header" if !is_main_header() => Region::Furniture,
            "li" | "dt" | "dd" => Region::Item,
            "td" | "th" => Region::Cell,
            "figcaption" | "caption" => Region::Caption,
            "pre" | "listing" | "plaintext" => Region::Code,
            _ if is_heading(name) => Region::Heading,
            _ => match attributes.role {
                Some("main") => Region::Main,
                Some("article") => Region::Article(self.articles),
                Some("heading") => Region::Heading,
                _ if attributes.name_furniture() => Region::Furniture,
                _ => return None,
            },
        })
    }

    /// Begins a note, if a marker leads to this element.
    fn begin_note(&mut self, name: &Name<'a>, attributes: &Attributes<'a>, block: bool) {
        if !self.walked.notes.any() || is_heading(name) || matches!(&**name, "body" | "main" | "article") {
            return;
        }
        let ids = [attributes.id, attributes.name.filter(|_| &**name == "a")];
        let Some(label) = ids.into_iter().flatten().find_map(|id| self.walked.notes.begins(&resolved(id)))
        else {
            return;
        };
        if block {
            self.change_regions(Regions::end_note);
            self.regions.begin(Region::Note(label), name);
        } else if self.regions.note().is_none() && self.text.text().len() <= LONGEST_LABEL {
            self.block_note = Some(label);
        }
    }

    /// Begins what an element adds to the words in it.
    fn begin_words(&mut self, name: &Name<'a>, attributes: &Attributes<'a>) {
        match &**name {
            "a" => {
                self.close_link();
                self.begin_link(name, attributes);
            }
            "sup" => {
                self.raised = Some(Raised { start: self.text.text().len(), marks: false });
                if let Some(link) = &mut self.link {
                    link.marks = true;
                }
            }
            "blockquote" | "q" => {
                if let Some(cite) = attributes.cite {
                    self.cites.push((cite, self.locator.place_of(cite)));
                }
                if &**name == "q" {
                    self.quotation_mark(name);
                }
            }
            _ if attributes.href.is_some() && is_component(name) => {
                self.close_link();
                self.begin_link(name, attributes);
            }
            _ => {}
        }
    }

    fn begin_link(&mut self, name: &Name<'a>, attributes: &Attributes<'a>) {
        if let Some(href) = attributes.href {
            let place = self.locator.place_of(href);
            let marks = self.raised.is_some() || attributes.mark_a_note();
            let start = self.text.text().len();
            self.link = Some(OpenLink { tag: name.clone(), start, href, place, marks, used: false });
        }
    }
}

/// Whether an element is one of the page's own making, whose name has a hyphen (WHATWG HTML §4.13.3).
fn is_component(name: &str) -> bool {
    name.contains('-')
}

/// A name in lower case.
fn lower(name: &str) -> Name<'_> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
