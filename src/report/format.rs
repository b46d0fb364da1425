//! The formats of a report, and the one way to write any of them.

use std::fmt;
use std::io::Write;
use std::path::Path;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::Report;
use super::error::ReportError;
use super::extract::Extract;
use super::terminal::TerminalOptions;
use super::wording::nearest;
use super::{annotations, csv, html, json, junit, markdown, sarif, terminal, web_annotation};

/// What a report can be written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Text for a terminal.
    #[default]
    Terminal,
    /// `beleg.report/1`, the whole dossier with findings and counts.
    Json,
    /// One self-contained page.
    Html,
    /// A comment for a pull request or an issue: GitHub Flavored Markdown.
    Markdown,
    /// The findings as a table (RFC 4180).
    Csv,
    /// A test case a source, for build servers.
    Junit,
    /// The findings in SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// The findings as workflow commands of GitHub Actions, which shows them beside the lines.
    Annotations,
    /// The passages as W3C Web Annotations, in JSON-LD.
    WebAnnotations,
}

/// Why a text names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{given:?} is not a format: give one of terminal, json, html, markdown, csv, junit, sarif, annotations, web-annotations{hint}"
)]
pub struct NotAFormat {
    given: String,
    hint: String,
}

/// How a report is written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Settings of the terminal format.
    pub terminal: TerminalOptions,
    /// JSON: everything on one line, for a stream of reports.
    pub compact: bool,
}

/// Writes `report` in `format` to `out`.
pub fn write(
    format: Format,
    report: &Report,
    options: &Options,
    out: &mut impl Write,
) -> Result<(), ReportError> {
    match format {
        Format::Terminal => out.write_all(terminal::screen(report, &options.terminal).as_bytes())?,
        Format::Json => json::write(report, options.compact, out)?,
        Format::Html => html::write(report, out)?,
        Format::Markdown => markdown::write(report, out)?,
        Format::Csv => csv::write(report, out)?,
        Format::Junit => junit::write(report, out)?,
        Format::Sarif => sarif::write(report, out)?,
        Format::Annotations => annotations::write(report, out)?,
        Format::WebAnnotations => web_annotation::write(report, out)?,
    }
    Ok(())
}

/// Writes what an article cites and claims: as JSON, else as text for a terminal.
pub fn write_extract(
    extract: &Extract<'_>,
    as_json: bool,
    options: &Options,
    out: &mut (impl Write + ?Sized),
) -> Result<(), ReportError> {
    match (as_json, options.compact) {
        (false, _) => terminal::extract_page(extract, &options.terminal, out)?,
        (true, true) => serde_json::to_writer(&mut *out, extract)?,
        (true, false) => serde_json::to_writer_pretty(&mut *out, extract)?,
    }
    if as_json {
        out.write_all(b"\n")?;
    }
    Ok(())
}

impl Format {
    /// All of them, in the order they are listed to users.
    pub const ALL: [Self; 9] = [
        Self::Terminal,
        Self::Json,
        Self::Html,
        Self::Markdown,
        Self::Csv,
        Self::Junit,
        Self::Sarif,
        Self::Annotations,
        Self::WebAnnotations,
    ];

    /// The name that users write.
    pub fn word(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Json => "json",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Annotations => "annotations",
            Self::WebAnnotations => "web-annotations",
        }
    }

    /// The usual extension of such a file, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Terminal => "txt",
            Self::Json => "json",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Junit => "xml",
            Self::Sarif => "sarif",
            Self::Annotations => "annotations",
            Self::WebAnnotations => "jsonld",
        }
    }

    /// The format that the extension of `path` stands for.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "htm" => Some(Self::Html),
            "markdown" => Some(Self::Markdown),
            other => Self::ALL.into_iter().find(|format| format.extension() == other),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Format {
    type Err = NotAFormat;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|format| format.word() == text);
        known.ok_or_else(|| {
            let meant = nearest(text, Self::ALL.into_iter().map(Self::word));
            let hint = meant.map(|word| format!(" (did you mean {word}?)")).unwrap_or_default();
            NotAFormat { given: text.to_owned(), hint }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_format_reads_its_own_name_and_extension() {
        for format in Format::ALL {
            assert_eq!(format.word().parse(), Ok(format));
            assert_eq!(
                Format::of_path(Path::new("out").with_extension(format.extension()).as_path()),
                Some(format)
            );
            assert_eq!(serde_json::to_value(format).unwrap(), format.word());
        }
        assert_eq!(Format::of_path(Path::new("REPORT.HTM")), Some(Format::Html));
        assert_eq!(Format::of_path(Path::new("report")), None);
    }

    #[test]
    fn a_slip_is_answered_with_what_was_meant() {
        let error = "jsn".parse::<Format>().unwrap_err().to_string();
        assert!(error.ends_with("(did you mean json?)"), "{error}");
        assert!(!"xyzzy".parse::<Format>().unwrap_err().to_string().contains("did you mean"));
    }

    #[test]
    fn every_format_writes_every_report_and_the_same_bytes_each_time() {
        for dossier in [sample::dossier(), sample::empty(), sample::clean()] {
            let report = Report::new(dossier);
            for format in Format::ALL {
                let mut first = Vec::new();
                let mut second = Vec::new();
                write(format, &report, &Options::default(), &mut first).unwrap();
                write(format, &report, &Options::default(), &mut second).unwrap();
                assert!(!first.is_empty(), "{format}");
                assert_eq!(first, second, "{format}");
            }
        }
    }
}
