//! What changed between two captures: words that went in `[-…-]`, words that came in `{+…+}`.

use super::ink::Ink;
use super::options::TerminalOptions;
use super::page::{Page, Subject};
use crate::report::diff::{CaptureSide, PageDiff, Segment};
use crate::report::wording::{count, quoted};

/// Longest claim and passage shown, in characters.
const LONGEST: usize = 400;

/// The changes of a page.
pub(in crate::report) fn page_diff(diff: &PageDiff, options: &TerminalOptions) -> String {
    let mut page = Page::new(options);
    page.paragraph(0, Ink::Strong, &diff.url);
    page.labelled("From", &side(&diff.from));
    page.labelled("To", &side(&diff.to));
    if !diff.claims.is_empty() {
        page.gap();
        page.heading("Claims that rest on it", "");
    }
    for claim in &diff.claims {
        let symbol = if claim.drift.is_some() { (Ink::Error, "≠") } else { (Ink::Good, "+") };
        page.entry(symbol, "", Subject::Text(&claim.claim), "");
        page.under(Ink::Faint, &quoted(&claim.passage, LONGEST));
        page.under(if claim.drift.is_some() { Ink::Error } else { Ink::Good }, &claim.words());
    }
    page.gap();
    if diff.pieces.is_empty() {
        page.paragraph(0, Ink::Good, "The text is the same.");
    } else {
        page.heading(&count(diff.pieces.len(), "change"), "");
    }
    for piece in &diff.pieces {
        page.paragraph(0, Ink::Faint, &format!("paragraph {}", piece.paragraph));
        let words = piece.segments.iter().map(|segment| match segment {
            Segment::Same(text) => text.clone(),
            Segment::Removed(text) => format!("[-{text}-]"),
            Segment::Added(text) => format!("{{+{text}+}}"),
        });
        page.paragraph(2, Ink::Plain, &words.collect::<String>());
    }
    page.into_text()
}

fn side(side: &CaptureSide) -> String {
    let title = side.title.as_ref().map(|title| format!(" · {title}")).unwrap_or_default();
    format!("{} · run {}{title}", side.time.strftime("%Y-%m-%d %H:%M UTC"), side.run)
}
