//! Where sentences end, in German and English.

use std::ops::Range;

use crate::evidence::language::Language;

/// A sentence longer than this, in bytes, is a list or a table: it is cut at a blank.
const LONGEST: usize = 1_200;

/// Abbreviations that a sentence rarely ends with, in lower case, sorted.
const ABBREVIATIONS: [&str; 74] = [
    "abs", "adm", "al", "art", "aug", "betr", "bzw", "ca", "capt", "cf", "co", "col", "corp", "d.h", "dec",
    "dez", "dipl", "dr", "e.g", "ebd", "etc", "evtl", "feb", "fig", "fr", "gen", "ggf", "gov", "hon", "hr",
    "hrsg", "i.e", "inc", "ing", "inkl", "jan", "jr", "jul", "jun", "kap", "lt", "ltd", "max", "mill", "min",
    "mio", "mr", "mrd", "mrs", "ms", "mt", "no", "nov", "nr", "okt", "p", "phil", "prof", "rep", "rev", "s",
    "sen", "sept", "sgt", "sog", "sr", "st", "std", "str", "u.a", "usw", "v", "vgl", "z.b",
];

/// The sentences of `text`, as byte ranges without the blanks around them. A line break ends a sentence.
pub(in crate::evidence) fn split(text: &str, language: Language) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split('\n') {
        split_line(text, line_start..line_start + line.len(), language, &mut found);
        line_start += line.len() + 1;
    }
    found
}

fn split_line(text: &str, line: Range<usize>, language: Language, found: &mut Vec<Range<usize>>) {
    let mut start = line.start;
    let mut from = line.start;
    while let Some(stop) = text[from..line.end].find(['.', '!', '?', '…']).map(|at| from + at) {
        let end = stop + closing_length(&text[stop..line.end]);
        if ends_sentence(text, start, stop, end, line.end, language) {
            push(text, start..end, found);
            start = end;
        }
        from = end;
    }
    push(text, start..line.end, found);
}

/// The terminators at the start of `text`, with the quotation marks and brackets that close after them.
fn closing_length(text: &str) -> usize {
    let mut seen_close = false;
    text.find(|c: char| match c {
        '.' | '!' | '?' | '…' => seen_close,
        '"' | '”' | '“' | '’' | '\'' | '»' | '«' | '‘' | ')' | ']' => {
            seen_close = true;
            false
        }
        _ => true,
    })
    .unwrap_or(text.len())
}

fn ends_sentence(
    text: &str,
    start: usize,
    stop: usize,
    end: usize,
    line_end: usize,
    language: Language,
) -> bool {
    let rest = &text[end..line_end];
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let next = rest.trim_start();
    let opens =
        next.trim_start_matches(['"', '„', '“', '”', '‚', '‘', '»', '«', '(', '[', '\'', '–', '—', '-', ' ']);
    if !opens.starts_with(|c: char| {
        c.is_uppercase() || c.is_ascii_digit() || !c.is_lowercase() && c.is_alphabetic()
    }) {
        return false;
    }
    if !text[stop..].starts_with('.') || text[stop..end].len() > 1 {
        return true;
    }
    let before = &text[start..stop];
    let word = before.rsplit(|c: char| c.is_whitespace() || "(\"„“‚".contains(c)).next().unwrap_or_default();
    !is_abbreviation(word, language)
}

/// Whether a full stop after `word` belongs to the word.
fn is_abbreviation(word: &str, language: Language) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (None, _) => false,
        (Some(only), None) if only.is_alphabetic() => true,
        _ if word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) => {
            language == Language::German
        }
        // U.S., a.m.: single letters with full stops between them.
        _ if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1) => {
            !matches!(word, "a.m" | "p.m")
        }
        _ => ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok(),
    }
}

/// Adds the sentence, cut into pieces where it is too long to be one.
fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let mut start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    while end.saturating_sub(start) > LONGEST {
        let mut limit = start + LONGEST;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let cut = text[start..limit].rfind(' ').map_or(limit, |at| start + at);
        let cut = if cut > start { cut } else { limit };
        found.push(start..cut);
        start = cut + (text[cut..end].len() - text[cut..end].trim_start().len());
    }
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str, language: Language) -> Vec<&str> {
        split(text, language).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_are_sorted_for_the_search() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn german_ordinals_and_abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            sentences(
                "Am 3. März kam Dr. Muster, z. B. gestern. Er blieb. „Gut so.“ Dann ging er.",
                Language::German
            ),
            ["Am 3. März kam Dr. Muster, z. B. gestern.", "Er blieb.", "„Gut so.“", "Dann ging er."]
        );
    }

    #[test]
    fn english_initials_and_times_do_not_end_a_sentence() {
        assert_eq!(
            sentences(
                "J. D. Vance met U.S. troops at 9 a.m. on Friday. It took 3.5 hours! “Why?” he asked.",
                Language::English
            ),
            ["J. D. Vance met U.S. troops at 9 a.m. on Friday.", "It took 3.5 hours!", "“Why?” he asked."]
        );
        assert_eq!(sentences("It began in 2019. The rest is known.", Language::English).len(), 2);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let text = "word ".repeat(1_000);
        assert!(split(&text, Language::English).len() > 3);
        let text = "ä".repeat(5_000);
        assert!(split(&text, Language::English).iter().all(|range| text.get(range.clone()).is_some()));
    }
}
