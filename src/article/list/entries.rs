//! From a list to its blocks.

use super::columns::{Columns, urls};
use super::lines::{self, is_one_a_line, is_url, source};
use super::table::{Field, Table};
use crate::article::block::{Block, BlockKind, LinkTarget};
use crate::article::content::MOST_BLOCKS;
use crate::article::place::Place;
use crate::article::text_builder::TextBuilder;

/// What parts the fields of a table.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records are looked at to find the delimiter.
const SAMPLE: usize = 50;

/// The fewest records of a table that is not called one.
const FEWEST_RECORDS: usize = 3;

/// Whether a text is a list: URLs alone; or a table with a column of URLs, every record as wide as the others unless
/// the name says that it is a table.
pub(in crate::article) fn is_list(text: &str, called_table: bool) -> bool {
    is_one_a_line(text) || called_table || is_table(text)
}

/// The entries of a list. A record with a claim is a paragraph that cites its URLs; one without is the URLs.
pub(in crate::article) fn blocks(text: &str) -> Vec<Block> {
    if is_one_a_line(text) {
        return lines::blocks(text);
    }
    let table = Table::read(text, delimiter(text), MOST_BLOCKS + 1);
    let columns = Columns::of(&table.records);
    let records = &table.records[usize::from(columns.has_header).min(table.records.len())..];
    records.iter().flat_map(|record| entry(record, &columns)).collect()
}

fn is_table(text: &str) -> bool {
    let records = Table::read(text, delimiter(text), SAMPLE).records;
    let width = records.first().map_or(0, Vec::len);
    records.len() >= FEWEST_RECORDS
        && width > 1
        && records.iter().all(|record| record.len() == width)
        && !Columns::of(&records).urls.is_empty()
}

/// The delimiter under which most records have the same width, the wider the better.
fn delimiter(text: &str) -> u8 {
    let merit = |delimiter: &u8| {
        let records = Table::read(text, *delimiter, SAMPLE).records;
        let width = records.first().map_or(0, Vec::len);
        let alike = records.iter().filter(|record| record.len() == width).count();
        let has_urls = records.iter().flatten().any(|field| urls(&field.text).any(|(_, part)| is_url(part)));
        (width > 1, has_urls, alike, width)
    };
    // Of equals the last one wins.
    DELIMITERS.into_iter().rev().max_by_key(merit).unwrap_or(b',')
}

fn entry(record: &[Field], columns: &Columns) -> Vec<Block> {
    // Without a column of URLs, they are looked for in all fields.
    let is_source = |(column, _): &(usize, &Field)| {
        columns.urls.contains(column) || (columns.urls.is_empty() && Some(*column) != columns.claim)
    };
    let sources = record.iter().enumerate().filter(is_source).map(|(_, field)| field);
    let claim = columns.claim.and_then(|column| record.get(column)).filter(|field| !field.text.is_empty());
    let Some(claim) = claim else { return sources.flat_map(source_blocks).collect() };
    let mut builder = TextBuilder::default();
    push_lines(&mut builder, claim);
    for field in sources {
        for (at, url) in urls(&field.text).filter(|(_, part)| is_url(part)) {
            let end = builder.text().trim_end().len();
            builder.link(end, LinkTarget::Url(url.to_owned()), place(field, at));
        }
    }
    vec![builder.finish(BlockKind::Paragraph, 0)]
}

/// A block for each URL of a field; a field without any is one as it is, for it may hold one within its text.
fn source_blocks(field: &Field) -> Vec<Block> {
    let found: Vec<Block> = urls(&field.text)
        .filter(|(_, part)| is_url(part))
        .map(|(at, url)| source(url, place(field, at)))
        .collect();
    if !found.is_empty() || field.text.is_empty() {
        return found;
    }
    let mut builder = TextBuilder::default();
    push_lines(&mut builder, field);
    vec![builder.finish(BlockKind::Code, 0)]
}

/// Adds a field, which may have several lines.
fn push_lines(builder: &mut TextBuilder, field: &Field) {
    let mut place = field.place;
    for line in field.text.split('\n') {
        builder.push(line, place);
        builder.push_break();
        place = Place { line: place.line.saturating_add(1), column: 1, page: None };
    }
}

/// The place of byte `at` of a field of one line.
fn place(field: &Field, at: usize) -> Place {
    let columns = u32::try_from(field.text[..at].chars().count()).unwrap_or(u32::MAX);
    Place { column: field.place.column.saturating_add(columns), ..field.place }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(BlockKind, String, Vec<String>)> {
        let target = |block: &Block| {
            let targets = block.links.iter().map(|link| match &link.target {
                LinkTarget::Url(url) => format!("{url} {}:{}", link.place.line, link.place.column),
                LinkTarget::Note(label) => label.clone(),
            });
            targets.collect::<Vec<_>>()
        };
        blocks(text).iter().map(|block| (block.kind.clone(), block.text.clone(), target(block))).collect()
    }

    #[test]
    fn a_record_with_a_claim_cites_its_urls() {
        let text =
            "Aussage;Quelle\n\"Es fiel; um 5 %.\";https://a.org/b\nEs stieg.;https://c.org/ https://d.org/\n";
        let expected = [
            (BlockKind::Paragraph, "Es fiel; um 5 %.".to_owned(), vec!["https://a.org/b 2:20".to_owned()]),
            (
                BlockKind::Paragraph,
                "Es stieg.".to_owned(),
                vec!["https://c.org/ 3:11".to_owned(), "https://d.org/ 3:26".to_owned()],
            ),
        ];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn a_record_without_a_claim_is_its_urls() {
        let text = "id,url\n1,https://a.org/b?c=1\n2,www.d.org\n3,n/a\n";
        let found: Vec<_> = shown(text).into_iter().map(|(kind, text, _)| (kind, text)).collect();
        assert_eq!(
            found,
            [
                (BlockKind::ListItem, "https://a.org/b?c=1".to_owned()),
                (BlockKind::ListItem, "www.d.org".to_owned()),
                (BlockKind::Code, "n/a".to_owned()),
            ]
        );
    }

    #[test]
    fn a_table_is_told_from_prose() {
        assert!(is_list("a;https://a.org/\nb;https://b.org/\nc;https://c.org/\n", false));
        assert!(is_list("name\turl\nb\thttps://b.org/\nc\thttps://c.org/\n", false));
        for prose in [
            "Ein Satz, der lang ist.\nNoch einer, wie es scheint.\nUnd https://a.org/, sagt er.\n",
            "a,b\nc,d\ne,f\n",
            "Siehe https://a.org/ und dort.\n",
        ] {
            assert!(!is_list(prose, false), "{prose}");
        }
    }
}
