//! Regions of a page: what becomes of the text of an element, by what its start tag says.

use super::start_tag::Start;
use crate::markup::{NameWords, is_furniture_role, names_furniture};

/// Words in the `class` or `id` of what news pages put around their text, besides those that every page has.
static PAGE_FURNITURE: NameWords = NameWords::new(&[
    "author",
    "authors",
    "banner",
    "byline",
    "comment",
    "commentlist",
    "copyright",
    "disqus",
    "modal",
    "nav",
    "outbrain",
    "pagination",
    "popup",
    "respond",
    "sharing",
    "shoutbox",
    "subscribe",
    "taboola",
    "tags",
    "teaser",
    "warning",
    "widget",
]);

/// A kind of region that changes what becomes of the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// `<main>`.
    Main,
    /// `<article>`, with its number.
    Article(u32),
    /// Navigation and the like.
    Furniture,
    /// Furniture by its class or id alone, with its number.
    Doubt(u32),
    /// Not shown at all.
    Hidden,
    /// The text of a link.
    Link,
}

/// The region that an element begins, if any. `in_main` says whether it stands in the main text, `number` how many began before.
pub(super) fn region(tag: &Start<'_>, in_main: bool, number: u32) -> Option<Region> {
    match &*tag.name {
        "body" | "html" => return None,
        "main" => return Some(Region::Main),
        "article" => return Some(Region::Article(number)),
        "a" => return Some(Region::Link),
        "template" | "svg" | "math" | "object" | "select" | "datalist" | "dialog" | "head" => {
            return Some(Region::Hidden);
        }
        _ => {}
    }
    if is_hidden(tag) {
        return Some(Region::Hidden);
    }
    match &*tag.name {
        "nav" | "footer" | "aside" | "form" | "button" | "menu" => Some(Region::Furniture),
        // The header of an article holds its headline and byline.
        "header" => (!in_main).then_some(Region::Furniture),
        _ if has_furniture_role(tag) => Some(Region::Furniture),
        _ => has_furniture_words(tag).then_some(Region::Doubt(number)),
    }
}

fn is_hidden(tag: &Start<'_>) -> bool {
    let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    tag.attribute("hidden").is_some()
        || tag.attribute("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn has_furniture_role(tag: &Start<'_>) -> bool {
    tag.attribute("role").is_some_and(is_furniture_role)
}

fn has_furniture_words(tag: &Start<'_>) -> bool {
    ["class", "id"]
        .iter()
        .filter_map(|name| tag.attribute(name))
        .any(|value| names_furniture(value) || PAGE_FURNITURE.are_named_in(value))
}
