//! The readable text of a page, in blocks and sentences.

use std::ops::Range;

use super::html::{self, Block, Markup};
use super::main_text;
use super::published::{published, updated};
use super::sentence;
use super::structured;
use super::white_space::collapse;
use crate::evidence::language::Language;
use crate::markup::Apart;

/// The most text that is kept of one page, in bytes. A long book has two million.
const MOST_TEXT: usize = 8 << 20;
/// How many texts of the metadata are compared with the page's own.
const MOST_EXTRAS: usize = 16;
/// A line of the rest of a page that is shorter than this, in bytes, is a label.
const LABEL: usize = 25;

/// What a page says, without what is around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageText {
    /// The page's title.
    pub title: Option<String>,
    /// When it was published, as far as the page says: its own timestamp, or the day as `2025-03-03`.
    pub published: Option<String>,
    /// The day of the last change that the page states, as `2025-03-03`.
    pub updated: Option<String>,
    /// ISO 639-1 code of the language: what the page declares, otherwise what its text looks like.
    pub language: Option<String>,
    /// The readable text: one block a line, white space collapsed; the main text first, then what else the page shows.
    pub text: String,
    /// Where the main text ends in `text`, in bytes.
    pub main_end: usize,
    /// Where each line of `text` stands in the page, in bytes; empty where it was read out of the metadata.
    pub origins: Vec<Range<usize>>,
    /// Whether the page is HTML.
    pub is_markup: bool,
    /// The sentences of `text`, in order, as byte ranges, where it was divided. A sentence never spans two lines.
    pub sentences: Vec<Range<usize>>,
}

impl PageText {
    /// Reads the page `text` of type `media_type`. HTML is taken apart; any other text is read as it is.
    ///
    /// Time and memory are linear in the length of `text`, whatever its nesting.
    pub fn read(media_type: &str, text: &str) -> Self {
        if is_markup(media_type, text) {
            return Self::of_html(&Apart::of(text)).in_sentences();
        }
        let line = |line: &str| Line { text: collapse(line), origin: origin_of(line, text) };
        Self::assemble(Markup::default(), text.lines().map(line), std::iter::empty()).in_sentences()
    }

    /// Reads a page of HTML, and leaves its text in one piece: not all who want the text want its sentences.
    pub fn of_html(html: &Apart<'_>) -> Self {
        Self::of_markup(html::read(html))
    }

    /// The same, with its text divided into sentences.
    #[must_use]
    pub fn in_sentences(self) -> Self {
        let language = Language::of(self.language.as_deref().unwrap_or_default());
        Self { sentences: sentence::split(&self.text, language), ..self }
    }

    /// Reads all that the page shows, what is around its text too: for looking whether something is still there at all.
    pub fn whole(media_type: &str, text: &str) -> Self {
        if !is_markup(media_type, text) {
            return Self::read(media_type, text);
        }
        let html = Apart::of(text);
        let main = Self::of_html(&html);
        let markup = html::read(&html);
        let mut lines: Vec<Line> = markup.blocks.iter().map(Line::of).collect();
        // Some of it may have been read out of the metadata.
        lines.extend(main.text.lines().map(|line| Line::of_metadata(line.to_owned())));
        Self {
            is_markup: true,
            ..Self::assemble(markup, lines.into_iter(), std::iter::empty()).in_sentences()
        }
    }

    fn of_markup(mut markup: Markup) -> Self {
        let data = structured::read(&markup.json_ld);
        markup.title = markup.title.take().or(data.title);
        markup.dates.extend(data.dates);
        let (main, mut rest) = divided(std::mem::take(&mut markup.blocks));
        for extra in data.texts.into_iter().chain(markup.description.take()).take(MOST_EXTRAS) {
            add_missing(&main, &mut rest, &extra);
        }
        // The page of a video may have no other text than what its metadata says.
        let (main, rest) = if main.is_empty() { (rest, Vec::new()) } else { (main, rest) };
        Self { is_markup: true, ..Self::assemble(markup, main.into_iter(), rest.into_iter()) }
    }

    fn assemble(markup: Markup, main: impl Iterator<Item = Line>, rest: impl Iterator<Item = Line>) -> Self {
        let (mut text, mut origins) = (String::new(), Vec::new());
        add_lines((&mut text, &mut origins), main);
        let main_end = text.len();
        add_lines((&mut text, &mut origins), rest);
        let language = markup.language.or_else(|| detected(&text));
        let spoken = Language::of(language.as_deref().unwrap_or_default());
        Self {
            title: markup.title,
            published: published(&markup.dates, spoken),
            updated: updated(&markup.dates, spoken),
            language,
            text,
            main_end,
            origins,
            is_markup: false,
            sentences: Vec::new(),
        }
    }

    /// The main text: what a reader came for.
    pub fn main(&self) -> &str {
        self.text.get(..self.main_end).unwrap_or_default()
    }

    /// The text of sentence `index`, empty where there is none.
    pub fn sentence(&self, index: usize) -> &str {
        self.sentences.get(index).and_then(|range| self.text.get(range.clone())).unwrap_or_default()
    }
}

/// A line of the text, and where it stands in the page.
struct Line {
    text: String,
    origin: Range<usize>,
}

impl Line {
    fn of(block: &Block) -> Self {
        Self { text: block.text.clone(), origin: block.origin.clone() }
    }

    fn of_metadata(text: String) -> Self {
        Self { text, origin: 0..0 }
    }
}

fn origin_of(line: &str, page: &str) -> Range<usize> {
    html::place_in(page, line).map_or(0..0, |at| at..at + line.len())
}

/// Adds `lines` to a text, and to where its lines stand, as far as there is room.
fn add_lines((text, origins): (&mut String, &mut Vec<Range<usize>>), lines: impl Iterator<Item = Line>) {
    for line in lines.filter(|line| !line.text.is_empty()) {
        if text.len() + line.text.len() >= MOST_TEXT {
            break;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&line.text);
        origins.push(line.origin);
    }
}

/// The main text of a page, and what else it shows that is no furniture. A page with neither gives all it has.
fn divided(blocks: Vec<Block>) -> (Vec<Line>, Vec<Line>) {
    let chosen = main_text::choose(&blocks);
    let is_shown = |block: &Block| !block.furniture && block.doubts.is_empty();
    let (nothing_chosen, nothing_shown) = (!chosen.contains(&true), !blocks.iter().any(is_shown));
    let (mut main, mut rest) = (Vec::new(), Vec::new());
    for (block, is_main) in blocks.into_iter().zip(chosen) {
        if is_main {
            main.push(Line { text: block.text, origin: block.origin });
        } else if nothing_shown || is_shown(&block) && (nothing_chosen || block.text.len() >= LABEL) {
            rest.push(Line { text: block.text, origin: block.origin });
        }
    }
    (main, rest)
}

/// Adds `extra` to `rest` as blocks of its own unless the text has its beginning already: most descriptions repeat the
/// first paragraph.
fn add_missing(main: &[Line], rest: &mut Vec<Line>, extra: &str) {
    let lines: Vec<String> = extra.lines().map(collapse).filter(|line| !line.is_empty()).collect();
    let Some(first) = lines.first() else { return };
    let start: String = first.chars().take(60).collect();
    if !main.iter().chain(rest.iter()).any(|line| line.text.contains(&start)) {
        rest.extend(lines.into_iter().map(Line::of_metadata));
    }
}

fn is_markup(media_type: &str, text: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => true,
        essence => essence.is_empty() && looks_like_html(text),
    }
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// ISO 639-1 code of the language that `text` looks written in; the first 10,000 characters decide.
fn detected(text: &str) -> Option<String> {
    let sample: String = text.chars().take(10_000).collect();
    let info = whatlang::detect(&sample)?;
    let code = match info.lang() {
        whatlang::Lang::Eng => "en",
        whatlang::Lang::Deu => "de",
        whatlang::Lang::Fra => "fr",
        whatlang::Lang::Spa => "es",
        whatlang::Lang::Ita => "it",
        whatlang::Lang::Por => "pt",
        whatlang::Lang::Nld => "nl",
        whatlang::Lang::Pol => "pl",
        whatlang::Lang::Ukr => "uk",
        whatlang::Lang::Rus => "ru",
        other => other.code(),
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Synthetic page &amp; test</title>
        <meta property="article:published_time" content="2025-03-03T10:00:00Z"><script>var x = "<p>no</p>";</script></head>
        <body><header><nav><a href="/">Home</a></nav></header><div class="cookie-banner">We use cookies.</div>
        <main><article><header><h1>A headline</h1></header><p>The first sentence of this synthetic page is here. The second
        has a <a href="x">link</a> and <b>bold</b> words.</p><p style="display:none">Hidden words.</p><ul><li>One</li><li>Two</ul>
        <p>Mr. Example said “Yes.” Then he left for the U.S. capital at 9 a.m. and stayed there for three long weeks, as far
        as anybody knows, before he came back to where he had come from at first.</p></article>
        <aside><p>Read this too</p></aside></main><footer>Imprint</footer></body></html>"#;

    #[test]
    fn the_article_is_read_and_the_furniture_is_not() {
        let page = PageText::read("text/html; charset=utf-8", PAGE);
        assert_eq!(page.title.as_deref(), Some("Synthetic page & test"));
        assert_eq!(page.published.as_deref(), Some("2025-03-03T10:00:00Z"));
        assert_eq!(page.language.as_deref(), Some("en"));
        let lines: Vec<&str> = page.text.lines().collect();
        assert_eq!(lines[0], "A headline");
        assert!(lines[1].ends_with("The second has a link and bold words."), "{}", lines[1]);
        assert_eq!(&lines[2..4], ["One", "Two"]);
        for absent in ["cookies", "Hidden", "Imprint", "Read this too", "Home", "var x"] {
            assert!(!page.text.contains(absent), "{absent} in {}", page.text);
        }
    }

    #[test]
    fn sentences_are_ranges_of_the_text() {
        let page = PageText::read("text/html", PAGE);
        let sentences: Vec<&str> = (0..page.sentences.len()).map(|index| page.sentence(index)).collect();
        assert!(sentences.contains(&"The second has a link and bold words."), "{sentences:?}");
        assert!(sentences.contains(&"Mr. Example said “Yes.”"), "{sentences:?}");
    }

    #[test]
    fn plain_text_is_read_as_it_is() {
        let page =
            PageText::read("text/plain", "Ein  Satz mit <b>Zeichen</b>.\nNoch einer, und der ist länger.");
        assert_eq!(page.text, "Ein Satz mit <b>Zeichen</b>.\nNoch einer, und der ist länger.");
        assert_eq!(page.language.as_deref(), Some("de"));
    }

    #[test]
    fn a_page_with_little_text_gives_what_its_metadata_says() {
        let page = PageText::read(
            "text/html",
            r#"<html lang=en><head><meta name="description" content="The president speaks about synthetic tariffs.">
            <script type="application/ld+json">{"@graph":[{"@type":"VideoObject","name":"Interview","datePublished":"2025-02-09",
            "transcript":"We will answer. &quot;Surely&quot;."}]}</script></head><body><div>Play</div></body></html>"#,
        );
        assert!(page.text.contains("synthetic tariffs"), "{}", page.text);
        assert!(page.text.contains("We will answer."), "{}", page.text);
        assert_eq!(page.published.as_deref(), Some("2025-02-09"));
    }

    #[test]
    fn deep_nesting_is_read_to_its_end() {
        // The runner of the tests stops what takes minutes, as time that grows with the square would here.
        for (open, close) in
            [("<div>", "</div>"), ("<b><p>", ""), ("<font size=1><table>", ""), ("<nav>", "")]
        {
            let html = format!("{}the text{}", open.repeat(100_000), close.repeat(100_000));
            let page = PageText::read("text/html", &html);
            assert_eq!(page.text, "the text");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_markup_gives_sentences_within_its_text(pieces in prop::collection::vec(
            prop_oneof![Just("<p>"), Just("</p>"), Just("<nav>"), Just("<article>"), Just("<script>"), Just("<title>"), Just("„ä“ "),
                Just("Satz. "), Just("z. B. 3. März! "), Just("<!--"), Just("-->"), Just("<a href='"), Just("\u{301}"), Just("&amp;&#x1F600;"),
                Just("<script type=application/ld+json>{\"articleBody\":\"x\"}")], 0..40)) {
            let html: String = pieces.concat();
            for media_type in ["text/html", "text/plain", "", "nonsense"] {
                let page = PageText::read(media_type, &html);
                let mut end = 0;
                for range in &page.sentences {
                    prop_assert!(range.start >= end && range.start < range.end);
                    prop_assert!(page.text.get(range.clone()).is_some());
                    end = range.end;
                }
            }
        }
    }
}
