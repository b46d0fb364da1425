//! Character references of HTML that were left in a text: `&amp;` within an address, `&quot;` after it.

/// What a reference means to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    /// It stands for a character that ends an address: a quotation mark, an angle bracket, a blank.
    Ends,
    /// It stands for `&`.
    Ampersand,
    /// It stands for a character that nobody sees.
    Invisible,
}

/// Every reference that is known, without the ampersand.
const KNOWN: &[(&str, Entity)] = &[
    ("amp;", Entity::Ampersand),
    ("#38;", Entity::Ampersand),
    ("#x26;", Entity::Ampersand),
    ("quot;", Entity::Ends),
    ("#34;", Entity::Ends),
    ("#x22;", Entity::Ends),
    ("lt;", Entity::Ends),
    ("gt;", Entity::Ends),
    ("#60;", Entity::Ends),
    ("#62;", Entity::Ends),
    ("nbsp;", Entity::Ends),
    ("#160;", Entity::Ends),
    ("#xa0;", Entity::Ends),
    ("bdquo;", Entity::Ends),
    ("ldquo;", Entity::Ends),
    ("rdquo;", Entity::Ends),
    ("lsquo;", Entity::Ends),
    ("laquo;", Entity::Ends),
    ("raquo;", Entity::Ends),
    ("hellip;", Entity::Ends),
    ("shy;", Entity::Invisible),
    ("#173;", Entity::Invisible),
    ("#xad;", Entity::Invisible),
    ("#8203;", Entity::Invisible),
    ("#x200b;", Entity::Invisible),
    ("zwnj;", Entity::Invisible),
];

/// The reference that `text`, which begins with an ampersand, begins with, and its length in bytes.
pub(super) fn at(text: &str) -> Option<(Entity, usize)> {
    let name = text.strip_prefix('&')?;
    let is_here = |known: &&(&str, Entity)| {
        name.get(..known.0.len()).is_some_and(|head| head.eq_ignore_ascii_case(known.0))
    };
    KNOWN.iter().find(is_here).map(|(name, entity)| (*entity, 1 + name.len()))
}

/// An address without references; `None` where it has none.
pub(super) fn resolved(address: &str) -> Option<String> {
    let mut plain = String::with_capacity(address.len());
    let (mut rest, mut any) = (address, false);
    while let Some(next) = rest.find('&') {
        plain.push_str(&rest[..next]);
        let (kept, length) = match at(&rest[next..]) {
            Some((Entity::Invisible, length)) => ("", length),
            Some((_, length)) => ("&", length),
            None => ("&", 1),
        };
        any |= length > 1;
        plain.push_str(kept);
        rest = &rest[next + length..];
    }
    plain.push_str(rest);
    any.then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_told_apart_and_parameters_are_none() {
        assert_eq!(at("&amp;b=2"), Some((Entity::Ampersand, 5)));
        assert_eq!(at("&QUOT; he"), Some((Entity::Ends, 6)));
        assert_eq!(at("&lt=5"), None);
        assert_eq!(at("&ä"), None);
    }

    #[test]
    fn an_address_is_plain_again() {
        assert_eq!(resolved("https://a.org/?x=1&amp;y=2&z=3").as_deref(), Some("https://a.org/?x=1&y=2&z=3"));
        assert_eq!(resolved("https://a.org/donau&shy;dampf").as_deref(), Some("https://a.org/donaudampf"));
        assert_eq!(resolved("https://a.org/?x=1&y=2"), None);
    }
}
