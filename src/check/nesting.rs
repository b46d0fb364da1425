//! Bounds what a page can cost to parse.
//!
//! The HTML standard makes a parser look through all open elements at many a tag, and open all formatting elements
//! again at each block: a page of a megabyte can cost hours and all memory. Real pages are far from that.

/// Open elements looked through, summed over the tags of a page.
const LOOKS: usize = 20_000_000;

/// Formatting elements opened again, summed over the tags of a page.
const REOPENED: usize = 1_000_000;

/// The beginning of `html` that is safe to parse: all of it for any page that was not made to break parsers.
pub fn shallow(html: &str) -> &str {
    let (mut open, mut formatting) = (0_usize, 0_usize);
    let (mut looks, mut reopened) = (0_usize, 0_usize);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let at = html.len() - rest.len() + start;
        let tag = Tag::read(&rest[start + 1..]);
        match tag.kind {
            Kind::Start if tag.is_formatting() => (open, formatting) = (open + 1, formatting + 1),
            Kind::Start if !tag.closes_itself() => open += 1,
            Kind::End if tag.is_formatting() => {
                (open, formatting) = (open.saturating_sub(1), formatting.saturating_sub(1));
            }
            Kind::End if !tag.closes_itself() => open = open.saturating_sub(1),
            Kind::Start | Kind::End | Kind::None => {}
        }
        if tag.kind != Kind::None {
            looks += open;
            reopened += formatting;
        }
        if looks > LOOKS || reopened > REOPENED {
            return &html[..at];
        }
        rest = tag.after;
    }
    html
}

/// What stands at a `<`.
struct Tag<'a> {
    kind: Kind,
    name: &'a str,
    /// The text after its name; after its end for what can hold no tags.
    after: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    End,
    None,
}

/// Elements that are never open: they have no content, or the next of their like closes them.
const CLOSED: [&str; 29] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "html",
    "head", "body",
];

/// Formatting elements (WHATWG HTML §13.2.4.2).
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements whose content is text up to their end tag.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

impl<'a> Tag<'a> {
    /// Reads what follows a `<`.
    fn read(text: &'a str) -> Self {
        if let Some(comment) = text.strip_prefix("!--") {
            let after = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            return Self { kind: Kind::None, name: "", after };
        }
        let (kind, text) = text.strip_prefix('/').map_or((Kind::Start, text), |rest| (Kind::End, rest));
        let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, after) = text.split_at(length);
        if name.is_empty() {
            return Self { kind: Kind::None, name, after };
        }
        if kind == Kind::Start && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            return Self { kind: Kind::None, name, after: past(after, name) };
        }
        Self { kind, name, after }
    }

    fn is_formatting(&self) -> bool {
        FORMATTING.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }

    fn closes_itself(&self) -> bool {
        CLOSED.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

/// What follows the end tag `name` in `text`.
fn past<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(end) = rest.find("</") {
        rest = &rest[end + 2..];
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return &rest[name.len()..];
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_ordinary_page_is_left_whole() {
        let row = "<div class=x><p>text <b>bold</b> <a href=y>link</a><ul><li>one<li>two</ul></div>";
        let page =
            format!("<!doctype html><title>a < b</title><script>'<div><div>'</script>{}", row.repeat(20_000));
        assert_eq!(shallow(&page).len(), page.len());
        let nested = format!("{}x{}", "<div>".repeat(1000), "</div>".repeat(1000));
        assert_eq!(shallow(&nested).len(), nested.len());
    }

    #[test]
    fn what_breaks_parsers_is_cut_off() {
        for bomb in ["<div>", "<b><p>", "<a id=1><p>", "<x1><x2>", "<table>", "</i><i><i>"] {
            let page = bomb.repeat(200_000);
            assert!(shallow(&page).len() < page.len() / 5, "{bomb}");
        }
    }

    #[test]
    fn what_only_looks_like_tags_counts_for_nothing() {
        for harmless in [
            "<script>\"<div>\"</script>",
            "<!-- <div> -->",
            "<style><div></style>",
            "a < b ",
            "<p>",
            "<br>",
            "<>",
        ] {
            let page = harmless.repeat(100_000);
            assert_eq!(shallow(&page).len(), page.len(), "{harmless}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn any_short_text_is_left_whole(text in "([<>/!a-d -]|ü|script|title|--){0,60}") {
            prop_assert_eq!(shallow(&text), text.as_str());
        }
    }
}
