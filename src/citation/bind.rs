//! Which sources each claim rests on: the nearest way of citing that reaches it.

use std::collections::BTreeMap;

use super::paragraph::{Draft, Item};
use super::reading::Binding;
use super::sources::Met;
use crate::article::Place;

/// The most sources that a page foot or a list gives to one claim. An article with more cites otherwise, and
/// every claim against every source would be a square of work.
const MOST_SHARED: usize = 100;

/// What serves claims beyond their own paragraph.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The sources of each note, by label, with the places of those that have it.
    pub(super) notes: BTreeMap<String, Vec<(Place, Vec<Met>)>>,
    /// The sources at the foot of each page.
    pub(super) feet: BTreeMap<u32, Vec<Met>>,
    /// The sources of the lists.
    pub(super) list: Vec<Met>,
}

/// Binds the claims of one paragraph, as far as that reaches: to the notes that they have markers of, and to the
/// next source that is cited after them.
pub(super) fn bind_paragraph(items: Vec<Item>, shared: &Shared) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::with_capacity(items.len());
    let mut following: Vec<Met> = Vec::new();
    for item in items.into_iter().rev() {
        match item {
            Item::Cites(sources) => following = sources,
            Item::Claim(mut draft) => {
                bind_notes(&mut draft, shared);
                if draft.binding.is_some() {
                    following.clone_from(&draft.sources);
                } else if !following.is_empty() {
                    bind(&mut draft, Binding::Paragraph, &following);
                }
                drafts.push(draft);
            }
        }
    }
    drafts.reverse();
    drafts
}

/// Binds a claim that nothing in its paragraph reached: to the foot of its page, else to the lists.
pub(super) fn bind_shared(draft: &mut Draft, shared: &Shared) {
    if draft.binding.is_some() {
        return;
    }
    let foot = draft.place.page.and_then(|page| shared.feet.get(&page));
    match foot {
        Some(foot) => bind(draft, Binding::Page, foot),
        None if shared.list.is_empty() => {}
        None => bind(draft, Binding::List, &shared.list),
    }
}

fn bind(draft: &mut Draft, binding: Binding, sources: &[Met]) {
    draft.binding = Some(binding);
    draft.sources.extend(sources.iter().take(MOST_SHARED));
}

fn bind_notes(draft: &mut Draft, shared: &Shared) {
    for label in &draft.notes {
        let notes = shared.notes.get(label).map(Vec::as_slice).unwrap_or_default();
        // Labels may begin anew on every page: the note is the next one after the claim.
        let after = notes.partition_point(|(place, _)| *place < draft.place);
        if let Some((_, sources)) = notes.get(after).or_else(|| notes.last()) {
            draft.sources.extend(sources);
        }
    }
    if draft.binding.is_none() && !draft.sources.is_empty() {
        draft.binding = Some(Binding::Footnote);
    }
}
