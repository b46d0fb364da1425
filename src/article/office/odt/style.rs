//! Paragraph styles: which of them make a title or a caption, and which begin a page.

use std::collections::HashMap;

use crate::article::office::xml::{Element, Node, XmlError, elements};

/// How many styles may be based on one another.
const LONGEST_CHAIN: usize = 20;

/// Styles whose paragraphs are captions (`OpenDocument` names of `LibreOffice`).
const CAPTIONS: [&str; 6] = ["Caption", "Illustration", "Table", "Drawing", "Figure", "Text"];

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the document.
    Title,
    /// A heading that is no `text:h`.
    Heading,
    /// A caption.
    Caption,
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    page_break: bool,
    hidden: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
    open: Option<String>,
    /// The language of the document's defaults, ISO 639-1.
    pub(super) language: Option<String>,
}

impl Styles {
    /// Takes in the styles of a part: `styles.xml`, or the automatic ones of `content.xml`.
    pub(super) fn read(&mut self, xml: &str) -> Result<(), XmlError> {
        elements(xml, |node| match node {
            Node::Open(element) => self.open(&element),
            Node::Close("style" | "default-style") => self.open = None,
            _ => {}
        })
    }

    fn open(&mut self, element: &Element<'_>) {
        match element.full_name() {
            "style:style" => {
                self.open = element.attribute("name");
                if let Some(name) = self.open.clone() {
                    let parent = element.attribute("parent-style-name");
                    self.by_name.insert(name, Style { parent, ..Style::default() });
                }
            }
            "style:paragraph-properties" => {
                let breaks = element.attribute("break-before").as_deref() == Some("page");
                if let Some(style) = self.open_style() {
                    style.page_break |= breaks;
                }
            }
            "style:text-properties" => {
                let hidden = element.attribute("display").as_deref() == Some("none");
                let language = element.attribute("language").filter(|code| code != "none" && code != "zxx");
                match self.open_style() {
                    Some(style) => style.hidden |= hidden,
                    None => self.language = self.language.take().or(language),
                }
            }
            _ => {}
        }
    }

    fn open_style(&mut self) -> Option<&mut Style> {
        self.by_name.get_mut(self.open.as_ref()?)
    }

    /// What the style `name` makes of a paragraph: by itself, or by the styles that it is based on.
    pub(super) fn role(&self, name: &str) -> Option<Role> {
        self.chain(name).find_map(|name| match name {
            "Title" => Some(Role::Title),
            _ if name == "Heading" || name.starts_with("Heading_20_") => Some(Role::Heading),
            _ if CAPTIONS.contains(&name) => Some(Role::Caption),
            _ => None,
        })
    }

    /// Whether the style `name` begins a page.
    pub(super) fn breaks_page(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(|style| style.page_break)
    }

    /// Whether the style `name` hides its text.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.chain(name).any(|name| self.by_name.get(name).is_some_and(|style| style.hidden))
    }

    fn chain<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let parent = |name: &&'a str| self.by_name.get(*name).and_then(|style| style.parent.as_deref());
        std::iter::successors(Some(name), parent).take(LONGEST_CHAIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_breaks_are_found_by_descent() {
        let mut styles = Styles::default();
        let xml = r#"<x><style:default-style style:family="paragraph"><style:text-properties fo:language="de"/></style:default-style>
            <style:style style:name="P1" style:parent-style-name="Title"/>
            <style:style style:name="P2" style:parent-style-name="P2"><style:paragraph-properties fo:break-before="page"/></style:style>
            <style:style style:name="T1"><style:text-properties text:display="none"/></style:style></x>"#;
        styles.read(xml).unwrap();
        assert_eq!((styles.role("P1"), styles.role("P2")), (Some(Role::Title), None));
        assert!(styles.breaks_page("P2") && !styles.breaks_page("P1"));
        assert!(styles.hides("T1") && !styles.hides("P1"));
        assert_eq!(styles.language.as_deref(), Some("de"));
    }
}
