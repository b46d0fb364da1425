//! The words for what a dossier holds, as a reader sees them.

use jiff::Timestamp;

use crate::citation::{Binding, CitationKind};
use crate::evidence::{AtomKind, Outcome};

/// What kind of part of a claim it is.
pub(super) fn kind(kind: AtomKind) -> &'static str {
    match kind {
        AtomKind::Quotation => "quotation",
        AtomKind::Figure => "figure",
        AtomKind::Date => "date",
        AtomKind::Name => "name",
        AtomKind::Term => "term",
    }
}

/// What became of a part of a claim.
pub(super) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Same => "the same",
        Outcome::SameRounded => "the same, rounded",
        Outcome::SameConverted => "the same, converted",
        Outcome::Variant => "another spelling",
        Outcome::Verbatim => "word for word",
        Outcome::VerbatimWithOmissions => "word for word, with omissions",
        Outcome::Altered => "altered",
        Outcome::PossibleTranslation => "perhaps a translation",
        Outcome::Differs => "differs",
        Outcome::OtherCurrency => "another currency",
        Outcome::NotFound => "not found",
        Outcome::TooShort => "too short to look up",
    }
}

/// How a source is cited.
pub(super) fn citation(kind: CitationKind) -> &'static str {
    match kind {
        CitationKind::Link => "link in the text",
        CitationKind::Inline => "address in the text",
        CitationKind::Footnote => "footnote",
        CitationKind::PageFoot => "foot of the page",
        CitationKind::List => "list of sources",
    }
}

/// Why a source is thought to bear a claim.
pub(super) fn binding(binding: Binding) -> &'static str {
    match binding {
        Binding::Inline => "cited in the sentence",
        Binding::Footnote => "cited in its footnote",
        Binding::Paragraph => "cited in the same paragraph",
        Binding::Page => "cited on the same page",
        Binding::List => "in the list of sources",
        Binding::Content => "matched by what the pages say",
    }
}

/// A point in time, to the minute, in UTC.
pub(super) fn minute(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
