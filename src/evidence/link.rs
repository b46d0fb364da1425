//! Links that lead to a passage: URLs with a text fragment (WICG, "URL Fragment Text Directives").

use std::fmt::Write as _;
use std::ops::Range;

use memchr::memmem;
use url::Url;

/// A passage longer than this, in characters, is named by its first and last words.
const LONGEST: usize = 240;
/// How many words name the start of a long passage, and its end.
const WORDS: usize = 6;
/// The most words that are taken to name a start, an end or what stands beside a passage.
const MOST_WORDS: usize = 24;
/// The most places of the same words that are looked at.
const MOST_PLACES: usize = 64;

/// `url` with a fragment that makes a browser scroll to the passage at `range` of `text` and highlight it. A fragment that
/// the URL has stays. `lower` is `text` with the ASCII letters in lower case: browsers do not heed case.
///
/// The fragment names no other place of `text` as long as words beside the passage can tell it apart. A match cannot cross
/// from one block of a page to the next except between start and end, so a passage of several lines is named by both.
pub(super) fn to_passage(url: &Url, text: &str, lower: &str, range: Range<usize>) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let page = Page { text, lower };
    let directive = page.directive(page.trimmed(range)?).written();
    let mut base = url.clone();
    let fragment = base
        .fragment()
        .map(|fragment| fragment.split(":~:").next().unwrap_or_default().to_owned())
        .unwrap_or_default();
    base.set_fragment(None);
    Some(format!("{base}#{fragment}:~:text={directive}"))
}

struct Page<'a> {
    text: &'a str,
    lower: &'a str,
}

/// What names a passage, each part a range of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parts {
    prefix: Option<Range<usize>>,
    start: Range<usize>,
    end: Option<Range<usize>>,
    suffix: Option<Range<usize>>,
}

struct Directive<'a> {
    page: &'a Page<'a>,
    parts: Parts,
}

impl Page<'_> {
    /// `range` without the blanks at its ends.
    fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let passage = self.text.get(range.clone())?;
        let start = range.start + passage.len() - passage.trim_start().len();
        let length = passage.trim().len();
        (length > 0).then_some(start..start + length)
    }

    /// What names the passage at `range`: alone if that will do, otherwise with ever more words of it and beside it.
    fn directive(&self, range: Range<usize>) -> Directive<'_> {
        let passage = &self.text[range.clone()];
        let is_short = passage.chars().count() <= LONGEST && !passage.contains('\n');
        let tries: Vec<Parts> = if is_short {
            vec![Parts { start: range.clone(), ..Parts::default() }]
        } else {
            [WORDS, WORDS * 2, MOST_WORDS]
                .into_iter()
                .map(|words| self.by_its_ends(range.clone(), words))
                .collect()
        };
        let beside = |parts: &Parts, words: usize| Parts {
            prefix: self.words_before(range.start, words),
            suffix: self.words_after(range.end, words),
            ..parts.clone()
        };
        let more: Vec<Parts> = [3, 8, MOST_WORDS]
            .into_iter()
            .filter_map(|words| tries.last().map(|parts| beside(parts, words)))
            .collect();
        let first = tries.first().cloned().unwrap_or_default();
        let unique = tries.into_iter().chain(more).find(|parts| self.is_only(parts));
        Directive { page: self, parts: unique.unwrap_or(first) }
    }

    /// The first words of the first line and the last words of the last.
    fn by_its_ends(&self, range: Range<usize>, words: usize) -> Parts {
        let passage = &self.text[range.clone()];
        let first = passage.lines().next().unwrap_or_default();
        let last = passage.lines().next_back().unwrap_or_default();
        let start = first_words(first, words);
        let end = last_words(last, words);
        // One line that both would cover is named once.
        if first.len() == passage.len() && start.len() + end.len() >= passage.len() {
            return Parts { start: range, ..Parts::default() };
        }
        Parts {
            start: range.start..range.start + start.len(),
            end: Some(range.end - end.len()..range.end),
            ..Parts::default()
        }
    }

    /// Up to `words` words that stand before byte `at`, in one line.
    fn words_before(&self, at: usize, words: usize) -> Option<Range<usize>> {
        let before = self.text[..at].trim_end();
        let line = before.rsplit('\n').next()?;
        let taken = last_words(line, words);
        (!taken.is_empty()).then(|| before.len() - taken.len()..before.len())
    }

    /// Up to `words` words that stand after byte `at`, in one line.
    fn words_after(&self, at: usize, words: usize) -> Option<Range<usize>> {
        let after = self.text[at..].trim_start();
        let from = self.text.len() - after.len();
        let taken = first_words(after.lines().next()?, words);
        (!taken.is_empty()).then(|| from..from + taken.len())
    }

    /// Whether the text has one place that `parts` name.
    fn is_only(&self, parts: &Parts) -> bool {
        let (start, end) = (self.lower(&parts.start), parts.end.as_ref().map(|end| self.lower(end)));
        let mut places =
            memmem::find_iter(self.lower.as_bytes(), start.as_bytes()).take(MOST_PLACES).filter(|&at| {
                let before = self.lower[..at].trim_end();
                let after = at + start.len();
                let prefixed =
                    parts.prefix.as_ref().is_none_or(|prefix| before.ends_with(self.lower(prefix)));
                let ended = end.map_or(Some(after), |end| {
                    memmem::find(&self.lower.as_bytes()[after..], end.as_bytes())
                        .map(|gap| after + gap + end.len())
                });
                let suffixed = parts.suffix.as_ref().is_none_or(|suffix| {
                    ended
                        .is_some_and(|after| self.lower[after..].trim_start().starts_with(self.lower(suffix)))
                });
                prefixed && ended.is_some() && suffixed
            });
        places.next() == Some(parts.start.start) && places.next().is_none()
    }

    fn lower(&self, range: &Range<usize>) -> &str {
        &self.lower[range.clone()]
    }
}

impl Directive<'_> {
    /// The value of the directive.
    fn written(&self) -> String {
        let part = |range: &Range<usize>| encoded(&self.page.text[range.clone()]);
        let Parts { prefix, start, end, suffix } = &self.parts;
        let prefix = prefix.as_ref().map(|prefix| format!("{}-,", part(prefix))).unwrap_or_default();
        let end = end.as_ref().map(|end| format!(",{}", part(end))).unwrap_or_default();
        let suffix = suffix.as_ref().map(|suffix| format!(",-{}", part(suffix))).unwrap_or_default();
        format!("{prefix}{}{end}{suffix}", part(start))
    }
}

/// The start of `line` through its `count`th word.
fn first_words(line: &str, count: usize) -> &str {
    let ends = line
        .char_indices()
        .filter(|&(at, c)| c.is_whitespace() && !line[..at].ends_with(char::is_whitespace));
    let end = ends.map(|(at, _)| at).filter(|&at| at > 0).nth(count.saturating_sub(1));
    line[..end.unwrap_or(line.len())].trim_end()
}

/// The end of `line` from its `count`th word from the end.
fn last_words(line: &str, count: usize) -> &str {
    let line = line.trim_end();
    let starts = line
        .char_indices()
        .rev()
        .filter(|&(at, c)| c.is_whitespace() && !line[at + c.len_utf8()..].starts_with(char::is_whitespace));
    let start = starts.map(|(at, c)| at + c.len_utf8()).nth(count.saturating_sub(1));
    &line[start.unwrap_or(0)..]
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

    fn link_in(url: &str, text: &str, range: Range<usize>) -> Option<String> {
        to_passage(&Url::parse(url).unwrap(), text, &text.to_ascii_lowercase(), range)
    }

    fn link(url: &str, passage: &str) -> Option<String> {
        link_in(url, passage, 0..passage.len())
    }

    fn directive(text: &str, passage: &str, from: usize) -> String {
        let start = text[from..].find(passage).unwrap() + from;
        let link = link_in("https://news.test/", text, start..start + passage.len()).unwrap();
        link.strip_prefix("https://news.test/#:~:text=").unwrap().to_owned()
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
    fn words_beside_a_passage_tell_it_from_the_same_words_elsewhere() {
        let text = "In May it rose.\nHe said that it rose.\nShe said that IT ROSE. Then it fell.";
        assert_eq!(directive(text, "it rose.", 8), "He%20said%20that-,it%20rose.,-She%20said%20that");
        assert_eq!(directive(text, "Then it fell.", 0), "Then%20it%20fell.");
        let twice =
            format!("{0}the end.\nOther. {0}the last.", "Word after word after word after word. ".repeat(8));
        let second = twice.find("Other.").unwrap() + 7;
        let passage = format!("{}the last.", "Word after word after word after word. ".repeat(8));
        assert!(
            directive(&twice, passage.trim_end(), second).starts_with("Other.-,"),
            "{}",
            directive(&twice, passage.trim_end(), second)
        );
    }

    #[test]
    fn nothing_leads_nowhere() {
        assert_eq!(link("https://news.test/", ""), None);
        assert_eq!(link("https://news.test/", " \n "), None);
        assert_eq!(link("mailto:a@news.test", "words"), None);
    }
}
