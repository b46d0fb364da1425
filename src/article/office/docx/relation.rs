//! Relationships: what the ids in a part of a package stand for (ECMA-376 part 2 §6.5).

use std::collections::HashMap;

use crate::article::office::xml::{Node, XmlError, elements};

/// The relationships of one part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// The targets outside the package, by id.
    external: HashMap<String, String>,
    /// Type and target of those within it.
    internal: Vec<(String, String)>,
}

impl Relations {
    /// Reads a `.rels` part.
    pub(super) fn read(xml: &str) -> Result<Self, XmlError> {
        let mut relations = Self::default();
        elements(xml, |node| {
            let Node::Open(element) = node else { return };
            let Some(target) = element.attribute("Target").filter(|_| element.name() == "Relationship")
            else {
                return;
            };
            if element.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("External")) {
                if let Some(id) = element.attribute("Id") {
                    relations.external.insert(id, target);
                }
            } else if let Some(kind) = element.attribute("Type") {
                relations.internal.push((kind, target));
            }
        })?;
        Ok(relations)
    }

    /// The URL with this id.
    pub(super) fn url(&self, id: &str) -> Option<&str> {
        self.external.get(id).map(String::as_str)
    }

    /// The part of this type, whose name is relative to `folder`.
    pub(super) fn part(&self, kind: &str, folder: &str) -> Option<String> {
        let (_, target) = self.internal.iter().find(|(found, _)| found.rsplit('/').next() == Some(kind))?;
        Some(match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}{target}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_for_urls_and_types_for_parts() {
        let xml = r#"<Relationships><Relationship Id="r1" Type="http://x/hyperlink" Target="https://example.org/?a=1&amp;b=2" TargetMode="External"/>
            <Relationship Id="r2" Type="http://x/styles" Target="styles.xml"/>
            <Relationship Id="r3" Type="http://x/officeDocument" Target="/word/document.xml"/></Relationships>"#;
        let relations = Relations::read(xml).unwrap();
        assert_eq!(relations.url("r1"), Some("https://example.org/?a=1&b=2"));
        assert_eq!(relations.url("r2"), None);
        assert_eq!(relations.part("styles", "word/"), Some("word/styles.xml".to_owned()));
        assert_eq!(relations.part("officeDocument", ""), Some("word/document.xml".to_owned()));
    }
}
