//! Two captures of a page side by side, for a terminal and as a page.

use std::fmt::Write as _;
use std::io::Write;

use jiff::Timestamp;

use super::pieces::{Piece, Segment};
use crate::evidence::Drift;
use crate::report::error::ReportError;
use crate::report::terminal::{self, TerminalOptions};
use crate::report::wording::clean;

/// A capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureSide {
    /// When it was made.
    pub time: Timestamp,
    /// The run that made it.
    pub run: String,
    /// Title of the page.
    pub title: Option<String>,
}

/// A claim that rests on the page, and what became of what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimDrift {
    /// The claim.
    pub claim: String,
    /// The passage that it rests on.
    pub passage: String,
    /// How the later capture no longer says it; `None` where it does.
    pub drift: Option<Drift>,
}

/// What changed between two captures of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageDiff {
    /// The page.
    pub url: String,
    /// The earlier capture.
    pub from: CaptureSide,
    /// The later one.
    pub to: CaptureSide,
    /// Where their texts differ.
    pub pieces: Vec<Piece>,
    /// The claims that rest on it.
    pub claims: Vec<ClaimDrift>,
}

impl ClaimDrift {
    /// What became of the passage, in words.
    pub(in crate::report) fn words(&self) -> String {
        match &self.drift {
            None => "still there".to_owned(),
            Some(Drift::PassageGone { .. }) => "gone".to_owned(),
            Some(Drift::FigureChanged { before, after } | Drift::WordingChanged { before, after }) => {
                format!("says “{after}” where it said “{before}”")
            }
        }
    }
}

impl PageDiff {
    /// Writes it for people.
    pub fn write_terminal(&self, options: &TerminalOptions, out: &mut dyn Write) -> Result<(), ReportError> {
        out.write_all(terminal::page_diff(self, options).as_bytes())?;
        Ok(())
    }

    /// Writes it as a page that stands by itself.
    pub fn write_html(&self, out: &mut dyn Write) -> Result<(), ReportError> {
        out.write_all(self.html().as_bytes())?;
        Ok(())
    }

    fn html(&self) -> String {
        let side =
            |side: &CaptureSide| format!("{} (run {})", side.time.strftime("%Y-%m-%d %H:%M UTC"), side.run);
        let url = escaped(&self.url);
        let mut html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>What changed: {url}</title>\n<style>{STYLE}</style>\n<h1>What changed</h1>\n<p class=\"url\">{url}</p>\n\
             <p>From {} to {}</p>\n",
            escaped(&side(&self.from)),
            escaped(&side(&self.to)),
        );
        for claim in &self.claims {
            let class = if claim.drift.is_some() { "drifted" } else { "held" };
            // Writing to a String cannot fail.
            let _ = writeln!(
                html,
                "<section class=\"{class}\"><p>Claim: {}</p><blockquote>{}</blockquote><p>{}</p></section>",
                escaped(&claim.claim),
                escaped(&claim.passage),
                escaped(&claim.words()),
            );
        }
        if self.pieces.is_empty() {
            html.push_str("<p>The text is the same.</p>\n");
        }
        for piece in &self.pieces {
            let _ = write!(html, "<h2>Paragraph {}</h2>\n<p>", piece.paragraph);
            for segment in &piece.segments {
                let _ = match segment {
                    Segment::Same(text) => write!(html, "{}", escaped(text)),
                    Segment::Removed(text) => write!(html, "<del>{}</del>", escaped(text)),
                    Segment::Added(text) => write!(html, "<ins>{}</ins>", escaped(text)),
                };
            }
            html.push_str("</p>\n");
        }
        html + "</html>\n"
    }
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
    h2{font-size:.85rem;color:#666;margin:2rem 0 .25rem}p{white-space:pre-line;overflow-wrap:anywhere}\
    del{background:#fdd;color:#600}ins{background:#dfd;color:#040;text-decoration:none;border-bottom:2px solid #080}\
    section{border-left:4px solid #080;padding-left:1rem;margin:1rem 0}section.drifted{border-color:#b00}\
    blockquote{margin:.5rem 0;font-style:italic}\
    @media(prefers-color-scheme:dark){body{background:#111;color:#ddd}del{background:#411;color:#fbb}ins{background:#131;color:#bfb}}";

fn escaped(text: &str) -> String {
    // Line breaks are kept; what steers a terminal or turns text round is not.
    let lines: Vec<String> = text.split('\n').map(clean_spaced).collect();
    lines.join("\n").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Clean text that keeps the blanks at its ends: they stand between words.
fn clean_spaced(text: &str) -> String {
    let blank = |yes: bool| if yes { " " } else { "" };
    let cleaned = clean(text);
    if cleaned.is_empty() {
        return blank(!text.is_empty()).to_owned();
    }
    let (first, last) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    format!("{}{}{}", blank(first), cleaned.trim(), blank(last))
}

#[cfg(test)]
mod tests {
    use super::super::pieces;
    use super::*;

    fn diff() -> PageDiff {
        let side = |day: u8| CaptureSide {
            time: format!("2026-11-{day:02}T04:00:00Z").parse().unwrap(),
            run: format!("run-{day}"),
            title: None,
        };
        PageDiff {
            url: "https://example.org/<a>".into(),
            from: side(2),
            to: side(9),
            pieces: pieces("It cost <b>3.5</b> million.", "It cost <b>4</b> million."),
            claims: vec![ClaimDrift {
                claim: "Es kostete 3,5 Millionen.".into(),
                passage: "It cost 3.5 million.".into(),
                drift: Some(Drift::FigureChanged { before: "3.5 million".into(), after: "4 million".into() }),
            }],
        }
    }

    #[test]
    fn the_page_shows_what_went_and_came_and_runs_nothing() {
        let html = diff().html();
        assert!(html.contains("It cost &lt;b&gt;<del>3.5</del><ins>4</ins>&lt;/b&gt; million."), "{html}");
        assert!(html.contains("says “4 million” where it said “3.5 million”"), "{html}");
        assert!(!html.contains("<a>") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn the_terminal_shows_the_same() {
        let mut out = Vec::new();
        diff().write_terminal(&TerminalOptions::default(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for part in ["2026-11-02 04:00", "2026-11-09 04:00", "[-3.5-]{+4+}", "where it said “3.5 million”"]
        {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
    }
}
