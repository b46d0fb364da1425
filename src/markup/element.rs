//! What is known of elements by their names.

use std::borrow::Cow;

/// Words in the `class` or `id` of an element that is page furniture: not what the page says, but what is around it.
const FURNITURE_WORDS: [&str; 23] = [
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
];

/// The longest word that is looked for in names.
const LONGEST: usize = 16;

/// Whether a `class` or an `id` names page furniture.
pub fn names_furniture(value: &str) -> bool {
    names_one_of(value, &FURNITURE_WORDS)
}

/// Whether one of the words of a `class` or an `id` is among the `known`, which are in lower case, sorted, and no longer than
/// sixteen letters. Pages have many names, so this makes no copies.
pub fn names_one_of(value: &str, known: &[&str]) -> bool {
    let mut words = value.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
    words.any(|word| {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..word.len()).filter(|word| word.len() > 1) else { return false };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        known.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok()
    })
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
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the element `name`, in lower case, begins and ends a block of text. All that is not known to stand within
/// a line does.
pub fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "picture"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "source"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_furniture_are_sorted_for_the_search() {
        assert!(FURNITURE_WORDS.is_sorted());
        assert!(FURNITURE_WORDS.iter().all(|word| word.len() <= LONGEST));
    }

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
