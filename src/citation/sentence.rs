//! Sentences of running text, German and English first.
//!
//! A sentence ends at `.`, `!`, `?` or `…` with the quotation marks and brackets after it, if what follows begins
//! one. Full stops of abbreviations, ordinals, initials and dates end none; nor does any mark within a quotation
//! or bracket, which stays with the words that report it. A URL after the full stop belongs to the sentence before.

use std::ops::Range;

use super::abbreviation::{Dot, dot_after};
use super::frame::Frames;
use super::starter::{begins_sentences, reports_speech};

/// Languages that write ordinals with a full stop ("3. März").
const ORDINAL_LANGUAGES: &[&str] = &[
    "de", "da", "nb", "nn", "no", "fi", "et", "lv", "is", "cs", "sk", "pl", "hu", "hr", "sr", "sl", "bs",
    "tr", "und",
];

/// Marks that may end a sentence.
const TERMINATORS: &[char] = &['.', '!', '?', '…', '。', '！', '？'];

/// Marks that end a sentence without a blank after them.
const CJK_TERMINATORS: &[char] = &['。', '！', '？'];

/// Marks that belong to the sentence that they close.
const CLOSERS: &[char] = &['“', '”', '"', '\'', '‘', '’', '»', '«', '›', '‹', ')', ']', '」', '』'];

/// Marks that may stand before the first word of a sentence.
const OPENERS: &[char] = &[
    '„', '“', '”', '"', '\'', '‚', '‘', '’', '»', '«', '›', '‹', '(', '[', '<', '–', '—', '-', '•', '「',
    '『',
];

/// The sentences of a text as byte ranges, blanks at both ends left out. `urls` are the URLs in it, in order.
pub(super) fn sentences(text: &str, urls: &[Range<usize>], language: &str) -> Vec<Range<usize>> {
    let splitter =
        Splitter { text, urls, frames: Frames::of(text), ordinals: ORDINAL_LANGUAGES.contains(&language) };
    let mut found = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(mark) = splitter.next_mark(from) {
        from = mark.end;
        if let Some(cut) = splitter.cut(start, &mark) {
            found.push(start..cut);
            (start, from) = (cut, cut);
        }
    }
    found.push(start..text.len());
    found.into_iter().map(|range| trimmed(text, range)).filter(|range| !range.is_empty()).collect()
}

/// A run of terminators with what closes after it.
struct Mark {
    /// The terminators.
    run: Range<usize>,
    /// The end of the closing marks.
    end: usize,
}

struct Splitter<'a> {
    text: &'a str,
    urls: &'a [Range<usize>],
    frames: Frames,
    ordinals: bool,
}

impl Splitter<'_> {
    /// The next mark from byte `from` on that is no part of a URL.
    fn next_mark(&self, mut from: usize) -> Option<Mark> {
        loop {
            let start = from + self.text[from..].find(TERMINATORS)?;
            let index = self.urls.partition_point(|url| url.end <= start);
            match self.urls.get(index).filter(|url| url.start <= start) {
                Some(url) => from = url.end,
                None => return Some(self.mark_at(start)),
            }
        }
    }

    fn mark_at(&self, start: usize) -> Mark {
        let rest = &self.text[start..];
        let after_run = rest.trim_start_matches(TERMINATORS);
        let run = start..start + rest.len() - after_run.len();
        let end = self.text.len() - after_markers(after_run.trim_start_matches(CLOSERS)).len();
        Mark { run, end }
    }

    /// Where the sentence that begins at `start` ends if `mark` ends it.
    fn cut(&self, start: usize, mark: &Mark) -> Option<usize> {
        let after = &self.text[mark.end..];
        let is_cjk = self.text[mark.run.clone()].ends_with(CJK_TERMINATORS);
        let framed = self.frames.end_around(mark.run.start).is_some_and(|end| end > mark.end);
        if framed || after.trim_start().is_empty() || !(is_cjk || after.starts_with(char::is_whitespace)) {
            return None;
        }
        let cut = self.after_urls(mark.end);
        let next = self.text[cut..].trim_start().trim_start_matches(OPENERS).trim_start();
        let first = next.chars().next()?;
        if cut > mark.end && self.abbreviates(start, mark) {
            return None;
        }
        if cut > mark.end {
            // A small letter after the URL: it is the subject of the next sentence, not a source of this one.
            return Some(if first.is_lowercase() { mark.end } else { cut });
        }
        (is_cjk || self.ends(start, mark, next, first)).then_some(cut)
    }

    /// The end of the URLs that follow right after byte `end`, brackets and all; `end` itself where none does.
    fn after_urls(&self, mut end: usize) -> usize {
        loop {
            let rest = &self.text[end..];
            let inner = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '<'));
            let at = end + rest.len() - inner.len();
            let index = self.urls.partition_point(|url| url.start < at);
            let Some(url) = self.urls.get(index).filter(|url| url.start == at) else { return end };
            let closed = self.text[url.end..].trim_start_matches([')', ']', '>', '.', ',', ';']);
            end = self.text.len() - closed.len();
        }
    }

    /// Whether the mark is the full stop of an abbreviation that hardly ends a sentence: "Vgl. https://…".
    fn abbreviates(&self, start: usize, mark: &Mark) -> bool {
        let word = last_word(&self.text[start..mark.run.start]);
        &self.text[mark.run.start..mark.end] == "."
            && !word.is_empty()
            && matches!(dot_after(word), Dot::Abbreviates)
    }

    fn ends(&self, start: usize, mark: &Mark, next: &str, first: char) -> bool {
        let run = &self.text[mark.run.clone()];
        let closing = &self.text[mark.run.end..mark.end];
        let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if first.is_lowercase() || self.closes_aside(start, closing) {
            return false;
        }
        if run.contains('…') || run.contains("..") {
            return begins_sentences(word);
        }
        if run != "." {
            return closing.is_empty() || !is_reported(next);
        }
        closing.starts_with(CLOSERS) || self.full_stop_ends(start, mark.run.start, first, word)
    }

    /// Whether the marks close a bracket that opened within the sentence: "(u. a.)".
    fn closes_aside(&self, start: usize, closing: &str) -> bool {
        closing.ends_with(')') && !self.text[start..].trim_start().starts_with('(')
    }

    /// Whether the full stop at byte `at` ends a sentence before `next_word`, which begins with `first`.
    fn full_stop_ends(&self, start: usize, at: usize, first: char, next_word: &str) -> bool {
        let before = &self.text[start..at];
        let word = last_word(before);
        let starts = begins_sentences(next_word);
        if !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) {
            let enumerates = before.trim_start().len() == word.len();
            return word.len() > 2 || !(enumerates || self.ordinals) || (!enumerates && starts);
        }
        if self.ordinals && is_roman(word) {
            return starts;
        }
        match dot_after(word) {
            Dot::AbbreviatesNumber if first.is_ascii_digit() => false,
            Dot::AbbreviatesNumber | Dot::Ends if is_letter(word) => {
                starts && word.chars().all(char::is_uppercase) && !is_spaced(before, word)
            }
            Dot::AbbreviatesNumber | Dot::Ends => true,
            Dot::Abbreviates => false,
            Dot::Either => starts,
        }
    }
}

/// The text after markers of notes: "[1]", "¹".
fn after_markers(text: &str) -> &str {
    let rest = text.trim_start_matches(['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']);
    let number = rest.strip_prefix('[').and_then(|inner| inner.split_once(']'));
    match number {
        Some((number, after))
            if (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            after
        }
        _ => rest,
    }
}

/// Whether words that report speech follow a quotation: "Trump asked", "Donald Trump said".
fn is_reported(next: &str) -> bool {
    next.split_whitespace().skip(1).take(2).any(|word| reports_speech(word.trim_end_matches([',', '.', ':'])))
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| c.is_whitespace() || OPENERS.contains(&c) || c == '/').next().unwrap_or_default()
}

fn is_letter(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Whether `word`, which ends `text`, belongs to an abbreviation written with blanks, such as "z. B".
fn is_spaced(text: &str, word: &str) -> bool {
    let before = text[..text.len() - word.len()].trim_end();
    let part = before.strip_suffix('.').map(last_word);
    part.is_some_and(|part| is_letter(part) && part.chars().all(char::is_lowercase))
}

fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.end - piece.trim_start().len();
    start..(range.start + piece.trim_end().len()).max(start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::citation::written;

    /// The text is cut where `|` stands.
    #[track_caller]
    fn assert_split(language: &str, marked: &str) {
        let text = marked.replace('|', "");
        let found: Vec<_> = sentences(&text, &written::cited_ranges(&text), language)
            .into_iter()
            .map(|range| text[range].to_owned())
            .collect();
        let expected: Vec<_> = marked.split('|').map(|piece| piece.trim().to_owned()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn german_abbreviations_ordinals_and_dates_end_no_sentence() {
        for marked in [
            "Es gibt z. B. Panzer, d. h. Waffen, u. a. aus den USA.| Das reicht.",
            "Am 3. März kam Dr. Müller.| Am 1. Mai ging er.",
            "Im 18. Jahrhundert war das so.| Seit dem 2. Weltkrieg nicht.",
            "Das kostet ca. 5 Mio. Euro bzw. 1.000 Dollar.| Prof. h. c. Meier zahlt.",
            "Ludwig XIV. war König.| Es war 1999.| Danach kam 2000.",
            "Nach Art. 5 und § 3 Abs. 2 gilt das.| Eine andere Art.| Die gibt es nicht.",
            "Vom 3. 4. 2025 bis 5.4.2025 ging es.| Er wurde 50.| Die Feier war groß.",
            "Panzer, Flugzeuge usw. Munition fehlt.| Waffen usw.| Die Munition fehlt.",
            "J. D. Vance sprach.| Das war der Plan B.| Es gab keinen anderen.",
        ] {
            assert_split("de", marked);
        }
    }

    #[test]
    fn english_abbreviations_end_no_sentence() {
        for marked in [
            "Mr. Smith met Sen. Jones at 5 p.m. Monday.| He left at 6 p.m.| The end.",
            "The U.S. Army came.| He left the U.S.| It was late.",
            "Apple Inc. Chief J. D. Vance spoke at No. 10.| He said no.| No one heard.",
            "It rose 1.5 percent to $3.| Then it fell.",
            "He was 50.| Peter was 60.",
        ] {
            assert_split("en", marked);
        }
    }

    #[test]
    fn quotations_stay_with_the_words_that_report_them() {
        for marked in [
            "„Es ist so. Wir tun es“, sagte er.| Dann ging er.",
            "Er schrieb: „Europa weiß eines: Ja. Es geht um Frieden für ganz Europa.“| Dann ging er.",
            "„Es ist so.“| Trump ging.",
            "„Ist es so?“ fragte er.| „Ja!“ rief sie.",
            "“Will it last?” Trump asked.| “Yes.”| He left.",
            "Er will eine „Koalition der Willigen“.| Wolfgang kam.",
            "Er sagte, dass es „gut … oder schlecht wird.“ sei.| Ja.",
            "Die Partei (CDU u. a.) Deutschlands kam.| (Sie ging. Und blieb.)| Ende.",
        ] {
            assert_split("de", marked);
        }
    }

    #[test]
    fn an_ellipsis_within_a_sentence_does_not_end_it() {
        assert_split("de", "Es geht … um Frieden … Waffen und mehr.| Er ging …| Die anderen blieben.");
        assert_split("en", "It goes … on and on.| Then it stops...| The end.");
    }

    #[test]
    fn a_url_after_the_full_stop_belongs_to_the_sentence_before() {
        assert_split(
            "en",
            "It is so. https://a.org/b.html| Peter left. (https://a.org/c)| He said no. https://a.org/d| “Yes.”",
        );
        assert_split("en", "It is so.| https://a.org/b is the page.");
        assert_split("en", "See https://a.org/b?c=d. e for more.| It is so.[1]| Peter left.");
    }

    #[test]
    fn other_scripts_end_sentences_too() {
        assert_split("zh", "你好。|世界！|好。");
    }

    proptest! {
        #[test]
        fn sentences_cover_all_words_in_order(text in "([A-Za-zäß0-9]{1,6}|[.!?…„“\"()»« ,–。]|https://a\\.b/c|z\\. B\\.){0,60}") {
            let mut last = 0;
            let mut kept = String::new();
            for range in sentences(&text, &written::cited_ranges(&text), "de") {
                prop_assert!(range.start >= last && !range.is_empty());
                kept.push_str(&text[range.clone()]);
                last = range.end;
            }
            let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(squeeze(&kept), squeeze(&text));
        }
    }
}
