//! Places within a page: whether what a URL names after `#` is there.

use percent_encoding::percent_decode_str;

use super::sight::Sight;
use super::state::{Judgement, Reason};

/// A plain id after `#`, as written and with its percent-encoding undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fragment {
    written: String,
    decoded: String,
}

impl Fragment {
    /// The place that `fragment` names, where a page can be asked for it. Text fragments (`:~:text=`), routes of scripts
    /// (`#/…`, `#!…`), parameters (`#t=30`), lines of code (`#L10`), which scripts make, and `#top`, which every page has
    /// (WHATWG HTML §7.4.6.4), are no such places.
    pub(super) fn of(fragment: &str) -> Option<Self> {
        let written = fragment.split(":~:").next().unwrap_or(fragment);
        let line =
            written.strip_prefix('L').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let route = written.starts_with(['!', '/']) || written.contains(['=', '&', '/']);
        if written.is_empty() || line || route || written.eq_ignore_ascii_case("top") {
            return None;
        }
        Some(Self { written: written.to_owned(), decoded: decoded(written) })
    }

    /// Whether an id or a name is this place. GitHub writes its ids with a prefix that its links leave out.
    pub(super) fn is(&self, name: &str) -> bool {
        let name = name
            .strip_prefix("user-content-")
            .filter(|_| !self.written.starts_with("user-content-"))
            .unwrap_or(name);
        name == self.written || name == self.decoded
    }
}

/// A place that the page does not have. Rests on no id or name like it in a page that holds its text itself: where
/// scripts write most of it they may write the place as well.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    let page = sight.page.as_ref().filter(|page| !page.is_written_by_scripts())?;
    let (missing, _) = sight.places.iter().zip(&page.places).find(|(_, found)| !**found)?;
    let advice = Some("Look for the passage on the page: it may have moved, or been removed.".to_owned());
    let detail = format!("the page has no place named “{}”", missing.decoded);
    Some(Judgement { advice, ..Judgement::new(Reason::FragmentMissing, detail) })
}

/// Undoes percent-encoding (RFC 3986 §2.1); what is none stays as it is.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fragment: &str) -> Option<Fragment> {
        Fragment::of(fragment)
    }

    #[test]
    fn plain_places_are_looked_for() {
        assert!(of("section-2").unwrap().is("section-2"));
        assert!(of("Gr%C3%B6%C3%9Fe").unwrap().is("Größe"));
        assert!(of("Größe").unwrap().is("Größe"));
        assert!(of("100%").unwrap().is("100%"));
        assert!(of("readme").unwrap().is("user-content-readme"));
        assert!(of("part:~:text=words").unwrap().is("part"));
        assert!(!of("part").unwrap().is("Part"));
    }

    #[test]
    fn everything_else_is_left_alone() {
        for fragment in [
            "",
            "top",
            "Top",
            ":~:text=as%20much",
            "!/route",
            "/route",
            "t=30",
            "a=1&b=2",
            "L10",
            "L10-L20",
            "page/3",
        ] {
            assert_eq!(of(fragment), None, "{fragment}");
        }
    }
}
