//! From an EPUB to its content.

use super::manual::{Manual, root_file};
use crate::article::address::percent_decoded;
use crate::article::block::Block;
use crate::article::content::Content;
use crate::article::error::ArticleError;
use crate::article::html;
use crate::article::language::primary;
use crate::article::package::open::Package;
use crate::markup::DateMark;

/// Where a book says where its package document is.
const CONTAINER: &str = "META-INF/container.xml";

/// Where a book says that parts of it are encrypted.
const ENCRYPTION: &str = "META-INF/rights.xml";

/// The content of the EPUB that `bytes` are: its chapters in reading order.
pub(in crate::article) fn content(path: &str, bytes: &[u8]) -> Result<Content, ArticleError> {
    let mut package = Package::open(path, "an EPUB", bytes)?;
    if package.has(ENCRYPTION) {
        return Err(package.broken("it is encrypted".to_owned()));
    }
    let container = package.required(CONTAINER)?;
    let root = root_file(&container).map_err(|error| package.broken_part(CONTAINER, &error))?;
    let root = root.ok_or_else(|| package.broken(format!("{CONTAINER} names no package document")))?;
    let xml = package.required(&root)?;
    let manual = Manual::read(&xml).map_err(|error| package.broken_part(&root, &error))?;
    let mut chapters = Vec::new();
    for href in &manual.chapters {
        chapters.extend(package.text(&within(&root, href))?);
    }
    let mut blocks = html::pages(chapters.iter().map(String::as_str));
    for (line, block) in (1..).zip(&mut blocks) {
        number(block, line);
    }
    let language = manual.language.as_deref().and_then(primary);
    let dates = manual.date.map(|date| (DateMark::VagueMeta, date)).into_iter().collect();
    Ok(Content { blocks, title: manual.title, language, dates, relative_links: 0 })
}

/// The name of the entry that `href` leads to from the entry `from`.
fn within(from: &str, href: &str) -> String {
    let href = percent_decoded(href.split('#').next().unwrap_or_default());
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Gives all of a block the line `line`: a reader of a book has no use for the lines of the files it is made of.
fn number(block: &mut Block, line: u32) {
    let starts: Vec<usize> = block.places.anchors().map(|(offset, _)| offset).collect();
    let mut columns = columns(&block.text, &starts).into_iter();
    block.places.each_mut(|place| {
        (place.line, place.column) = (line, columns.next().unwrap_or(1));
    });
    for link in &mut block.links {
        link.place = block.places.place(&block.text, link.range.start).unwrap_or(link.place);
    }
}

/// The columns of the bytes at `offsets`, which do not fall.
fn columns(text: &str, offsets: &[usize]) -> Vec<u32> {
    let (mut at, mut column) = (0, 1);
    let next = |&offset: &usize| {
        column += count(text.get(at..offset).unwrap_or_default());
        at = offset.max(at);
        column
    };
    offsets.iter().map(next).collect()
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_found_from_the_package_document() {
        for (from, href, expected) in [
            ("OEBPS/content.opf", "text/a%20b.xhtml#c", "OEBPS/text/a b.xhtml"),
            ("OEBPS/x/content.opf", "../a.xhtml", "OEBPS/a.xhtml"),
            ("content.opf", "./a.xhtml", "a.xhtml"),
        ] {
            assert_eq!(within(from, href), expected);
        }
    }
}
