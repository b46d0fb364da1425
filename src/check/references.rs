//! Character references (WHATWG HTML §13.5): `&amp;`, `&#8217;`, `&#x2019;`.

use std::borrow::Cow;

use html5ever::data::NAMED_ENTITIES;
use memchr::memchr;

/// The longest name of a reference.
const LONGEST: usize = 32;

/// `text` with its references replaced. One without its semicolon stays as it is.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at(first);
    out.push_str(before);
    while let Some(after) = rest.strip_prefix('&') {
        let name = after
            .bytes()
            .take(LONGEST)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        let ended = after.as_bytes().get(name) == Some(&b';');
        if let Some((one, other)) = ended.then(|| meaning(&after[..=name])).flatten() {
            out.push(one);
            out.extend(other);
            rest = &after[name + 1..];
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

/// What a reference stands for: `amp;`, `#38;`, `#x26;`.
fn meaning(reference: &str) -> Option<(char, Option<char>)> {
    if let Some(number) = reference.strip_prefix('#') {
        let number = number.trim_end_matches(';');
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return Some((char::from_u32(code.ok()?).filter(|c| *c != '\0')?, None));
    }
    let &(one, other) = NAMED_ENTITIES.get(reference)?;
    // The table has the beginnings of names too, with nothing behind them.
    let one = char::from_u32(one).filter(|c| *c != '\0')?;
    Some((one, char::from_u32(other).filter(|c| *c != '\0')))
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
        ] {
            assert_eq!(resolved(text), expected, "{text}");
        }
    }
}
