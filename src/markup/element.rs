//! What is known of elements by their names.

use std::borrow::Cow;

use super::name_words::NameWords;

/// Words in the `class` or `id` of an element that is page furniture: not what the page says, but what is around it.
pub static FURNITURE_WORDS: NameWords = NameWords::new(&[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "menu",
    "navbar",
    "navigation",
    "newsletter",
    "promo",
    "recommended",
    "related",
    "share",
    "sidebar",
    "social",
    "toolbar",
]);

/// Whether a `class` or an `id` names page furniture.
pub fn names_furniture(value: &str) -> bool {
    FURNITURE_WORDS.are_named_in(value)
}

/// Whether an ARIA role is that of page furniture.
pub fn is_furniture_role(role: &str) -> bool {
    matches!(role, "navigation" | "banner" | "contentinfo" | "complementary" | "search")
}

/// The name of an element in lower case, as most pages write it.
pub fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Whether the element `name`, in lower case, has neither content nor end tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// Whether the element `name`, in lower case, begins and ends a block of text. All that is not known to stand within
/// a line does.
pub fn is_block(name: &str) -> bool {
    !matches!(
        name.as_bytes(),
        b"a" | b"abbr"
            | b"acronym"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"big"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"img"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"mark"
            | b"nobr"
            | b"picture"
            | b"q"
            | b"rp"
            | b"rt"
            | b"ruby"
            | b"s"
            | b"samp"
            | b"small"
            | b"source"
            | b"span"
            | b"strike"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"tt"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_by_whole_words() {
        for name in ["nav menu", "site-Footer", "a__related--wide", "cookie-banner"] {
            assert!(names_furniture(name), "{name}");
        }
        for name in ["", "article-body", "shared", "adults", "a d"] {
            assert!(!names_furniture(name), "{name}");
        }
    }
}
