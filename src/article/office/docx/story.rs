//! Goes through a part of the document (its body, notes or comments) and feeds the paragraphs.

use super::field::{Fields, link};
use super::relation::Relations;
use super::style::{Role, Styles, is_outline};
use crate::article::block::BlockKind;
use crate::article::office::flow::Flow;
use crate::article::office::xml::{Element, Node, XmlError, elements};

/// Elements with everything in them that is not shown or stands there twice: deletions, the place that something was
/// moved from, alternatives for old programs, the reading aid over a word, the marks between page and notes.
const LEFT_OUT: [&str; 8] =
    ["del", "moveFrom", "Fallback", "rt", "delText", "pPrChange", "rPrChange", "sectPrChange"];

/// What is known of the paragraph so far.
#[derive(Clone, Debug, Default)]
struct Properties {
    role: Option<Role>,
    /// Whether it begins a page.
    page_break_before: bool,
    /// Whether a section ends with it and the next one begins a page.
    section_break: bool,
}

/// What a part of the document is read with.
pub(super) struct Story<'a> {
    pub(super) styles: &'a Styles,
    pub(super) relations: &'a Relations,
    /// Whether Word has noted where it broke the pages.
    pub(super) rendered_breaks: bool,
    /// The first paragraph in the style of a title.
    pub(super) title: Option<String>,
    flow: &'a mut Flow,
    fields: Fields,
    /// The properties of the open paragraphs.
    paragraphs: Vec<Properties>,
    /// How many elements that are left out are open.
    hidden: usize,
    /// How many tables are open.
    tables: usize,
    /// Whether the open run is hidden by its properties.
    run_hidden: bool,
    in_run: bool,
    in_text: bool,
    keeps_blanks: bool,
    in_instruction: bool,
    /// For each open `hyperlink`, whether it leads out of the document.
    hyperlinks: Vec<bool>,
    /// What the labels of the notes in this part begin with.
    note: Option<&'static str>,
    in_note: bool,
    /// Whether a mark between page and notes is open, which is kept among the notes.
    in_mark: bool,
}

impl<'a> Story<'a> {
    /// A story whose paragraphs go to `flow`.
    pub(super) fn new(styles: &'a Styles, relations: &'a Relations, flow: &'a mut Flow) -> Self {
        Self {
            styles,
            relations,
            rendered_breaks: false,
            title: None,
            flow,
            fields: Fields::default(),
            paragraphs: Vec::new(),
            hidden: 0,
            tables: 0,
            run_hidden: false,
            in_run: false,
            in_text: false,
            keeps_blanks: false,
            in_instruction: false,
            hyperlinks: Vec::new(),
            note: None,
            in_note: false,
            in_mark: false,
        }
    }

    /// The same for a part that holds notes, whose labels begin with `prefix`.
    pub(super) fn of_notes(self, prefix: &'static str) -> Self {
        Self { note: Some(prefix), ..self }
    }

    /// Goes through `xml`.
    pub(super) fn read(&mut self, xml: &str) -> Result<(), XmlError> {
        elements(xml, |node| match node {
            Node::Open(element) => self.open(&element),
            Node::Close(name) => self.close(name),
            Node::Text(text) => self.text(&text),
        })
    }

    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if LEFT_OUT.contains(&name) {
            self.hidden += 1;
        }
        if self.hidden > 0 {
            return;
        }
        let value = || element.attribute("val");
        match name {
            "p" if element.full_name() != "a:p" => self.begin_paragraph(),
            "tbl" => self.tables += 1,
            "r" => (self.in_run, self.run_hidden) = (true, false),
            "vanish" if self.in_run => self.run_hidden = !matches!(value().as_deref(), Some("0" | "false")),
            "t" => self.begin_text(element),
            "instrText" => self.in_instruction = true,
            "tab" if self.in_run => self.flow.text(" "),
            "br" | "cr" => self.line_break(element),
            "noBreakHyphen" => self.flow.text("-"),
            "lastRenderedPageBreak" => self.flow.turn_page(),
            "hyperlink" => self.begin_hyperlink(element),
            "fldSimple" => {
                let url = element.attribute("instr").and_then(|instruction| link(&instruction));
                self.begin_link(url);
            }
            "fldChar" => self.field_character(element.attribute("fldCharType").as_deref()),
            "footnoteReference" => self.marker("fn", element),
            "endnoteReference" => self.marker("en", element),
            "commentReference" => self.marker("co", element),
            "footnote" | "endnote" | "comment" => self.begin_note(element),
            _ => self.property(name, element),
        }
    }

    fn close(&mut self, name: &str) {
        if self.in_mark && matches!(name, "footnote" | "endnote" | "comment") {
            self.in_mark = false;
            self.hidden = self.hidden.saturating_sub(1);
            return;
        }
        if LEFT_OUT.contains(&name) {
            self.hidden = self.hidden.saturating_sub(1);
            return;
        }
        if self.hidden > 0 {
            return;
        }
        match name {
            "p" => self.end_paragraph(),
            "tbl" => self.tables = self.tables.saturating_sub(1),
            "r" => (self.in_run, self.run_hidden) = (false, false),
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "hyperlink" | "fldSimple" if self.hyperlinks.pop() == Some(true) => self.flow.close_link(),
            "footnote" | "endnote" | "comment" if self.in_note => {
                self.in_note = false;
                self.flow.end_note();
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 || self.run_hidden {
            return;
        }
        if self.in_instruction {
            self.fields.instruct(text);
        } else if self.in_text && !self.fields.is_instruction() {
            self.flow.text(if self.keeps_blanks { text } else { text.trim() });
        }
    }

    fn begin_paragraph(&mut self) {
        self.paragraphs.push(Properties::default());
        self.flow.begin();
    }

    fn end_paragraph(&mut self) {
        let Some(properties) = self.paragraphs.pop() else { return };
        let kind = match properties.role {
            Some(Role::Title | Role::Heading) => BlockKind::Heading,
            Some(Role::Caption) => BlockKind::Caption,
            _ if self.tables > 0 => BlockKind::Cell,
            Some(Role::Item) => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        if properties.role == Some(Role::Title) && self.title.is_none() {
            self.title = self.flow.words();
        }
        if properties.role == Some(Role::Contents) {
            self.flow.drop_paragraph();
        } else {
            self.flow.end(kind);
        }
        if properties.section_break && !self.rendered_breaks {
            self.flow.turn_page();
        }
    }

    /// Takes down a property of the paragraph.
    fn property(&mut self, name: &str, element: &Element<'_>) {
        let value = || element.attribute("val");
        let is_on = || !matches!(value().as_deref(), Some("0" | "false" | "off"));
        let styles = self.styles;
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => paragraph.role = value().and_then(|style| styles.role(&style)).or(paragraph.role),
            "outlineLvl" if is_outline(value().as_deref()) => {
                paragraph.role = paragraph.role.or(Some(Role::Heading));
            }
            // A number of 0 takes the paragraph out of the list of its style.
            "numId" => {
                let is_item = value().as_deref() != Some("0");
                match paragraph.role {
                    None if is_item => paragraph.role = Some(Role::Item),
                    Some(Role::Item) if !is_item => paragraph.role = None,
                    _ => {}
                }
            }
            "pageBreakBefore" if is_on() => paragraph.page_break_before = true,
            "sectPr" => paragraph.section_break = true,
            "type" if value().as_deref() == Some("continuous") => paragraph.section_break = false,
            _ => return,
        }
        if paragraph.page_break_before && !self.rendered_breaks && self.flow.is_at_start() {
            paragraph.page_break_before = false;
            self.flow.turn_page();
        }
    }

    fn begin_text(&mut self, element: &Element<'_>) {
        self.in_text = !matches!(element.full_name(), "m:t" | "a:t");
        self.keeps_blanks = element.attribute("space").as_deref() == Some("preserve");
    }

    fn line_break(&mut self, element: &Element<'_>) {
        if self.run_hidden {
            return;
        }
        self.flow.text(" ");
        if element.attribute("type").as_deref() == Some("page") && !self.rendered_breaks {
            self.flow.turn_page();
        }
    }

    fn begin_hyperlink(&mut self, element: &Element<'_>) {
        let url = element.attribute("id").and_then(|id| self.relations.url(&id)).map(|url| {
            match element.attribute("anchor").filter(|_| !url.contains('#')) {
                Some(anchor) => format!("{url}#{anchor}"),
                None => url.to_owned(),
            }
        });
        self.begin_link(url);
    }

    fn begin_link(&mut self, url: Option<String>) {
        self.hyperlinks.push(url.is_some());
        if let Some(url) = url {
            self.flow.open_link(url);
        }
    }

    fn field_character(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.fields.begin(),
            Some("separate") => {
                if let Some(url) = self.fields.separate() {
                    self.flow.open_link(url);
                }
            }
            Some("end") if self.fields.end() => self.flow.close_link(),
            _ => {}
        }
    }

    fn marker(&mut self, prefix: &str, element: &Element<'_>) {
        if let Some(id) = element.attribute("id").filter(|_| self.note.is_none()) {
            self.flow.marker(&format!("{prefix}{id}"));
        }
    }

    /// Begins a note, unless it is one of the marks between page and notes, which have a type.
    fn begin_note(&mut self, element: &Element<'_>) {
        let is_mark = element.attribute("type").is_some_and(|kind| kind != "normal");
        let Some((prefix, id)) = self.note.zip(element.attribute("id")) else { return };
        if is_mark {
            self.in_mark = true;
            self.hidden += 1;
        } else {
            self.in_note = true;
            self.flow.begin_note(&format!("{prefix}{id}"));
        }
    }
}
