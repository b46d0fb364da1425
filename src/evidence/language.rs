//! The languages whose words and number forms are known.

/// A language, as far as it makes a difference to the weighing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    /// `de`
    German,
    /// `en`
    English,
    /// Any other, or none known: words are compared as they are written.
    Other,
}

impl Language {
    /// The language with the ISO 639-1 code `code`; a region after it does not matter.
    pub(super) fn of(code: &str) -> Self {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "de" | "deu" | "ger" | "gsw" => Self::German,
            "en" | "eng" => Self::English,
            _ => Self::Other,
        }
    }

    /// Whether 1.5 is one and a half, as in English, and not fifteen hundred.
    pub(super) fn has_decimal_point(self) -> bool {
        self == Self::English
    }
}

/// Whether texts with these two language codes are in the same language, as far as can be told.
pub(super) fn same(one: &str, other: &str) -> bool {
    let primary = |code: &str| code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let (one, other) = (primary(one), primary(other));
    one == other || [&one, &other].iter().any(|code| code.is_empty() || *code == "und")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_does_not_change_the_language() {
        assert_eq!(Language::of("de-AT"), Language::German);
        assert!(same("en-GB", "en"));
        assert!(same("und", "en"));
        assert!(!same("de", "en"));
    }
}
