//! The findings as a table (RFC 4180), for spreadsheets.

use std::io::{self, Write};

use super::document::Report;
use super::finding::Finding;
use super::wording::clean;

/// The columns.
const HEADER: [&str; 11] = [
    "article",
    "line",
    "column",
    "page",
    "severity",
    "rule",
    "message",
    "citation",
    "url",
    "claim",
    "claim_text",
];

/// Writes one line a finding, under a line of column names. A cell that a spreadsheet could take for a formula
/// begins with an apostrophe.
pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    row(&HEADER.map(str::to_owned), out)?;
    for found in &report.findings {
        row(&cells(report, found), out)?;
    }
    Ok(())
}

fn cells(report: &Report, found: &Finding) -> [String; HEADER.len()] {
    let source = found.citation.as_deref().and_then(|id| report.source(id));
    let claim = found.claim.as_deref().and_then(|id| report.claim(id));
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        report.dossier.article.path.clone(),
        number(found.place.map(|place| place.line)),
        number(found.place.map(|place| place.column)),
        number(found.place.and_then(|place| place.page)),
        found.severity.to_string(),
        found.rule.to_owned(),
        found.message.clone(),
        found.citation.clone().unwrap_or_default(),
        source.map(|source| source.url.clone()).unwrap_or_default(),
        found.claim.clone().unwrap_or_default(),
        claim.map(|claim| claim.text.clone()).unwrap_or_default(),
    ]
}

fn row(cells: &[String], out: &mut impl Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let text = clean(text);
    let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    if text.contains([',', '"', ';']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn has_a_line_for_each_finding_and_as_many_cells_in_each() {
        let report = Report::new(sample::dossier());
        let mut table = Vec::new();
        write(&report, &mut table).unwrap();
        let table = String::from_utf8(table).unwrap();
        let lines: Vec<&str> = table.split_terminator("\r\n").collect();
        assert_eq!(lines.len(), report.findings.len() + 1);
        for line in lines {
            let outside: String = line.split('"').step_by(2).collect();
            assert_eq!(outside.matches(',').count(), HEADER.len() - 1, "{line}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n@x"] {
            assert!(cell(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(cell("=HYPERLINK(\"x\",1)"), "\"'=HYPERLINK(\"\"x\"\",1)\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
    }
}
