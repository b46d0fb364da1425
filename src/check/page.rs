//! What the rules need to know of a page, from one parse.

use scraper::node::Element;
use scraper::{Html, Node};

use super::nesting::shallow;

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
    /// Whether scripts may write what a reader sees.
    pub(super) scripts: bool,
    /// Whether there is something to see that is no text: a picture, a video, a frame, a form.
    pub(super) media: bool,
    /// Whether it sends on by itself (`<meta http-equiv=refresh>`).
    pub(super) refresh: bool,
    /// Whether it has the place that was asked for.
    pub(super) place: bool,
    /// Where its scripts and frames come from.
    pub(super) loads: Vec<String>,
    /// Its JSON-LD.
    pub(super) linked_data: Vec<String>,
    /// Values of `isAccessibleForFree` in microdata.
    pub(super) accessible: Vec<String>,
}

/// More scripts, or more JSON-LD, than any page needs.
const MOST: usize = 200;

/// The longest title or heading that is kept, in bytes.
const LONGEST: usize = 1000;

impl Page {
    /// The facts about `html`. `is_place` says whether an id or a name is the place that was asked for.
    pub(super) fn read(html: &str, is_place: impl Fn(&str) -> bool) -> Self {
        let document = Html::parse_document(shallow(html));
        let mut reader = Reader { page: Self::default(), is_place, title: 0, heading: 0, paragraph: 0 };
        let mut node = document.tree.root();
        // A walk of its own instead of recursion: depth is up to the page.
        'walk: loop {
            let descend = reader.enter(node.value());
            if let Some(child) = node.first_child().filter(|_| descend) {
                node = child;
                continue;
            }
            if !descend && let Some(text) = node.first_child().and_then(|child| child.value().as_text()) {
                reader.raw(node.value(), text);
            }
            loop {
                reader.leave(node.value());
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { break 'walk };
                node = parent;
            }
        }
        reader.page
    }

    /// Whether there is so little text that a notice is all there is.
    pub(super) fn is_short(&self) -> bool {
        self.text < 2000
    }
}

/// Collects facts on a walk through the tree; counts how deep it is in the elements that matter.
struct Reader<F> {
    page: Page,
    is_place: F,
    title: usize,
    heading: usize,
    paragraph: usize,
}

impl<F: Fn(&str) -> bool> Reader<F> {
    /// Takes in a node; whether to go on to its children.
    fn enter(&mut self, node: &Node) -> bool {
        match node {
            Node::Text(text) => self.words(text),
            Node::Element(element) => return self.element(element),
            _ => {}
        }
        true
    }

    fn element(&mut self, element: &Element) -> bool {
        self.page.place |= [element.id(), element.attr("name")].into_iter().flatten().any(&self.is_place);
        if element.attr("itemprop") == Some("isAccessibleForFree") {
            self.page.accessible.extend(element.attr("content").or(element.attr("href")).map(str::to_owned));
        }
        match element.name() {
            "title" => self.title += 1,
            "h1" => self.heading += 1,
            "p" => self.paragraph += 1,
            "meta" => {
                self.page.refresh |=
                    element.attr("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"));
            }
            "img" | "picture" | "video" | "audio" | "canvas" | "svg" | "object" | "embed" | "form"
            | "input" | "math" => {
                self.page.media = true;
            }
            "iframe" | "frame" | "frameset" => {
                self.page.media = true;
                self.load(element);
            }
            "script" => self.script(element),
            _ => {}
        }
        !matches!(element.name(), "script" | "style" | "noscript" | "template")
    }

    fn script(&mut self, element: &Element) {
        self.page.scripts |= !is_data(element);
        self.load(element);
    }

    fn load(&mut self, element: &Element) {
        if self.page.loads.len() < MOST {
            self.page.loads.extend(element.attr("src").map(str::to_ascii_lowercase));
        }
    }

    /// The content of an element that is not descended into.
    fn raw(&mut self, node: &Node, text: &str) {
        let linked = node.as_element().and_then(|element| element.attr("type"));
        if linked.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
            && self.page.linked_data.len() < MOST
        {
            self.page.linked_data.push(text.to_owned());
        }
    }

    fn words(&mut self, text: &str) {
        if self.title > 0 {
            append(&mut self.page.title, text);
            return;
        }
        if self.heading > 0 {
            append(&mut self.page.heading, text);
        }
        let seen = text.chars().filter(|character| !character.is_whitespace()).count();
        self.page.text += seen;
        if self.paragraph > 0 {
            self.page.paragraphs += seen;
        }
    }

    fn leave(&mut self, node: &Node) {
        match node.as_element().map(Element::name) {
            Some("title") => self.title -= 1,
            Some("h1") => self.heading -= 1,
            Some("p") => self.paragraph -= 1,
            _ => {}
        }
    }
}

/// Whether a script is data that nobody runs.
fn is_data(element: &Element) -> bool {
    element.attr("type").is_some_and(|kind| kind.trim().to_ascii_lowercase().ends_with("json"))
}

/// Appends the words of `text`, one space between them.
fn append(to: &mut String, text: &str) {
    for word in text.split_whitespace() {
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
        Page::read(html, |name| name == "place")
    }

    #[test]
    fn a_page_is_read_in_one_go() {
        let page = read(
            "<html><head><title> A\n title </title><script src=/A.js></script><style>p {}</style></head>
             <body><h1>The <em>heading</em></h1><p>ab cd</p>ef<noscript>hidden</noscript><a name=place>gh</a></body></html>",
        );
        assert_eq!((page.title.as_str(), page.heading.as_str()), ("A title", "The heading"));
        assert_eq!((page.text, page.paragraphs), (18, 4));
        assert!(page.scripts && page.place && !page.media && !page.refresh);
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
        assert!(page.text > 100);
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
