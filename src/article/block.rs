//! The model of an article: blocks of text in reading order.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::charset::Charset;
use super::place::{Place, PlaceMap};
use crate::digest::Digest;
use crate::markup::DateMark;

/// One article, read and repaired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The path or URL it was named by; `-` for standard input.
    pub path: String,
    /// Digest of the bytes as they were read.
    pub sha256: Digest,
    /// The format it was read as.
    pub kind: Kind,
    /// The character encoding its text was read in; `None` where the format has none of its own, as PDF.
    pub encoding: Option<Charset>,
    /// The title that the format marks, else the first heading, where it has one.
    pub title: Option<String>,
    /// ISO 639-1 code of the language, `und` when it could not be told.
    pub language: String,
    /// The dates that the file states of the whole article, each with where it says so.
    pub dates: Vec<(DateMark, String)>,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// How many links were left out because they are relative to an address that the file does not give.
    pub relative_links: usize,
}

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Plain text, wrapped or not.
    Plain,
    /// `CommonMark` with the GitHub extensions.
    Markdown,
    /// A web page.
    Html,
    /// Office Open XML, as Word writes it.
    Docx,
    /// `OpenDocument` text, as `LibreOffice` writes it.
    Odt,
    /// An electronic book.
    Epub,
    /// A list of URLs: one a line, or a table as CSV.
    List,
    /// A PDF.
    Pdf,
    /// No file: URLs that were given on the command line, a line each.
    Arguments,
}

/// A piece of the article that stands by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, line wraps undone.
    pub text: String,
    /// Where each byte of `text` stands in the file.
    pub places: PlaceMap,
    /// Links that the format itself marks, by byte range of `text`. URLs that merely stand in the text are
    /// found by the stage `citation`.
    pub links: Vec<Link>,
    /// The page, from 0, that the block begins on; a page ends with its foot.
    pub page: u32,
}

/// What a [`Block`] is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A title or a heading between paragraphs: never a claim.
    Heading,
    /// Running text.
    #[default]
    Paragraph,
    /// An entry of a list.
    ListItem,
    /// A cell of a table.
    Cell,
    /// The words at a picture or over a table: they cite, but claim nothing.
    Caption,
    /// Preformatted text or code: its URLs count, its sentences do not.
    Code,
    /// URLs that stand alone at the foot of a page.
    PageFoot,
    /// A note, with the label that its marker repeats.
    Note(String),
}

/// A link that the format marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words that carry it, as a byte range of the block's text.
    pub range: Range<usize>,
    /// The target as it is written: a URL, or the label of a note.
    pub target: LinkTarget,
    /// Where the target itself stands in the file.
    pub place: Place,
}

/// What a [`Link`] leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTarget {
    /// A URL, as written.
    Url(String),
    /// The [`BlockKind::Note`] with this label.
    Note(String),
}

impl Block {
    /// The place of byte `offset` of the text.
    pub fn place(&self, offset: usize) -> Option<Place> {
        self.places.place(&self.text, offset)
    }

    /// Takes a piece of the text away. What links lose by it they lose.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.places.remove(&self.text, range.clone());
        let moved = |at: usize| if at >= range.end { at - range.len() } else { at.min(range.start) };
        for link in &mut self.links {
            link.range = moved(link.range.start)..moved(link.range.end);
        }
        self.text.replace_range(range, "");
    }

    /// Whether it is a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.kind == BlockKind::Heading
    }

    /// Takes the pages back, where it turns out that a file has none.
    pub(super) fn forget_pages(&mut self) {
        self.places.forget_pages();
        for link in &mut self.links {
            link.place.page = None;
        }
    }
}
