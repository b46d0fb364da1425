//! One block: the citations in it, and the claims its sentences make.

use std::ops::Range;

use super::claim_text::{claim_text, is_label};
use super::reading::{Binding, CitationKind, Target};
use super::sentence::sentences;
use super::sources::{Met, Sources};
use super::written::{self, Readings, Written};
use crate::article::{Block, BlockKind, LinkTarget, Place};

/// Words that a cell of a table needs to be prose.
const FEWEST_WORDS: usize = 5;

/// A claim in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// The sentence.
    pub(super) text: String,
    /// Where it begins.
    pub(super) place: Place,
    /// The sources that are bound to it so far.
    pub(super) sources: Vec<Met>,
    /// Labels of the notes that it has markers of.
    pub(super) notes: Vec<String>,
    /// How the sources came to be bound.
    pub(super) binding: Option<Binding>,
}

/// What a block has to say, in order.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A claim.
    Claim(Draft),
    /// Sources that belong to no sentence of their own, such as after "Quelle:".
    Cites(Vec<Met>),
}

/// A citation within a block, whose source is known by its number.
struct Cited {
    range: Range<usize>,
    source: Met,
}

/// A citation as it stands in a block.
pub(super) struct Citation<'a> {
    range: Range<usize>,
    pub(super) written: &'a str,
    pub(super) readings: Readings,
    pub(super) place: Place,
    kind: CitationKind,
}

/// The citations of a block, each taken into `sources`.
pub(super) fn cite(block: &Block, kind: Option<CitationKind>, sources: &mut Sources) -> Vec<Met> {
    cited(block, &unlinked(block), kind, sources).into_iter().map(|cited| cited.source).collect()
}

/// The claims and citations of a block of prose, each citation taken into `sources`.
pub(super) fn items(block: &Block, language: &str, sources: &mut Sources) -> Vec<Item> {
    let written = unlinked(block);
    let cited = cited(block, &written, None, sources);
    let urls: Vec<Range<usize>> = written.into_iter().map(|written| written.range).collect();
    let sentences = sentences(&block.text, &urls, language);
    let mut items = Vec::with_capacity(sentences.len());
    let mut cited = cited.into_iter().peekable();
    let mut notes = notes(block).into_iter().peekable();
    for (index, sentence) in sentences.iter().enumerate() {
        // What stands between two sentences belongs to the first of them.
        let end = sentences.get(index + 1).map_or(usize::MAX, |next| next.start);
        let mut own: Vec<Met> = Vec::new();
        while let Some(cited) = cited.next_if(|cited| cited.range.start < end) {
            own.push(cited.source);
        }
        let mut labels: Vec<String> = Vec::new();
        // A marker takes no room: one at the very beginning of a sentence follows the sentence before.
        while let Some((_, label)) = notes.next_if(|(at, _)| *at < end || *at <= sentence.end) {
            labels.push(label);
        }
        match draft(block, sentence, &urls) {
            Some(draft) => items.push(Item::Claim(Draft { notes: labels, ..bound(draft, own) })),
            None if own.is_empty() => {}
            None => items.push(Item::Cites(own)),
        }
    }
    let rest: Vec<Met> = cited.map(|cited| cited.source).collect();
    if !rest.is_empty() {
        items.push(Item::Cites(rest));
    }
    items
}

fn bound(draft: Draft, sources: Vec<Met>) -> Draft {
    let binding = (!sources.is_empty()).then_some(Binding::Inline);
    Draft { sources, binding, ..draft }
}

fn draft(block: &Block, sentence: &Range<usize>, urls: &[Range<usize>]) -> Option<Draft> {
    if is_only_link(block, sentence)
        || (block.kind == BlockKind::Cell && words(&block.text[sentence.clone()]) < FEWEST_WORDS)
    {
        return None;
    }
    let claim = claim_text(&block.text, sentence, urls)?;
    let place = block.place(claim.start)?;
    Some(Draft { text: claim.text, place, sources: Vec::new(), notes: Vec::new(), binding: None })
}

/// Whether a sentence is the words of one link, a title rather than a statement, with a label before it at most: it
/// has no full stop.
fn is_only_link(block: &Block, sentence: &Range<usize>) -> bool {
    let is_title = !block.text[sentence.clone()].ends_with(['.', '!', '?', '“', '”', '"']);
    let first = block.links.partition_point(|link| link.range.end <= sentence.start);
    let covers = block.links.get(first).is_some_and(|link| {
        let before = block.text.get(sentence.start..link.range.start.max(sentence.start));
        link.range.end >= sentence.end && before.is_some_and(|before| is_label(before.trim_end()))
    });
    is_title && covers
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// All citations of a block in order of their places in its text, `written` being those that no link marks; `kind`
/// where it is the same for all.
fn cited(
    block: &Block,
    written: &[Written],
    kind: Option<CitationKind>,
    sources: &mut Sources,
) -> Vec<Cited> {
    let citations = citations(block, written, kind).map(|citation| {
        let Citation { range, written, readings, place, kind } = citation;
        Cited { range, source: sources.cite(written, readings, place, kind) }
    });
    let mut cited: Vec<Cited> = citations.collect();
    cited.sort_by_key(|cited| (cited.range.start, cited.range.end));
    cited
}

/// The citations of a block: its links, then those that no link marks, which are `written`.
pub(super) fn citations<'a>(
    block: &'a Block,
    written: &'a [Written],
    kind: Option<CitationKind>,
) -> impl Iterator<Item = Citation<'a>> {
    let links = block.links.iter().filter_map(move |link| {
        let LinkTarget::Url(url) = &link.target else { return None };
        let readings = Readings::sure(Target::parse(url)?);
        let kind = kind.unwrap_or(CitationKind::Link);
        Some(Citation { range: link.range.clone(), written: url, readings, place: link.place, kind })
    });
    let others = written.iter().filter_map(move |written| {
        let range = written.range.clone();
        let place = block.place(range.start)?;
        let kind = kind.unwrap_or(CitationKind::Inline);
        let readings = Readings::of(block, written);
        Some(Citation { written: &block.text[range.clone()], range, readings, place, kind })
    });
    links.chain(others)
}

/// Citations that stand in the text and are not the words of a link.
pub(super) fn unlinked(block: &Block) -> Vec<Written> {
    let linked = |written: &Written| {
        let near = block.links.partition_point(|link| link.range.end <= written.range.start);
        block.links.get(near).is_some_and(|link| link.range.start < written.range.end)
    };
    written::find(&block.text).into_iter().filter(|written| !linked(written)).collect()
}

/// The markers of notes in order, with where they stand.
fn notes(block: &Block) -> Vec<(usize, String)> {
    let label = |target: &LinkTarget| match target {
        LinkTarget::Note(label) => Some(label.clone()),
        LinkTarget::Url(_) => None,
    };
    block.links.iter().filter_map(|link| Some((link.range.start, label(&link.target)?))).collect()
}
