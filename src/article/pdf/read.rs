//! From the bytes of a PDF to the blocks of an article.

use hayro_interpret::InterpreterCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::column::{self, Strip};
use super::furniture::furniture;
use super::glyph::{Glyph, UNKNOWN};
use super::link::LinkArea;
use super::note::notes;
use super::page::Print;
use super::paragraph::{Edges, Usual, edges, groups};
use super::row::{Row, Segment, rows};
use super::text_line::TextLine;
use crate::article::block::{Block, LinkTarget};
use crate::article::plain::{Line, assemble_printed, sign};

/// The most letters that are read; a long novel has two million.
const MOST_LETTERS: usize = 8_000_000;

/// One letter in this many may be without meaning before the text is no text.
const FEWEST_KNOWN: usize = 2;

/// Why a PDF cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::article) enum PdfFault {
    /// It opens only with a password.
    Locked,
    /// It has no page that could be read.
    Damaged,
    /// It has pages, but nothing is printed on them.
    Blank,
    /// It has pages with images, but no text.
    OnlyImages,
    /// Its fonts do not say which letters they draw.
    Illegible,
}

/// Bytes at the head of a file in which its signature is looked for: some programs put lines of their own first.
const HEAD: usize = 1024;

/// Whether bytes are a PDF: the signature stands at the head of a line, and there are objects.
pub(in crate::article) fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut found = memchr::memmem::find_iter(head, b"%PDF-");
    found.any(|at| {
        let begins_line = at == 0 || matches!(bytes[at - 1], b'\n' | b'\r') || !head[..at].is_ascii();
        let numbered = bytes.get(at + 5).is_some_and(u8::is_ascii_digit);
        begins_line && numbered && (at == 0 || memchr::memmem::find(bytes, b" obj").is_some())
    })
}

/// The blocks of a PDF in reading order.
pub(in crate::article) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, PdfFault> {
    let pages = pages(bytes)?;
    let lines = lines(pages)?;
    Ok(assembled(lines))
}

/// A page as rows, and what can be clicked on it.
struct Sheet {
    rows: Vec<Row>,
    links: Vec<LinkArea>,
}

fn pages(bytes: &[u8]) -> Result<Vec<Sheet>, PdfFault> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfFault::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => PdfFault::Damaged,
    })?;
    if pdf.pages().is_empty() {
        return Err(PdfFault::Damaged);
    }
    let cache = InterpreterCache::new();
    let mut room = MOST_LETTERS;
    let (mut sheets, mut images) = (Vec::new(), 0);
    for page in pdf.pages().iter() {
        let print = Print::of(page, &cache, room);
        room -= print.glyphs.len();
        images += print.images;
        sheets.push(Sheet { rows: rows(&print.glyphs), links: print.links });
    }
    match (sheets.iter().any(|sheet| !sheet.rows.is_empty()), images) {
        (true, _) => Ok(sheets),
        (false, 0) => Err(PdfFault::Blank),
        (false, _) => Err(PdfFault::OnlyImages),
    }
}

/// The lines of all pages in reading order, running heads and page numbers left out.
fn lines(sheets: Vec<Sheet>) -> Result<Vec<TextLine>, PdfFault> {
    let (pages, links): (Vec<_>, Vec<_>) = sheets.into_iter().map(|sheet| (sheet.rows, sheet.links)).unzip();
    let size = legible_size(&pages)?;
    let furniture = furniture(&pages);
    let heads: Vec<u32> = furniture.iter().map(|found| leading(found)).collect();
    let pages: Vec<Vec<Row>> =
        pages.into_iter().zip(furniture).map(|(rows, furniture)| without(rows, &furniture)).collect();
    let gutters = gutters(&pages, size);
    let mut lines = Vec::new();
    let mut column = 0;
    for (page, ((rows, gutter), links)) in (0_u32..).zip(pages.into_iter().zip(gutters).zip(links)) {
        for (number, strip) in (1 + heads[page as usize]..).zip(column::strips(rows, gutter, size)) {
            column += u32::from(strip.begins);
            let line = line(&strip, &links);
            lines.push(TextLine { page, column, number, ..line });
        }
    }
    Ok(lines)
}

/// The size of most of the type, if there is type, and if its letters mean anything.
fn legible_size(pages: &[Vec<Row>]) -> Result<f32, PdfFault> {
    let glyphs = || pages.iter().flatten().flat_map(|row| &row.segments).flat_map(|segment| &segment.glyphs);
    let mut sizes: Vec<f32> = glyphs().map(|glyph| glyph.size).collect();
    let unknown = glyphs().filter(|glyph| glyph.letter == UNKNOWN).count();
    if sizes.is_empty() || unknown * FEWEST_KNOWN > sizes.len() {
        return Err(PdfFault::Illegible);
    }
    let middle = sizes.len() / 2;
    Ok(*sizes.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// How many rows at the head of a page are furniture.
fn leading(furniture: &[bool]) -> u32 {
    u32::try_from(furniture.iter().take_while(|found| **found).count()).unwrap_or(u32::MAX)
}

fn without(rows: Vec<Row>, furniture: &[bool]) -> Vec<Row> {
    rows.into_iter().zip(furniture).filter(|(_, found)| !**found).map(|(row, _)| row).collect()
}

/// The gutter of each page. A page with too little on it has that of the others, if its rows keep to it.
fn gutters(pages: &[Vec<Row>], size: f32) -> Vec<Option<f32>> {
    let found: Vec<Option<f32>> = pages.iter().map(|rows| column::gutter(rows, size)).collect();
    let mut known: Vec<f32> = found.iter().flatten().copied().collect();
    known.sort_by(f32::total_cmp);
    let usual = known.get(known.len() / 2).copied().filter(|_| known.len() * 2 >= pages.len());
    let of_page = |(gutter, rows): (Option<f32>, &Vec<Row>)| {
        gutter.or_else(|| usual.filter(|usual| column::has_gutter_at(rows, *usual)))
    };
    found.into_iter().zip(pages).map(of_page).collect()
}

fn line(strip: &Strip, links: &[LinkArea]) -> TextLine {
    let glyphs: Vec<Glyph> = strip.segments.iter().flat_map(|Segment { glyphs }| glyphs).copied().collect();
    TextLine::of(&glyphs, links)
}

fn assembled(mut lines: Vec<TextLine>) -> Vec<Block> {
    let usual = Usual::of(&lines);
    let notes = notes(&mut lines, usual.size);
    let edges = edges(&lines, usual);
    let mut printed: Vec<Line> = lines.iter().zip(&edges).map(printed).collect();
    sign(&mut printed);
    let groups = groups(&printed, &lines, &notes, &edges, usual);
    let mut blocks = assemble_printed(&printed, &groups);
    blocks.iter_mut().for_each(forget_links_written_out);
    blocks
}

/// A line as the reader of plain text takes it.
fn printed<'a>((line, edges): (&'a TextLine, &Edges)) -> Line<'a> {
    Line::printed(&line.text, line.number, line.page, line.column, &line.links)
        .reaching_edge(edges.is_reached_by(line))
}

/// Takes away the links whose words are the URL itself: the text cites it already, in its own way.
fn forget_links_written_out(block: &mut Block) {
    let text = &block.text;
    block.links.retain(|link| match &link.target {
        LinkTarget::Url(url) => bare(&text[link.range.clone()]) != bare(url),
        LinkTarget::Note(_) => true,
    });
}

/// A URL without what is often left out in writing.
fn bare(url: &str) -> &str {
    let url = url.trim();
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    url.trim_end_matches('/')
}
