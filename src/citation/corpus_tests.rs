//! Small articles with traps, each with the citations and claims expected of it. All of them are made up.

use proptest::prelude::*;

use super::{Binding, CitationKind, Reading, Target, read, targets};
use crate::article::{self, Article, ReadOptions};

fn article(path: &str, text: &str) -> Article {
    article::read(
        path,
        text.as_bytes(),
        &ReadOptions { language: Some("de".to_owned()), ..ReadOptions::default() },
    )
    .unwrap()
}

fn reading(path: &str, text: &str) -> Reading {
    read(&article(path, text))
}

/// Every source as "written @ line:column+line:column kind".
fn sources(reading: &Reading) -> Vec<String> {
    let show = |source: &super::Source| {
        let places: Vec<_> =
            source.places.iter().map(|place| format!("{}:{}", place.line, place.column)).collect();
        format!("{} @ {} {:?}", source.written, places.join("+"), source.kind)
    };
    reading.sources.iter().map(show).collect()
}

/// Every claim as "text [binding sources]".
fn claims(reading: &Reading) -> Vec<String> {
    let show = |claim: &super::Claim| {
        let ids: Vec<_> = claim.sources.iter().map(ToString::to_string).collect();
        let binding = claim.binding.map_or("none".to_owned(), |binding| format!("{binding:?}"));
        format!("{} [{} {}]", claim.text, binding, ids.join(" ")).replace(" ]", "]")
    };
    reading.claims.iter().map(show).collect()
}

#[track_caller]
fn assert_reading(path: &str, text: &str, expected_sources: &[&str], expected_claims: &[&str]) {
    let article = article(path, text);
    let reading = read(&article);
    assert_eq!(sources(&reading), expected_sources);
    assert_eq!(claims(&reading), expected_claims);
    let alone: Vec<Target> = reading.sources.into_iter().map(|source| source.target).collect();
    assert_eq!(targets(article.blocks.clone()).collect::<Vec<_>>(), alone, "the short way finds the same");
}

#[test]
fn bracketed_and_quoted_urls_are_cited_without_their_brackets() {
    assert_reading(
        "a.txt",
        "Es sank um 5 (https://a.org/b). Er schrieb „https://a.org/c“ darüber. Dann ging er.",
        &["https://a.org/b @ 1:15 Inline", "https://a.org/c @ 1:45 Inline"],
        &[
            "Es sank um 5. [Inline c1]",
            "Er schrieb „https://a.org/c“ darüber. [Inline c2]",
            "Dann ging er. [none]",
        ],
    );
}

#[test]
fn the_parentheses_of_wikipedia_belong_to_the_url() {
    assert_reading(
        "a.txt",
        "Der Igel lebt (https://de.wikipedia.org/wiki/Igel_(Tier)).",
        &["https://de.wikipedia.org/wiki/Igel_(Tier) @ 1:16 Inline"],
        &["Der Igel lebt. [Inline c1]"],
    );
}

#[test]
fn a_url_serves_the_sentences_of_its_paragraph_before_it() {
    assert_reading(
        "a.txt",
        "Es regnet. Es schneit. https://a.org/b Es hagelt.\n\nEs stürmt.",
        &["https://a.org/b @ 1:24 Inline"],
        &["Es regnet. [Paragraph c1]", "Es schneit. [Inline c1]", "Es hagelt. [none]", "Es stürmt. [none]"],
    );
}

#[test]
fn a_label_with_a_url_serves_the_paragraph_before() {
    assert_reading(
        "a.txt",
        "Es regnet. Es schneit. Quelle: https://a.org/b\n",
        &["https://a.org/b @ 1:32 Inline"],
        &["Es regnet. [Paragraph c1]", "Es schneit. [Paragraph c1]"],
    );
}

#[test]
fn markdown_references_and_footnotes_are_followed() {
    assert_reading(
        "a.md",
        "# Titel\n\nEs [regnet][r] heute. Es schneit.[^n] Es hagelt.\n\n[r]: https://a.org/r\n\n[^n]: Siehe <https://a.org/n>.\n",
        &["https://a.org/r @ 5:6 Link", "https://a.org/n @ 7:14 Footnote"],
        &["Es regnet heute. [Inline c1]", "Es schneit. [Footnote c2]", "Es hagelt. [none]"],
    );
}

#[test]
fn markdown_lists_of_links_are_sources_of_the_whole_article() {
    assert_reading(
        "a.md",
        "Es regnet. Es schneit ([Wetter](https://a.org/w)).\n\n## Quellen\n\n- [Titel eins](https://a.org/1)\n- https://a.org/2\n",
        &["https://a.org/w @ 1:33 Link", "https://a.org/1 @ 5:16 List", "https://a.org/2 @ 6:3 List"],
        &["Es regnet. [Paragraph c1]", "Es schneit (Wetter). [Inline c1]"],
    );
}

#[test]
fn mail_addresses_and_relative_links_are_no_web_sources() {
    let reading =
        reading("a.md", "Schreib [mir](mailto:a@example.org) oder lies [dies](other.md) und [das](#da).\n");
    assert_eq!(sources(&reading), ["mailto:a@example.org @ 1:15 Link"]);
    assert!(matches!(reading.sources[0].target, Target::Other(_)));
}

#[test]
fn form_feeds_decide_the_pages_where_there_are_any() {
    let text = "Es regnet seit Tagen und es ist\nkalt geworden. Die Leute gehen\nhttps://a.org/1\n\u{c}nach Hause. Es schneit sehr und es\nist dunkel geworden.\n\nhttps://a.org/2\n";
    let reading = reading("a.txt", text);
    assert_eq!(sources(&reading), ["https://a.org/1 @ 3:1 PageFoot", "https://a.org/2 @ 7:1 PageFoot"]);
    let expected = [
        "Es regnet seit Tagen und es ist kalt geworden. [Page c1]",
        "Die Leute gehen nach Hause. [Page c1]",
        "Es schneit sehr und es ist dunkel geworden. [Page c2]",
    ];
    assert_eq!(claims(&reading), expected);
    let pages: Vec<_> = reading.sources.iter().map(|source| source.places[0].page).collect();
    assert_eq!(pages, [Some(1), Some(2)]);
}

#[test]
fn windows_and_old_mac_line_ends_read_alike() {
    let text = "Es regnet seit Tagen und es ist\nkalt geworden.\n\nhttps://a.org/1\n\nEs schneit.\n";
    let expected = reading("a.txt", text);
    for line_end in ["\r\n", "\r"] {
        let other = reading("a.txt", &text.replace('\n', line_end));
        assert_eq!(sources(&other), sources(&expected));
        assert_eq!(claims(&other), claims(&expected));
    }
    assert_eq!(claims(&expected).len(), 2);
}

#[test]
fn one_paragraph_a_line_reads_like_a_wrapped_article() {
    let paragraph = "Die Regierung hat am Montag mitgeteilt, dass sie das Gesetz nicht ändern will. Die Opposition kritisierte das scharf und verlangte eine Antwort.";
    let text =
        format!("Der Streit um das Gesetz\n{paragraph}\nhttps://a.org/1\nEin zweiter Streit\n{paragraph}\n");
    let article = article("a.txt", &text);
    assert_eq!(article.title.as_deref(), Some("Der Streit um das Gesetz"));
    let reading = read(&article);
    assert_eq!(sources(&reading), ["https://a.org/1 @ 3:1 PageFoot"]);
    let bindings: Vec<_> = reading.claims.iter().map(|claim| claim.binding).collect();
    assert_eq!(bindings, [Some(Binding::Page), Some(Binding::Page), None, None]);
}

#[test]
fn a_url_broken_over_a_line_end_is_whole() {
    let text = "Es regnet seit Tagen und es ist sehr kalt geworden, siehe auch\nhttps://a.org/2025/wetter-\nbericht/index.html und mehr dazu in der Zeitung von heute.\n\nhttps://a.org/2025/02/09/video/\nfrench-president/index.html\nhttps://a.org/3\n";
    let reading = reading("a.txt", text);
    let expected = [
        "https://a.org/2025/wetter-bericht/index.html @ 2:1 Inline",
        "https://a.org/2025/02/09/video/french-president/index.html @ 5:1 PageFoot",
        "https://a.org/3 @ 7:1 PageFoot",
    ];
    assert_eq!(sources(&reading), expected);
}

#[test]
fn a_list_of_sources_at_the_end_serves_all_claims() {
    assert_reading(
        "a.txt",
        "Es regnet. Es schneit.\n\nQuellen:\nhttps://a.org/1\nwww.a.org/2\n",
        &["https://a.org/1 @ 4:1 List", "www.a.org/2 @ 5:1 List"],
        &["Es regnet. [List c1 c2]", "Es schneit. [List c1 c2]"],
    );
}

#[test]
fn numbered_entries_serve_their_markers_and_unmarked_ones_serve_all() {
    assert_reading(
        "a.txt",
        "Es regnet.[1] Es schneit [2], sagt er. Es hagelt.\n\n[1] Wetterdienst, https://a.org/1\n[2] https://a.org/2\n[3] https://a.org/3\n",
        &["https://a.org/1 @ 3:19 Footnote", "https://a.org/2 @ 4:5 Footnote", "https://a.org/3 @ 5:5 List"],
        &["Es regnet. [Footnote c1]", "Es schneit, sagt er. [Footnote c2]", "Es hagelt. [List c3]"],
    );
}

#[test]
fn lists_are_read_item_by_item() {
    assert_reading(
        "a.txt",
        "Es gibt drei Gründe:\n\n- Es regnet seit\n  Tagen.\n- Es schneit (https://a.org/1).\n\n1. Es hagelt.\n2. Es stürmt.\n",
        &["https://a.org/1 @ 5:15 Inline"],
        &[
            "Es gibt drei Gründe: [none]",
            "Es regnet seit Tagen. [none]",
            "Es schneit. [Inline c1]",
            "Es hagelt. [none]",
            "Es stürmt. [none]",
        ],
    );
}

#[test]
fn spellings_of_one_url_are_one_source_with_all_its_places() {
    let reading = reading(
        "a.txt",
        "Eins https://A.org/x#y. Zwei https://a.org/x?utm_source=z. Drei https://a.org/x/.\n",
    );
    assert_eq!(sources(&reading), ["https://A.org/x#y @ 1:6+1:30 Inline", "https://a.org/x/ @ 1:65 Inline"]);
    assert_eq!(reading.citations(), 3);
    assert_eq!(reading.sources[0].target.url().unwrap().fragment(), Some("y"));
}

#[test]
fn a_url_that_does_not_parse_says_why() {
    let reading = reading("a.txt", "Siehe https://a.org:99999/x dazu.\n");
    assert_eq!(reading.sources[0].target, Target::Invalid("invalid port number".to_owned()));
    assert_eq!(reading.sources[0].kind, CitationKind::Inline);
}

#[test]
fn a_hostile_article_is_read_in_bounded_time() {
    let broken = format!("https://a.org/x-\n{}", "abcdef-\n".repeat(20_000));
    for text in [
        broken,
        "(https://a.org/".repeat(20_000),
        "„“(".repeat(50_000),
        "你好\n".repeat(50_000),
        ". ".repeat(50_000),
    ] {
        let reading = reading("a.txt", &text);
        assert!(reading.sources.len() <= 1, "{}", reading.sources.len());
    }
    let shared = reading("a.txt", &format!("{}\n\n{}", "Es regnet sehr. ".repeat(500), distinct_urls(500)));
    assert!(shared.claims.iter().all(|claim| claim.sources.len() <= 100));
    assert_eq!(shared.sources.len(), 500);
}

fn distinct_urls(count: u32) -> String {
    let urls: Vec<_> = (0..count).map(|number| format!("https://a.org/{number}.html")).collect();
    urls.join("\n")
}

#[test]
fn an_article_without_urls_has_claims_and_no_sources() {
    let reading = reading("a.txt", "Es regnet.\n");
    assert!(reading.sources.is_empty());
    assert_eq!(claims(&reading), ["Es regnet. [none]"]);
}

#[test]
fn an_address_in_a_link_of_a_wiki_that_runs_over_lines_has_its_own_place() {
    let reading = reading("a.md", "[[1]\r\nhttps://a.org/x]] end.\n");
    let place = reading.sources[0].places[0];
    assert_eq!((place.line, place.column), (2, 1));
}

/// The character of `text` at a line and a column, lines ending in LF, CR or CR LF.
fn char_at(text: &str, line: u32, column: u32) -> Option<char> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.split('\n').nth(line as usize - 1)?.chars().nth(column as usize - 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), markdown in any::<bool>()) {
        let path = if markdown { "a.md" } else { "a.txt" };
        if let Ok(article) = article::read(path, &bytes, &ReadOptions::default()) {
            let reading = read(&article);
            prop_assert!(reading.claims.iter().all(|claim| !claim.text.trim().is_empty()));
        }
    }

    #[test]
    fn places_lie_in_the_file_and_claims_begin_where_they_say(
        text in "([A-Za-zäß]{1,8}|[ \n.!?„“()\\[\\]<>*#`|:-]|\r\n|\u{c}|\u{ad}|\n\n|https://a\\.org/[a-z-]{1,5}|\\[1\\]|1\\. |- ){0,80}"
    ) {
        for path in ["a.txt", "a.md"] {
            let Ok(article) = article::read(path, text.as_bytes(), &ReadOptions::default()) else { continue };
            let reading = read(&article);
            for claim in &reading.claims {
                let place = claim.places[0];
                let first = claim.text.chars().next();
                prop_assert!(first.is_some());
                prop_assert_eq!(char_at(&text, place.line, place.column), first, "{:?} at {:?}", &claim.text, place);
            }
            for source in &reading.sources {
                for place in &source.places {
                    prop_assert!(char_at(&text, place.line, place.column).is_some(), "{:?}", source);
                }
                for claim in &source.claims {
                    prop_assert!(reading.claims[claim.0 as usize - 1].sources.contains(&source.id));
                }
            }
            let bound: usize = reading.claims.iter().map(|claim| claim.sources.len()).sum();
            let bearing: usize = reading.sources.iter().map(|source| source.claims.len()).sum();
            prop_assert_eq!(bound, bearing);
        }
    }
}
