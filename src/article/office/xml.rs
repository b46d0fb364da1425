//! Goes through XML, one element or text at a time, within bounds.
//!
//! Entities that a document defines itself are not expanded, and names are compared without their prefixes: the
//! formats that are read have no two elements that differ in the prefix alone where it matters.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// The most elements within one another.
const DEEPEST: usize = 2000;

/// An element or a text.
#[derive(Debug)]
pub(in crate::article) enum Node<'a, 'e> {
    /// A start tag.
    Open(Element<'e>),
    /// The name in an end tag, without its prefix.
    Close(&'e str),
    /// Text with its references resolved.
    Text(Cow<'a, str>),
}

/// A start tag.
#[derive(Debug)]
pub(in crate::article) struct Element<'e>(&'e BytesStart<'e>);

impl Element<'_> {
    /// Its name without the prefix.
    pub(in crate::article) fn name(&self) -> &str {
        let name = self.0.name().0;
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Its name with the prefix.
    pub(in crate::article) fn full_name(&self) -> &str {
        self.0.name().0
    }

    /// The value of its first attribute of this name, prefixes left out, references resolved.
    pub(in crate::article) fn attribute(&self, name: &str) -> Option<String> {
        let is_named = |key: &str| key.rsplit_once(':').map_or(key, |(_, local)| local) == name;
        let mut attributes = self.0.attributes();
        // Looking for repeated names costs a square of time.
        let attribute =
            attributes.with_checks(false).flatten().find(|attribute| is_named(attribute.key.0))?;
        Some(crate::markup::resolved(&attribute.value).into_owned())
    }
}

/// Why XML cannot be gone through.
#[derive(Debug, thiserror::Error)]
pub(in crate::article) enum XmlError {
    /// It is not well formed.
    #[error("{0}")]
    Syntax(#[from] quick_xml::Error),
    /// It is nested deeper than any document.
    #[error("its elements are nested more than {DEEPEST} deep")]
    Deep,
}

/// Shows `visit` every element and text of `xml`, in order; an empty element is opened and closed.
pub(in crate::article) fn elements<'a>(
    xml: &'a str,
    mut visit: impl FnMut(Node<'a, '_>),
) -> Result<(), XmlError> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event()? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(XmlError::Deep);
                }
                visit(Node::Open(Element(&start)));
            }
            Event::Empty(start) => {
                visit(Node::Open(Element(&start)));
                visit(Node::Close(Element(&start).name()));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let name = end.name().0;
                visit(Node::Close(name.rsplit_once(':').map_or(name, |(_, local)| local)));
            }
            Event::Text(text) => visit(Node::Text(text.into_inner())),
            Event::CData(text) => visit(Node::Text(text.into_inner())),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let text = character.or_else(|| resolve_predefined_entity(&reference).map(str::to_owned));
                if let Some(text) = text {
                    visit(Node::Text(Cow::Owned(text)));
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &str) -> Result<Vec<String>, XmlError> {
        let mut shown = Vec::new();
        elements(xml, |node| {
            shown.push(match node {
                Node::Open(element) => format!("<{} {:?}>", element.name(), element.attribute("id")),
                Node::Close(name) => format!("</{name}>"),
                Node::Text(text) => text.into_owned(),
            });
        })?;
        Ok(shown)
    }

    #[test]
    fn elements_come_without_prefixes_and_references_resolved() {
        let found = shown("<?xml version='1.0'?><w:p r:id='a&amp;b'>x&lt;&#228;<![CDATA[<y>]]><w:br/></w:p>")
            .unwrap();
        assert_eq!(found, ["<p Some(\"a&b\")>", "x", "<", "ä", "<y>", "<br None>", "</br>", "</p>"]);
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;&b;'>]><a>x&c;&c;y</a>";
        assert_eq!(shown(bomb).unwrap(), ["<a None>", "x", "y", "</a>"]);
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        assert!(matches!(shown(&"<a>".repeat(100_000)), Err(XmlError::Deep)));
        assert!(matches!(shown("<a></b>"), Err(XmlError::Syntax(_))));
    }
}
