//! Lists with one URL a line.

use crate::article::block::{Block, BlockKind, LinkTarget};
use crate::article::place::Place;
use crate::article::text_builder::TextBuilder;

/// Signs that no URL has, and those that hardly one ends in.
const NO_PART: [char; 7] = ['"', '<', '>', '`', '|', '\\', '^'];
const NO_END: [char; 11] = ['.', ',', ';', ':', '!', '?', '\'', '*', '(', '[', '{'];

/// Whether every line that is neither empty nor a comment is one URL, and there is one. A line that is alone and has
/// marks of a sentence is one, read as text is.
pub(super) fn is_one_a_line(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !is_aside(line));
    let Some(first) = lines.next() else { return false };
    let second = lines.next();
    let is_sentence = second.is_none() && has_marks(first);
    !is_sentence && is_url(first) && second.is_none_or(is_url) && lines.all(is_url)
}

fn has_marks(line: &str) -> bool {
    let url = line.strip_prefix('<').and_then(|line| line.strip_suffix('>')).unwrap_or(line);
    let closes_nothing = url.contains(']') && !url.contains('[');
    let has_others = url.contains(|c: char| c.is_control() || NO_PART.contains(&c));
    has_others || url.ends_with(NO_END) || closes_nothing
}

/// An entry for each line.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines = (1..).zip(text.lines());
    lines.filter(|(_, line)| !is_aside(line.trim())).map(|(number, line)| entry(number, line)).collect()
}

/// Whether a field or a line is a URL and nothing else.
pub(super) fn is_url(text: &str) -> bool {
    let text = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
    let starts = ["https://", "http://", "www."];
    let host = starts.iter().find_map(|start| {
        text.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start)).map(|_| &text[start.len()..])
    });
    let is_host = |c: char| c.is_alphanumeric() || c == '[';
    host.is_some_and(|host| host.starts_with(is_host)) && !text.contains(char::is_whitespace)
}

/// The block of one URL, which stands in `text` at `place`.
pub(super) fn source(text: &str, place: Place) -> Block {
    let url = text.trim_start_matches('<').trim_end_matches('>');
    let mut builder = TextBuilder::default();
    builder.push(url, place);
    builder.link(0, LinkTarget::Url(url.to_owned()), place);
    builder.finish(BlockKind::ListItem, 0)
}

fn is_aside(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

fn entry(number: u32, line: &str) -> Block {
    let url = line.trim();
    let skipped = line.find(url).unwrap_or(0) + usize::from(url.starts_with('<'));
    let column = u32::try_from(line[..skipped].chars().count() + 1).unwrap_or(u32::MAX);
    source(url, Place { line: number, column, page: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_urls_and_comments_and_nothing_else() {
        assert!(is_one_a_line("# Quellen\n\nhttps://a.org/b\n  www.example.org\r\n<http://c.org/>\n"));
        for text in [
            "# Nur ein Kommentar\n",
            "https://a.org/b und mehr\n",
            "https://a.org/b\nEin Satz.\n",
            "https://\n",
            "https://a.org/b.\n",
            "https://a.org\">\n",
        ] {
            assert!(!is_one_a_line(text), "{text}");
        }
    }

    #[test]
    fn every_line_is_an_entry_with_its_place() {
        let blocks = blocks("# x\n\n  <https://a.org/b>\nwww.c.org\n");
        let found: Vec<_> = blocks
            .iter()
            .map(|block| (block.text.as_str(), block.links[0].place.line, block.links[0].place.column))
            .collect();
        assert_eq!(found, [("https://a.org/b", 3, 4), ("www.c.org", 4, 1)]);
    }
}
