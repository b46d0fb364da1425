//! The package document of a book: its chapters in order, its title, language and date (EPUB 3.3 §5).

use std::collections::HashMap;

use crate::article::office::xml::{Node, XmlError, elements};

/// What the package document says.
#[derive(Debug, Default)]
pub(super) struct Manual {
    pub(super) title: Option<String>,
    pub(super) language: Option<String>,
    /// When it was published, as written (`dc:date`).
    pub(super) date: Option<String>,
    /// The chapters in reading order, as written.
    pub(super) chapters: Vec<String>,
}

/// The path of the package document, by `META-INF/container.xml`.
pub(super) fn root_file(container: &str) -> Result<Option<String>, XmlError> {
    let mut path = None;
    elements(container, |node| {
        if let Node::Open(element) = node
            && element.name() == "rootfile"
            && path.is_none()
        {
            path = element.attribute("full-path");
        }
    })?;
    Ok(path)
}

impl Manual {
    /// Reads the package document. Chapters out of the linear order, such as notes, come last.
    pub(super) fn read(xml: &str) -> Result<Self, XmlError> {
        let mut manual = Self::default();
        let mut items: HashMap<String, String> = HashMap::new();
        let (mut linear, mut aside) = (Vec::new(), Vec::new());
        let mut words: Option<String> = None;
        elements(xml, |node| match node {
            Node::Open(element) => match element.name() {
                "title" | "language" | "date" => words = Some(String::new()),
                "item" if element.attribute("properties").is_some_and(|all| is_navigation(&all)) => {}
                "item" => {
                    let is_page = element.attribute("media-type").is_some_and(|kind| kind.contains("html"));
                    let pair = element.attribute("id").zip(element.attribute("href"));
                    items.extend(pair.filter(|_| is_page));
                }
                "itemref" => {
                    let is_linear = element.attribute("linear").as_deref() != Some("no");
                    let list = if is_linear { &mut linear } else { &mut aside };
                    list.extend(element.attribute("idref"));
                }
                _ => {}
            },
            Node::Text(text) => {
                if let Some(words) = &mut words {
                    words.push_str(&text);
                }
            }
            Node::Close(name) => {
                let found = words.take().filter(|words| !words.trim().is_empty());
                let slot = match name {
                    "title" => &mut manual.title,
                    "language" => &mut manual.language,
                    "date" => &mut manual.date,
                    _ => return,
                };
                *slot = slot.take().or(found.map(|words| words.trim().to_owned()));
            }
        })?;
        manual.chapters = linear.iter().chain(&aside).filter_map(|id| items.remove(id)).collect();
        Ok(manual)
    }
}

/// Whether an item is the table of contents, which repeats the headings.
fn is_navigation(properties: &str) -> bool {
    properties.split_whitespace().any(|property| property == "nav")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_come_in_the_order_of_the_spine() {
        let xml = r#"<package><metadata><dc:title>Ein Buch</dc:title><dc:language>de-DE</dc:language><dc:date>2025-03-04</dc:date></metadata>
            <manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
            <item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>
            <item id="b" href="b%20c.xhtml" media-type="application/xhtml+xml"/>
            <item id="x" href="x.xhtml" media-type="application/xhtml+xml"/><item id="i" href="i.png" media-type="image/png"/></manifest>
            <spine><itemref idref="n"/><itemref idref="x" linear="no"/><itemref idref="b"/><itemref idref="a"/><itemref idref="i"/></spine></package>"#;
        let manual = Manual::read(xml).unwrap();
        assert_eq!(manual.chapters, ["b%20c.xhtml", "a.xhtml", "x.xhtml"]);
        assert_eq!((manual.title.as_deref(), manual.language.as_deref()), (Some("Ein Buch"), Some("de-DE")));
        assert_eq!(manual.date.as_deref(), Some("2025-03-04"));
    }

    #[test]
    fn the_container_says_where_the_package_document_is() {
        let container =
            r#"<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"#;
        assert_eq!(root_file(container).unwrap().as_deref(), Some("OEBPS/content.opf"));
    }
}
