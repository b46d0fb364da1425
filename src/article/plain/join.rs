//! How two lines of one paragraph go together again.

use super::compounds::Compounds;
use super::url_break;

/// Words after a hyphen that is left hanging on purpose: "Ein- und Ausfuhr", "short- and long-term".
const AFTER_HANGING: &[&str] =
    &["und", "oder", "bzw.", "sowie", "bis", "wie", "and", "or", "to", "et", "ou", "y", "e"];

/// First parts that keep their hyphen even before a small letter.
const KEEPS_HYPHEN: &[&str] =
    &["deutsch", "nicht", "ex", "self", "non", "well", "all", "half", "co", "anti", "pro", "so"];

/// Bytes of a word before a slash or hyphen at a line end that are looked at.
const LONGEST_PART: usize = 64;

/// What stands between two lines once they are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// A blank.
    Blank,
    /// Nothing: the word or URL goes on.
    Nothing,
    /// Nothing, and the hyphen that the typesetter put in goes.
    DropHyphen,
}

/// How `right` follows on `left`, two lines without blanks at their ends; `tail` is the last word before `right`,
/// which may have begun on an earlier line than `left`, and `compounds` are the words of the file that have a hyphen.
pub(super) fn joint(left: &str, tail: &str, right: &str, compounds: &Compounds) -> Joint {
    let mut words = right.split_whitespace();
    let word = words.next().unwrap_or_default();
    let alone = words.next().is_none();
    if url_break::goes_on(tail, word, alone) {
        return Joint::Nothing;
    }
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else {
        return Joint::Blank;
    };
    match last {
        '-' | '\u{2010}' | '\u{2011}' => {
            hyphen(&left[..left.len() - last.len_utf8()], word, first, compounds)
        }
        '/' if is_word_and_slash(tail) && first.is_alphabetic() => Joint::Nothing,
        '—' if tail.len() > last.len_utf8() => Joint::Nothing,
        '–' if tail.len() > last.len_utf8() && first.is_ascii_digit() => Joint::Nothing,
        _ if is_han(last) && is_han(first) => Joint::Nothing,
        _ => Joint::Blank,
    }
}

/// Whether a word before a slash is half of a pair, "und/", and no address, "example.org/".
fn is_word_and_slash(tail: &str) -> bool {
    (2..LONGEST_PART).contains(&tail.len()) && !tail.contains(['.', ':'])
}

/// Whether a hyphen at a line end was put in by the typesetter ("Militär-" "ausrüstung") or is part of the word
/// ("US-" "Regierung", "50-" "jährige", "deutsch-" "französisch").
fn hyphen(before: &str, word: &str, first: char, compounds: &Compounds) -> Joint {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_PART))..];
    let part = near.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if part.is_empty() || AFTER_HANGING.contains(&word) {
        return Joint::Blank;
    }
    let typeset = first.is_lowercase() && part.chars().all(char::is_alphabetic);
    if typeset && !keeps_hyphen(part, word) && !compounds.have(part, word) {
        Joint::DropHyphen
    } else {
        Joint::Nothing
    }
}

fn keeps_hyphen(part: &str, word: &str) -> bool {
    let is_abbreviation = part.chars().count() > 1 && part.chars().all(char::is_uppercase);
    let lower = part.to_lowercase();
    let both_nations = lower.ends_with("isch") && word.contains("isch");
    is_abbreviation || both_nations || KEEPS_HYPHEN.contains(&lower.as_str())
}

/// Whether a character is of a script that is written without blanks.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(left: &str, right: &str) -> String {
        let tail = left.rsplit(' ').next().unwrap();
        match joint(left, tail, right, &Compounds::default()) {
            Joint::Blank => format!("{left} {right}"),
            Joint::Nothing => format!("{left}{right}"),
            Joint::DropHyphen => format!("{}{right}", left.strip_suffix('-').unwrap()),
        }
    }

    #[test]
    fn only_a_typesetters_hyphen_goes() {
        assert_eq!(joined("die Militär-", "ausrüstung an"), "die Militärausrüstung an");
        assert_eq!(joined("das Rakoczy-", "Wochenende"), "das Rakoczy-Wochenende");
        assert_eq!(joined("die US-", "Regierung"), "die US-Regierung");
        assert_eq!(joined("die US-", "amerikanische"), "die US-amerikanische");
        assert_eq!(joined("die 50-", "jährige"), "die 50-jährige");
        assert_eq!(joined("die deutsch-", "französische"), "die deutsch-französische");
        assert_eq!(joined("die russisch-", "ukrainische"), "die russisch-ukrainische");
        assert_eq!(joined("Ein-", "und Ausfuhr"), "Ein- und Ausfuhr");
        assert_eq!(joined("the govern-", "ment said"), "the government said");
        assert_eq!(joined("der G-", "20"), "der G-20");
    }

    #[test]
    fn dashes_slashes_and_scripts_without_blanks() {
        assert_eq!(joined("vor –", "und"), "vor – und");
        assert_eq!(joined("vor -", "und"), "vor - und");
        assert_eq!(joined("1990–", "1995"), "1990–1995");
        assert_eq!(joined("word—", "word"), "word—word");
        assert_eq!(joined("und/", "oder"), "und/oder");
        assert_eq!(joined("auf example.org/", "und"), "auf example.org/ und");
        assert_eq!(joined("你好", "世界"), "你好世界");
    }

    #[test]
    fn a_broken_url_is_whole_again() {
        assert_eq!(
            joined("siehe https://example.org/a/b-", "c/d und"),
            "siehe https://example.org/a/b-c/d und"
        );
        assert_eq!(joined("siehe https://example.org/a/b", "und"), "siehe https://example.org/a/b und");
    }
}
