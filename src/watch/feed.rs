//! Pages that a feed (RSS 2.0, RSS 1.0, Atom, RFC 4287) or a sitemap (sitemaps.org 0.9) lists.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use url::Url;

/// The most pages that one document lists; a sitemap may have 50,000.
const MOST: usize = 50_000;
/// The most text of one element; addresses are shorter.
const LONGEST: usize = 8 << 10;

/// What a document lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// Pages.
    pub(super) pages: Vec<Listed>,
    /// Further sitemaps.
    pub(super) sitemaps: Vec<Url>,
}

/// A page that is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its address.
    pub(super) url: Url,
    /// When it last changed, where that is said.
    pub(super) updated: Option<Timestamp>,
}

/// Reads `text`, found at `base`. What breaks off or is no XML any more is read as far as it goes.
pub(super) fn read(text: &str, base: &Url) -> Listing {
    let mut listing = Listing::default();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut item = Item::default();
    let mut inner: Option<String> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                item.open(&start);
                inner = Some(String::new());
            }
            Ok(Event::Empty(start)) => item.open(&start),
            Ok(Event::Text(text)) => add(&mut inner, &text.xml10_content()),
            Ok(Event::CData(text)) => add(&mut inner, &text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                if let Ok(Some(character)) = reference.resolve_char_ref() {
                    add(&mut inner, character.encode_utf8(&mut [0; 4]));
                } else {
                    add(&mut inner, named(&reference.xml10_content()));
                }
            }
            Ok(Event::End(end)) => {
                let name = end.local_name();
                let name = name.as_ref();
                if let Some(text) = inner.take() {
                    item.close(name, text.trim());
                }
                if matches!(name, "item" | "entry" | "url" | "sitemap") {
                    std::mem::take(&mut item).list(name, base, &mut listing);
                }
            }
            Ok(Event::Eof) | Err(_) => return listing,
            Ok(_) => (),
        }
        if listing.pages.len() >= MOST {
            return listing;
        }
    }
}

fn add(inner: &mut Option<String>, text: &str) {
    if let Some(inner) = inner
        && inner.len() + text.len() <= LONGEST
    {
        inner.push_str(text);
    }
}

/// The characters that XML itself names.
fn named(reference: &str) -> &'static str {
    match reference {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

/// An entry that is being read.
#[derive(Debug, Default)]
struct Item {
    address: Option<String>,
    updated: Option<Timestamp>,
}

impl Item {
    fn open(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() {
            "item" | "entry" | "url" | "sitemap" => *self = Self::default(),
            // Atom has the address in an attribute; a link without `rel` is the page itself.
            "link" => {
                let attribute = |name: &str| {
                    let found = start.try_get_attribute(name).ok().flatten()?;
                    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
                };
                if attribute("rel").is_none_or(|rel| rel == "alternate")
                    && let Some(href) = attribute("href")
                {
                    self.address.get_or_insert(href);
                }
            }
            _ => (),
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        match name {
            "link" | "loc" if !text.is_empty() => {
                self.address.get_or_insert_with(|| text.to_owned());
            }
            "updated" | "lastmod" | "pubDate" | "date" => self.updated = self.updated.or(moment(text)),
            _ => (),
        }
    }

    fn list(self, name: &str, base: &Url, listing: &mut Listing) {
        let url = self.address.and_then(|address| base.join(&address).ok());
        let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https")) else { return };
        if name == "sitemap" {
            listing.sitemaps.push(url);
        } else {
            listing.pages.push(Listed { url, updated: self.updated });
        }
    }
}

/// A time as RSS (RFC 2822), Atom (RFC 3339) or a sitemap (also a day alone) writes it.
fn moment(text: &str) -> Option<Timestamp> {
    let day = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    let mail = || rfc2822::parse(text).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(mail).or_else(|| day().map(|zoned| zoned.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(text: &str) -> Vec<(String, Option<String>)> {
        let listing = read(text, &"https://example.org/feed".parse().unwrap());
        let pages = listing.pages.into_iter();
        pages.map(|page| (page.url.to_string(), page.updated.map(|time| time.to_string()))).collect()
    }

    #[test]
    fn rss_lists_its_items_and_not_itself() {
        let text =
            "<?xml version='1.0'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>
            <title>Synthetic feed</title><link>https://example.org/</link>
            <atom:link href='https://example.org/feed' rel='self'/>
            <item><title>One &amp; only</title><link> https://example.org/a?x=1&amp;y=2 </link>
              <pubDate>Mon, 02 Nov 2026 04:00:00 +0100</pubDate></item>
            <item><link><![CDATA[/b]]></link></item><item><title>No address</title></item></channel></rss>";
        assert_eq!(
            listed(text),
            [
                ("https://example.org/a?x=1&y=2".into(), Some("2026-11-02T03:00:00Z".into())),
                ("https://example.org/b".into(), None)
            ]
        );
    }

    #[test]
    fn atom_lists_its_entries() {
        let text = "<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://example.org/'/>
            <entry><link rel='enclosure' href='https://example.org/a.mp3'/><link href='https://example.org/a&#x26;b'/>
            <updated>2026-11-02T04:00:00Z</updated></entry>
            <entry><link rel='alternate' href='c'/></entry></feed>";
        assert_eq!(
            listed(text),
            [
                ("https://example.org/a&b".into(), Some("2026-11-02T04:00:00Z".into())),
                ("https://example.org/c".into(), None)
            ]
        );
    }

    #[test]
    fn a_sitemap_lists_pages_and_an_index_lists_sitemaps() {
        let text = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>
            <url><loc>https://example.org/a</loc><lastmod>2026-11-02</lastmod></url>
            <url><loc>mailto:a@example.org</loc></url></urlset>";
        assert_eq!(listed(text), [("https://example.org/a".into(), Some("2026-11-02T00:00:00Z".into()))]);
        let index = "<sitemapindex><sitemap><loc>https://example.org/1.xml.gz</loc></sitemap></sitemapindex>";
        let listing = read(index, &"https://example.org/sitemap.xml".parse().unwrap());
        assert_eq!((listing.pages.len(), listing.sitemaps.len()), (0, 1));
    }

    #[test]
    fn what_breaks_off_is_read_as_far_as_it_goes() {
        let text = "<rss><channel><item><link>https://example.org/a</link></item><item><link>https://exa";
        assert_eq!(listed(text).len(), 1);
        assert!(listed("no XML at all <<<").is_empty());
        assert!(listed(&"<a>".repeat(100_000)).is_empty());
    }
}
