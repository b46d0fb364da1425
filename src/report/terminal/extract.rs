//! What an article cites and claims, for people: the sources first, then each claim with what it rests on.

use std::io::{self, Write};

use super::ink::Ink;
use super::options::TerminalOptions;
use super::page::{Page, Subject};
use crate::article::{Found, Kind};
use crate::evidence::{AtomKind, Checkable};
use crate::report::extract::{Extract, ExtractedArticle, ExtractedClaim, ExtractedSource};
use crate::report::wording::count;
use crate::report::{language, spot, words};

/// Text is kept, or passed on, in pieces of this many bytes: one that grew as a whole would be there twice at times.
const PIECE: usize = 1 << 20;

/// Writes the page for one article.
pub(in crate::report) fn extract_page(
    extract: &Extract<'_>,
    options: &TerminalOptions,
    out: &mut (impl Write + ?Sized),
) -> io::Result<()> {
    // The head says how many of the claims want a source, so they come first.
    let mut claims = Page::new(options);
    let mut pieces = Vec::new();
    let mut uncited = 0;
    for stated in extract.claims() {
        uncited += usize::from(!stated.findings.is_empty());
        claim(&mut claims, &stated, extract.article.kind);
        if claims.size() > PIECE {
            pieces.push(claims.take());
        }
    }
    pieces.push(claims.into_text());
    let mut page = Page::new(options);
    head(&mut page, extract, uncited);
    let mut sources = extract.sources().peekable();
    if sources.peek().is_some() {
        page.gap();
        page.heading("Sources", "");
    }
    for cited in sources {
        source(&mut page, &cited, extract.article.kind);
        if page.size() > PIECE {
            out.write_all(page.take().as_bytes())?;
        }
    }
    if extract.claims().len() > 0 {
        page.gap();
        page.heading("Claims", "");
    }
    out.write_all(page.into_text().as_bytes())?;
    pieces.iter().try_for_each(|piece| out.write_all(piece.as_bytes()))
}

fn head(page: &mut Page, extract: &Extract<'_>, uncited: usize) {
    let mut facts = vec![language::name(extract.article.language).unwrap_or("language unknown").to_owned()];
    facts.extend(extract.article.date.map(|day| format!("dated {day}")));
    facts.extend([
        format!("{} of {}", count(extract.citations(), "citation"), count(extract.sources().len(), "source")),
        count(extract.claims().len(), "claim"),
    ]);
    if uncited > 0 {
        facts.push(format!("{uncited} without a source"));
    }
    page.heading(extract.article.path, "");
    page.paragraph(0, Ink::Plain, &facts.join(" · "));
    page.paragraph(0, Ink::Faint, &read_as(&extract.article));
}

/// How an article was read: "Markdown · UTF-8 by its bytes".
fn read_as(article: &ExtractedArticle<'_>) -> String {
    let mut facts = vec![format_name(article.kind).to_owned()];
    if let (Some(name), Some(found)) = (article.encoding, article.encoding_found) {
        facts.push(match found {
            Found::Bom => format!("{name} by its byte order mark"),
            Found::Declared => format!("{name} as declared"),
            Found::Guessed => format!("{name} by its bytes"),
        });
    }
    match article.relative_links {
        0 => {}
        1 => facts.push("1 relative link left out: what it is relative to is not known".to_owned()),
        many => facts.push(format!("{many} relative links left out: what they are relative to is not known")),
    }
    facts.join(" · ")
}

fn format_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "plain text",
        Kind::Markdown => "Markdown",
        Kind::Html => "HTML",
        Kind::Docx => "DOCX",
        Kind::Odt => "ODT",
        Kind::Epub => "EPUB",
        Kind::List | Kind::Arguments => "list of URLs",
        Kind::Pdf => "PDF",
    }
}

fn source(page: &mut Page, source: &ExtractedSource<'_>, kind: Kind) {
    let mut places = source.places.iter().map(|place| spot::brief(*place, Some(kind)));
    let place = places.next().unwrap_or_default();
    page.entry((Ink::Strong, &source.id), &place, Subject::Url(&source.url), words::citation(source.kind));
    let elsewhere: Vec<String> = places.collect();
    if !elsewhere.is_empty() {
        page.under(Ink::Faint, &format!("again at {}", elsewhere.join(", ")));
    }
    for other in &source.alternatives {
        page.under(Ink::Faint, &format!("or, if that is gone, {other}"));
    }
    if let Some(fault) = source.invalid {
        page.under(Ink::Error, &format!("cannot be opened: {fault}"));
    }
}

fn claim(page: &mut Page, claim: &ExtractedClaim<'_>, kind: Kind) {
    let place = claim.places.first().map(|place| spot::brief(*place, Some(kind))).unwrap_or_default();
    page.statement((Ink::Strong, &claim.id), &place, &claim.text);
    match claim.binding {
        Some(binding) => {
            let sources = claim.citations.join(" ");
            page.under(Ink::Faint, &format!("{sources} · {}", words::binding(binding)));
        }
        None if claim.findings.is_empty() => page.under(Ink::Faint, "no source in reach"),
        None => page.under(Ink::Warning, "no source in reach, and it wants one"),
    }
    let atoms: Vec<String> = claim.atoms.iter().map(atom).collect();
    if !atoms.is_empty() {
        page.under(Ink::Note, &atoms.join(" · "));
    }
}

/// A part of a claim in few words; a quotation stands in the claim just above.
fn atom(atom: &Checkable) -> String {
    let kind = words::kind(atom.kind);
    match (atom.kind, &atom.speaker) {
        (AtomKind::Quotation, Some(speaker)) => format!("{kind} of {speaker}"),
        (AtomKind::Quotation, None) => kind.to_owned(),
        (_, Some(speaker)) => format!("{kind} {} of {speaker}", atom.text),
        (AtomKind::Figure, None) => match atom.modifier {
            Some(modifier) => format!("{kind} {modifier} {}", atom.text),
            None => format!("{kind} {}", atom.text),
        },
        (_, None) => format!("{kind} {}", atom.text),
    }
}
