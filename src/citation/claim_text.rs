//! The text of a claim: its sentence without the URLs that only point at its sources.
//!
//! A URL goes where it stands in brackets by itself or at the end of the sentence. Within the sentence it may be
//! what the sentence is about, and stays.

use std::ops::Range;

use super::pointer::{only_leads, only_points, pointers};

/// Marks that may stand after the last URL of a sentence.
const FINAL: &[char] = &['.', '!', '?', '…', '。', '！', '？'];

/// Marks that no blank stands before.
const CLOSING: &[char] = &[',', '.', ';', ':', '!', '?', ')', '，', '。', '；', '：', '！', '？', '、', '）'];

/// Words of a label that only introduces a URL: "Quelle:", "Read more:".
const LONGEST_LABEL: usize = 4;

/// A sentence without its pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClaimText {
    /// What is left.
    pub(super) text: String,
    /// Where it begins, as a byte offset of the block.
    pub(super) start: usize,
}

/// The claim that a sentence makes, `urls` being those of the block; `None` where it is nothing but URLs and a
/// label for them.
pub(super) fn claim_text(block: &str, sentence: &Range<usize>, urls: &[Range<usize>]) -> Option<ClaimText> {
    let first = urls.partition_point(|url| url.start < sentence.start);
    let count = urls[first..].iter().take_while(|url| url.end <= sentence.end).count();
    if only_points(block, sentence, &urls[first..first + count]) {
        return None;
    }
    let pointers = pointers(block, sentence, &urls[first..first + count]);
    let (text, start) = without(block, sentence, &pointers);
    let introduces =
        |pointer: &Range<usize>| is_label(&text) || is_caption_word(&block[sentence.start..pointer.start]);
    let is_label = pointers.first().is_some_and(introduces);
    let has_words = text.chars().any(char::is_alphabetic);
    (has_words && !is_label).then_some(ClaimText { text, start })
}

/// Whether the words before a pointer are one word that introduces it, "Photo: https://…", whatever is left of its colon.
fn is_caption_word(before: &str) -> bool {
    let before = before.trim();
    before.ends_with(':') && !before.contains(char::is_whitespace)
}

/// Whether a text only introduces a source.
pub(super) fn is_label(text: &str) -> bool {
    text.split_whitespace().count() <= LONGEST_LABEL && (text.ends_with(':') || only_leads(text))
}

/// What is left of a sentence, and where that begins.
fn without(block: &str, sentence: &Range<usize>, pointers: &[Range<usize>]) -> (String, usize) {
    let mut text = String::new();
    let (mut start, mut from) = (sentence.start, sentence.start);
    for pointer in pointers {
        append(&mut text, &mut start, block, from..pointer.start);
        from = pointer.end;
    }
    let rest = block[from..sentence.end].trim();
    if !pointers.is_empty() && !rest.contains(char::is_alphanumeric) {
        let mark: String = rest.chars().filter(|c| FINAL.contains(c)).take(1).collect();
        if !mark.is_empty() {
            text.truncate(text.trim_end_matches([',', ';', ':', ' ']).len());
        }
        if rest.contains(')') && text.matches('(').count() > text.matches(')').count() {
            text.push(')');
        }
        if !text.ends_with(FINAL)
            && !text.trim_end_matches(['“', '”', '"', '»', '«', '’', ')']).ends_with(FINAL)
        {
            text.push_str(&mark);
        }
    } else {
        append(&mut text, &mut start, block, from..sentence.end);
    }
    (text, start)
}

fn append(text: &mut String, start: &mut usize, block: &str, range: Range<usize>) {
    let piece = block[range.clone()].trim();
    if text.is_empty() {
        let indent = block[range.clone()].len() - block[range.clone()].trim_start().len();
        *start = range.start + indent;
    } else if !piece.starts_with(CLOSING) && !piece.is_empty() {
        text.push(' ');
    }
    text.push_str(piece);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::written;

    fn claim(sentence: &str) -> Option<(String, usize)> {
        let claim = claim_text(sentence, &(0..sentence.len()), &written::cited_ranges(sentence))?;
        Some((claim.text, claim.start))
    }

    #[track_caller]
    fn assert_claim(sentence: &str, text: &str, start: usize) {
        assert_eq!(claim(sentence), Some((text.to_owned(), start)));
    }

    #[test]
    fn an_address_after_a_preposition_is_a_part_of_the_sentence() {
        assert_claim("Das steht auf https://a.org/b.", "Das steht auf https://a.org/b.", 0);
        assert_claim("It can be found at www.a.org/b.", "It can be found at www.a.org/b.", 0);
        assert_claim("Es fiel, siehe unter https://a.org/b.", "Es fiel.", 0);
        assert_claim("Es fiel: https://a.org/b und www.a.org/c.", "Es fiel.", 0);
    }

    #[test]
    fn a_sentence_of_addresses_claims_nothing() {
        for sentence in [
            "Foto: https://a.org/b.",
            "Vgl. doi:10.1000/182, arXiv:2101.00001v2 und ISBN 978-3-16-148410-0.",
            "Mehr unter https://a.org/b und www.a.org/c.",
        ] {
            assert_eq!(claim(sentence), None, "{sentence}");
        }
    }

    #[test]
    fn pointers_go_and_subjects_stay() {
        assert_claim("It fell (https://a.org/b) by 5.", "It fell by 5.", 0);
        assert_claim("It fell by 5 (https://a.org/b).", "It fell by 5.", 0);
        assert_claim("It fell by 5. https://a.org/b", "It fell by 5.", 0);
        assert_claim("It fell by 5: https://a.org/b.", "It fell by 5.", 0);
        assert_claim("He said “no.” https://a.org/b.", "He said “no.”", 0);
        assert_claim("He calls it « https://a.org/b ».", "He calls it « https://a.org/b ».", 0);
        assert_claim("它落了（https://a.org/b）。", "它落了。", 0);
        assert_claim("The site https://a.org/b is down.", "The site https://a.org/b is down.", 0);
        assert_claim("It fell (see https://a.org/b) by 5.", "It fell by 5.", 0);
        assert_claim(
            "It fell by 5 (https://a.org/b, https://a.org/c and doi:10.1000/d).",
            "It fell by 5.",
            0,
        );
        assert_claim("It fell by 5, see also https://a.org/b.", "It fell by 5.", 0);
        assert_claim("It fell (Smith 2020, https://a.org/b).", "It fell (Smith 2020).", 0);
        assert_claim("It fell (https://a.org/b, page 5).", "It fell (https://a.org/b, page 5).", 0);
        assert_claim("[https://a.org/b] It fell, https://a.org/c https://a.org/d.", "It fell.", 18);
    }

    #[test]
    fn urls_and_labels_alone_claim_nothing() {
        assert_eq!(claim("https://a.org/b"), None);
        assert_eq!(claim("Quelle: https://a.org/b"), None);
        assert_eq!(claim("(https://a.org/b)."), None);
        assert_eq!(claim("See https://a.org/b."), None);
        assert_eq!(claim("Mehr dazu unter https://a.org/b"), None);
        assert_eq!(claim("5 %"), None);
    }
}
