//! Headings and labels that announce sources.

/// Words that stand over a list of sources, in lower case.
const HEADINGS: &[&str] = &[
    "quelle",
    "quellen",
    "quellenverzeichnis",
    "quellenangabe",
    "quellenangaben",
    "quellennachweis",
    "einzelnachweise",
    "belege",
    "nachweise",
    "fußnoten",
    "anmerkungen",
    "literatur",
    "literaturverzeichnis",
    "weiterführende links",
    "links",
    "source",
    "sources",
    "references",
    "bibliography",
    "works cited",
    "citations",
    "footnotes",
    "endnotes",
    "notes",
    "further reading",
    "link",
    "sources et liens",
    "références",
    "fuentes",
    "fonti",
    "bronnen",
];

/// Whether a heading announces a list of sources: "Quellen", "Sources:", "5. References".
pub(crate) fn is_source_heading(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    HEADINGS.contains(&words.as_str())
}

/// What follows a label that introduces a URL, such as "Quelle:" or "Source:"; the text itself where none does.
pub(super) fn without_source_label(text: &str) -> &str {
    match text.split_once(':') {
        Some((label, rest)) if rest.starts_with(char::is_whitespace) && is_source_heading(label) => {
            rest.trim_start()
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_headings_are_known_with_number_and_colon() {
        for heading in ["Quellen", "SOURCES:", "5. References", "Weiterführende Links"] {
            assert!(is_source_heading(heading), "{heading}");
        }
        assert!(!is_source_heading("Die Quellen des Nils"));
        assert!(!is_source_heading(""));
    }

    #[test]
    fn a_label_before_a_url_is_set_aside() {
        assert_eq!(without_source_label("Quelle: https://example.org/"), "https://example.org/");
        assert_eq!(without_source_label("https://example.org/"), "https://example.org/");
    }
}
