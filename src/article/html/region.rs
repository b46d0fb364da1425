//! The regions of a page that are open: what they make of the text within.

use std::borrow::Cow;

use crate::article::block::BlockKind;

/// The name of an element, in lower case.
pub(super) type Name<'a> = Cow<'a, str>;

/// A part of a page that changes what becomes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// `<main>`.
    Main,
    /// The outermost `<article>`, by its number.
    Article(u32),
    /// `<nav>`, `<aside>` and their like: never part of the article.
    Aside,
    /// What class, id or role call page furniture: part of the article if that is all in it.
    Furniture,
    /// Not shown at all.
    Hidden,
    Heading,
    Item,
    Cell,
    Code,
    Caption,
    /// A note with its label.
    Note(String),
}

/// Where a block stands in the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// Whether in `<main>`.
    pub(super) main: bool,
    /// The number of the `<article>` it is in.
    pub(super) article: Option<u32>,
    /// Whether it is page furniture.
    pub(super) furniture: bool,
    /// Whether it is a heading of the first rank.
    pub(super) first_rank: bool,
}

/// An open region: it ends with the end tag that matches the tag that began it.
#[derive(Debug)]
struct Open<'a> {
    region: Region,
    tag: Name<'a>,
    /// How many elements of the same name have been opened and not closed since, itself included.
    depth: usize,
}

/// A list or a table that is open, with the element in it whose end tag may be left out.
#[derive(Debug)]
struct Container<'a> {
    is_table: bool,
    part: Option<Name<'a>>,
}

/// The open regions, outermost first. One of a kind inside another changes nothing, so they stay few however deep
/// the page is.
#[derive(Debug, Default)]
pub(super) struct Regions<'a> {
    open: Vec<Open<'a>>,
    containers: Vec<Container<'a>>,
}

impl<'a> Regions<'a> {
    /// Takes note of a start tag, and ends the elements that it ends by itself (WHATWG HTML §13.1.2.4).
    pub(super) fn enter(&mut self, tag: &Name<'a>, is_block: bool) {
        if is_block && self.has("p") {
            self.leave("p");
        }
        if is_heading(tag) {
            self.open.retain(|open| open.region != Region::Heading);
        }
        if is_part(tag) {
            let part = self.containers.last_mut().and_then(|container| container.part.replace(tag.clone()));
            if let Some(part) = part {
                self.leave(&part);
            }
        } else if is_list(tag) || tag == "table" {
            self.containers.push(Container { is_table: tag == "table", part: None });
        }
        for open in self.open.iter_mut().filter(|open| open.tag == *tag) {
            open.depth += 1;
        }
    }

    /// Begins a region with the tag that was just entered.
    pub(super) fn begin(&mut self, region: Region, tag: &Name<'a>) {
        self.open.push(Open { region, tag: tag.clone(), depth: 1 });
    }

    /// Takes note of an end tag.
    pub(super) fn close(&mut self, tag: &str) {
        if is_heading(tag) {
            self.open.retain(|open| open.region != Region::Heading);
        }
        if is_list(tag) || tag == "table" {
            let is_table = tag == "table";
            if self.containers.last().is_some_and(|container| container.is_table == is_table)
                && let Some(part) = self.containers.pop().and_then(|container| container.part)
            {
                self.leave(&part);
            }
        } else if is_part(tag)
            && let Some(container) = self.containers.last_mut()
        {
            container.part = None;
        }
        self.leave(tag);
    }

    /// Whether text is shown.
    pub(super) fn is_hidden(&self) -> bool {
        self.is_in(&Region::Hidden)
    }

    /// Whether such a region is open.
    pub(super) fn is_in(&self, region: &Region) -> bool {
        self.open.iter().any(|open| open.region == *region)
    }

    /// Whether an article is open.
    pub(super) fn is_in_article(&self) -> bool {
        self.open.iter().any(|open| matches!(open.region, Region::Article(_)))
    }

    /// The label of the note that is open.
    pub(super) fn note(&self) -> Option<&str> {
        self.open.iter().find_map(|open| match &open.region {
            Region::Note(label) => Some(label.as_str()),
            _ => None,
        })
    }

    /// Ends the note that is open.
    pub(super) fn end_note(&mut self) {
        self.open.retain(|open| !matches!(open.region, Region::Note(_)));
    }

    /// What the text is, by the innermost region that says so.
    pub(super) fn kind(&self) -> BlockKind {
        if let Some(label) = self.note() {
            return BlockKind::Note(label.to_owned());
        }
        let kind = self.open.iter().rev().find_map(|open| match open.region {
            Region::Heading => Some(BlockKind::Heading),
            Region::Item => Some(BlockKind::ListItem),
            Region::Cell => Some(BlockKind::Cell),
            Region::Code => Some(BlockKind::Code),
            Region::Caption => Some(BlockKind::Caption),
            _ => None,
        });
        kind.unwrap_or_default()
    }

    /// Where the text stands.
    pub(super) fn standing(&self) -> Standing {
        let article = self.open.iter().find_map(|open| match open.region {
            Region::Article(number) => Some(number),
            _ => None,
        });
        let first_rank = self.open.iter().any(|open| open.region == Region::Heading && open.tag == "h1");
        Standing { main: self.is_in(&Region::Main), article, furniture: self.is_furniture(), first_rank }
    }

    /// Whether the text is page furniture. What only its class calls so is not, if it holds the article itself.
    pub(super) fn is_furniture(&self) -> bool {
        let of_article = |open: &Open<'_>| matches!(open.region, Region::Main | Region::Article(_));
        let styled = self.open.iter().rposition(|open| open.region == Region::Furniture);
        let article = self.open.iter().rposition(of_article);
        self.is_in(&Region::Aside)
            || styled.is_some_and(|styled| article.is_none_or(|article| article < styled))
    }

    fn has(&self, tag: &str) -> bool {
        self.open.iter().any(|open| open.tag == tag)
    }

    fn leave(&mut self, tag: &str) {
        for open in self.open.iter_mut().filter(|open| open.tag == tag) {
            open.depth -= 1;
        }
        self.open.retain(|open| open.depth > 0);
    }
}

/// Whether `tag` is a heading.
pub(super) fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_list(tag: &str) -> bool {
    matches!(tag, "ul" | "ol" | "dl" | "menu" | "dir")
}

/// Whether `tag` is a part of a list or table, which the next one ends.
fn is_part(tag: &str) -> bool {
    matches!(tag, "li" | "dt" | "dd" | "td" | "th")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Enters the tags, those with a region beginning it.
    fn entered(tags: &[(&'static str, Option<Region>)]) -> Regions<'static> {
        let mut regions = Regions::default();
        for (tag, region) in tags {
            let tag = Cow::Borrowed(*tag);
            regions.enter(&tag, true);
            if let Some(region) = region {
                regions.begin(region.clone(), &tag);
            }
        }
        regions
    }

    #[test]
    fn a_region_ends_with_its_own_end_tag() {
        let mut regions = entered(&[("div", Some(Region::Hidden)), ("div", None)]);
        regions.close("div");
        assert!(regions.is_hidden());
        regions.close("div");
        assert!(!regions.is_hidden());
        regions.close("div");
    }

    #[test]
    fn end_tags_may_be_left_out() {
        let mut regions = entered(&[("ul", None), ("li", Some(Region::Item)), ("li", None)]);
        assert_eq!(regions.kind(), BlockKind::Paragraph, "the next item has ended the first");
        regions.begin(Region::Item, &"li".into());
        assert_eq!(regions.kind(), BlockKind::ListItem);
        regions.close("ul");
        assert_eq!(regions.kind(), BlockKind::Paragraph);
        let hidden = entered(&[("p", Some(Region::Hidden)), ("p", None)]);
        assert!(!hidden.is_hidden());
    }

    #[test]
    fn furniture_that_holds_the_article_is_none() {
        let regions = entered(&[("div", Some(Region::Furniture)), ("article", Some(Region::Article(1)))]);
        assert!(!regions.is_furniture());
        let regions = entered(&[("aside", Some(Region::Aside)), ("article", Some(Region::Article(1)))]);
        assert!(regions.is_furniture());
        let regions = entered(&[("main", Some(Region::Main)), ("div", Some(Region::Furniture))]);
        assert!(regions.is_furniture());
    }
}
