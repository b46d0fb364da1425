//! What the rules need to know of a page, from one pass over it.

use memchr::memmem;

use super::fragment::Fragment;
use crate::markup::{Apart, Piece, Tag, resolved};

/// Facts about an HTML page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The first title, white space collapsed.
    pub(super) title: String,
    /// The first heading of the first rank.
    pub(super) heading: String,
    /// How many characters a reader sees, white space not counted.
    pub(super) text: usize,
    /// How many of them are in paragraphs.
    pub(super) paragraphs: usize,
    /// What a reader sees, as it stands between the tags.
    pub(super) visible: String,
    /// Whether scripts may write what a reader sees.
    pub(super) scripts: bool,
    /// Whether there is something to see that is no text: a picture, a video, a frame, a form.
    pub(super) media: bool,
    /// Whether it sends on by itself (`<meta http-equiv=refresh>`).
    pub(super) refresh: bool,
    /// Whether it asks for a password.
    pub(super) password: bool,
    /// Of each place that was asked for, whether it has it.
    pub(super) places: Vec<bool>,
    /// The address that it calls its own (`<link rel=canonical>`), as it writes it.
    pub(super) canonical: Option<String>,
    /// Where its scripts and frames come from and its forms go to, in lower case.
    pub(super) loads: Vec<String>,
    /// Its JSON-LD.
    pub(super) linked_data: Vec<String>,
    /// Values of `isAccessibleForFree` in microdata.
    pub(super) accessible: Vec<String>,
    /// Whether its metadata call it locked (`article:content_tier`).
    pub(super) locked: bool,
    /// Whether an element is named for a paywall.
    pub(super) paywall: bool,
}

/// More scripts, or more JSON-LD, than any page needs.
const MOST: usize = 200;

/// The longest title or heading that is kept, in bytes.
const LONGEST: usize = 1000;

impl Page {
    /// The facts about `html`, in which `places` are looked for.
    pub(super) fn read(html: &Apart<'_>, places: &[Fragment]) -> Self {
        let page = Self { places: vec![false; places.len()], ..Self::default() };
        let mut reader = Reader {
            page,
            places,
            missing: places.len(),
            named: Named::in_page(html.html()),
            template: 0,
            heading: false,
            paragraph: false,
        };
        for piece in html.pieces() {
            match piece {
                Piece::Text(text) => reader.words(text),
                Piece::Open(tag) => reader.open(tag),
                Piece::Close(name) => reader.close(name),
                Piece::Raw(name, text) => reader.raw(name, text),
            }
        }
        reader.page
    }

    /// Whether there is so little text, and a script, that the script may write what a reader sees.
    pub(super) fn is_written_by_scripts(&self) -> bool {
        self.scripts && self.text < 500
    }

    /// Whether there is so little text that a notice is all there is.
    pub(super) fn is_short(&self) -> bool {
        self.text < 2000
    }

    /// What a reader sees, in lower case, one space between words: for pages that are short.
    pub(super) fn said(&self) -> String {
        let mut said = String::with_capacity(self.visible.len());
        for word in resolved(&self.visible).split_whitespace() {
            if !said.is_empty() {
                said.push(' ');
            }
            said.extend(word.chars().flat_map(char::to_lowercase));
        }
        said
    }
}

/// What the page has somewhere in its markup: most pages have neither, and their tags need not be searched.
#[derive(Clone, Copy)]
struct Named {
    paywall: bool,
    free: bool,
}

impl Named {
    fn in_page(html: &str) -> Self {
        let has = |word: &str| memmem::find(html.as_bytes(), word.as_bytes()).is_some();
        Self { paywall: has(PAYWALL), free: has(FREE) }
    }
}

/// Collects facts, and knows what it is in.
struct Reader<'a> {
    page: Page,
    /// The places that are looked for.
    places: &'a [Fragment],
    /// How many of them were not found yet.
    missing: usize,
    named: Named,
    template: usize,
    heading: bool,
    paragraph: bool,
}

impl Reader<'_> {
    fn open(&mut self, tag: Tag<'_>) {
        if self.missing > 0 {
            self.look_for_places(tag);
        }
        let kind = Element::of(tag.name);
        if kind != Element::Inline {
            self.page.visible.push(' ');
            self.page.paywall |= self.named.paywall && is_paywall(tag);
        }
        match kind {
            Element::Heading => self.heading = self.page.heading.is_empty(),
            Element::Paragraph => self.paragraph = true,
            Element::Block => self.paragraph = false,
            Element::Template => self.template += 1,
            Element::Meta => self.meta(tag),
            Element::Form => {
                self.page.media = true;
                self.load(tag.attribute("action"));
            }
            Element::Input => {
                self.page.media = true;
                self.page.password |=
                    tag.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password"));
            }
            Element::Media => self.page.media = true,
            Element::Frame => {
                self.page.media = true;
                self.load(tag.attribute("src"));
            }
            Element::Script => {
                self.page.scripts |= !is_data(tag);
                self.load(tag.attribute("src"));
                if is_linked_data(tag) && self.page.linked_data.len() < MOST {
                    // Its text follows.
                    self.page.linked_data.push(String::new());
                }
            }
            Element::Link => {
                let own =
                    tag.attribute("rel").is_some_and(|rel| rel.trim().eq_ignore_ascii_case("canonical"));
                if own && self.page.canonical.is_none() {
                    self.page.canonical = tag.attribute("href").map(str::to_owned);
                }
            }
            Element::Inline | Element::Other => {}
        }
        if self.named.free
            && kind != Element::Meta
            && tag.attribute("itemprop").is_some_and(|name| name == FREE)
        {
            self.accessible(tag);
        }
    }

    fn look_for_places(&mut self, tag: Tag<'_>) {
        let is_name = |name: &str| name.eq_ignore_ascii_case("id") || name.eq_ignore_ascii_case("name");
        for (_, value) in tag.attributes().filter(|(name, _)| is_name(name)) {
            let name = resolved(value);
            for (place, found) in self.places.iter().zip(&mut self.page.places) {
                if !*found && place.is(&name) {
                    *found = true;
                    self.missing -= 1;
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match Element::of(name) {
            Element::Inline => return,
            Element::Heading => self.heading = false,
            Element::Paragraph => self.paragraph = false,
            Element::Template => self.template = self.template.saturating_sub(1),
            _ => {}
        }
        self.page.visible.push(' ');
    }

    fn meta(&mut self, tag: Tag<'_>) {
        let Page { refresh, locked, .. } = &mut self.page;
        *refresh |= tag.attribute("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"));
        let name = tag.attribute("property").or_else(|| tag.attribute("name"));
        *locked |= name == Some("article:content_tier")
            && tag.attribute("content").is_some_and(|tier| tier.eq_ignore_ascii_case("locked"));
        if tag.attribute("itemprop") == Some(FREE) {
            self.accessible(tag);
        }
    }

    fn accessible(&mut self, tag: Tag<'_>) {
        let value = tag.attribute("content").or_else(|| tag.attribute("href"));
        self.page.accessible.extend(value.map(str::to_owned));
    }

    fn load(&mut self, url: Option<&str>) {
        if self.page.loads.len() < MOST {
            self.page.loads.extend(url.map(|url| resolved(url).trim().to_ascii_lowercase()));
        }
    }

    /// The content of an element that can hold no tags.
    fn raw(&mut self, name: &str, text: &str) {
        if name.eq_ignore_ascii_case("title") && self.page.title.is_empty() {
            append(&mut self.page.title, text);
        } else if name.eq_ignore_ascii_case("script")
            && let Some(waiting) = self.page.linked_data.last_mut().filter(|text| text.is_empty())
        {
            text.clone_into(waiting);
        }
    }

    fn words(&mut self, text: &str) {
        if self.template > 0 {
            return;
        }
        if self.heading {
            append(&mut self.page.heading, text);
        }
        let seen = characters(text);
        self.page.text += seen;
        if self.paragraph {
            self.page.paragraphs += seen;
        }
        self.page.visible.push_str(text);
    }
}

/// The property by which publishers say whether a page is free (schema.org).
const FREE: &str = "isAccessibleForFree";

/// What elements are to this stage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Stands within a line of text.
    Inline,
    Heading,
    Paragraph,
    /// Ends a paragraph.
    Block,
    Template,
    Meta,
    Form,
    Input,
    /// Something to see that is no text.
    Media,
    Frame,
    Script,
    Link,
    Other,
}

impl Element {
    fn of(name: &str) -> Self {
        let mut lower = [0; 10];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Other };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"a" | b"abbr" | b"b" | b"bdi" | b"cite" | b"code" | b"em" | b"font" | b"i" | b"mark" | b"q"
            | b"s" | b"small" | b"span" | b"strong" | b"sub" | b"sup" | b"time" | b"u" | b"wbr" => {
                Self::Inline
            }
            b"h1" => Self::Heading,
            b"p" => Self::Paragraph,
            b"address" | b"article" | b"aside" | b"blockquote" | b"div" | b"dl" | b"fieldset" | b"footer"
            | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"header" | b"hr" | b"main" | b"nav" | b"ol"
            | b"pre" | b"section" | b"table" | b"ul" => Self::Block,
            b"template" => Self::Template,
            b"meta" => Self::Meta,
            b"form" => Self::Form,
            b"input" => Self::Input,
            b"img" | b"picture" | b"video" | b"audio" | b"canvas" | b"svg" | b"object" | b"embed"
            | b"math" => Self::Media,
            b"iframe" | b"frame" | b"frameset" => Self::Frame,
            b"script" => Self::Script,
            b"link" => Self::Link,
            _ => Self::Other,
        }
    }
}

/// Whether an element calls itself a paywall in its id or a class, and not one that is out of use.
fn is_paywall(tag: Tag<'_>) -> bool {
    let names = ["id", "class"].into_iter().filter_map(|name| tag.attribute(name));
    !["html", "body", "head", "link"].iter().any(|name| tag.is(name))
        && names.flat_map(str::split_ascii_whitespace).any(|name| {
            let name = name.to_ascii_lowercase();
            let ends = name.ends_with("paywall") || name.starts_with("paywall");
            ends && !["no-", "not-", "non-", "hidden", "off", "disabled", "free"]
                .iter()
                .any(|word| name.contains(word))
        })
}

/// What the names of all paywalls have in common, however they begin.
const PAYWALL: &str = "aywall";

/// Whether a script is data that nobody runs.
fn is_data(tag: Tag<'_>) -> bool {
    tag.attribute("type").is_some_and(|kind| kind.trim().to_ascii_lowercase().ends_with("json"))
}

fn is_linked_data(tag: Tag<'_>) -> bool {
    tag.attribute("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// How many characters are in `text`, white space not counted.
fn characters(text: &str) -> usize {
    // All but the continuation bytes of UTF-8.
    text.bytes().filter(|byte| !byte.is_ascii_whitespace() && byte & 0xc0 != 0x80).count()
}

/// Appends the words of `text`, one space between them.
fn append(to: &mut String, text: &str) {
    for word in resolved(text).split_whitespace() {
        if to.len() + word.len() > LONGEST {
            return;
        }
        if !to.is_empty() {
            to.push(' ');
        }
        to.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Page {
        Page::read(&Apart::of(html), &[Fragment::of("place").unwrap()])
    }

    #[test]
    fn a_page_is_read_in_one_go() {
        let page = read(
            "<html><head><title> A\n title </title><script src=/A.js></script><style>p {}</style></head>
             <body><h1>The <em>heading</em></h1><p>ab cd</p>ef<noscript>hidden</noscript><a name=place>gh</a></body></html>",
        );
        assert_eq!((page.title.as_str(), page.heading.as_str()), ("A title", "The heading"));
        assert_eq!((page.text, page.paragraphs), (18, 4));
        assert!(page.scripts && page.places == [true] && !page.media && !page.refresh);
        assert_eq!(page.loads, ["/a.js"]);
    }

    #[test]
    fn data_in_scripts_is_kept_and_is_no_script() {
        let page = read(
            "<script type='application/ld+json'>{\"a\": 1}</script><meta itemprop=isAccessibleForFree content=False>",
        );
        assert_eq!(page.linked_data, ["{\"a\": 1}"]);
        assert_eq!(page.accessible, ["False"]);
        assert!(!page.scripts);
    }

    #[test]
    fn depth_is_no_danger() {
        let page = read(&format!("<h1>Deep</h1>{}bottom", "<div>".repeat(100_000)));
        assert_eq!(page.heading, "Deep");
        let page = read(&"<b><p>x".repeat(100_000));
        assert_eq!(page.paragraphs, 100_000);
    }

    #[test]
    fn what_is_seen_though_it_is_no_text_counts() {
        for html in [
            "<img src=x>",
            "<svg></svg>",
            "<iframe src=x></iframe>",
            "<frameset><frame src=x></frameset>",
            "<form></form>",
        ] {
            assert!(read(html).media, "{html}");
        }
        assert!(read("<meta http-equiv=Refresh content='0; url=/x'>").refresh);
    }
}
