//! From the text of a page to its content.

use super::main_text::main_text;
use super::notes::Notes;
use super::page::Page;
use super::region::Standing;
use super::walk::{Walk, Walked};
use crate::article::address::Address;
use crate::article::block::Block;
use crate::article::content::Content;
use crate::markup::DateMark;

/// The main text of a page, its links made absolute.
pub(in crate::article) fn content(page: Page<'_>) -> Content {
    let Walked { blocks, head, notes } = Walk::over(page, Notes::default()).finish();
    let address = Address::of(page.html, page.address, &head.stated);
    let heading = first_heading(&blocks);
    let mut blocks = main_text(blocks);
    let relative_links =
        blocks.iter_mut().map(|block| address.resolve_links(block, |label| notes.target(label))).sum();
    blocks.retain(has_content);
    let address = head.stated.canonical.map(|url| (DateMark::Address, url));
    let dates = head.dates.into_iter().chain(address).collect();
    Content { title: heading.or(head.title), language: head.language, dates, relative_links, blocks }
}

/// The text of pages that belong together, as the chapters of a book: their notes may stand in one another, and their
/// relative links lead to one another.
pub(in crate::article) fn pages<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut notes = Notes::default();
    for html in texts {
        let walked = Walk::over(Page { html, address: None, xml: true }, notes).finish();
        blocks.extend(main_text(walked.blocks));
        notes = walked.notes;
    }
    let nowhere = Address::default();
    for block in &mut blocks {
        nowhere.resolve_links(block, |label| notes.target(label));
    }
    blocks.retain(has_content);
    blocks
}

fn has_content(block: &Block) -> bool {
    !block.text.is_empty() || !block.links.is_empty()
}

/// The first heading of the first rank that is no page furniture: a `<title>` also names the site.
fn first_heading(blocks: &[(Block, Standing)]) -> Option<String> {
    let is_title = |(_, standing): &&(Block, Standing)| standing.first_rank && !standing.furniture;
    blocks.iter().find(is_title).map(|(block, _)| block.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::block::{BlockKind, LinkTarget};

    fn read(html: &str) -> Content {
        content(Page { html, address: None, xml: false })
    }

    fn texts(html: &str) -> Vec<(BlockKind, String)> {
        read(html).blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    /// Every link with its words.
    fn links(html: &str) -> Vec<(String, String)> {
        let of_block = |block: Block| {
            let words = move |link: &crate::article::Link| {
                let target = match &link.target {
                    LinkTarget::Url(url) => url.clone(),
                    LinkTarget::Note(label) => format!("note {label}"),
                };
                (block.text[link.range.clone()].to_owned(), target)
            };
            block.links.iter().map(words).collect::<Vec<_>>()
        };
        read(html).blocks.into_iter().flat_map(of_block).collect()
    }

    fn pair(words: &str, target: &str) -> (String, String) {
        (words.to_owned(), target.to_owned())
    }

    #[test]
    fn blocks_of_every_kind_are_told_apart() {
        use BlockKind::{Caption, Cell, Code, Heading, ListItem, Paragraph};
        let html = "<h2>Head <i>line</i></h2>One<br>line<br><br>two<ul><li>a<li>b</ul><dl><dt>c<dd>d</dl>\
            <table><caption>e</caption><tr><th>f<td>g</table><pre>h\n  i</pre><figure><figcaption>j</figcaption></figure>k";
        let expected = [
            (Heading, "Head line"),
            (Paragraph, "One line"),
            (Paragraph, "two"),
            (ListItem, "a"),
            (ListItem, "b"),
            (ListItem, "c"),
            (ListItem, "d"),
            (Caption, "e"),
            (Cell, "f"),
            (Cell, "g"),
            (Code, "h\n  i"),
            (Caption, "j"),
            (Paragraph, "k"),
        ];
        assert_eq!(texts(html), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn a_link_stands_on_its_words_in_every_block_it_runs_over() {
        let html = "<p>a <a href=https://a.org/>b <b>c</b></a> d<a href=https://b.org/><p>e</p><p>f</p></a><a href=https://c.org/><img></a>";
        let expected = [
            pair("b c", "https://a.org/"),
            pair("e", "https://b.org/"),
            pair("f", "https://b.org/"),
            pair("", "https://c.org/"),
        ];
        assert_eq!(links(html), expected);
    }

    #[test]
    fn a_component_or_an_unclosed_link_leads_somewhere_too() {
        let html = "<p>a <x-card href=https://a.org/>b</x-card> c <x-icon href=https://b.org/ /> d</p><div><a href=https://c.org/></div>";
        let expected = [pair("b", "https://a.org/"), pair("", "https://b.org/"), pair("", "https://c.org/")];
        assert_eq!(links(html), expected);
    }

    #[test]
    fn a_note_is_one_block_and_its_way_back_is_no_part_of_it() {
        let html = "<p>Words<sup><a href='#n'>1</a>, <a href='#m'>2</a></sup>.<div id=n><p>One <a href='#r'>^</a><p>Two</div><p><a name=m></a>Three";
        let expected = [
            (BlockKind::Paragraph, "Words."),
            (BlockKind::Note("n".to_owned()), "One\nTwo"),
            (BlockKind::Note("m".to_owned()), "Three"),
        ];
        assert_eq!(texts(html), expected.map(|(kind, text)| (kind, text.to_owned())));
        assert_eq!(links(html), [pair("", "note n"), pair("", "note m")]);
    }

    #[test]
    fn relative_links_without_an_address_are_left_out_and_counted() {
        let content =
            read("<p><a href=a>a</a> <a href=/b>b</a> <a href='#c'>c</a> <a href=https://d.org/>d</a>");
        assert_eq!((content.relative_links, content.blocks[0].links.len()), (2, 1));
    }
}
