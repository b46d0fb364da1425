//! What a page says of itself: title, language, address.

use super::attributes::Attributes;
use crate::article::address::Stated;
use crate::article::language::primary;
use crate::markup::resolved;

/// The facts of the head.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `og:title`, else `<title>`.
    pub(super) title: Option<String>,
    /// Primary subtag of the first `lang`.
    pub(super) language: Option<String>,
    /// What it says of its address.
    pub(super) stated: Stated,
    has_open_graph: bool,
}

impl Head {
    /// Takes down the text of a `<title>`.
    pub(super) fn title(&mut self, text: &str) {
        if self.title.is_none() {
            self.title = filled(text);
        }
    }

    /// Takes down what a start tag says.
    pub(super) fn note(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "html" | "body" if self.language.is_none() => self.language = attributes.lang.and_then(primary),
            "base" if self.stated.base.is_none() => {
                self.stated.base = attributes.href.map(|href| resolved(href).into_owned());
            }
            "link" if attributes.rel.is_some_and(|rel| rel.trim().eq_ignore_ascii_case("canonical")) => {
                self.stated.canonical = attributes.href.and_then(filled);
            }
            "meta" => self.meta(attributes),
            _ => {}
        }
    }

    fn meta(&mut self, attributes: &Attributes<'_>) {
        let property = attributes.property.or(attributes.name).unwrap_or_default();
        let content = attributes.content.and_then(filled);
        if property.eq_ignore_ascii_case("og:title") && !self.has_open_graph && content.is_some() {
            self.has_open_graph = true;
            self.title = content;
        } else if property.eq_ignore_ascii_case("og:url") && self.stated.canonical.is_none() {
            self.stated.canonical = content;
        }
    }
}

/// A value with references resolved and blanks collapsed, unless there is nothing in it.
fn filled(value: &str) -> Option<String> {
    let words: Vec<_> = value.split_whitespace().collect();
    (!words.is_empty()).then(|| resolved(&words.join(" ")).into_owned())
}
