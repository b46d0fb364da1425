//! Links within the page.

use serde::Serialize;

use crate::dossier::SourceFacts;
use crate::report::link::bare;
use crate::report::wording::excerpt;

/// Something that stands elsewhere on the page.
#[derive(Serialize)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) text: String,
}

impl Reference {
    /// Leads to a source, shown by its address.
    pub(super) fn to_source(source: &SourceFacts) -> Self {
        Self { id: source.id.clone(), text: excerpt(bare(&source.url), 140) }
    }
}
