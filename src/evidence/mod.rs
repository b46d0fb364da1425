//! Does the page say what the article says? Atoms of a claim, passages of a page, and a verdict by fixed rules.
//!
//! # Architecture
//!
//! - [`PageText`]: what a page says: its readable text, sentences, title, date and language, and which of its bytes say it
//!   (`page/`).
//! - [`ReadablePage`]: a page made ready to be searched by words, figures and dates, once for all claims (`index`).
//! - [`checkable`]: the parts of a sentence that can be checked, with the speaker of a quotation, before any page is read.
//! - [`Written`], [`day_of`]: how and when a text was written.
//! - [`weigh`]: one claim against the pages of its sources: its parts (`atoms`, `quotation`, `figure/`, `date`, `name`), its words in
//!   the language of each page (`content`, `lexicon/`, `stem`), the passages about the same thing (`passage`), what became of each part
//!   (`outcome`), and the rules of the verdict (`verdict`).
//! - [`drift()`]: whether a page as it is now ([`PageNow`]) still says what a claim [`Rested`] on.
//! - [`explain`]: what a score is made of: features, weights, and the words that fired in both texts; [`rules_version`] names the weights.
//! - [`read_atoms`]: the figures and dates of any text, and what they amount to.
//! - [`weekday_slips`]: dates that stand beside the wrong day of the week.
//! - [`Model`]: an optional model of embeddings, which nominates passages to look at and decides nothing (`model/`).
//! - [`EvidenceConfig`]: the settings of this stage; [`add_lexicons`]: dictionaries of others.
//! - [`same_name`]: whether two spellings may be of one name.
//! - [`Weighed`], [`Verdict`], [`Atom`], [`Outcome`], [`Passage`]: what a weighing finds.
//!
//! All of it is plain computation: no network, no clock, no chance. The same bytes give the same answer.

mod atoms;
mod checkable;
mod config;
mod content;
mod cue;
mod date;
mod drift;
mod explain;
mod figure;
mod index;
mod key;
mod language;
mod lexicon;
mod link;
mod model;
mod name;
mod name_likeness;
mod name_sound;
mod normal;
mod outcome;
mod page;
mod passage;
mod quotation;
mod read;
mod read_claim;
mod stem;
mod token;
mod turn;
mod verdict;
mod weigh;
mod weighed;
mod weights;
mod written;

pub use checkable::{Checkable, checkable};
pub use config::EvidenceConfig;
pub use date::{WeekdaySlip, weekday_slips};
pub use drift::{Drift, PageNow, Rested, RestedAtom, drift};
pub use explain::{Explained, Explanation, Feature, Partner, explain};
pub use index::ReadablePage;
pub use lexicon::{LexiconError, add_lexicons};
pub use model::{Model, ModelError};
pub use name_likeness::same_name;
pub use page::PageText;
pub use read::{ReadAtom, read_atoms};
pub use weigh::weigh;
pub use weighed::{Atom, AtomKind, Outcome, Passage, Verdict, Weighed};
pub use weights::rules_version;
pub use written::{Written, day_of};
