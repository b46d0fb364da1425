//! Goes through the text of an ODT and feeds its paragraphs.

use super::style::{Role, Styles};
use crate::article::block::BlockKind;
use crate::article::office::flow::Flow;
use crate::article::office::xml::{Element, Node, XmlError, elements};

/// Elements with everything in them that is no text of the document: styles, deletions, indexes, forms, descriptions
/// of pictures, the marks that notes have, who wrote an annotation and when.
const LEFT_OUT: [&str; 19] = [
    "automatic-styles",
    "font-face-decls",
    "forms",
    "scripts",
    "tracked-changes",
    "sequence-decls",
    "user-field-decls",
    "variable-decls",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "table-index",
    "note-citation",
    "ruby-text",
    "title",
    "desc",
    "creator",
    "date",
    "date-string",
];

/// The most blanks that one element may stand for.
const MOST_BLANKS: usize = 1000;

/// The state of the walk.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    flow: Flow,
    /// The first paragraph in the style of a title.
    pub(super) title: Option<String>,
    /// The kind of each open paragraph, by its style.
    paragraphs: Vec<(Option<Role>, bool)>,
    /// For each open span, whether it hides its text.
    spans: Vec<bool>,
    hidden: usize,
    lists: usize,
    tables: usize,
    /// How many notes and annotations have begun: what their labels are.
    notes: usize,
    inside_text: bool,
}

impl<'a> Body<'a> {
    /// A walk that knows these styles.
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            flow: Flow::default(),
            title: None,
            paragraphs: Vec::new(),
            spans: Vec::new(),
            hidden: 0,
            lists: 0,
            tables: 0,
            notes: 0,
            inside_text: false,
        }
    }

    /// Goes through `content.xml`.
    pub(super) fn read(mut self, xml: &str) -> Result<(Flow, Option<String>), XmlError> {
        elements(xml, |node| match node {
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(name),
            Node::Text(text) if self.inside_text && self.hidden == 0 => self.flow.text(&text),
            Node::Text(_) => {}
        })?;
        Ok((self.flow, self.title))
    }

    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if LEFT_OUT.contains(&name) {
            self.hidden += 1;
        }
        if self.hidden > 0 && name != "span" {
            return;
        }
        match name {
            "p" | "h" => self.begin_paragraph(element, name == "h"),
            "list" => self.lists += 1,
            "table" => self.tables += 1,
            "a" => self.flow.open_link(element.attribute("href").unwrap_or_default()),
            "span" => {
                let hides = element.attribute("style-name").is_some_and(|style| self.styles.hides(&style));
                self.spans.push(hides);
                self.hidden += usize::from(hides);
            }
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.flow.text(&" ".repeat(MOST_BLANKS.min(count)));
            }
            "tab" | "line-break" => self.flow.text(" "),
            "soft-page-break" => self.flow.turn_page(),
            "note" | "annotation" => {
                self.notes += 1;
                let label = format!("n{}", self.notes);
                self.flow.marker(&label);
                self.flow.begin_note(&label);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if LEFT_OUT.contains(&name) {
            self.hidden = self.hidden.saturating_sub(1);
            return;
        }
        if name == "span" {
            self.hidden -= usize::from(self.spans.pop() == Some(true));
            return;
        }
        if self.hidden > 0 {
            return;
        }
        match name {
            "p" | "h" => self.end_paragraph(),
            "list" => self.lists = self.lists.saturating_sub(1),
            "table" => self.tables = self.tables.saturating_sub(1),
            "a" => self.flow.close_link(),
            "note" | "annotation" => {
                self.flow.end_note();
                self.inside_text = !self.paragraphs.is_empty();
            }
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, element: &Element<'_>, is_heading: bool) {
        let style = element.attribute("style-name").unwrap_or_default();
        if self.styles.breaks_page(&style) && self.paragraphs.is_empty() && self.flow.has_begun() {
            self.flow.turn_page();
        }
        self.paragraphs.push((self.styles.role(&style), is_heading));
        self.flow.begin();
        self.inside_text = true;
    }

    fn end_paragraph(&mut self) {
        let Some((role, is_heading)) = self.paragraphs.pop() else { return };
        let kind = match role {
            Some(Role::Title | Role::Heading) => BlockKind::Heading,
            _ if is_heading => BlockKind::Heading,
            Some(Role::Caption) => BlockKind::Caption,
            None if self.tables > 0 => BlockKind::Cell,
            None if self.lists > 0 => BlockKind::ListItem,
            None => BlockKind::Paragraph,
        };
        if role == Some(Role::Title) && self.title.is_none() {
            self.title = self.flow.words();
        }
        self.flow.end(kind);
        self.inside_text = !self.paragraphs.is_empty();
    }
}
