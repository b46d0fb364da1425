//! Character references (WHATWG HTML §13.5): `&amp;`, `&#8217;`, `&#x2019;`.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use memchr::memchr;

/// The longest name of a reference.
const LONGEST: usize = 32;

/// `text` with its references replaced. One without its semicolon stays as it is: in the value of an attribute it is more
/// likely part of an address.
pub fn resolved(text: &str) -> Cow<'_, str> {
    replaced(text, |reference| reference.ends_with(';'))
}

/// The same for text between tags, where old names and numbers may lack their semicolon: `&copy 2024`.
pub fn resolved_text(text: &str) -> Cow<'_, str> {
    replaced(text, |_| true)
}

/// `text` with those references replaced that are `meant` as ones.
fn replaced(text: &str, meant: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at(first);
    out.push_str(before);
    while let Some(after) = rest.strip_prefix('&') {
        if let Some(reference) = Reference::at(rest).filter(|found| meant(&rest[..found.length])) {
            out.extend(reference.characters());
            rest = &rest[reference.length..];
        } else {
            out.push('&');
            rest = after;
        }
        let next = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(out)
}

/// A character reference in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// How many bytes it has, the `&` included.
    pub length: usize,
    one: char,
    other: Option<char>,
}

impl Reference {
    /// The reference that `text` begins with. Old names may lack their semicolon, as `&nbsp`; numbers may as well.
    pub fn at(text: &str) -> Option<Self> {
        let after = text.strip_prefix('&')?;
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let name = after.bytes().take(LONGEST).take_while(is_part).count();
        let ended = usize::from(after.as_bytes().get(name) == Some(&b';'));
        if after.starts_with('#') {
            let one = numbered(&after[1..name])?;
            return Some(Self { length: 1 + name + ended, one, other: None });
        }
        let whole = (ended == 1).then_some(name + 1);
        whole.into_iter().chain((2..=name).rev()).find_map(|length| Self::named(&after[..length]))
    }

    /// The characters it stands for.
    pub fn characters(self) -> impl Iterator<Item = char> {
        [Some(self.one), self.other].into_iter().flatten()
    }

    fn named(name: &str) -> Option<Self> {
        let &(one, other) = NAMED_ENTITIES.get(name)?;
        // The table has the beginnings of names too, with nothing behind them.
        let one = char::from_u32(one).filter(|c| *c != '\0')?;
        Some(Self { length: 1 + name.len(), one, other: char::from_u32(other).filter(|c| *c != '\0') })
    }
}

/// What `38` or `x26` stands for. The numbers of C1 controls mean the characters of windows-1252.
fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    let code = code.ok()?;
    let replaced = code.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    replaced.or_else(|| char::from_u32(code)).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_replaced_and_the_rest_is_left() {
        for (text, expected) in [
            ("Nothing", "Nothing"),
            ("can&rsquo;t &amp; won&#39;t &#x2014; ever", "can’t & won't — ever"),
            ("K&ouml;ln &NotEqualTilde;", "Köln ≂̸"),
            ("a & b &c; &; &#; &#xD800; &#0; &am", "a & b &c; &; &#; &#xD800; &#0; &am"),
            ("&amp;amp;", "&amp;"),
            ("He&#146;s &#150; there", "He’s – there"),
        ] {
            assert_eq!(resolved(text), expected, "{text}");
        }
        assert_eq!(resolved_text("&copy 2024, 3 &times 4 & more"), "© 2024, 3 × 4 & more");
    }

    #[test]
    fn old_names_and_numbers_may_lack_their_semicolon() {
        let meaning = |text| Reference::at(text).map(|found| (found.characters().collect(), found.length));
        for (text, expected) in [
            ("&nbsp;x", Some(("\u{a0}".to_owned(), 6))),
            ("&ampD", Some(("&".to_owned(), 4))),
            ("&#8217x", None),
            ("&#8217 ", Some(("’".to_owned(), 6))),
            ("&notit;", Some(("¬".to_owned(), 4))),
            ("&rsquo", None),
            ("& ", None),
        ] {
            assert_eq!(meaning(text), expected, "{text}");
        }
    }
}
