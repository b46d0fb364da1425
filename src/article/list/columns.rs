//! Which columns of a table hold URLs, and which the claim that they are to support.

use super::lines::is_url;
use super::table::Field;

/// Names of columns that hold the claim, in lower case.
const CLAIM_NAMES: [&str; 14] = [
    "claim",
    "statement",
    "sentence",
    "assertion",
    "fact",
    "quote",
    "text",
    "aussage",
    "behauptung",
    "satz",
    "zitat",
    "these",
    "fakt",
    "beleg für",
];

/// The fewest words of a sentence.
const FEWEST_WORDS: usize = 4;

/// How many records tell what the columns are.
const SAMPLE: usize = 200;

/// The columns of a table, by their numbers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    /// Those that hold URLs.
    pub(super) urls: Vec<usize>,
    /// The one that holds the claim: by its name, or as the only one with sentences in it.
    pub(super) claim: Option<usize>,
    /// Whether the first record names the columns.
    pub(super) has_header: bool,
}

impl Columns {
    /// The columns of `records`, judged by the first of them.
    pub(super) fn of(records: &[Vec<Field>]) -> Self {
        let Some(first) = records.first() else { return Self::default() };
        let has_header = !first.iter().any(|field| is_url(&field.text)) && records.len() > 1;
        let rows = &records[usize::from(has_header)..records.len().min(SAMPLE)];
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let mostly = |column: usize, is: &dyn Fn(&str) -> bool| {
            let filled =
                || rows.iter().filter_map(|row| row.get(column)).filter(|field| !field.text.is_empty());
            let fitting = filled().filter(|field| is(&field.text)).count();
            fitting > 0 && fitting * 2 > filled().count()
        };
        let urls: Vec<usize> = (0..width).filter(|&column| mostly(column, &holds_urls)).collect();
        let named = first
            .iter()
            .position(|field| has_header && CLAIM_NAMES.contains(&field.text.to_lowercase().as_str()));
        let mut prose = (0..width).filter(|column| !urls.contains(column) && mostly(*column, &is_sentence));
        let only = match (prose.next(), prose.next()) {
            (Some(column), None) => Some(column),
            _ => None,
        };
        Self { claim: named.filter(|column| !urls.contains(column)).or(only), urls, has_header }
    }
}

/// Whether a field is one URL or several.
fn holds_urls(text: &str) -> bool {
    let mut parts = urls(text).peekable();
    parts.peek().is_some() && parts.all(|(_, part)| is_url(part))
}

/// The parts of a field that blanks or bars part, with their offsets.
pub(super) fn urls(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| c.is_whitespace() || c == '|').filter(|part| !part.is_empty());
    parts.map(|part| {
        let at = part.as_ptr().addr() - text.as_ptr().addr();
        let bare = part.trim_end_matches([',', ';']);
        (at, if is_url(bare) { bare } else { part })
    })
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '“', '”', '"']) && text.split_whitespace().count() >= FEWEST_WORDS
}

#[cfg(test)]
mod tests {
    use super::super::table::Table;
    use super::*;

    fn columns(text: &str) -> Columns {
        Columns::of(&Table::read(text, b';', usize::MAX).records)
    }

    #[test]
    fn the_claim_is_named_or_is_the_only_prose() {
        let named = "Nr;Aussage;Link\n1;Es regnet;https://a.org/\n2;Es schneit;https://b.org/\n";
        assert_eq!(columns(named), Columns { urls: vec![2], claim: Some(1), has_header: true });
        let only = "https://a.org/;Es hat lange geregnet.;x\nhttps://b.org/;Es hat lange geschneit.;y\n";
        assert_eq!(columns(only), Columns { urls: vec![0], claim: Some(1), has_header: false });
        let two = "url;a;b\nhttps://a.org/;Es hat lange geregnet.;Es hat lange geschneit.\n";
        assert_eq!(columns(two).claim, None);
    }

    #[test]
    fn a_field_may_hold_several_urls() {
        let found: Vec<_> = urls("https://a.org/b, https://c.org/ | www.d.org").collect();
        assert_eq!(found, [(0, "https://a.org/b"), (17, "https://c.org/"), (34, "www.d.org")]);
        assert!(holds_urls("https://a.org/b; https://c.org/") && !holds_urls("siehe https://a.org/"));
    }
}
