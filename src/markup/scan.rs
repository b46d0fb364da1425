//! The tags and texts of a page one after the other: no tree and no copies, one look at each byte.
//!
//! A tree costs fifty times as much, and reading text and links needs none. Tokens are told apart as in WHATWG HTML §13.2.5,
//! save for what only pages made to confuse parsers do.

use memchr::{memchr, memmem};

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text between tags, its character references as written.
    Text(&'a str),
    /// A start tag.
    Open(Tag<'a>),
    /// The name in an end tag, as written.
    Close(&'a str),
    /// What an element holds that can hold no tags, such as a script: its name, and the text.
    Raw(&'a str, &'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name as written.
    pub name: &'a str,
    attributes: &'a str,
}

/// Elements whose content is text up to their end tag. `noscript` is one where there are scripts, as in browsers.
const RAW: [&str; 9] =
    ["script", "style", "title", "textarea", "noscript", "iframe", "xmp", "noembed", "noframes"];

/// Goes through a page from its beginning.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: &'a str,
    /// The element whose text comes next.
    raw: Option<&'a str>,
    /// Whether an element may close itself, as in XML.
    xml: bool,
}

impl<'a> Pieces<'a> {
    /// The pieces of `html`.
    pub fn of(html: &'a str) -> Self {
        Self { rest: html, raw: None, xml: false }
    }

    /// The pieces of `xhtml`, in which `<title/>` is an element without content.
    pub fn of_xml(xhtml: &'a str) -> Self {
        Self { xml: true, ..Self::of(xhtml) }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Passes over what begins with `<` and is neither tag nor text; gives the rest of the tag that stands there.
    fn markup(&mut self) -> Option<Piece<'a>> {
        let after = &self.rest[1..];
        let (is_end, name) = after.strip_prefix('/').map_or((false, after), |name| (true, name));
        if name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
            let start = self.rest.len() - name.len();
            let length = first(name.as_bytes(), ends_name);
            let end = start + length + tag_end(&name.as_bytes()[length..]);
            let whole = self.take((end + 1).min(self.rest.len()));
            let (name, attributes) = whole[start..end.min(whole.len())].split_at(length);
            if is_end {
                return Some(Piece::Close(name));
            }
            let tag = Tag { name, attributes };
            self.raw = (holds_text(name) && !(self.xml && tag.closes_itself())).then_some(name);
            return Some(Piece::Open(tag));
        }
        if let Some(comment) = after.strip_prefix("!--") {
            // `<!-->` and `<!--->` are whole comments.
            let from = self.rest.len() - comment.len();
            let end = memmem::find(&self.rest.as_bytes()[from - 2..], b"-->").map(|at| from - 2 + at + 3);
            self.take(end.unwrap_or(self.rest.len()));
        } else if after.starts_with(['!', '?', '/']) {
            let end = memchr(b'>', self.rest.as_bytes()).map(|at| at + 1);
            self.take(end.unwrap_or(self.rest.len()));
        } else {
            let end = memchr(b'<', after.as_bytes()).map(|at| at + 1);
            return Some(Piece::Text(self.take(end.unwrap_or(self.rest.len()))));
        }
        None
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            return Some(Piece::Raw(name, self.take(raw_end(self.rest, name))));
        }
        while let Some(&byte) = self.rest.as_bytes().first() {
            if byte != b'<' {
                let end = memchr(b'<', self.rest.as_bytes());
                return Some(Piece::Text(self.take(end.unwrap_or(self.rest.len()))));
            }
            if let Some(piece) = self.markup() {
                return Some(piece);
            }
        }
        None
    }
}

impl<'a> Tag<'a> {
    /// Whether this is its name; `name` is in lower case.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of its first attribute of this name, as written; empty where it has none.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Whether it ends in `/>`; that means something in XML alone.
    pub fn closes_itself(&self) -> bool {
        let Some(before) = self.attributes.strip_suffix('/') else { return false };
        // The slash at the end of a value without quotes belongs to the value.
        let last = before.rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        !last.contains('=') || last.ends_with(['"', '\''])
    }

    /// Its attributes and their values as written.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes(self.attributes)
    }
}

/// Goes through the attributes of a tag.
#[derive(Clone, Debug)]
pub struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0;
        let text = &text[first(text.as_bytes(), |byte| !byte.is_ascii_whitespace() && byte != b'/')..];
        if text.is_empty() {
            self.0 = text;
            return None;
        }
        // An equals sign that stands first belongs to the name.
        let ends = |byte: u8| ends_name(byte) || byte == b'=';
        let length = 1 + first(&text.as_bytes()[1..], ends);
        // The name may begin with a character of several bytes; what follows them is no end either.
        let (name, rest) = text.split_at(length);
        let Some(value) = rest.trim_ascii_start().strip_prefix('=') else {
            self.0 = rest;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        let (value, rest) = match quote {
            Some(quote) => {
                let inner = &value[1..];
                let end = memchr(quote, inner.as_bytes()).unwrap_or(inner.len());
                (&inner[..end], inner.get(end + 1..).unwrap_or_default())
            }
            None => value.split_at(first(value.as_bytes(), |byte| byte.is_ascii_whitespace())),
        };
        self.0 = rest;
        Some((name, value))
    }
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

/// How many of `bytes` come before the first that `is` so: all, if none is. What is searched here is short, and a loop is faster
/// than beginning a search of many bytes at once.
fn first(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| is(*byte)).unwrap_or(bytes.len())
}

/// Whether what the element `name` holds is text up to its end tag.
fn holds_text(name: &str) -> bool {
    // Of the names that are frequent, few begin like one of these.
    matches!(name.as_bytes(), [b's' | b'S' | b't' | b'T' | b'n' | b'N' | b'i' | b'I' | b'x' | b'X', _, _, ..])
        && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw))
}

/// Where the `>` that ends a tag stands in what follows its name: one in quotes does not end it.
fn tag_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += first(&bytes[at..], |byte| matches!(byte, b'>' | b'='));
        if bytes.get(at).is_none_or(|byte| *byte == b'>') {
            return at;
        }
        at += 1;
        at += first(&bytes[at..], |byte| !byte.is_ascii_whitespace());
        match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => match memchr(quote, &bytes[at + 1..]) {
                Some(length) => at += length + 2,
                None => return bytes.len(),
            },
            Some(_) => {
                at += first(&bytes[at..], |byte| byte.is_ascii_whitespace() || byte == b'>');
            }
            None => return bytes.len(),
        }
    }
}

/// Where the end tag of `name` begins.
fn raw_end(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, b"</")
        .find(|at| {
            let tag = &bytes[at + 2..];
            tag.len() >= name.len()
                && tag[..name.len()].eq_ignore_ascii_case(name.as_bytes())
                && tag.get(name.len()).is_none_or(|byte| ends_name(*byte))
        })
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces of a page, written short.
    fn pieces(html: &str) -> Vec<String> {
        Pieces::of(html)
            .map(|piece| match piece {
                Piece::Text(text) => format!("text {text}"),
                Piece::Open(tag) => {
                    let attributes: Vec<_> =
                        tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                    format!("open {}{}", tag.name, attributes.concat())
                }
                Piece::Close(name) => format!("close {name}"),
                Piece::Raw(name, text) => format!("raw {name} {text}"),
            })
            .collect()
    }

    #[test]
    fn tags_and_texts_come_in_order() {
        assert_eq!(
            pieces("<!doctype html><P class=a>One<br/>two <b>3 < 4</b><!-- <i> --></P>"),
            [
                "open P class=a",
                "text One",
                "open br",
                "text two ",
                "open b",
                "text 3 ",
                "text < 4",
                "close b",
                "close P"
            ]
        );
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        for (tag, expected) in [
            (r#"<a id="x y" name='z'>"#, "open a id=x y name=z"),
            ("<a id = x/y hidden>", "open a id=x/y hidden="),
            (r#"<a title="a > b" id=c>"#, "open a title=a > b id=c"),
            ("<a href=x?a=b\"c id=d>", "open a href=x?a=b\"c id=d"),
            ("<a/id=x>", "open a id=x"),
            ("<a ü=1 =x>", "open a ü=1 =x="),
            ("<a id=>", "open a id="),
        ] {
            assert_eq!(pieces(tag), [expected], "{tag}");
        }
    }

    #[test]
    fn what_can_hold_no_tags_is_one_piece() {
        assert_eq!(
            pieces("<script>if (a<b) '</b>'</SCRIPT ><title>a <b> c</title>x"),
            [
                "open script",
                "raw script if (a<b) '</b>'",
                "close SCRIPT",
                "open title",
                "raw title a <b> c",
                "close title",
                "text x"
            ]
        );
        assert_eq!(pieces("<style>a"), ["open style", "raw style a"]);
    }

    #[test]
    fn what_breaks_off_ends_the_page() {
        for (html, expected) in [
            ("a<", &["text a", "text <"][..]),
            ("a<!--", &["text a"]),
            ("<!-->b", &["text b"]),
            ("</>b<?x>c", &["text b", "text c"]),
            ("<a id='x", &["open a id=x"]),
            ("<a", &["open a"]),
            ("<a id=", &["open a id="]),
        ] {
            assert_eq!(pieces(html), expected, "{html}");
        }
    }

    #[test]
    fn in_xml_an_element_may_close_itself() {
        let names = |pieces: Pieces| pieces.map(|piece| matches!(piece, Piece::Raw(..))).collect::<Vec<_>>();
        assert_eq!(names(Pieces::of_xml("<title/><p>a</p>")), [false; 4]);
        assert_eq!(names(Pieces::of("<title/><p>a</p>")), [false, true]);
    }

    proptest! {
        #[test]
        fn any_text_is_gone_through(text in "(<|>|/|!|-|=|\"|'| |a|ü|script|</script|<!--|id){0,60}") {
            let told: usize = Pieces::of(&text).map(|piece| match piece {
                Piece::Open(tag) => tag.attributes().map(|(name, value)| name.len() + value.len()).sum(),
                Piece::Text(text) | Piece::Raw(_, text) | Piece::Close(text) => text.len(),
            }).sum();
            prop_assert!(told <= text.len());
        }
    }
}
