//! Notes that are marked with signs in place of numbers: `*`, `**`, `†`, `‡`.
//!
//! An asterisk begins an item of a list or emphasis more often than a note. A sign marks a note where it ends a word and
//! closes no emphasis, and where a line after it begins with the same sign. A second such line without another marker
//! before it makes all of them items of a list.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, BlockKind, Link, LinkTarget};
use super::plain::begins_url;

/// The signs in the order in which printers use them.
const SIGNS: [char; 3] = ['*', '†', '‡'];

/// How often a sign is repeated at most.
const MOST: usize = 3;

/// Marks other than letters and digits that a marker may follow.
const BEFORE: &[char] =
    &['.', ',', ';', ':', '!', '?', '…', '“', '”', '"', '’', '‘', '»', '«', ')', ']', '%'];

/// The sign of the note that a line begins, and where the note itself begins, in bytes.
pub(super) fn label(line: &str) -> Option<(&str, usize)> {
    let sign = sign(line)?;
    let after = &line[sign.len()..];
    let rest = after.trim_start();
    // Right before a word an asterisk is emphasis, and a dagger is not.
    let parted = rest.len() < after.len() || !sign.starts_with('*');
    (parted && !rest.is_empty()).then_some((sign, line.len() - rest.len()))
}

/// The markers of notes in a text: where each stands, and its sign.
pub(super) fn markers(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices(SIGNS).filter_map(|(at, _)| Some((at, marker_at(text, at)?)))
}

/// For each line whether it begins a note that is marked in a line before it.
pub(super) fn begin_notes<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Vec<bool> {
    if !lines.clone().any(|line| label(line).is_some()) {
        return vec![false; lines.count()];
    }
    // For each sign whether it was marked since the last line that begins with it.
    let mut marked: BTreeMap<&str, bool> = BTreeMap::new();
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    let mut begun: Vec<Option<&str>> = Vec::new();
    for line in lines {
        let sign = label(line).map(|(sign, _)| sign);
        if let Some(sign) = sign
            && marked.insert(sign, false) != Some(true)
        {
            listed.insert(sign);
        }
        marked.extend(markers(line).map(|(_, sign)| (sign, true)));
        begun.push(sign);
    }
    begun.into_iter().map(|sign| sign.is_some_and(|sign| !listed.contains(sign))).collect()
}

/// Makes notes of the blocks that begin with a sign and cite something, and markers of the same signs in the other ones.
/// `starred` are the blocks, in order, that the format took an asterisk away from, as from the only item of a list.
pub(super) fn bind(blocks: &mut [Block], starred: &[usize]) {
    let noted = noted(blocks, starred);
    let signs: BTreeSet<&str> = noted.iter().flatten().map(|(sign, _)| sign.as_str()).collect();
    if signs.is_empty() {
        return;
    }
    for (block, noted) in blocks.iter_mut().zip(&noted) {
        if let Some((sign, length)) = noted {
            block.remove(0..*length);
            block.kind = BlockKind::Note(sign.clone());
        } else if is_prose(block) {
            mark(block, &signs);
        }
    }
}

/// For each block that is a note its sign, and how many bytes of its text that takes.
fn noted(blocks: &[Block], starred: &[usize]) -> Vec<Option<(String, usize)>> {
    let is_starred = |index: usize| starred.binary_search(&index).is_ok();
    let mut lines: Vec<Cow<'_, str>> = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        lines.push(match is_prose(block) {
            true if is_starred(index) => Cow::Owned(format!("* {}", block.text)),
            true => Cow::Borrowed(&block.text),
            false => Cow::Borrowed(""),
        });
    }
    let begun = begin_notes(lines.iter().map(AsRef::as_ref));
    let noted = |((index, line), begins): ((usize, &Cow<'_, str>), bool)| {
        if !begins {
            return None;
        }
        let (sign, length) = label(line).filter(|_| cites(&blocks[index]))?;
        Some((sign.to_owned(), if is_starred(index) { 0 } else { length }))
    };
    lines.iter().enumerate().zip(begun).map(noted).collect()
}

fn is_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Cell)
}

fn cites(block: &Block) -> bool {
    !block.links.is_empty() || block.text.split_whitespace().any(begins_url)
}

/// Takes the markers with these signs out of the text of a block and marks the places where they stood.
fn mark(block: &mut Block, signs: &BTreeSet<&str>) {
    let found: Vec<(usize, String)> = markers(&block.text)
        .filter(|(_, sign)| signs.contains(sign))
        .map(|(at, sign)| (at, sign.to_owned()))
        .collect();
    for (at, sign) in found.into_iter().rev() {
        let Some(place) = block.place(at) else { continue };
        block.remove(at..at + sign.len());
        let index = block.links.partition_point(|link| link.range.end <= at);
        block.links.insert(index, Link { range: at..at, target: LinkTarget::Note(sign), place });
    }
}

/// The sign that a text begins with.
fn sign(text: &str) -> Option<&str> {
    let first = text.chars().next().filter(|c| SIGNS.contains(c))?;
    let sign = &text[..text.len() - text.trim_start_matches(first).len()];
    (sign.len() <= MOST * first.len_utf8()).then_some(sign)
}

/// The sign of the marker that begins at byte `at`.
pub(super) fn marker_at(text: &str, at: usize) -> Option<&str> {
    let (before, rest) = text.split_at(at);
    let sign = sign(rest)?;
    let follows = before.ends_with(|c: char| c.is_alphanumeric() || BEFORE.contains(&c));
    let goes_on = rest[sign.len()..].starts_with(|c: char| c.is_alphanumeric() || SIGNS.contains(&c));
    (follows && !goes_on && !closes_emphasis(before, sign)).then_some(sign)
}

/// Whether a sign after `before` closes what the same sign opened, as in "*so*".
fn closes_emphasis(before: &str, sign: &str) -> bool {
    let Some((outside, inside)) = before.rsplit_once(sign) else { return false };
    let opens =
        !outside.ends_with(|c: char| c.is_alphanumeric() || BEFORE.contains(&c) || SIGNS.contains(&c));
    opens && inside.starts_with(|c: char| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<(usize, &str)> {
        markers(text).collect()
    }

    #[test]
    fn a_marker_ends_a_word_or_its_punctuation() {
        assert_eq!(signs("Es waren 5 %* und mehr.** Wer?†"), [(12, "*"), (23, "**"), (30, "†")]);
        assert_eq!(signs("„Ja“* (nein)‡, doch"), [(8, "*"), (16, "‡")]);
    }

    #[test]
    fn emphasis_products_genders_and_deaths_are_no_markers() {
        for text in
            ["Das ist *so*.", "**Fett** hier", "5*3", "Leser*innen", "Bach († 1750)", "Bach † 1750", "a ****"]
        {
            assert_eq!(signs(text), [], "{text}");
        }
    }

    #[test]
    fn a_line_with_a_sign_is_a_note_only_after_its_marker() {
        let begun = |lines: &[&str]| begin_notes(lines.iter().copied());
        assert_eq!(begun(&["Wort* und Wort**", "* eins", "** zwei"]), [false, true, true]);
        assert_eq!(begun(&["Wort*", "* eins", "Wort*", "* zwei"]), [false, true, false, true]);
        assert_eq!(begun(&["Wort*", "* eins", "* zwei"]), [false; 3], "items of a list");
        assert_eq!(begun(&["* eins", "Wort*", "* zwei"]), [false; 3], "items of a list");
        assert_eq!(begun(&["Wort†", "†eins", "*eins* ist"]), [false, true, false]);
    }
}
