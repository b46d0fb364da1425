//! Links that lead to a passage: URLs with a text fragment (WICG, "URL Fragment Text Directives").

use std::fmt::Write as _;

use url::Url;

/// A passage longer than this, in characters, is named by its first and last words.
const LONGEST: usize = 240;
/// How many words name the start of a long passage, and its end.
const WORDS: usize = 6;

/// `url` with a fragment that makes a browser scroll to `passage` and highlight it. A fragment that the URL has stays.
///
/// A match cannot cross from one block of a page to the next except between start and end, so a passage of several lines
/// is named by both.
pub(super) fn to_passage(url: &Url, passage: &str) -> Option<String> {
    let directive = if passage.chars().count() <= LONGEST && !passage.contains('\n') {
        encoded(passage.trim())
    } else {
        let first = passage.lines().next()?;
        let last = passage.lines().next_back()?;
        let start: Vec<&str> = first.split_whitespace().take(WORDS).collect();
        let mut end: Vec<&str> = last.split_whitespace().rev().take(WORDS).collect();
        end.reverse();
        format!("{},{}", encoded(&start.join(" ")), encoded(&end.join(" ")))
    };
    if directive.is_empty() || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let mut base = url.clone();
    let fragment = base
        .fragment()
        .map(|fragment| fragment.split(":~:").next().unwrap_or_default().to_owned())
        .unwrap_or_default();
    base.set_fragment(None);
    Some(format!("{base}#{fragment}:~:text={directive}"))
}

/// `text` percent-encoded: all but letters, digits and `.`, `_`, `~`. The syntax of the directive needs `-`, `,` and `&` encoded.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _infallible = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(url: &str, passage: &str) -> Option<String> {
        to_passage(&Url::parse(url).unwrap(), passage)
    }

    #[test]
    fn a_short_passage_is_named_whole() {
        assert_eq!(
            link("https://news.test/a?b=c", "Up-to-date, R&D: €5").as_deref(),
            Some("https://news.test/a?b=c#:~:text=Up%2Dto%2Ddate%2C%20R%26D%3A%20%E2%82%AC5")
        );
    }

    #[test]
    fn a_long_passage_is_named_by_its_ends() {
        let long =
            format!("One two three four five six seven {} the very last words of it.", "word ".repeat(60));
        assert_eq!(
            link("https://news.test/a#part", &long).as_deref(),
            Some(
                "https://news.test/a#part:~:text=One%20two%20three%20four%20five%20six,the%20very%20last%20words%20of%20it."
            )
        );
        assert_eq!(
            link("https://news.test/", "One line\nand another").as_deref(),
            Some("https://news.test/#:~:text=One%20line,and%20another")
        );
    }

    #[test]
    fn nothing_leads_nowhere() {
        assert_eq!(link("https://news.test/", ""), None);
        assert_eq!(link("mailto:a@news.test", "words"), None);
    }
}
