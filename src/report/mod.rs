//! From a dossier to what people and machines read: findings, counts and nine formats.
//!
//! Everything here is a pure function of a [`Dossier`](crate::dossier::Dossier): the same dossier gives the
//! same bytes, whenever and wherever it is written again.
//!
//! - [`Finding`]: one thing an editor should know, by a [`Rule`] with a stable id and a [`Severity`].
//! - [`FailOn`]: which findings make a run fail.
//! - [`Report`]: a dossier with its findings and its [`Summary`].
//! - [`Format`] and [`write()`]: the report as terminal text, JSON, HTML, Markdown, CSV, `JUnit`, SARIF or W3C Web Annotations.
//! - [`Extract`] and [`write_extract()`]: what an article cites and claims, before anything is fetched.
//! - [`History`]: what became of a URL or an article over all runs.
//! - [`SignOffs`]: what editors decided about its claims.
//! - [`Alarms`]: what the scheduled job raised.
//! - [`ExplainedClaim`]: what the verdict of a claim rests on.
//! - [`PageDiff`]: what changed between two captures of a page.
//! - [`clean()`], [`count()`] and [`nearest()`]: text that is safe to show, numbers with their noun, and what a slip was meant to be.
//! - [`places_in_words`]: where in an article something stands.
//! - [`ReportConfig`]: the settings of this stage.

mod alarms;
mod annotations;
mod config;
mod csv;
mod diff;
mod document;
mod error;
mod explained;
mod extract;
mod fail_on;
mod finding;
mod format;
mod history;
mod html;
mod json;
mod junit;
mod language;
mod link;
mod markdown;
mod reviewed;
mod rules;
#[cfg(test)]
mod sample;
mod sarif;
mod sign_offs;
mod spot;
mod summary;
mod terminal;
mod web_annotation;
mod wording;
mod words;

pub use alarms::Alarms;
pub use config::ReportConfig;
pub use diff::{CaptureSide, ClaimDrift, PageDiff, Piece, Segment, pieces};
pub use document::Report;
pub use error::ReportError;
pub use explained::ExplainedClaim;
pub use extract::Extract;
pub use fail_on::{FailOn, NotASelector};
pub use finding::{Finding, Severity};
pub use format::{Format, NotAFormat, Options, write, write_extract};
pub use history::History;
pub use rules::{RULES, Rule, find};
pub use sign_offs::SignOffs;
pub use spot::places_in_words;
pub use summary::Summary;
pub use terminal::{Files, TerminalOptions};
pub use wording::{clean, count, nearest};
