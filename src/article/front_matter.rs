//! What the front matter of a Markdown file says of the article: its title, its language, its date.

use super::language::primary;
use crate::markup::DateMark;

/// Title, language and dates, where they are given.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FrontMatter {
    pub(super) title: Option<String>,
    /// ISO 639-1 code.
    pub(super) language: Option<String>,
    /// As written.
    pub(super) dates: Vec<(DateMark, String)>,
}

impl FrontMatter {
    /// Reads YAML or TOML, of which only the lines `key: value` and `key = value` at the outermost level count.
    pub(super) fn read(text: &str) -> Self {
        let mut found = Self::default();
        for line in text.lines() {
            let Some((key, value)) = line.split_once([':', '=']) else { continue };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            match key.trim_end() {
                _ if value.is_empty() => {}
                "title" if found.title.is_none() => found.title = Some(value.to_owned()),
                "lang" | "language" if found.language.is_none() => found.language = primary(value),
                key => {
                    let mark = DateMark::of_meta(&key.to_ascii_lowercase());
                    found.dates.extend(mark.map(|mark| (mark, value.to_owned())));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_language_are_found_in_yaml_and_toml() {
        let expected = |title: &str, language: Option<&str>| FrontMatter {
            title: Some(title.to_owned()),
            language: language.map(str::to_owned),
            dates: Vec::new(),
        };
        let yaml = "title: \"The bridge: a history\"\nlang: en-GB\nparams:\n  title: Another\n";
        assert_eq!(FrontMatter::read(yaml), expected("The bridge: a history", Some("en")));
        assert_eq!(
            FrontMatter::read("title = 'Die Brücke'\nlanguage = \"nobody knows\"\n"),
            expected("Die Brücke", None)
        );
        assert_eq!(FrontMatter::read("title:\n- x\n"), FrontMatter::default());
    }

    #[test]
    fn dates_of_publication_and_of_change_are_told_apart() {
        let front = FrontMatter::read("Date: 2025-01-02T10:00:00Z\nlastmod = 2025-03-04\nweight: 7\n");
        let expected = [(DateMark::VagueMeta, "2025-01-02T10:00:00Z"), (DateMark::Changed, "2025-03-04")];
        assert_eq!(front.dates, expected.map(|(mark, date)| (mark, date.to_owned())));
    }
}
