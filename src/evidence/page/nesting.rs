//! How deep in a page a block stands, so that the end of the container of a text can be told.

use std::borrow::Cow;

/// How many open elements an end tag is looked for in: what a page nests deeper than this and closes out of order is not
/// worth the time that hostile nesting would take.
const LOOKED_THROUGH: usize = 32;

/// The block elements that are open.
#[derive(Default)]
pub(super) struct Nesting<'a> {
    open: Vec<Cow<'a, str>>,
    shallowest: usize,
}

impl<'a> Nesting<'a> {
    /// Begins the block element `name`. A paragraph ends where another block begins, an item where the next one does.
    pub(super) fn open(&mut self, name: Cow<'a, str>) {
        if self.open.last().is_some_and(|last| ends_before(last, &name)) {
            self.leave(self.open.len() - 1);
        }
        self.open.push(name);
    }

    /// Ends the innermost element `name` and all in it. An end tag that closes nothing is passed over.
    pub(super) fn close(&mut self, name: &str) {
        let mut looked_through = self.open.iter().enumerate().rev().take(LOOKED_THROUGH);
        if let Some((at, _)) = looked_through.find(|(_, open)| *open == name) {
            self.leave(at);
        }
    }

    /// How many block elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The fewest that were open since this was last asked.
    pub(super) fn shallowest_since_asked(&mut self) -> usize {
        let depth = self.depth();
        std::mem::replace(&mut self.shallowest, depth).min(depth)
    }

    fn leave(&mut self, depth: usize) {
        self.open.truncate(depth);
        self.shallowest = self.shallowest.min(depth);
    }
}

/// Whether the element `open`, whose end tag may be left out, ends where `next` begins.
fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => true,
        "li" | "option" | "tr" => open == next,
        "td" | "th" => matches!(next, "td" | "th" | "tr"),
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &str) -> Nesting<'_> {
        let mut nesting = Nesting::default();
        for tag in tags.split(' ') {
            match tag.strip_prefix('/') {
                Some(name) => nesting.close(name),
                None => nesting.open(Cow::Borrowed(tag)),
            }
        }
        nesting
    }

    #[test]
    fn end_tags_that_are_left_out_do_not_add_up() {
        assert_eq!(of("div p p p").depth(), 2);
        assert_eq!(of("ul li li li").depth(), 2);
        assert_eq!(of("table tr td td").depth(), 3);
        assert_eq!(of("div p section p").depth(), 3);
    }

    #[test]
    fn an_end_tag_ends_all_within_and_a_stray_one_nothing() {
        assert_eq!(of("div section p /div").depth(), 0);
        assert_eq!(of("div /section /p").depth(), 1);
    }

    #[test]
    fn leaving_a_container_is_seen_after_another_was_entered() {
        let mut nesting = of("body main article p");
        nesting.shallowest_since_asked();
        for name in ["p", "article"] {
            nesting.close(name);
        }
        nesting.open(Cow::Borrowed("aside"));
        assert_eq!((nesting.depth(), nesting.shallowest_since_asked()), (3, 2));
        assert_eq!(nesting.shallowest_since_asked(), 3);
    }
}
