//! What the page shows: the report in words, in order, and harmless.

use serde::Serialize;

use super::badge::Badge;
use super::claim::ClaimView;
use super::finding::{FindingView, NoteGroup};
use crate::report::document::Report;
use crate::report::finding::Severity;
use crate::report::wording::{clean, count, size};
use crate::report::{language, words};

/// Everything on the page.
#[derive(Serialize)]
pub(super) struct View {
    title: String,
    path: String,
    /// Code of the article's language; empty where it could not be told.
    lang: String,
    language: Option<String>,
    /// The day the article is dated, where that is known.
    date: Option<String>,
    sha256: String,
    run: String,
    started: String,
    finished: String,
    version: String,
    interrupted: bool,
    headline: String,
    /// What there is beside the errors, as a sentence.
    remainder: String,
    counts: String,
    states: Vec<Count>,
    verdicts: Vec<Count>,
    errors: Vec<FindingView>,
    warnings: Vec<FindingView>,
    notes: Vec<NoteGroup>,
    note_count: usize,
    claims: Vec<ClaimView>,
    /// How many there are. They are put in one by one.
    sources: usize,
    archived: String,
}

/// How many there are of a state or verdict.
#[derive(Serialize)]
struct Count {
    number: usize,
    badge: Badge,
}

impl View {
    /// What is shown of `report`.
    pub(super) fn new(report: &Report) -> Self {
        let dossier = &report.dossier;
        let article = &dossier.article;
        let summary = &report.summary;
        Self {
            title: clean(article.title.as_ref().unwrap_or(&article.path)),
            path: clean(&article.path),
            lang: if article.language == "und" { String::new() } else { clean(&article.language) },
            language: language::name(&article.language).map(clean),
            date: article.date.map(|day| day.to_string()),
            sha256: article.sha256.to_string(),
            run: clean(dossier.run.id.as_str()),
            started: words::minute(dossier.run.started),
            finished: words::minute(dossier.run.finished),
            version: clean(&dossier.tool.version),
            interrupted: dossier.run.interrupted,
            headline: headline(summary.count(Severity::Error)),
            remainder: remainder(report),
            counts: counts(report),
            states: counted(summary.states.iter().map(|(&state, &number)| (Badge::of_state(state), number))),
            verdicts: counted(
                summary.verdicts.iter().map(|(&verdict, &number)| (Badge::of_verdict(verdict), number)),
            ),
            errors: FindingView::all(report, Severity::Error),
            warnings: FindingView::all(report, Severity::Warning),
            notes: NoteGroup::all(report),
            note_count: summary.count(Severity::Note),
            claims: dossier.claims.iter().map(|claim| ClaimView::new(report, claim)).collect(),
            sources: dossier.citations.len(),
            archived: archived(summary.captures, summary.bytes),
        }
    }
}

fn counted(all: impl Iterator<Item = (Badge, usize)>) -> Vec<Count> {
    all.filter(|(_, number)| *number > 0).map(|(badge, number)| Count { number, badge }).collect()
}

fn headline(errors: usize) -> String {
    match errors {
        0 => "Nothing to mend before you publish".into(),
        1 => "One thing to mend before you publish".into(),
        _ => format!("{errors} things to mend before you publish"),
    }
}

fn archived(captures: usize, bytes: u64) -> String {
    match captures {
        0 => "No page was archived.".into(),
        _ => format!("Archived: {}, {}.", count(captures, "page"), size(bytes)),
    }
}

fn remainder(report: &Report) -> String {
    let warnings = report.summary.count(Severity::Warning);
    let notes = report.summary.count(Severity::Note);
    match (warnings, notes) {
        (0, 0) => "No warnings and no notes.".into(),
        (0, notes) => format!("Nothing else to look at; {}.", count(notes, "note")),
        (warnings, 0) => format!("{warnings} more to look at yourself."),
        (warnings, notes) => format!("{warnings} more to look at yourself, and {}.", count(notes, "note")),
    }
}

fn counts(report: &Report) -> String {
    let summary = &report.summary;
    format!(
        "{} of {} · {}",
        count(summary.citations, "citation"),
        count(summary.sources, "source"),
        count(summary.claims, "claim"),
    )
}
