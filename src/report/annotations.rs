//! The findings as workflow commands, which GitHub Actions shows beside the lines they are about.
//!
//! The form is `::error file=…,line=…,col=…,title=…::message`; other build servers ignore or understand it.

use std::io::{self, Write};

use super::document::Report;
use super::finding::{Finding, Severity};
use super::spot;

/// Writes one line a finding, and a notice with the number of sources and findings.
pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let article = &report.dossier.article;
    for found in &report.findings {
        let file = property(&article.path);
        let said = spot::told(&found.message, found.place, article.kind);
        let (place, title) = (place(found), property(found.rule));
        writeln!(out, "::{} file={file}{place},title={title}::{}", command(found.severity), text(&said))?;
    }
    let (sources, findings) = (report.dossier.citations.len(), report.findings.len());
    let path = text(&report.dossier.article.path);
    writeln!(out, "::notice title=beleg::{path}: sources {sources}, findings {findings}")
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn place(found: &Finding) -> String {
    found.place.map(|place| format!(",line={},col={}", place.line, place.column)).unwrap_or_default()
}

/// Text as a command carries it: a line end would end the command.
fn text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value among others.
fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Kind;
    use crate::report::sample;

    fn written(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_finding_is_one_command_with_its_place() {
        let report = Report::new(sample::dossier());
        let text = written(&report);
        assert_eq!(text.lines().count(), report.findings.len() + 1);
        let dead = text.lines().find(|line| line.contains("title=link/dead::")).unwrap();
        assert!(
            dead.starts_with("::error file=") && dead.contains(",line=") && dead.contains(",col="),
            "{dead}"
        );
        assert!(text.lines().last().unwrap().starts_with("::notice title=beleg::"), "{text}");
    }

    #[test]
    fn a_finding_in_a_pdf_says_its_page() {
        let mut dossier = sample::dossier();
        dossier.article.kind = Some(Kind::Pdf);
        for place in dossier.citations.iter_mut().flat_map(|source| &mut source.places) {
            place.page = Some(7);
        }
        let text = written(&Report::new(dossier));
        let dead = text.lines().find(|line| line.contains("title=link/dead::")).unwrap();
        assert!(dead.contains("title=link/dead::page 7, line "), "{dead}");
    }

    #[test]
    fn nothing_in_a_message_or_path_ends_the_command() {
        let mut dossier = sample::dossier();
        dossier.article.path = "a,b:c\n::error::x".to_owned();
        let text = written(&Report::new(dossier));
        assert!(text.contains("file=a%2Cb%3Ac%0A%3A%3Aerror%3A%3Ax,"), "{text}");
        assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
    }
}
