//! From a DOCX to its content.

use super::relation::Relations;
use super::story::Story;
use super::style::Styles;
use crate::article::content::Content;
use crate::article::error::ArticleError;
use crate::article::office::flow::Flow;
use crate::article::office::reflow::reflowed;
use crate::article::office::xml::{Node, XmlError, elements};
use crate::article::package::open::Package;

/// The parts that hold notes, with what the labels of their notes begin with.
const NOTES: [(&str, &str); 3] = [("footnotes", "fn"), ("endnotes", "en"), ("comments", "co")];

/// The content of the DOCX that `bytes` are: the body, then its footnotes, endnotes and comments.
pub(in crate::article) fn content(path: &str, bytes: &[u8]) -> Result<Content, ArticleError> {
    let mut reader = Reader { package: Package::open(path, "a DOCX", bytes)? };
    let root = reader.relations("_rels/.rels")?;
    let document = root.part("officeDocument", "").unwrap_or_else(|| "word/document.xml".to_owned());
    let folder = document.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let relations = reader.relations_of(&document)?;
    let part = |kind: &str| relations.part(kind, &folder).unwrap_or_else(|| format!("{folder}{kind}.xml"));
    let styles = reader.read(&part("styles"), Styles::read)?.unwrap_or_default();

    let mut flow = Flow::default();
    let body = reader.package.required(&document)?;
    let mut story = Story::new(&styles, &relations, &mut flow);
    let rendered = body.contains("lastRenderedPageBreak");
    story.rendered_breaks = rendered;
    story.read(&body).map_err(|error| reader.package.broken_part(&document, &error))?;
    let title = story.title.take();
    drop(body);
    for (kind, prefix) in NOTES {
        reader.notes(&part(kind), prefix, &styles, &mut flow)?;
    }
    let blocks = reflowed(flow.finish_all(), rendered);
    let stated = match root.part("core-properties", "") {
        Some(part) => reader.read(&part, core_title)?.flatten(),
        None => None,
    };
    let has_heading = blocks.iter().any(crate::article::Block::is_heading);
    let title = title.or(stated.filter(|_| !has_heading));
    Ok(Content { blocks, title, language: styles.language, ..Content::default() })
}

struct Reader<'a> {
    package: Package<'a>,
}

impl Reader<'_> {
    /// Reads a part, if it is there.
    fn read<T>(
        &mut self,
        part: &str,
        read: impl FnOnce(&str) -> Result<T, XmlError>,
    ) -> Result<Option<T>, ArticleError> {
        let Some(xml) = self.package.text(part)? else { return Ok(None) };
        read(&xml).map(Some).map_err(|error| self.package.broken_part(part, &error))
    }

    fn relations(&mut self, part: &str) -> Result<Relations, ArticleError> {
        Ok(self.read(part, Relations::read)?.unwrap_or_default())
    }

    /// The relationships of a part.
    fn relations_of(&mut self, part: &str) -> Result<Relations, ArticleError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        self.relations(&format!("{folder}{slash}_rels/{name}.rels"))
    }

    fn notes(
        &mut self,
        part: &str,
        prefix: &'static str,
        styles: &Styles,
        flow: &mut Flow,
    ) -> Result<(), ArticleError> {
        if !self.package.has(part) {
            return Ok(());
        }
        let relations = self.relations_of(part)?;
        let mut story = Story::new(styles, &relations, flow).of_notes(prefix);
        self.read(part, |xml| story.read(xml))?;
        Ok(())
    }
}

/// The title among the properties of the document.
fn core_title(xml: &str) -> Result<Option<String>, XmlError> {
    let mut title = String::new();
    let mut inside = false;
    elements(xml, |node| match node {
        Node::Open(element) => inside = element.name() == "title",
        Node::Close(_) => inside = false,
        Node::Text(text) if inside => title.push_str(&text),
        Node::Text(_) => {}
    })?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Some(title).filter(|title| !title.is_empty()))
}
