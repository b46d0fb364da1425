//! The notes of a page: which labels are marked, and which of them have a note.

use std::collections::{HashMap, HashSet};

use crate::article::address::percent_decoded;

/// Markers and notes met so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// What the marker of each label links to, as written.
    marked: HashMap<String, String>,
    found: HashSet<String>,
}

impl Notes {
    /// Takes note of a marker that links to `href`, and gives its label: the id that the link leads to.
    pub(super) fn mark(&mut self, href: &str) -> Option<String> {
        let (_, fragment) = href.split_once('#').filter(|(_, fragment)| !fragment.is_empty())?;
        let label = percent_decoded(fragment);
        self.marked.entry(label.clone()).or_insert_with(|| href.to_owned());
        Some(label)
    }

    /// The label of the note that an element with this id begins; a marker comes before its note.
    pub(super) fn begins(&mut self, id: &str) -> Option<String> {
        if !self.marked.contains_key(id) {
            return None;
        }
        self.found.insert(id.to_owned());
        Some(id.to_owned())
    }

    /// Whether any marker was met.
    pub(super) fn any(&self) -> bool {
        !self.marked.is_empty()
    }

    /// What the marker of `label` links to, where there is no such note.
    pub(super) fn target(&self, label: &str) -> Option<&str> {
        if self.found.contains(label) {
            return None;
        }
        self.marked.get(label).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_what_a_marker_before_it_leads_to() {
        let mut notes = Notes::default();
        assert_eq!(notes.begins("fn1"), None);
        assert_eq!(notes.mark("#fn1"), Some("fn1".to_owned()));
        assert_eq!(notes.mark("https://example.org/"), None);
        assert_eq!(notes.target("fn1"), Some("#fn1"));
        assert_eq!(notes.begins("fn1"), Some("fn1".to_owned()));
        assert_eq!(notes.target("fn1"), None);
    }
}
