//! A test case a source, as `JUnit` XML, for build servers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::document::Report;
use super::finding::{Finding, Severity};
use super::spot;
use crate::dossier::ArticleFacts;

/// A test case: its name, and the findings about it.
type Case<'a> = (&'a str, Vec<&'a Finding>);

/// Writes the report as one test suite: a case for each source, and one for what is about no source. A case fails
/// when it has errors; warnings and notes are its output.
pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let article = &report.dossier.article;
    let cases = cases(report);
    let failures = cases.iter().filter(|(_, findings)| has_failed(findings)).count();
    let head = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", cases.len());
    let started = report.dossier.run.started;
    let seconds = report.dossier.run.finished.duration_since(started).as_secs_f64().max(0.0);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"beleg\" {head}>")?;
    writeln!(
        out,
        "  <testsuite name=\"{}\" {head} skipped=\"0\" timestamp=\"{}\" time=\"{seconds:.3}\">",
        escaped(&article.path),
        started.strftime("%Y-%m-%dT%H:%M:%S"),
    )?;
    for (name, findings) in &cases {
        case(article, name, findings, out)?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn cases(report: &Report) -> Vec<Case<'_>> {
    let mut by_source: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
    for found in &report.findings {
        by_source.entry(found.citation.as_deref()).or_default().push(found);
    }
    let mut cases: Vec<Case<'_>> = Vec::new();
    for source in &report.dossier.citations {
        cases.push((&source.url, by_source.remove(&Some(source.id.as_str())).unwrap_or_default()));
    }
    // What is left is about no source, or about one that the dossier does not hold.
    cases.push(("the article", by_source.into_values().flatten().collect()));
    cases
}

fn case(article: &ArticleFacts, name: &str, findings: &[&Finding], out: &mut impl Write) -> io::Result<()> {
    let (class, name) = (escaped(&article.path), escaped(name));
    write!(out, "    <testcase classname=\"{class}\" name=\"{name}\" time=\"0\"")?;
    if findings.is_empty() {
        return writeln!(out, "/>");
    }
    let (errors, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|found| found.severity == Severity::Error);
    writeln!(out, ">")?;
    if let Some(first) = errors.first() {
        let said = spot::told(&first.message, first.place, article.kind);
        write!(out, "      <failure type=\"{}\" message=\"{}\">", first.rule, escaped(&said))?;
        writeln!(out, "{}</failure>", lines(article, &errors))?;
    }
    if !others.is_empty() {
        writeln!(out, "      <system-out>{}</system-out>", lines(article, &others))?;
    }
    writeln!(out, "    </testcase>")
}

fn has_failed(findings: &[&Finding]) -> bool {
    findings.iter().any(|found| found.severity == Severity::Error)
}

/// One line a finding, in the form that editors make clickable.
fn lines(article: &ArticleFacts, findings: &[&Finding]) -> String {
    let line = |found: &&Finding| {
        let place = found.place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
        let said = spot::told(&found.message, found.place, article.kind);
        escaped(&format!("{}{place}: {} {said} [{}]", article.path, found.severity, found.rule))
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// `text` for an attribute or an element, without what XML 1.0 §2.2 does not allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn suite(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn has_a_case_for_each_source_and_one_for_the_article() {
        let report = Report::new(sample::dossier());
        let xml = suite(&report);
        assert_eq!(xml.matches("<testcase ").count(), report.dossier.citations.len() + 1);
        let failures = xml.matches("<failure ").count();
        assert!(xml.contains(&format!("failures=\"{failures}\"")), "{failures}");
        assert!(xml.contains("type=\"link/dead\""));
    }

    #[test]
    fn each_finding_is_in_it_once() {
        let report = Report::new(sample::dossier());
        let xml = suite(&report);
        for found in &report.findings {
            assert!(
                xml.contains(&format!("{} [{}]", escaped(&found.message), found.rule)),
                "{}",
                found.message
            );
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let xml = suite(&Report::new(sample::dossier()));
        assert!(!xml.contains("<script>"));
        assert!(!xml.chars().any(|c| c.is_control() && c != '\n'));
        assert_eq!(escaped("a\u{0}\u{1b}<&\">\u{ffff}"), "a&lt;&amp;&quot;&gt;");
    }

    #[test]
    fn an_article_in_order_has_no_failure() {
        let xml = suite(&Report::new(sample::clean()));
        assert!(xml.contains("failures=\"0\"") && !xml.contains("<failure"));
    }
}
