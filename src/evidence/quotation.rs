//! Quotations: words in quotation marks, and where they stand on a page.
//!
//! A quotation is looked for word for word. Nearly the same words are never accepted as the same: a similarity of nine
//! tenths lets through more than half of the quotations that lost a *not* or had a number changed.

use std::ops::Range;

use super::normal::{Normal, original};
use super::token::{TokenKind, tokens};

/// A quotation with fewer words is a term.
pub(super) const LEAST_WORDS: usize = 4;
/// How far apart the pieces of one quotation may stand on a page, in bytes of its normal form.
const WIDEST_OMISSION: usize = 2_000;

/// Marks that may open a quotation.
const OPENING: [char; 7] = ['„', '‚', '“', '"', '»', '‘', '«'];

/// Words in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    /// Where it stands, the marks included, in bytes.
    pub(super) range: Range<usize>,
    /// The pieces between omissions, without what the author put in brackets.
    pub(super) pieces: Vec<Range<usize>>,
}

impl Quotation {
    /// How many words it has.
    pub(super) fn words(&self, text: &str) -> usize {
        self.pieces.iter().map(|piece| words(&text[piece.clone()])).sum()
    }

    /// Whether something was left out of it.
    pub(super) fn has_omissions(&self) -> bool {
        self.pieces.len() > 1
    }
}

/// The outermost quotations of `text`, in order.
pub(super) fn find(text: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut from = 0;
    // Most sentences quote nothing, and all marks but one are outside of ASCII.
    if !text.bytes().any(|byte| byte == b'"' || !byte.is_ascii()) {
        return found;
    }
    while let Some((open, mark)) = text[from..].char_indices().find(|&(at, c)| opens(text, from + at, c)) {
        let open = from + open;
        let inside = open + mark.len_utf8();
        match closing(text, inside, mark) {
            Some((end, next)) => {
                let pieces = pieces(text, inside..end);
                if !pieces.is_empty() && !is_address(&text[inside..end]) {
                    found.push(Quotation { range: open..next, pieces });
                }
                from = next;
            }
            None => from = inside,
        }
    }
    found
}

/// Whether what stands in quotation marks is an address, which nobody said.
fn is_address(text: &str) -> bool {
    (text.contains("://") || text.starts_with("www.")) && !text.trim().contains(char::is_whitespace)
}

/// Where the page has the quotation, whole and in order, in bytes of the page's text.
pub(super) fn locate(
    quotation: &Quotation,
    claim: &str,
    page: &Normal,
    page_text: &str,
) -> Option<Range<usize>> {
    let pieces: Vec<Normal> =
        quotation.pieces.iter().map(|piece| Normal::of(trim(&claim[piece.clone()]))).collect();
    let first = pieces.first().filter(|piece| !piece.as_str().is_empty())?;
    let mut from = 0;
    while let Some(start) = page.find(first, from, usize::MAX) {
        if let Some(end) = follow(&pieces[1..], page, start.end) {
            return Some(original(page_text, &(start.start..end)));
        }
        from = start.end;
    }
    None
}

/// The end of the last of `pieces` where all of them follow one another after `from`.
fn follow(pieces: &[Normal], page: &Normal, from: usize) -> Option<usize> {
    // Only so far ahead is looked: a page may repeat the first piece without end.
    pieces.iter().try_fold(from, |from, piece| {
        let until = from.saturating_add(WIDEST_OMISSION + piece.as_str().len());
        page.find(piece, from, until).map(|next| next.end)
    })
}

/// The piece of `text` (a sentence or more of a page) that has nearly the words of the quotation: most of them in the
/// same order. The caller has made sure that they are not the same.
pub(super) fn nearly(quotation: &Quotation, claim: &str, text: &str) -> Option<Range<usize>> {
    let wanted: Vec<String> = quotation
        .pieces
        .iter()
        .flat_map(|piece| folded_words(&claim[piece.clone()]))
        .map(|(word, _)| word)
        .collect();
    let offered = folded_words(text);
    if wanted.len() > 400 || offered.len() > 800 {
        return None;
    }
    let hits = common(&wanted, &offered);
    let (first, last) = (*hits.first()?, *hits.last()?);
    let span = last - first + 1;
    let enough = hits.len() * 10 >= wanted.len() * 6 && hits.len() * 2 >= span;
    enough.then(|| offered[first].1.start..offered[last].1.end)
}

/// The places in `offered` of a longest common subsequence of both.
fn common(wanted: &[String], offered: &[(String, Range<usize>)]) -> Vec<usize> {
    let width = offered.len() + 1;
    let mut table = vec![0_u16; (wanted.len() + 1) * width];
    for (row, word) in wanted.iter().enumerate().rev() {
        for (column, (other, _)) in offered.iter().enumerate().rev() {
            table[row * width + column] = if word == other {
                table[(row + 1) * width + column + 1] + 1
            } else {
                table[(row + 1) * width + column].max(table[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column, mut hits) = (0, 0, Vec::new());
    while row < wanted.len() && column < offered.len() {
        if wanted[row] == offered[column].0 {
            hits.push(column);
            row += 1;
            column += 1;
        } else if table[(row + 1) * width + column] >= table[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    hits
}

fn folded_words(text: &str) -> Vec<(String, Range<usize>)> {
    tokens(text)
        .into_iter()
        .filter(|token| token.kind != TokenKind::Sign)
        .map(|token| (token.text.to_lowercase(), token.start..token.end()))
        .collect()
}

fn words(text: &str) -> usize {
    tokens(text).iter().filter(|token| token.kind != TokenKind::Sign).count()
}

/// The stop, comma or colon at the end of a quotation belongs to the sentence around it.
fn trim(piece: &str) -> &str {
    piece
        .trim()
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ' ', '–', '-'])
        .trim_start_matches(['–', '-', ',', ' '])
}

fn opens(text: &str, at: usize, c: char) -> bool {
    if !OPENING.contains(&c) {
        return false;
    }
    let before = text[..at].chars().next_back();
    let after = text[at + c.len_utf8()..].chars().next();
    let free_before = before.is_none_or(|c| !c.is_alphanumeric());
    let word_after = after.is_some_and(|c| !c.is_whitespace());
    match c {
        // « opens in French and closes in German.
        '«' => free_before && word_after && before.is_none_or(char::is_whitespace),
        _ => free_before && word_after,
    }
}

/// Where the quotation that `mark` opened ends, and where the text after its mark begins.
fn closing(text: &str, inside: usize, mark: char) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    for (at, c) in text[inside..].char_indices() {
        let at = inside + at;
        let after = text[at + c.len_utf8()..].chars().next();
        let ends_word = after.is_none_or(|c| !c.is_alphanumeric());
        if c == mark && matches!(mark, '„' | '‚') {
            depth += 1;
        } else if closes(mark, c) && (ends_word || mark == '„' || mark == '"') {
            if depth == 0 {
                return Some((at, at + c.len_utf8()));
            }
            depth -= 1;
        }
    }
    None
}

fn closes(open: char, c: char) -> bool {
    match open {
        '„' => matches!(c, '“' | '”' | '"'),
        '‚' => matches!(c, '‘' | '’'),
        '“' => matches!(c, '”' | '"'),
        '‘' => c == '’',
        '»' => c == '«',
        '«' => c == '»',
        _ => c == open,
    }
}

/// The pieces of a quotation between `…`, `...` and what stands in brackets.
fn pieces(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = range.start;
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        let rest = &text[at..range.end];
        let gap = match c {
            '…' => c.len_utf8(),
            '.' if rest.starts_with("...") => 3,
            '[' => rest.find(']').map_or(1, |end| end + 1),
            '(' if rest.starts_with("(…)") || rest.starts_with("(...)") => {
                rest.find(')').map_or(1, |end| end + 1)
            }
            // (Truppen-)Bereitstellung: the translator's addition.
            '(' => rest.find("-)").map_or(0, |end| end + 2),
            _ => 0,
        };
        if gap > 0 {
            push(text, start..at, &mut found);
            start = at + gap;
            at = start;
        } else {
            at += c.len_utf8();
        }
    }
    push(text, start..range.end, &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    if piece.chars().any(char::is_alphanumeric) {
        let start = range.start + (piece.len() - piece.trim_start().len());
        found.push(start..range.start + piece.trim_end().len());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quoted(text: &str) -> Vec<Vec<&str>> {
        find(text)
            .into_iter()
            .map(|quotation| quotation.pieces.into_iter().map(|piece| &text[piece]).collect())
            .collect()
    }

    fn located(claim: &str, page: &str) -> Option<String> {
        locate(&find(claim)[0], claim, &Normal::of(page), page).map(|range| page[range].to_owned())
    }

    #[test]
    fn an_address_in_quotation_marks_is_quoted_from_nobody() {
        assert_eq!(quoted("Siehe „https://example.org/a“ und \"www.example.org\"."), Vec::<Vec<&str>>::new());
        assert_eq!(quoted("„Siehe www.example.org“"), [["Siehe www.example.org"]]);
    }

    #[test]
    fn every_kind_of_mark_is_known() {
        for text in [
            "Er rief „kommt sofort her“ und",
            "He said “kommt sofort her” and",
            "\"kommt sofort her\",",
            "»kommt sofort her«",
            "sagte ‚kommt sofort her‘.",
        ] {
            assert_eq!(quoted(text), [["kommt sofort her"]], "{text}");
        }
        assert_eq!(quoted("It’s the dogs’ food and isn't quoted"), Vec::<Vec<&str>>::new());
        assert_eq!(quoted("„Er sagte ‚ja‘ zu allem“"), [["Er sagte ‚ja‘ zu allem"]]);
        assert_eq!(quoted("„offen ohne Ende"), Vec::<Vec<&str>>::new());
    }

    #[test]
    fn omissions_and_additions_split_a_quotation() {
        assert_eq!(
            quoted("„die Ukraine braucht … um es [teuer] zu machen“"),
            [["die Ukraine braucht", "um es", "zu machen"]]
        );
        assert_eq!(
            quoted("„sei, eine (Truppen-)Bereitstellung folgen“"),
            [["sei, eine", "Bereitstellung folgen"]]
        );
    }

    #[test]
    fn a_quotation_is_found_whatever_its_typography() {
        let page = "“We’re at a crossroads in history — today”, he said. It was late.";
        assert_eq!(
            located("He said: \"we're at a crossroads in history - today.\"", page).as_deref(),
            Some("We’re at a crossroads in history — today")
        );
        assert_eq!(located("“crossroads in history … it was early”", page), None);
        assert_eq!(
            located("“crossroads in history … was late”", page).as_deref(),
            Some("crossroads in history — today”, he said. It was late")
        );
    }

    #[test]
    fn an_altered_quotation_is_never_found_and_its_original_is_shown() {
        let page = "The leader said that we will not send 500 soldiers to the border this year.";
        for claim in [
            "“we will send 500 soldiers to the border this year”",
            "“we will not send 600 soldiers to the border this year”",
            "“we will not send 500 soldiers to the borders this year”",
            "“we will not send soldiers to the border this year”",
        ] {
            assert_eq!(located(claim, page), None, "{claim}");
            let near = nearly(&find(claim)[0], claim, page).map(|range| &page[range]);
            assert!(near.is_some_and(|near| near.starts_with("we will not")), "{claim}");
        }
        assert_eq!(
            nearly(
                &find("“an entirely different thing was said”")[0],
                "“an entirely different thing was said”",
                page
            ),
            None
        );
    }

    #[test]
    fn a_page_that_repeats_the_first_piece_without_end_is_searched_to_its_end() {
        // The runner of the tests stops what takes minutes, as time that grows with the square would here.
        let page = "and so it was said ".repeat(100_000);
        assert_eq!(located("“so it was said … and never again”", &page), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn any_text_gives_quotations_within_it(text in "[ ab„“”\"‚‘’»«…\\[\\]().-]{0,40}") {
            for quotation in find(&text) {
                prop_assert!(text.get(quotation.range.clone()).is_some());
                for piece in &quotation.pieces {
                    prop_assert!(text.get(piece.clone()).is_some_and(|piece| !piece.trim().is_empty()));
                }
                let _ = locate(&quotation, &text, &Normal::of(&text), &text);
            }
        }
    }
}
