//! International standard book numbers (ISO 2108), told right from wrong by their check digit.

/// A number as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Isbn {
    /// Its digits, without what stands between them; the last one may be `X`.
    pub(super) digits: String,
    /// Its length as printed, in bytes.
    pub(super) length: usize,
}

impl Isbn {
    /// Reads the number that `text` begins with: 13 digits from 978 or 979 on, or 10. What is neither is read as
    /// far as it goes.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut isbn = Self { digits: String::new(), length: 0 };
        let mut between = false;
        for (at, c) in text.char_indices() {
            match c {
                '0'..='9' => isbn.digits.push(c),
                'X' | 'x' if isbn.digits.len() == 9 => isbn.digits.push('X'),
                '-' | '\u{2010}' | '\u{2011}' | '–' | ' ' | '\u{a0}' if !between && at > 0 => {
                    between = true;
                    continue;
                }
                _ => break,
            }
            between = false;
            isbn.length = at + c.len_utf8();
            if isbn.digits.len() == isbn.wanted() {
                break;
            }
        }
        (isbn.digits.len() >= 9).then_some(isbn)
    }

    /// What is wrong with the number.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let digits: Vec<u32> = self.digits.chars().map(|c| c.to_digit(10).unwrap_or(10)).collect();
        let sum: u32 = match digits.len() {
            10 => digits.iter().zip((1..=10).rev()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11,
            13 => {
                digits
                    .iter()
                    .zip([1, 3].into_iter().cycle())
                    .map(|(digit, weight)| digit * weight)
                    .sum::<u32>()
                    % 10
            }
            _ => return Some("an ISBN has 10 or 13 digits"),
        };
        (sum != 0).then_some("the check digit of the ISBN is wrong: one of its digits is")
    }

    fn wanted(&self) -> usize {
        if self.digits.starts_with("978") || self.digits.starts_with("979") { 13 } else { 10 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Option<&'static str>) {
        let isbn = Isbn::read(text).unwrap();
        (text[..isbn.length].to_owned(), isbn.fault())
    }

    #[test]
    fn both_lengths_are_read_to_their_end() {
        assert_eq!(read("978-3-16-148410-0 (2004)"), ("978-3-16-148410-0".to_owned(), None));
        assert_eq!(read("9783161484100."), ("9783161484100".to_owned(), None));
        assert_eq!(read("3 16 148410 X"), ("3 16 148410 X".to_owned(), None));
        assert_eq!(read("0-306-40615-2, 1985"), ("0-306-40615-2".to_owned(), None));
    }

    #[test]
    fn a_slip_is_told_by_the_check_digit_or_the_length() {
        assert!(read("978-3-16-148410-1").1.unwrap().contains("check digit"));
        assert!(read("978-3-16-14841").1.unwrap().contains("10 or 13"));
        assert_eq!(Isbn::read("12345"), None);
        assert_eq!(Isbn::read(""), None);
    }
}
