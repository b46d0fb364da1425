//! Regions of a page: what becomes of the text of an element, by what its start tag says.

use super::start_tag::Start;
use crate::markup::{FURNITURE_WORDS, NameWords, is_furniture_role};

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
    match tag.name.as_bytes() {
        b"body" | b"html" => return None,
        b"main" => return Some(Region::Main),
        b"article" => return Some(Region::Article(number)),
        b"a" => return Some(Region::Link),
        b"template" | b"svg" | b"math" | b"object" | b"select" | b"datalist" | b"dialog" | b"head" => {
            return Some(Region::Hidden);
        }
        _ => {}
    }
    if is_hidden(tag) {
        return Some(Region::Hidden);
    }
    match tag.name.as_bytes() {
        b"nav" | b"footer" | b"aside" | b"form" | b"button" | b"menu" => Some(Region::Furniture),
        // The header of an article holds its headline and byline.
        b"header" => (!in_main).then_some(Region::Furniture),
        _ if has_furniture_role(tag) => Some(Region::Furniture),
        _ => has_furniture_words(tag).then_some(Region::Doubt(number)),
    }
}

fn is_hidden(tag: &Start<'_>) -> bool {
    tag.attribute("hidden").is_some()
        || tag.attribute("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || tag.attribute("style").is_some_and(is_unseen)
}

fn is_unseen(style: &str) -> bool {
    let style = style.to_ascii_lowercase().replace(' ', "");
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn has_furniture_role(tag: &Start<'_>) -> bool {
    tag.attribute("role").is_some_and(is_furniture_role)
}

fn has_furniture_words(tag: &Start<'_>) -> bool {
    ["class", "id"]
        .iter()
        .filter_map(|name| tag.attribute(name))
        .any(|value| FURNITURE_WORDS.or_are_named_in(&PAGE_FURNITURE, value))
}
