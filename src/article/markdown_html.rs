//! Raw HTML within Markdown, and the components of MDX, of which only the links count.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A comment, or the name of an element and the value of its `href`; MDX has values in braces as well.
#[expect(clippy::unwrap_used, reason = "the pattern is a constant that every test run compiles")]
static LINKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?is)<!--.*?-->|<([a-z][a-z0-9.:_-]*)\s(?:[^>]*?\s)?href\s*=\s*(?:\{?\s*(?:"([^"]*)"|'([^']*)')|([^\s"'>{}]+))"#,
    )
    .unwrap()
});

/// Elements whose `href` leads to what the page is made of.
const NO_LINKS: [&str; 5] = ["link", "base", "use", "image", "area"];

/// The targets of the elements with an `href` of a piece of HTML as byte ranges, comments left out.
pub(super) fn targets(html: &str) -> Vec<Range<usize>> {
    let leads = |found: &regex::Captures| {
        found
            .get(1)
            .is_some_and(|name| NO_LINKS.iter().all(|other| !name.as_str().eq_ignore_ascii_case(other)))
    };
    let value =
        |found: regex::Captures| (2..=4).find_map(|group| found.get(group)).map(|value| value.range());
    LINKED.captures_iter(html).filter(leads).filter_map(value).collect()
}

/// The name in a start tag or an end tag.
pub(super) fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
}

/// A target with the character references undone that URLs have.
pub(super) fn decoded(target: &str) -> String {
    target.replace("&amp;", "&").replace("&#38;", "&").replace("&quot;", "\"").replace("&#39;", "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<&str> {
        targets(html).into_iter().map(|range| &html[range]).collect()
    }

    #[test]
    fn targets_are_found_in_any_quotes_and_not_in_comments() {
        let html = "<A class=x HREF='https://a.org/'>a</A><!-- <a href=\"https://b.org/\"> --><a href=https://c.org/>";
        assert_eq!(found(html), ["https://a.org/", "https://c.org/"]);
    }

    #[test]
    fn any_element_may_lead_somewhere_but_those_that_a_page_is_made_of() {
        assert_eq!(
            found("<Ui.Card href={'https://a.org/'} /><x-y href=https://b.org/>"),
            ["https://a.org/", "https://b.org/"]
        );
        assert_eq!(
            found("<link rel=x href='https://a.org/'><base href='https://b.org/'><Card href={target}>"),
            [""; 0]
        );
    }

    #[test]
    fn ampersands_are_plain_again() {
        assert_eq!(decoded("https://a.org/?a=1&amp;b=2"), "https://a.org/?a=1&b=2");
        assert_eq!(["</A>", "<Card\nhref=x>", "<x/>"].map(tag_name), ["A", "Card", "x"]);
    }
}
