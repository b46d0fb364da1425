//! What weighing a claim against captured pages finds.

use std::fmt;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::citation::SourceId;

/// Everything found for one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The verdict, by fixed rules over the atoms.
    pub verdict: Verdict,
    /// Why, where the verdict needs a word: a fragment such as `the claim holds nothing that can be looked up`.
    pub reason: Option<String>,
    /// The checkable parts of the claim, in the order of its text.
    pub atoms: Vec<Atom>,
    /// Passages that bear on the claim, best first.
    pub passages: Vec<Passage>,
    /// Passages that a model of embeddings alone nominates, most similar first, where no passage says anything of the claim.
    /// Nothing rests on them.
    pub candidates: Vec<Passage>,
}

/// What the pages say about a claim. beleg states what a page says, never what is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A passage bears out every atom.
    Located,
    /// A passage bears out some atoms; the others were not found.
    PartlyLocated,
    /// A passage about the same thing gives another figure, wording, name or date.
    Differs,
    /// No passage was found.
    NotLocated,
    /// Nothing in the claim, or nothing on the page, can be compared.
    NotCheckable,
    /// No source of the claim could be read.
    SourceUnavailable,
}

/// A checkable part of a claim, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atom {
    /// What it is.
    pub kind: AtomKind,
    /// As the article writes it.
    pub text: String,
    /// Where it stands in the claim's text, in bytes.
    pub range: Range<usize>,
    /// What was found.
    pub outcome: Outcome,
    /// What the page has instead or as well, as the page writes it.
    pub found: Option<String>,
    /// The source it was found in.
    pub source: Option<SourceId>,
}

/// The kinds of [`Atom`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AtomKind {
    /// Words in quotation marks.
    Quotation,
    /// A number with its unit.
    Figure,
    /// A date.
    Date,
    /// A person, a place, a body.
    Name,
    /// A fixed phrase.
    Term,
}

/// What became of an [`Atom`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The page says the same.
    Same,
    /// The same after rounding to the coarser of both.
    SameRounded,
    /// The same after converting the unit.
    SameConverted,
    /// Another spelling of the same name or term.
    Variant,
    /// The page has these words; only typography differs.
    Verbatim,
    /// The same words, with omissions that the quotation marks.
    VerbatimWithOmissions,
    /// The page has nearly these words.
    Altered,
    /// A passage in another language that may be the original of this quotation.
    PossibleTranslation,
    /// A passage about the same thing says otherwise.
    Differs,
    /// The same amount in another currency; currencies are never converted.
    OtherCurrency,
    /// Not found.
    NotFound,
    /// Too short to be looked up.
    TooShort,
}

/// A piece of a captured page that bears on a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The source it is from.
    pub source: SourceId,
    /// Its words.
    pub text: String,
    /// Up to 32 characters before it (W3C Web Annotation, `TextQuoteSelector`).
    pub prefix: String,
    /// Up to 32 characters after it.
    pub suffix: String,
    /// Where it stands in the text of the page, in characters.
    pub range: Range<usize>,
    /// How well it bears on the claim, 0 to 1.
    pub score: f64,
    /// Its lead over the best passage that does not overlap it.
    pub margin: f64,
    /// How similar a model of embeddings holds it to the claim, −1 to 1. Nothing rests on it.
    pub similarity: Option<f64>,
    /// The page's URL with a text fragment (WICG Scroll To Text Fragment) that leads to the passage.
    pub link: Option<String>,
    /// Words and figures that carried the match, as byte ranges of `text`, in order: to be highlighted.
    pub marks: Vec<Range<usize>>,
}

impl Outcome {
    /// Whether the page has the atom, as far as beleg can tell. A possible translation is shown for a reader to judge.
    pub fn is_borne_out(self) -> bool {
        match self {
            Self::Same
            | Self::SameRounded
            | Self::SameConverted
            | Self::Variant
            | Self::Verbatim
            | Self::VerbatimWithOmissions
            | Self::PossibleTranslation => true,
            Self::Altered | Self::Differs | Self::OtherCurrency | Self::NotFound | Self::TooShort => false,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Located => "located",
            Self::PartlyLocated => "located in part",
            Self::Differs => "differs",
            Self::NotLocated => "not located",
            Self::NotCheckable => "not checkable",
            Self::SourceUnavailable => "source unavailable",
        })
    }
}
