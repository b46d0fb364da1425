//! The paths of robots.txt (RFC 9309 §2.2.2 and §2.2.3): `*` for anything, `$` for the end.

use memchr::memmem;

/// A path of a rule, ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    parts: Vec<Vec<u8>>,
    to_the_end: bool,
    length: usize,
}

impl Pattern {
    /// Reads a path as a rule writes it.
    pub(super) fn new(written: &[u8]) -> Self {
        let whole = normal(written);
        let to_the_end = whole.ends_with(b"$");
        let path = whole.strip_suffix(b"$").unwrap_or(&whole);
        let parts = path.split(|&byte| byte == b'*').map(<[u8]>::to_vec).collect();
        Self { parts, to_the_end, length: whole.len() }
    }

    /// How specific it is: of two rules that match, the longer one counts.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// Whether it matches `path`, in [`normal`] form.
    pub(super) fn matches(&self, path: &[u8]) -> bool {
        let [first, more @ ..] = &self.parts[..] else { return false };
        let Some(mut rest) = path.strip_prefix(&first[..]) else { return false };
        let Some((last, middle)) = more.split_last() else { return !self.to_the_end || rest.is_empty() };
        for part in middle {
            let Some(at) = memmem::find(rest, part) else { return false };
            rest = &rest[at + part.len()..];
        }
        if self.to_the_end { rest.ends_with(last) } else { memmem::find(rest, last).is_some() }
    }
}

/// A path in the form in which paths are compared: what needs no percent-encoding has none, what needs one has it in
/// upper case.
pub(super) fn normal(path: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = path.get(at) {
        let coded = path.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(hexadecimal);
        at += if coded.is_some() { 3 } else { 1 };
        match coded {
            Some(plain) if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) => out.push(plain),
            Some(other) => push_coded(&mut out, other),
            None if byte.is_ascii() => out.push(byte),
            None => push_coded(&mut out, byte),
        }
    }
    out
}

fn push_coded(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend([b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    match digits {
        [high, low] => Some(value(*high)? << 4 | value(*low)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_match_as_the_standard_says() {
        for (pattern, path, matches) in [
            ("/", "/anything?q", true),
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish", false),
            ("/fish*", "/fishheads/yummy", true),
            ("/fish/", "/fish", false),
            ("/*.php", "/folder/any.php?a", true),
            ("/*.php$", "/file.php", true),
            ("/*.php$", "/file.php?a", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/fish*.php", "/fishheads/catfish.php?a", true),
            ("/a*b*c$", "/aXbXbc", true),
            ("/a*b*c$", "/aXcXb", false),
            ("/this/*/exactly$", "/this/path/exactly", true),
            ("*", "/x", true),
            ("$", "/x", false),
            ("/path/file-with-a-%2A.html", "/path/file-with-a-%2A.html", true),
            ("/foo/bar/%E3%83%84", "/foo/bar/\u{30c4}", true),
            ("/foo/bar/\u{30c4}", "/foo/bar/%e3%83%84", true),
            ("/foo/bar/%62%61%7A", "/foo/bar/baz", true),
            ("fish", "/fish", false),
        ] {
            let found = Pattern::new(pattern.as_bytes()).matches(&normal(path.as_bytes()));
            assert_eq!(found, matches, "{pattern} {path}");
        }
    }
}
