//! Characters by what they mean to an address in running text.

/// Characters that end an address wherever they stand: quotation marks and brackets of German, French, English and
/// CJK typography, punctuation of other scripts, and ASCII characters that an address has to escape (RFC 3986,
/// appendix C). The apostrophe `’` and the backslash have rules of their own.
const ENDS: &[char] = &[
    '"', '<', '>', '`', '^', '|', '„', '“', '”', '‟', '«', '»', '‹', '›', '‚', '‘', '❝', '❞', '〝', '〞',
    '＂', '「', '」', '『', '』', '《', '》', '〈', '〉', '【', '】', '〔', '〕', '〖', '〗', '（', '）',
    '［', '］', '｛', '｝', '＜', '＞', '、', '。', '，', '；', '：', '！', '？', '．', '｡', '､', '،', '؛',
    '؟', '।', '॥', '\u{fffd}',
];

/// Characters that an address does not end in, though it may have them within.
const TRAILING: &[char] = &['.', ',', ';', ':', '!', '?', '*', '…', '(', '[', '{', '–', '—'];

/// Characters that a backslash is put before where a text was made for Markdown or TeX.
const ESCAPED: &[char] =
    &['(', ')', '[', ']', '{', '}', '_', '*', '~', '&', '#', '%', '!', '-', '.', '+', '$'];

pub(super) fn ends_address(c: char) -> bool {
    c.is_whitespace() || (c.is_control() && !is_invisible(c)) || ENDS.contains(&c)
}

pub(super) fn is_trailing(c: char) -> bool {
    TRAILING.contains(&c)
}

pub(super) fn may_be_escaped(c: char) -> bool {
    ESCAPED.contains(&c)
}

/// Characters that get into an address by copying and that nobody sees.
pub(in crate::citation) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Letters of scripts that are written without blanks, or that glue their particles to a foreign word.
pub(super) fn is_unspaced_letter(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ac00}'..='\u{d7a3}' | '\u{0e01}'..='\u{0e4e}')
}
