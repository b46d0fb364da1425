//! White space as a reader sees it.

/// `text` with every run of white space made one blank, and none at its ends.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        // Without decoding it: most of a page is nothing else.
        text.split_ascii_whitespace().for_each(|word| add(&mut out, word));
        return out;
    }
    for word in text.split_whitespace() {
        if word.is_ascii() {
            add(&mut out, word);
            continue;
        }
        let seen = |c: &char| !is_without_width(*c);
        if !out.is_empty() && word.chars().any(|c| seen(&c)) {
            out.push(' ');
        }
        out.extend(word.chars().filter(seen));
    }
    out
}

/// Whether a character is a mark that takes no room: a soft hyphen, a place where a line may break, a byte order mark.
pub(super) fn is_without_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')
}

fn add(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_white_space_are_one_blank_and_marks_without_width_are_gone() {
        assert_eq!(collapse(" a\n\t b\u{a0}c "), "a b c");
        assert_eq!(collapse("Bundes\u{ad}tag \u{feff}"), "Bundestag");
        assert_eq!(collapse(" \n "), "");
    }
}
