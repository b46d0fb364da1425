//! Raw HTML within Markdown, of which only the links count.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

#[expect(clippy::unwrap_used, reason = "the pattern is a constant that every test run compiles")]
static ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?is)<!--.*?-->|<a\s(?:[^>]*?\s)?href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#).unwrap()
});

/// The targets of the `<a href="…">` of a piece of HTML as byte ranges, comments left out.
pub(super) fn targets(html: &str) -> Vec<Range<usize>> {
    let value =
        |found: regex::Captures| (1..=3).find_map(|group| found.get(group)).map(|value| value.range());
    ANCHOR.captures_iter(html).filter_map(value).collect()
}

/// Whether a piece of inline HTML ends a link.
pub(super) fn ends_link(html: &str) -> bool {
    html.trim().eq_ignore_ascii_case("</a>")
}

/// A target with the character references undone that URLs have.
pub(super) fn decoded(target: &str) -> String {
    target.replace("&amp;", "&").replace("&#38;", "&").replace("&quot;", "\"").replace("&#39;", "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_in_any_quotes_and_not_in_comments() {
        let html = "<A class=x HREF='https://a.org/'>a</A><!-- <a href=\"https://b.org/\"> --><a href=https://c.org/>";
        let found: Vec<_> = targets(html).into_iter().map(|range| &html[range]).collect();
        assert_eq!(found, ["https://a.org/", "https://c.org/"]);
        assert!(targets("<abbr href='x'>").is_empty());
    }

    #[test]
    fn ampersands_are_plain_again() {
        assert_eq!(decoded("https://a.org/?a=1&amp;b=2"), "https://a.org/?a=1&b=2");
        assert!(ends_link("</A>"));
    }
}
