//! The report as GitHub Flavored Markdown, for comments and wikis.

use std::io::{self, Write};

use super::document::Report;
use super::finding::{Finding, Severity};
use super::language;
use super::link::{bare, href};
use super::spot;
use super::wording::{clean, count, excerpt};
use crate::dossier::SourceFacts;

/// Most findings of one severity that are listed: a comment has a limit of its own.
const LISTED: usize = 100;

/// Writes the report: what is wrong first, then the sources.
pub(super) fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let article = &report.dossier.article;
    writeln!(out, "## {}\n", escaped(article.title.as_ref().unwrap_or(&article.path)))?;
    writeln!(out, "{}", head(report))?;
    if report.summary.count(Severity::Error) == 0 {
        writeln!(out, "\nbeleg found nothing to mend before you publish.")?;
    }
    let sections = [
        (Severity::Error, "Before you publish"),
        (Severity::Warning, "To look at yourself"),
        (Severity::Note, "Good to know"),
    ];
    for (severity, title) in sections {
        section(report, severity, title, out)?;
    }
    sources(report, out)?;
    writeln!(out, "\nbeleg states what a page says, never what is true.")
}

fn head(report: &Report) -> String {
    let summary = &report.summary;
    let article = &report.dossier.article;
    let language = language::name(&article.language).map(|name| format!(" · {}", escaped(name)));
    let date = article.date.map(|day| format!(" · dated {day}"));
    format!(
        "{}{}{} · {} of {} · {} · run {}",
        escaped(&article.path),
        language.unwrap_or_default(),
        date.unwrap_or_default(),
        count(summary.citations, "citation"),
        count(summary.sources, "source"),
        count(summary.claims, "claim"),
        escaped(report.dossier.run.id.as_str()),
    )
}

fn section(report: &Report, severity: Severity, title: &str, out: &mut impl Write) -> io::Result<()> {
    let findings: Vec<&Finding> = report.of_severity(severity).collect();
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### {title} ({})\n", findings.len())?;
    for found in findings.iter().take(LISTED) {
        writeln!(out, "{}", item(report, found))?;
    }
    if findings.len() > LISTED {
        writeln!(out, "- … and {} more", findings.len() - LISTED)?;
    }
    Ok(())
}

fn item(report: &Report, found: &Finding) -> String {
    let place = found
        .place
        .map(|place| format!("**{}** ", spot::words(place, report.dossier.article.kind)))
        .unwrap_or_default();
    let claim = found.claim.as_deref().and_then(|id| report.claim(id));
    let source = found.citation.as_deref().and_then(|id| report.source(id));
    let subject = match (claim, source) {
        (Some(claim), _) => format!("{}  \n  ", escaped(&excerpt(&claim.text, 160))),
        (None, Some(source)) => format!("{}  \n  ", linked(&source.url)),
        (None, None) => String::new(),
    };
    format!("- {place}{subject}{} `{}`", escaped(&found.message), found.rule)
}

fn sources(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let sources = &report.dossier.citations;
    if sources.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n### Sources\n\n| | State | Why | Address | Cited at |\n|---|---|---|---|---|")?;
    for source in sources {
        let places = spot::places_in_words(&source.places, report.dossier.article.kind);
        let (id, state, why, address) = (escaped(&source.id), source.state, why(source), linked(&source.url));
        writeln!(out, "| {id} | {state} | {why} | {address} | {places} |")?;
    }
    Ok(())
}

fn why(source: &SourceFacts) -> String {
    escaped(if source.detail.is_empty() { source.reason.describe() } else { &source.detail })
}

/// A link to `url`, or its plain text where it is no web address.
fn linked(url: &str) -> String {
    let shown = escaped(&excerpt(bare(url), 90));
    match href(url) {
        Some(target) => format!("[{shown}](<{}>)", target.replace('|', "%7C").replace(['<', '>'], "")),
        None => shown,
    }
}

/// `text` with every mark of Markdown and HTML made plain text (`CommonMark` §2.4).
fn escaped(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A code host notifies whoever is named after an @; an entity keeps it from being seen.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => {
                out.extend(['\\', c]);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    fn document(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn events(markdown: &str) -> Vec<Event<'_>> {
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
    }

    #[test]
    fn hostile_text_becomes_neither_html_nor_link_nor_code() {
        let text = document(&Report::new(sample::dossier()));
        for event in events(&text) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("html: {html}"),
                Event::Code(code) => assert!(code.contains('/'), "only rules are code: {code}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with("http"), "{dest_url}");
                }
                Event::Start(Tag::Image { .. }) => panic!("an image"),
                _ => {}
            }
        }
    }

    #[test]
    fn lists_each_finding_under_its_heading_and_each_source_in_one_row() {
        let report = Report::new(sample::dossier());
        let text = document(&report);
        let items = events(&text).iter().filter(|event| matches!(event, Event::Start(Tag::Item))).count();
        let rows = events(&text).iter().filter(|event| matches!(event, Event::Start(Tag::TableRow))).count();
        assert_eq!(items, report.findings.len());
        assert_eq!(rows, report.dossier.citations.len());
    }

    #[test]
    fn escaped_text_reads_as_it_was_written() {
        let text = "a *b* [c](d) <e> `f` # g | h ~~i~~ @j &amp; ! \\";
        let shown: String = events(&escaped(text))
            .iter()
            .filter_map(|event| match event {
                Event::Text(part) => Some(part.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(shown, text);
    }
}
