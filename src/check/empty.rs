//! Pages with nothing to read.

use super::sight::Sight;
use super::state::{Judgement, Reason};

/// Fewer characters than this are no text.
const HARDLY: usize = 10;

/// An empty page. Rests on there being nothing at all: no text, and no script, picture, frame or form that could stand
/// for it. A page that scripts write is not called empty, because only a browser would know.
pub(super) fn judge(sight: &Sight<'_>) -> Option<Judgement> {
    if sight.response.body.is_empty() {
        return Some(Judgement::new(Reason::EmptyPage, format!("{} with nothing in it", sight.answer())));
    }
    let page = sight.page.as_ref()?;
    let something = page.scripts || page.media || page.refresh;
    if something || page.text >= HARDLY {
        return None;
    }
    Some(Judgement::new(
        Reason::EmptyPage,
        format!("{} with {} characters of text", sight.answer(), page.text),
    ))
}
