//! What the links of an article are relative to: its `<base>`, where it came from, or the address it calls its own.

use std::borrow::Cow;

use memchr::memchr3;
use percent_encoding::percent_decode_str;
use url::Url;

use super::block::{Block, LinkTarget};

/// How far into a page the comment of a browser that saved it is looked for.
const SAVED_FROM_WITHIN: usize = 4096;

/// Schemes of links that name no source.
const NO_SOURCE: [&str; 5] = ["javascript", "data", "blob", "about", "vbscript"];

/// What a page says of its address.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// `<base href>`.
    pub(super) base: Option<String>,
    /// `<link rel=canonical>`, else `og:url`.
    pub(super) canonical: Option<String>,
}

/// The address of an article.
#[derive(Debug, Default)]
pub(super) struct Address {
    /// Where the page itself is.
    own: Option<Url>,
    /// What its links are relative to.
    base: Option<Url>,
}

/// What a link leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolved<'a> {
    /// Another page.
    Url(Cow<'a, str>),
    /// Nothing outside the page.
    Nothing,
    /// A place that cannot be known without the address of the page.
    Unknown,
}

impl Address {
    /// The address of a page that was fetched from `given`, or was saved as `html`.
    pub(super) fn of(html: &str, given: Option<&Url>, stated: &Stated) -> Self {
        let canonical = || Url::parse(stated.canonical.as_deref()?).ok();
        let own = given.cloned().or_else(|| saved_from(html)).or_else(canonical).filter(is_web);
        let base = match &stated.base {
            Some(base) => Url::options().base_url(own.as_ref()).parse(base.trim()).ok(),
            None => None,
        };
        Self { base: base.filter(is_web).or_else(|| own.clone()), own }
    }

    /// The address of an article that says nothing of it, and was fetched from `given`.
    pub(super) fn given(given: Option<&Url>) -> Self {
        Self::of("", given, &Stated::default())
    }

    /// Makes the links of a block absolute. Those that lead nowhere go. How many went because nobody knows what they
    /// are relative to. `target` gives what the marker of a note links to, where there is no such note.
    pub(super) fn resolve_links<'a>(
        &self,
        block: &mut Block,
        target: impl Fn(&str) -> Option<&'a str>,
    ) -> usize {
        let mut unknown = 0;
        block.links.retain_mut(|link| {
            let written = match &link.target {
                LinkTarget::Url(url) => url,
                LinkTarget::Note(label) => match target(label) {
                    None => return true,
                    Some(url) => url,
                },
            };
            match self.resolve(written) {
                // Most links lead where they say.
                Resolved::Url(Cow::Borrowed(url)) if is_whole(url, &link.target) => {}
                Resolved::Url(url) => link.target = LinkTarget::Url(url.into_owned()),
                Resolved::Nothing => return false,
                Resolved::Unknown => {
                    unknown += 1;
                    return false;
                }
            }
            true
        });
        unknown
    }

    /// What `written` leads to.
    pub(super) fn resolve<'a>(&self, written: &'a str) -> Resolved<'a> {
        let written = on_one_line(written.trim());
        if written.is_empty() || written.starts_with('#') {
            return Resolved::Nothing;
        }
        if let Some(scheme) = scheme(&written) {
            let names_nothing = NO_SOURCE.iter().any(|known| scheme.eq_ignore_ascii_case(known));
            return if names_nothing || self.is_own(&written) {
                Resolved::Nothing
            } else {
                Resolved::Url(written)
            };
        }
        match &self.base {
            _ if is_web_host(&written) => Resolved::Url(written),
            None if written.starts_with("//") => Resolved::Url(format!("https:{written}").into()),
            None => Resolved::Unknown,
            Some(base) => match base.join(&written) {
                Ok(url) if self.is_own(url.as_str()) => Resolved::Nothing,
                Ok(url) => Resolved::Url(String::from(url).into()),
                // What cannot be joined is kept as it is: the citation says what is wrong with it.
                Err(_) => Resolved::Url(written),
            },
        }
    }

    /// Whether a URL is that of the page itself, with a fragment: a link to a place within it.
    fn is_own(&self, url: &str) -> bool {
        let Some((own, (url, _))) = self.own.as_ref().zip(url.split_once('#')) else { return false };
        own.as_str().split('#').next() == Some(url)
    }
}

/// Whether `url`, a part of what a link leads to, is all of it.
fn is_whole(url: &str, target: &LinkTarget) -> bool {
    matches!(target, LinkTarget::Url(whole) if whole.len() == url.len())
}

/// A link without the line ends and tabs that URLs are read without (WHATWG URL, basic URL parser).
fn on_one_line(link: &str) -> Cow<'_, str> {
    if memchr3(b'\t', b'\n', b'\r', link.as_bytes()).is_none() {
        return Cow::Borrowed(link);
    }
    Cow::Owned(link.replace(['\t', '\n', '\r'], ""))
}

/// Whether a link without a scheme begins with a host as people write it.
fn is_web_host(written: &str) -> bool {
    written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The scheme of a URL (RFC 3986 §3.1); one letter is a drive of Windows.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

/// The address in the comment that browsers put into a page they save: `<!-- saved from url=(0024)https://… -->`.
fn saved_from(html: &str) -> Option<Url> {
    let head = &html[..html.floor_char_boundary(SAVED_FROM_WITHIN)];
    let (_, after) = head.split_once("saved from url=(")?;
    let (_, url) = after.split_once(')')?;
    let end = url.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(url.len());
    Url::parse(&url[..end]).ok()
}

/// A piece of a URL with its percent-encoded bytes undone, as far as they are UTF-8.
pub(super) fn percent_decoded(piece: &str) -> String {
    percent_decode_str(piece).decode_utf8().map_or_else(|_| piece.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Resolved<'_> {
        Resolved::Url(text.into())
    }

    #[test]
    fn links_are_relative_to_the_base_then_to_where_the_page_came_from() {
        let given = Url::parse("https://www.example.org/news/story.html").unwrap();
        let plain = Address::of("", Some(&given), &Stated::default());
        assert_eq!(plain.resolve("../a?b=c"), url("https://www.example.org/a?b=c"));
        assert_eq!(plain.resolve("//example.net/x"), url("https://example.net/x"));
        let stated = Stated { base: Some("/docs/".to_owned()), canonical: None };
        let based = Address::of("", Some(&given), &stated);
        assert_eq!(based.resolve("a"), url("https://www.example.org/docs/a"));
    }

    #[test]
    fn a_saved_page_says_where_it_came_from() {
        let html = "<!DOCTYPE html>\n<!-- saved from url=(0026)https://www.example.org/a/ -->\n<html>";
        assert_eq!(
            Address::of(html, None, &Stated::default()).resolve("b"),
            url("https://www.example.org/a/b")
        );
        let stated = Stated { base: None, canonical: Some("https://example.net/c".to_owned()) };
        assert_eq!(Address::of("", None, &stated).resolve("d"), url("https://example.net/d"));
    }

    #[test]
    fn without_an_address_relative_links_are_unknown_and_others_are_not() {
        let address = Address::of("", None, &Stated::default());
        for (written, expected) in [
            ("a.html", Resolved::Unknown),
            ("/a", Resolved::Unknown),
            ("#a", Resolved::Nothing),
            ("", Resolved::Nothing),
            (" JavaScript:void(0)", Resolved::Nothing),
            ("//example.net/x", url("https://example.net/x")),
            ("www.example.net/x", url("www.example.net/x")),
            ("https://exam\nple.net/x", url("https://example.net/x")),
            ("mailto:a@example.org", url("mailto:a@example.org")),
        ] {
            assert_eq!(address.resolve(written), expected, "{written}");
        }
    }

    #[test]
    fn a_link_to_a_place_within_the_page_names_no_source() {
        let given = Url::parse("https://example.org/a").unwrap();
        let address = Address::of("", Some(&given), &Stated::default());
        assert_eq!(address.resolve("https://example.org/a#part"), Resolved::Nothing);
        assert_eq!(address.resolve("a#part"), Resolved::Nothing);
        assert_eq!(address.resolve("https://example.org/b#part"), url("https://example.org/b#part"));
    }

    #[test]
    fn fragments_are_decoded() {
        for (fragment, expected) in
            [("a%C3%BC", "aü"), ("%", "%"), ("%f", "%f"), ("%FF", "%FF"), ("%ü", "%ü")]
        {
            assert_eq!(percent_decoded(fragment), expected);
        }
    }
}
