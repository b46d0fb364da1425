//! How and when a text was written: what its words have to be read with.

use jiff::civil;

use super::date::day_of_timestamp;
use super::language::Language;
use super::page::{is_date_line, published};
use crate::article::{Article, BlockKind};
use crate::markup::DateMark;

/// How many blocks of an article are looked through for a line with its date.
const HEAD: usize = 12;

/// The language that a text is written in, and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<'a> {
    /// ISO 639-1 code of the language.
    pub language: &'a str,
    /// The day, from which *yesterday* is counted, where it is known.
    pub on: Option<civil::Date>,
}

impl<'a> Written<'a> {
    /// A text in `language` (ISO 639-1) of an unknown day.
    pub fn in_language(language: &'a str) -> Self {
        Self { language, on: None }
    }
}

/// The day that `article` is dated: what its reader was told, else what the file states of itself, else the date that stands
/// alone in one of its first lines.
pub fn day_of(article: &Article) -> Option<civil::Date> {
    let given = article.dates.iter().find(|(mark, _)| *mark == DateMark::Given);
    if let Some((_, day)) = given {
        return day_of_timestamp(day);
    }
    let is_prose = |kind: &BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading);
    let head = article.blocks.iter().take(HEAD).filter(|block| is_prose(&block.kind));
    let lines = head.flat_map(|block| block.text.lines()).filter(|line| is_date_line(line));
    let mut dates = article.dates.clone();
    dates.extend(lines.map(|line| (DateMark::Line, line.to_owned())));
    published(&dates, Language::of(&article.language)).as_deref().and_then(day_of_timestamp)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::article::{ReadOptions, read};

    fn day(path: &str, text: &str) -> Option<civil::Date> {
        day_of(&read(path, text.as_bytes(), &ReadOptions::default()).unwrap())
    }

    #[test]
    fn a_file_says_itself_when_it_is_from() {
        let marked = [
            ("a.md", "---\ndate: 2025-03-04\n---\n\n# Title\n\nWords.\n"),
            ("a.md", "+++\ndate = \"2025-03-04T08:00:00+01:00\"\n+++\n\nWords.\n"),
            (
                "a.html",
                "<html><meta property=article:published_time content=2025-03-04T08:00><p>Words of a synthetic page.",
            ),
            (
                "a.html",
                "<html><script type=application/ld+json>{\"datePublished\": \"2025-03-04\"}</script><p>Words.",
            ),
            ("a.html", "<html><p><time itemprop=datePublished datetime=2025-03-04>now</time><p>Words."),
            ("a.html", "<html><link rel=canonical href=https://news.test/2025/03/04/words><p>Words."),
        ];
        for (path, text) in marked {
            assert_eq!(day(path, text), Some(date(2025, 3, 4)), "{text}");
        }
        for undated in ["<html><script>{\"datePublished\": \"2025-03-04\"}</script><p>Words.", "Words."] {
            assert_eq!(day("a.html", undated), None, "{undated}");
        }
    }

    #[test]
    fn a_date_alone_in_a_line_of_the_head_is_that_of_the_article() {
        assert_eq!(day("a.txt", "Ein Titel\n\nBerlin, 4. März 2025\n\nWorte.\n"), Some(date(2025, 3, 4)));
        assert_eq!(day("a.txt", "Ein Titel\n\nAm 4. März 2025 begann es, und es endete nie.\n"), None);
    }

    #[test]
    fn what_the_reader_was_told_counts_before_what_the_file_states() {
        let options = ReadOptions { dated: Some(date(1972, 6, 17)), ..ReadOptions::default() };
        let article = read("a.md", b"---\ndate: 2025-03-04\n---\n\nWords.\n", &options).unwrap();
        assert_eq!(day_of(&article), Some(date(1972, 6, 17)));
    }
}
