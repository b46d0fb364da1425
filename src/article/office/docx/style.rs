//! Paragraph styles: which of them make a heading, a caption, an entry of a list.

use std::collections::HashMap;

use crate::article::language::primary;
use crate::article::office::xml::{Node, XmlError, elements};

/// How many styles may be based on one another.
const LONGEST_CHAIN: usize = 20;

/// An outline level from here on is body text (ECMA-376 part 1 §17.3.1.20).
const BODY_LEVEL: u8 = 9;

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the document.
    Title,
    /// A heading.
    Heading,
    /// A caption.
    Caption,
    /// An entry of a list.
    Item,
    /// An entry of the table of contents, which is no part of the text.
    Contents,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The language of the document's defaults, ISO 639-1.
    pub(super) language: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    role: Option<Role>,
    based_on: Option<String>,
}

impl Styles {
    /// Reads the part `styles.xml`.
    pub(super) fn read(xml: &str) -> Result<Self, XmlError> {
        let mut styles = Self::default();
        let mut open: Option<String> = None;
        elements(xml, |node| {
            let Node::Open(element) = node else { return };
            let value = || element.attribute("val");
            match element.name() {
                "style" => {
                    open = element.attribute("styleId");
                    if let Some(id) = &open {
                        styles.by_id.insert(id.clone(), Style::default());
                    }
                }
                "lang" if styles.language.is_none() => {
                    styles.language = value().and_then(|tag| primary(&tag));
                }
                _ => {}
            }
            let Some(style) = open.as_ref().and_then(|id| styles.by_id.get_mut(id)) else { return };
            match element.name() {
                "name" => style.role = value().and_then(|name| role(&name)).or(style.role),
                "basedOn" => style.based_on = value(),
                "outlineLvl" if is_outline(value().as_deref()) => {
                    style.role = style.role.or(Some(Role::Heading));
                }
                "numPr" => style.role = style.role.or(Some(Role::Item)),
                _ => {}
            }
        })?;
        Ok(styles)
    }

    /// What the style `id` makes of a paragraph: by itself, or by the styles that it is based on.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        let mut next = self.by_id.get(id);
        for _ in 0..LONGEST_CHAIN {
            let style = next?;
            if style.role.is_some() {
                return style.role;
            }
            next = self.by_id.get(style.based_on.as_ref()?);
        }
        None
    }
}

/// Whether an outline level is that of a heading.
pub(super) fn is_outline(level: Option<&str>) -> bool {
    level.and_then(|level| level.parse::<u8>().ok()).is_some_and(|level| level < BODY_LEVEL)
}

/// The role of a style by its name; the built-in names are English in every language of Word.
fn role(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" => Some(Role::Title),
        "caption" => Some(Role::Caption),
        _ if name.starts_with("heading ") => Some(Role::Heading),
        _ if name.starts_with("toc ") => Some(Role::Contents),
        _ if name.starts_with("list bullet") || name.starts_with("list number") => Some(Role::Item),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_by_name_level_and_descent() {
        let xml = r#"<styles><docDefaults><rPrDefault><rPr><lang w:val="de-DE"/></rPr></rPrDefault></docDefaults>
            <style w:styleId="a"><name w:val="heading 1"/></style>
            <style w:styleId="b"><name w:val="Zwischentitel"/><basedOn w:val="a"/></style>
            <style w:styleId="c"><name w:val="Eigene"/><pPr><outlineLvl w:val="2"/></pPr></style>
            <style w:styleId="d"><name w:val="Normal"/><pPr><outlineLvl w:val="9"/></pPr></style>
            <style w:styleId="e"><name w:val="Ring"/><basedOn w:val="e"/></style></styles>"#;
        let styles = Styles::read(xml).unwrap();
        let roles = ["a", "b", "c", "d", "e", "f"].map(|id| styles.role(id));
        assert_eq!(roles, [Some(Role::Heading), Some(Role::Heading), Some(Role::Heading), None, None, None]);
        assert_eq!(styles.language.as_deref(), Some("de"));
    }
}
