//! From the blocks of an article to its sources and claims.

use std::collections::BTreeSet;

use super::bind::{Shared, bind_paragraph, bind_shared};
use super::caption::is_caption;
use super::paragraph::{Draft, Item, citations, cite, items, unlinked};
use super::reading::{CitationKind, Claim, ClaimId, Reading, Source, Target};
use super::source_list;
use super::sources::{Numbers, Sources};
use super::targets::Targets;
use crate::article::{Article, Block, BlockKind, Kind, LinkTarget};

/// Reads what an article cites and claims.
///
/// Claims are the sentences of paragraphs, list items and cells of prose. A claim rests on the sources that its own
/// sentence cites, by URL, link or note; else on the next ones cited in its paragraph; else on those at the foot of
/// its page; else on the list of sources. A sentence that goes on overleaf belongs to the page it begins on.
pub fn read(article: &Article) -> Reading {
    let mut reader =
        Reader { article, sources: Sources::default(), shared: Shared::default(), paragraphs: Vec::new() };
    reader.read_blocks();
    let Reader { sources, shared, paragraphs, .. } = reader;
    let (mut sources, numbers) = sources.finish();
    let drafts = paragraphs.into_iter().flat_map(|items| bind_paragraph(items, &shared));
    let bound = drafts.map(|mut draft| {
        bind_shared(&mut draft, &shared);
        draft
    });
    let claims =
        bound.zip(1..).map(|(draft, number)| claim(draft, ClaimId(number), &numbers, &mut sources)).collect();
    Reading { sources, claims }
}

/// Reads what an article cites, and not what it claims: the targets of the sources that [`read`] finds, in the same order,
/// in a fraction of the time.
///
/// Each block goes as soon as it was read, and its room serves what comes of the next.
pub fn targets(blocks: Vec<Block>) -> impl Iterator<Item = Target> {
    let links = blocks.iter().map(|block| block.links.len()).sum();
    let mut targets = Targets::with_room(links);
    for block in blocks {
        let written = unlinked(&block);
        citations(&block, &written, None).for_each(|citation| targets.cite(citation));
    }
    targets.finish()
}

/// Goes through the blocks of an article.
struct Reader<'a> {
    article: &'a Article,
    sources: Sources,
    shared: Shared,
    /// What each paragraph says and cites.
    paragraphs: Vec<Vec<Item>>,
}

impl Reader<'_> {
    fn read_blocks(&mut self) {
        let entries = source_list::entries(&self.article.blocks);
        let marked = marked_notes(&self.article.blocks);
        let mut follows = false;
        for (block, is_entry) in self.article.blocks.iter().zip(entries) {
            follows = match &block.kind {
                BlockKind::Note(label) if marked.contains(label.as_str()) => self.note(block, label),
                BlockKind::Note(_) => self.entry(block),
                _ if is_entry || is_listed(self.article, block) => self.entry(block),
                BlockKind::PageFoot => self.foot(block, follows),
                _ if block.kind == BlockKind::Caption || is_caption(block) => {
                    cite(block, None, &mut self.sources);
                    follows
                }
                BlockKind::Heading | BlockKind::Caption | BlockKind::Code => {
                    cite(block, None, &mut self.sources);
                    false
                }
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Cell => self.prose(block, follows),
            };
        }
        for notes in self.shared.notes.values_mut() {
            notes.sort_by_key(|(place, _)| *place);
        }
    }

    /// Reads a block of prose. One that only cites serves the paragraph before if it `follows` one.
    fn prose(&mut self, block: &Block, follows: bool) -> bool {
        let mut items = items(block, &self.article.language, &mut self.sources);
        let claims = items.iter().any(|item| matches!(item, Item::Claim(_)));
        match self.paragraphs.last_mut() {
            Some(last) if follows && !claims => last.append(&mut items),
            _ if claims => self.paragraphs.push(items),
            _ => {}
        }
        claims || follows
    }

    fn note(&mut self, block: &Block, label: &str) -> bool {
        let sources = cite(block, Some(CitationKind::Footnote), &mut self.sources);
        if let Some(place) = block.place(0) {
            self.shared.notes.entry(label.to_owned()).or_default().push((place, sources));
        }
        false
    }

    fn entry(&mut self, block: &Block) -> bool {
        let sources = cite(block, Some(CitationKind::List), &mut self.sources);
        self.shared.list.extend(sources);
        false
    }

    /// A foot stands between paragraphs only on paper: what `follows` still follows.
    fn foot(&mut self, block: &Block, follows: bool) -> bool {
        let sources = cite(block, Some(CitationKind::PageFoot), &mut self.sources);
        if let Some(page) = block.place(0).and_then(|place| place.page) {
            self.shared.feet.entry(page).or_default().extend(sources);
        }
        follows
    }
}

/// Whether a block is an entry of an article that is a list.
fn is_listed(article: &Article, block: &Block) -> bool {
    matches!(article.kind, Kind::List | Kind::Arguments) && block.kind != BlockKind::Paragraph
}

/// Labels of notes that a marker in the text refers to.
fn marked_notes(blocks: &[Block]) -> BTreeSet<&str> {
    let links = blocks.iter().flat_map(|block| &block.links);
    let labels = links.filter_map(|link| match &link.target {
        LinkTarget::Note(label) => Some(label.as_str()),
        LinkTarget::Url(_) => None,
    });
    labels.collect()
}

/// Numbers a claim and tells its sources of it.
fn claim(draft: Draft, id: ClaimId, numbers: &Numbers, sources: &mut [Source]) -> Claim {
    let ids = numbers.of(&draft.sources);
    for source in &ids {
        let index = source.0 as usize - 1;
        sources[index].claims.push(id);
    }
    Claim { id, text: draft.text, places: vec![draft.place], sources: ids, binding: draft.binding }
}
