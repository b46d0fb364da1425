//! White space as a reader sees it.

/// `text` with every run of white space made one blank, and none at its ends.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| c != '\u{ad}' && c != '\u{200b}' && c != '\u{feff}'));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_white_space_are_one_blank_and_marks_without_width_are_gone() {
        assert_eq!(collapse(" a\n\t b\u{a0}c "), "a b c");
        assert_eq!(collapse("Bundes\u{ad}tag \u{feff}"), "Bundestag ");
        assert_eq!(collapse(" \n "), "");
    }
}
