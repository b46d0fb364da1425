//! Running heads and page numbers of a text with form feeds, as programs that turn PDF into text leave them in.

use std::collections::BTreeMap;
use std::ops::Range;

use super::line::Line;
use crate::article::page_edge::{Edge, Key, has_url, near};
use crate::article::page_number::is_page_number;

/// The fewest pages before a URL at the edge of all of them is no source of each.
const FEWEST_WITH_URL: usize = 3;

/// The lines without running heads, page numbers and the like.
///
/// A line is such if it stands at the same edge of a page near by, digits apart; a line with a URL only if all pages have
/// it. A number that stands alone at the edge, blank lines around it, is that of the page.
pub(super) fn without_furniture(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let pages = pages(&lines);
    if pages.len() < 2 {
        return lines;
    }
    let mut seen: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (page, range) in pages.iter().enumerate() {
        for edge in Edge::BOTH {
            for at in at_edge(&lines, range, edge) {
                seen.entry(key(&lines[at], edge)).or_default().push(page);
            }
        }
    }
    let mut is_furniture = vec![false; lines.len()];
    for (page, range) in pages.iter().enumerate() {
        for edge in Edge::BOTH {
            let of_page = |at: &usize| {
                let repeated = is_repeated(&seen, &key(&lines[*at], edge), page, pages.len());
                repeated || stands_alone(&lines[range.clone()], at - range.start)
            };
            at_edge(&lines, range, edge)
                .into_iter()
                .take_while(of_page)
                .for_each(|at| is_furniture[at] = true);
        }
    }
    lines
        .into_iter()
        .zip(is_furniture)
        .filter(|(_, is_furniture)| !is_furniture)
        .map(|(line, _)| line)
        .collect()
}

/// The lines with words at the edge of a page, the outermost first.
fn at_edge(lines: &[Line], page: &Range<usize>, edge: Edge) -> Vec<usize> {
    let words: Vec<usize> = page.clone().filter(|at| !lines[*at].is_blank()).collect();
    edge.lines(words.len()).into_iter().map(|at| words[at]).collect()
}

fn key(line: &Line, edge: Edge) -> Key {
    edge.key(line.text.chars().filter(|c| !c.is_whitespace()).collect())
}

/// The lines of each page.
fn pages(lines: &[Line]) -> Vec<Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    for page in lines.chunk_by(|one, next| one.form_feeds == next.form_feeds) {
        pages.push(start..start + page.len());
        start += page.len();
    }
    pages
}

fn is_repeated(seen: &BTreeMap<Key, Vec<usize>>, key: &Key, page: usize, pages: usize) -> bool {
    let Some(on) = seen.get(key) else { return false };
    if has_url(&key.1) {
        return pages >= FEWEST_WITH_URL && on.len() >= pages;
    }
    // A row of a table differs from the next one by its numbers alone.
    key.1.contains(char::is_alphabetic) && near(on, page, |other| *other).next().is_some()
}

/// Whether a line of a page is a page number, and the lines beside it are blank.
fn stands_alone(page: &[Line], at: usize) -> bool {
    let is_blank = |line: Option<&Line>| line.is_none_or(Line::is_blank);
    let (before, after) = (at.checked_sub(1).and_then(|before| page.get(before)), page.get(at + 1));
    is_page_number(page[at].text)
        && is_blank(before)
        && is_blank(after)
        && page.iter().filter(|line| !line.is_blank()).count() > 1
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn left(text: &str) -> Vec<&str> {
        let left = without_furniture(lines(text)).into_iter();
        left.map(|line| line.text).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn heads_and_numbers_that_pages_share_are_left_out() {
        let text = "Blatt      Seite 1\n\nEin Satz geht\n\n- 1 -\n\u{c}Blatt      Seite 2\n\nhier weiter.\n\n- 2 -\n";
        assert_eq!(left(text), ["Ein Satz geht", "hier weiter."]);
    }

    #[test]
    fn what_one_page_has_and_what_is_cited_at_the_foot_stays() {
        for text in [
            "Eins\nhttps://a.org/1\n\u{c}Zwei\nhttps://a.org/1\n",
            "2020 14 15\nEins\n\u{c}2021 16 17\nZwei\n",
            "Eins\n1999\n\u{c}Zwei\nDrei\n",
            "Blatt\nBlatt\n",
        ] {
            let all: Vec<&str> = text.split(['\n', '\u{c}']).filter(|line| !line.is_empty()).collect();
            assert_eq!(left(text), all);
        }
    }
}
