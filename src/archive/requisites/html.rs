//! The requisites that a page names, in one pass over its tags.

use std::borrow::Cow;

use url::Url;

use super::css;
use super::need::{Need, Needs, Rank};
use super::srcset::candidates;
use crate::markup::{Apart, Piece, Pieces, Tag, lower_case, resolved};

/// What the page `html` from `base` needs to be shown, the most needed first.
pub fn of_html(base: &Url, html: &Apart<'_>) -> Vec<Need> {
    let mut reader = Reader { base: base.clone(), based: false, needs: Needs::default() };
    for piece in html.pieces() {
        match piece {
            // A replay may run no scripts. What is in a further one within is left out, so that the depth is bounded.
            Piece::Raw(name, inner) if name.eq_ignore_ascii_case("noscript") => {
                Pieces::of(inner).for_each(|piece| reader.take_piece(piece));
            }
            piece => reader.take_piece(piece),
        }
    }
    reader.needs.finish()
}

struct Reader {
    base: Url,
    /// Whether `<base>` was seen: only the first counts.
    based: bool,
    needs: Needs,
}

impl Reader {
    fn take_piece(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(tag) => self.take_attributes(tag),
            Piece::Raw(name, css) if name.eq_ignore_ascii_case("style") => {
                css::collect(&self.base, css, &mut self.needs);
            }
            _ => {}
        }
    }

    fn take_attributes(&mut self, tag: Tag<'_>) {
        let name = lower_case(tag.name);
        match &*name {
            "base" => self.rebase(tag),
            "link" => self.take_link(tag),
            "script" => self.take(Rank::Script, attribute(tag, "src")),
            "img" | "input" | "embed" => self.take(Rank::Image, attribute(tag, "src")),
            "image" | "use" | "feimage" => {
                let address = attribute(tag, "href").or_else(|| attribute(tag, "xlink:href"));
                self.take(Rank::Image, address);
            }
            "video" => self.take(Rank::Image, attribute(tag, "poster")),
            "object" if attribute(tag, "type").is_some_and(|media| media.starts_with("image/")) => {
                self.take(Rank::Image, attribute(tag, "data"));
            }
            _ => {}
        }
        if matches!(&*name, "img" | "source" | "link") {
            let srcset = attribute(tag, "srcset").or_else(|| attribute(tag, "imagesrcset"));
            for address in candidates(&srcset.unwrap_or_default()) {
                self.take(Rank::Alternative, Some(address.into()));
            }
        }
        self.take(Rank::Decoration, attribute(tag, "background"));
        if let Some(style) = attribute(tag, "style") {
            css::collect(&self.base, &style, &mut self.needs);
        }
    }

    fn take_link(&mut self, tag: Tag<'_>) {
        let relations = attribute(tag, "rel").unwrap_or_default().to_ascii_lowercase();
        let has = |relation: &str| relations.split_ascii_whitespace().any(|given| given == relation);
        let rank = if has("stylesheet") {
            Rank::Stylesheet
        } else if has("modulepreload") {
            Rank::Script
        } else if has("icon") || has("apple-touch-icon") || has("mask-icon") {
            Rank::Decoration
        } else if has("preload") {
            match attribute(tag, "as").unwrap_or_default().to_ascii_lowercase().as_str() {
                "style" => Rank::Stylesheet,
                "script" => Rank::Script,
                "font" | "image" => Rank::Decoration,
                _ => return,
            }
        } else {
            return;
        };
        self.take(rank, attribute(tag, "href"));
    }

    fn rebase(&mut self, tag: Tag<'_>) {
        if let Some(base) = attribute(tag, "href").and_then(|href| self.base.join(href.trim()).ok())
            && !self.based
        {
            self.base = base;
            self.based = true;
        }
    }

    fn take(&mut self, rank: Rank, address: Option<Cow<'_, str>>) {
        self.needs.add(address.and_then(|address| Need::new(rank, &self.base, &address)));
    }
}

/// The value of an attribute as it is meant.
fn attribute<'a>(tag: Tag<'a>, name: &str) -> Option<Cow<'a, str>> {
    tag.attribute(name).map(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Vec<String> {
        let base = Url::parse("https://example.org/news/page.html").unwrap();
        of_html(&base, &Apart::of(html)).into_iter().map(|need| need.url.into()).collect()
    }

    #[test]
    fn everything_that_a_page_shows_is_found_the_most_needed_first() {
        let page = r##"<!doctype html><title><img src=no.png></title>
            <link rel="icon" href="/favicon.ico"><link rel="canonical" href="no.html"><link rel="preload" as="font" href="f.woff2">
            <link rel="Stylesheet alternate" href="a.css"><style>@import "b.css"; p { background: url(bg.png) }</style>
            <script src="//cdn.example.net/s.js"></script><script>var x = '<img src="no.png">';</script>
            <body background="paper.png"><p style="background-image: url('inline.png')">
            <img src="one.jpg#x" srcset="one-2.jpg 2x, one.jpg"><picture><source srcset="wide.avif 100w"><img src=" two.jpg "></picture>
            <noscript><img src="plain.gif"></noscript><video poster="still.jpg" src="no.mp4"></video>
            <svg><image href="i.png"/><use xlink:href="sprite.svg#a"/><use href="#local"/></svg>
            <img src="data:image/gif;base64,AAAA"><img src=""><a href="no.html">x</a><textarea><img src=no.png></textarea>"##;
        let expected = [
            "https://example.org/news/a.css",
            "https://example.org/news/b.css",
            "https://cdn.example.net/s.js",
            "https://example.org/favicon.ico",
            "https://example.org/news/f.woff2",
            "https://example.org/news/bg.png",
            "https://example.org/news/paper.png",
            "https://example.org/news/inline.png",
            "https://example.org/news/one.jpg",
            "https://example.org/news/two.jpg",
            "https://example.org/news/plain.gif",
            "https://example.org/news/still.jpg",
            "https://example.org/news/i.png",
            "https://example.org/news/sprite.svg",
            "https://example.org/news/one-2.jpg",
            "https://example.org/news/wide.avif",
        ];
        assert_eq!(found(page), expected);
    }

    #[test]
    fn the_first_base_counts_and_only_the_web_is_needed() {
        let page = r#"<base href="/b/"><base href="/c/"><img src="x.png"><img src="file:///etc/passwd"><img src="javascript:1">"#;
        assert_eq!(found(page), ["https://example.org/b/x.png"]);
    }
}
