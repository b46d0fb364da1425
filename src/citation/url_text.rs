//! URLs that stand in running text: where each begins and where it ends.
//!
//! A URL begins with `http://`, `https://`, `ftp://` or `www.`. It ends before a blank, a quotation mark of any
//! language, an angle bracket or another character that no URL has (RFC 3986, appendix C), and before a closing
//! bracket that it did not open, as in `(https://example.org/a_(b))`. Punctuation at its end belongs to the sentence.

use std::ops::Range;

/// What a URL begins with, in lower case.
const STARTS: &[&str] = &["https://", "http://", "ftp://", "www."];

/// Characters that end a URL wherever they stand: quotation marks and brackets of German, French, English and
/// CJK typography, CJK punctuation, and ASCII characters that a URL has to escape.
const ENDS: &[char] = &[
    '"', '<', '>', '`', '\\', '^', '|', '„', '“', '”', '‟', '«', '»', '‹', '›', '‚', '‘', '’', '「', '」',
    '『', '』', '《', '》', '〈', '〉', '【', '】', '（', '）', '、', '。', '，', '；', '：', '！', '？',
    '\u{fffd}',
];

/// Characters that a URL does not end in, though it may have them within.
const TRAILING: &[char] = &['.', ',', ';', ':', '!', '?', '\'', '*', '…', '(', '[', '{'];

/// The URLs of a text as byte ranges, in order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(start) = next_start(text, from) {
        let end = end(text, start);
        if is_more_than_a_start(&text[start..end]) {
            found.push(start..end);
            from = end;
        } else {
            from = start + 1;
        }
    }
    found
}

/// The next place from byte `from` on where a URL begins.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let could_begin = |at: &usize| matches!(bytes[*at].to_ascii_lowercase(), b'h' | b'f' | b'w');
    (from..bytes.len()).filter(could_begin).find(|at| begins(text, *at))
}

fn begins(text: &str, at: usize) -> bool {
    let rest = &text.as_bytes()[at..];
    let has = |start: &&&str| {
        rest.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start.as_bytes()))
    };
    let Some(start) = STARTS.iter().find(has) else { return false };
    let before = text[..at].chars().next_back();
    match *start {
        // A domain begins a word; with a scheme it may be glued to the word before.
        "www." => before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '@' | '/')),
        "ftp://" => before.is_none_or(|c| !c.is_alphanumeric()),
        _ => true,
    }
}

/// Where the URL that begins at byte `start` ends.
fn end(text: &str, start: usize) -> usize {
    let quoted = text[..start].ends_with('\'');
    let mut open: Vec<char> = Vec::new();
    let mut end = text.len();
    for (at, c) in text[start..].char_indices() {
        let ends = match c {
            '(' | '[' | '{' => {
                open.push(c);
                false
            }
            ')' => open.pop() != Some('('),
            ']' => open.pop() != Some('['),
            '}' => open.pop() != Some('{'),
            '\'' => quoted,
            _ => c.is_whitespace() || c.is_control() || ENDS.contains(&c),
        };
        if ends {
            end = start + at;
            break;
        }
    }
    let url = &text[start..end];
    let url = url
        .find("&quot;")
        .or_else(|| url.find("&lt;"))
        .or_else(|| url.find("&gt;"))
        .map_or(url, |at| &url[..at]);
    let underscored = text[..start].ends_with('_');
    let is_trailing = |c: char| TRAILING.contains(&c) || (underscored && c == '_');
    start + url.trim_end_matches(is_trailing).len()
}

/// Whether there is a host after the scheme, and after `www.` a domain with a full stop in it.
fn is_more_than_a_start(url: &str) -> bool {
    if let Some((_, rest)) = url.split_once("://") {
        return rest.starts_with(|c: char| c.is_alphanumeric() || c == '[' || c == '%');
    }
    let host = url.get(4..).unwrap_or_default().split(['/', '?', '#', ':']).next().unwrap_or_default();
    let label = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && label.chars().count() >= 2 && host.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn assert_found(text: &str, expected: &[&str]) {
        let found: Vec<_> = find(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotation_marks_of_every_language_end_a_url() {
        for (open, close) in [
            ('„', '“'),
            ('“', '”'),
            ('»', '«'),
            ('«', '»'),
            ('‚', '‘'),
            ('「', '」'),
            ('"', '"'),
            ('\'', '\''),
            ('<', '>'),
        ] {
            assert_found(&format!("siehe {open}https://a.org/b{close} dort"), &["https://a.org/b"]);
        }
    }

    #[test]
    fn punctuation_belongs_to_the_sentence() {
        assert_found("Siehe https://a.org/b.", &["https://a.org/b"]);
        assert_found("Siehe https://a.org/b?!", &["https://a.org/b"]);
        assert_found(
            "https://a.org/b, https://a.org/c; www.a.org: und",
            &["https://a.org/b", "https://a.org/c", "www.a.org"],
        );
        assert_found("https://a.org/b…", &["https://a.org/b"]);
        assert_found("**https://a.org/b** _https://a.org/c_", &["https://a.org/b", "https://a.org/c"]);
        assert_found("https://a.org/b/?q=1&r=2#x-", &["https://a.org/b/?q=1&r=2#x-"]);
    }

    #[test]
    fn brackets_of_the_url_stay_and_those_around_it_go() {
        assert_found(
            "(https://de.wikipedia.org/wiki/Stahl_(Igel))",
            &["https://de.wikipedia.org/wiki/Stahl_(Igel)"],
        );
        assert_found(
            "https://de.wikipedia.org/wiki/Stahl_(Igel).",
            &["https://de.wikipedia.org/wiki/Stahl_(Igel)"],
        );
        assert_found(
            "(siehe https://a.org/b), und [https://a.org/c]",
            &["https://a.org/b", "https://a.org/c"],
        );
        assert_found("http://[2001:db8::1]:80/x", &["http://[2001:db8::1]:80/x"]);
    }

    #[test]
    fn what_only_looks_like_a_beginning_is_none() {
        assert_found("https:// und www. und www.x und a@www.a.org und http://", &[]);
        assert_found("xwww.a.org", &[]);
    }

    #[test]
    fn a_scheme_may_be_in_capitals_or_glued_to_a_word() {
        assert_found(
            "HTTPS://A.ORG/B siehehttp://a.org/c ftp://a.org/d",
            &["HTTPS://A.ORG/B", "http://a.org/c", "ftp://a.org/d"],
        );
        assert_found("WWW.Example.org/x", &["WWW.Example.org/x"]);
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_never_empty(text in "(https?://|www\\.|[a-z()\\[\\]„“.,'* /äß…])*") {
            let mut last = 0;
            for range in find(&text) {
                prop_assert!(range.start >= last && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                last = range.end;
            }
        }
    }
}
