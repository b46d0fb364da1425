//! The attributes that count, from one look at a tag.

use crate::markup::{Tag, is_furniture_role, names_furniture};

/// What a start tag says, values as written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attributes<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) class: Option<&'a str>,
    pub(super) role: Option<&'a str>,
    pub(super) href: Option<&'a str>,
    pub(super) cite: Option<&'a str>,
    pub(super) lang: Option<&'a str>,
    pub(super) rel: Option<&'a str>,
    pub(super) property: Option<&'a str>,
    pub(super) content: Option<&'a str>,
    pub(super) datetime: Option<&'a str>,
    pub(super) itemprop: Option<&'a str>,
    /// `type`: whether a script holds data.
    pub(super) kind: Option<&'a str>,
    /// `epub:type`, which says of a link that it leads to a note.
    pub(super) epub_type: Option<&'a str>,
    /// Whether the element is not shown.
    pub(super) hidden: bool,
}

impl<'a> Attributes<'a> {
    /// The attributes of `tag`; the first of a name counts.
    pub(super) fn of(tag: &Tag<'a>) -> Self {
        let mut found = Self::default();
        for (name, value) in tag.attributes() {
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            match name.len() {
                2 if is("id") => keep(&mut found.id, value),
                3 if is("rel") => keep(&mut found.rel, value),
                4 if is("href") => keep(&mut found.href, value),
                4 if is("name") => keep(&mut found.name, value),
                4 if is("role") => keep(&mut found.role, value),
                4 if is("cite") => keep(&mut found.cite, value),
                4 if is("lang") => keep(&mut found.lang, value),
                4 if is("type") => keep(&mut found.kind, value),
                5 if is("class") => keep(&mut found.class, value),
                5 if is("style") => found.hidden |= is_unseen(value),
                6 if is("hidden") => found.hidden |= !value.eq_ignore_ascii_case("until-found"),
                7 if is("content") => keep(&mut found.content, value),
                8 if is("datetime") => keep(&mut found.datetime, value),
                8 if is("itemprop") => keep(&mut found.itemprop, value),
                8 if is("property") => keep(&mut found.property, value),
                8 if is("xml:lang") => keep(&mut found.lang, value),
                9 if is("epub:type") => keep(&mut found.epub_type, value),
                11 if is("aria-hidden") => found.hidden |= value.eq_ignore_ascii_case("true"),
                _ => {}
            }
        }
        found
    }

    /// Whether class, id or role call the element page furniture.
    pub(super) fn name_furniture(&self) -> bool {
        self.role.is_some_and(is_furniture_role)
            || [self.class, self.id].into_iter().flatten().any(names_furniture)
    }

    /// Whether one of the words that tell of notes is in role, type or class.
    pub(super) fn mark_a_note(&self) -> bool {
        let says = |value: Option<&str>, words: &[&str]| {
            value.is_some_and(|value| words.iter().any(|word| value.contains(word)))
        };
        says(self.role, &["doc-noteref"])
            || says(self.epub_type, &["noteref"])
            || says(self.class, &["footnote", "noteref", "endnote", "sdfootnoteanc", "sdendnoteanc"])
    }
}

fn keep<'a>(slot: &mut Option<&'a str>, value: &'a str) {
    if slot.is_none() {
        *slot = Some(value);
    }
}

fn is_unseen(style: &str) -> bool {
    if !style.contains(['n', 'N']) {
        return false;
    }
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Piece, Pieces};

    fn attributes(html: &str) -> Attributes<'_> {
        match Pieces::of(html).next() {
            Some(Piece::Open(tag)) => Attributes::of(&tag),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_not_shown_is_known() {
        for hidden in ["hidden", "HIDDEN=''", "style='Display : none'", "aria-hidden=true"] {
            assert!(attributes(&format!("<p {hidden}>")).hidden, "{hidden}");
        }
        for shown in ["style='color:green'", "aria-hidden=false", "class=hidden"] {
            assert!(!attributes(&format!("<p {shown}>")).hidden, "{shown}");
        }
    }

    #[test]
    fn the_first_of_a_name_counts() {
        assert_eq!(attributes("<a href=x HREF=y>").href, Some("x"));
    }
}
