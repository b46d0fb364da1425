//! What a page says of itself: title, language, date, address.

use super::attributes::Attributes;
use crate::article::address::Stated;
use crate::article::language::primary;
use crate::markup::{DateMark, published_in, resolved};

/// The most dates of one page that are looked at.
const MOST_DATES: usize = 200;

/// The facts of the head.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `og:title`, else `<title>`.
    pub(super) title: Option<String>,
    /// Primary subtag of the first `lang`.
    pub(super) language: Option<String>,
    /// What it says of its address.
    pub(super) stated: Stated,
    /// The dates that it states of itself, as written.
    pub(super) dates: Vec<(DateMark, String)>,
    has_open_graph: bool,
    /// Whether the script that comes next holds JSON-LD.
    is_data: bool,
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
            "meta" => return self.meta(attributes),
            "script" => self.is_data = attributes.kind.is_some_and(|kind| kind.contains("ld+json")),
            _ => {}
        }
        if attributes.datetime.is_some() || attributes.itemprop.is_some() {
            self.date(name, attributes);
        }
    }

    /// Takes down the date of publication that JSON-LD states, if `text` is that.
    pub(super) fn data(&mut self, text: &str) {
        if std::mem::take(&mut self.is_data) {
            self.take_date(DateMark::Data, published_in(text));
        }
    }

    fn date(&mut self, name: &str, attributes: &Attributes<'_>) {
        let value = |key: &str| match key {
            "itemprop" => attributes.itemprop,
            "class" => attributes.class,
            "id" => attributes.id,
            _ => None,
        };
        if let Some(mark) = DateMark::of_element(name, value, false) {
            self.take_date(mark, attributes.datetime.or(attributes.content));
        }
    }

    fn take_date(&mut self, mark: DateMark, date: Option<&str>) {
        if self.dates.len() < MOST_DATES {
            self.dates.extend(date.and_then(filled).map(|date| (mark, date)));
        }
    }

    fn meta(&mut self, attributes: &Attributes<'_>) {
        let property = attributes.property.or(attributes.name).or(attributes.itemprop).unwrap_or_default();
        if let Some(mark) = DateMark::of_meta(&property.to_ascii_lowercase()) {
            return self.take_date(mark, attributes.content);
        }
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
