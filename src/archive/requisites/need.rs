//! One thing that a page needs.

use url::Url;

/// How badly a page needs something: what is fetched first where not all can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rank {
    /// Without its stylesheets it is not the page.
    Stylesheet,
    /// A script that it runs.
    Script,
    /// A font, or an image of a stylesheet.
    Decoration,
    /// An image.
    Image,
    /// The same image in another size, which other screens choose.
    Alternative,
}

/// A requisite of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Need {
    rank: Rank,
    /// Where it is, without a fragment.
    pub url: Url,
}

impl Need {
    /// The requisite at `address`, which `base` makes whole. `None` for what is no address on the web: `data:` has the
    /// thing itself, and scripts have many words that are none.
    pub(super) fn new(rank: Rank, base: &Url, address: &str) -> Option<Self> {
        let address = address.trim();
        if address.is_empty() || address.starts_with('#') {
            return None;
        }
        let mut url = base.join(address).ok()?;
        url.set_fragment(None);
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        is_web.then_some(Self { rank, url })
    }

    /// Whether it is there to be read as a stylesheet, whatever the server calls it.
    pub fn is_stylesheet(&self) -> bool {
        self.rank == Rank::Stylesheet
    }
}

/// At most this many requisites are taken from one document: what is beyond any page is an attack.
const MOST: usize = 10_000;

/// The requisites found so far.
#[derive(Debug, Default)]
pub(super) struct Needs(Vec<Need>);

impl Needs {
    /// Takes in what is one.
    pub(super) fn add(&mut self, need: Option<Need>) {
        self.0.extend(need.filter(|_| self.0.len() < MOST));
    }

    /// Each once, the most needed first, and otherwise in the order of the page.
    pub(super) fn finish(self) -> Vec<Need> {
        let mut needs = self.0;
        needs.sort_by_key(|need| need.rank);
        let mut seen = std::collections::HashSet::new();
        needs.retain(|need| seen.insert(need.url.clone()));
        needs
    }
}
