//! What the beginning and the end of a line tell: lower case, end of a sentence, bullet.

/// Quotation marks and brackets that may stand before the first word.
const OPENERS: &[char] =
    &['„', '“', '”', '"', '\'', '‚', '‘', '’', '»', '«', '›', '‹', '(', '[', '–', '—', ' '];

/// Quotation marks and brackets that may stand after the last full stop.
const CLOSERS: &[char] = &['“', '”', '"', '\'', '‘', '’', '»', '«', '›', '‹', ')', ']'];

/// Marks that begin an entry of a list.
const BULLETS: &[&str] = &["- ", "* ", "• ", "· ", "‣ ", "▪ ", "◦ ", "● ", "\u{f0b7} "];

/// Whether the first word is in lower case, so that the text carries on from before.
pub(super) fn carries_on(text: &str) -> bool {
    let first = text.trim_start_matches(OPENERS).chars().next();
    first.is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ')'))
}

/// Whether a text ends as a sentence does, or as an introduction with a colon.
pub(in crate::article) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(CLOSERS).ends_with(['.', '!', '?', ':', '…', '。', '！', '？'])
}

/// Whether a sentence goes on from one line to the next.
pub(in crate::article) fn is_torn(line: &str, next: &str) -> bool {
    !ends_sentence(line) && carries_on(next)
}

/// Whether a text ends in a mark that no heading ends in.
pub(super) fn ends_in_punctuation(text: &str) -> bool {
    ends_sentence(text) || text.ends_with([',', ';', '-', '–', '—', '/'])
}

/// Whether a sentence ends within a text: a full stop after a word too long for an abbreviation.
pub(super) fn has_sentence_end(text: &str) -> bool {
    let is_end = |word: &str| {
        let stem =
            word.trim_end_matches(CLOSERS).strip_suffix('.').map(|word| word.trim_end_matches(CLOSERS));
        stem.is_some_and(|stem| stem.chars().filter(|c| c.is_alphabetic()).count() > 4)
    };
    text.split_whitespace().any(is_end)
}

/// The length in bytes of the bullet that begins a line, 0 without one.
pub(in crate::article) fn bullet(text: &str) -> usize {
    BULLETS.iter().find(|bullet| text.starts_with(*bullet)).map_or(0, |bullet| bullet.len())
}

/// The number that begins a line as in "3. " or "3) ", with the length of it in bytes.
pub(super) fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = text.get(digits..)?;
    let marked = after.starts_with(". ") || after.starts_with(") ");
    let number = text[..digits].parse().ok().filter(|_| marked && digits <= 3)?;
    Some((number, digits + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_brackets_do_not_hide_the_case_or_the_full_stop() {
        assert!(carries_on("geopolitischen Herausforderungen"));
        assert!(carries_on("„und dann“"));
        assert!(!carries_on("„Und dann“"));
        assert!(!carries_on("48.000 Soldaten"));
        assert!(ends_sentence("für ganz Europa.“"));
        assert!(ends_sentence("(siehe oben.)"));
        assert!(!ends_sentence("für ganz"));
    }

    #[test]
    fn a_full_stop_after_a_long_word_ends_a_sentence() {
        assert!(has_sentence_end("wie große Babys\". Wenn das Whiteboard zur Bühne wird"));
        assert!(!has_sentence_end("Dr. Müller kommt am 3. März"));
    }

    #[test]
    fn bullets_and_numbers_begin_entries() {
        assert_eq!(bullet("• Punkt"), "• ".len());
        assert_eq!(bullet("-5 Grad"), 0);
        assert_eq!(number("12) Punkt"), Some((12, 4)));
        assert_eq!(number("3.März"), None);
        assert_eq!(number("2025. Dann"), None);
    }
}
