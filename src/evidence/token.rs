//! Text to words, numbers and signs.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A piece of text that cannot be divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its characters.
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
}

/// The kinds of [`Token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A run of letters.
    Word,
    /// Digits, with the separators between them.
    Number,
    /// Any other character that is not white space.
    Sign,
}

impl Token<'_> {
    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is the sign `sign`.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign && self.text.starts_with(sign)
    }

    /// Whether it is a word that begins with a capital letter.
    pub(super) fn is_capitalised(&self) -> bool {
        self.kind == TokenKind::Word && self.text.starts_with(char::is_uppercase)
    }
}

/// A row of tokens, looked at from any of them.
#[derive(Clone, Copy)]
pub(super) struct Row<'a>(pub(super) &'a [Token<'a>]);

impl<'a> Row<'a> {
    /// The word at `at`, folded.
    pub(super) fn word(self, at: usize) -> Option<Cow<'a, str>> {
        self.0.get(at).filter(|token| token.kind == TokenKind::Word).map(|token| folded(token.text))
    }

    /// The number at `at`.
    pub(super) fn number(&self, at: usize) -> Option<&str> {
        self.0.get(at).filter(|token| token.kind == TokenKind::Number).map(|token| token.text)
    }

    /// Whether the sign `sign` stands at `at`.
    pub(super) fn is_sign(self, at: usize, sign: char) -> bool {
        self.0.get(at).is_some_and(|token| token.is_sign(sign))
    }

    /// Whether the token at `at` follows the one before it without a blank.
    pub(super) fn adjoins(self, at: usize) -> bool {
        at > 0 && self.0.get(at).is_some_and(|token| self.0[at - 1].end() == token.start)
    }
}

/// The tokens of `text`, in order.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let start = text.len() - rest.len();
        let (length, kind) = if first.is_whitespace() {
            (first.len_utf8(), None)
        } else if first.is_ascii_digit() {
            (number_length(rest), Some(TokenKind::Number))
        } else if is_letter(first) {
            (word_length(rest), Some(TokenKind::Word))
        } else {
            (first.len_utf8(), Some(TokenKind::Sign))
        };
        let (token, after) = rest.split_at(length);
        found.extend(kind.map(|kind| Token { kind, text: token, start }));
        rest = after;
    }
    found
}

/// `word` in lower case, without accents, ß as ss: the form in which words are compared.
pub(super) fn fold(word: &str) -> String {
    folded(word).into_owned()
}

/// As [`fold`]; most words are in that form already.
pub(super) fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'đ' => folded.push('d'),
            'æ' => folded.push_str("ae"),
            '\u{ad}' => {}
            c => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c) || c == '\u{ad}'
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !is_letter(c)).unwrap_or(text.len())
}

/// Digits, and separators that have digits on both sides; a blank separates only groups of three.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = digits(bytes, 0);
    let mut may_be_grouped = end <= 3 && !bytes.starts_with(b"0");
    while let Some(separator) = text.get(end..).and_then(|rest| rest.chars().next()) {
        let next = end + separator.len_utf8();
        let count = digits(bytes, next) - next;
        let goes_on = match separator {
            '.' | ',' => count > 0,
            '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' => count == 3,
            // 40 000, with an ordinary blank; 1,5 000 is none.
            ' ' => count == 3 && may_be_grouped,
            _ => false,
        };
        if !goes_on {
            break;
        }
        may_be_grouped &= separator == ' ';
        end = next + count;
    }
    end
}

/// One past the last of the digits that begin at `from`.
fn digits(bytes: &[u8], from: usize) -> usize {
    from + bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn words_numbers_and_signs_are_told_apart() {
        assert_eq!(texts("bis zu 1.234,5 Mio. €!"), ["bis", "zu", "1.234,5", "Mio", ".", "€", "!"]);
        assert_eq!(texts("Am 3. März, 9pm"), ["Am", "3", ".", "März", ",", "9", "pm"]);
        assert_eq!(
            texts("1 234 567 Euro, 2020 300 und 0 123"),
            ["1 234 567", "Euro", ",", "2020", "300", "und", "0", "123"]
        );
        assert_eq!(texts("48\u{a0}000 5\u{a0}Tage"), ["48\u{a0}000", "5", "Tage"]);
        assert_eq!(texts("Ukraine’s"), ["Ukraine", "’", "s"]);
    }

    #[test]
    fn folding_takes_case_and_accents_away() {
        assert_eq!(fold("Größe"), "grosse");
        assert_eq!(fold("Île"), "ile");
        assert_eq!(fold("STRASSE"), fold("Straße"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn tokens_hold_all_that_is_not_blank(text in any::<String>()) {
            let found: String = tokens(&text).iter().map(|token| token.text).collect();
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(kept(&found), kept(&text));
            for token in tokens(&text) {
                prop_assert_eq!(&text[token.start..token.end()], token.text);
            }
        }
    }
}
