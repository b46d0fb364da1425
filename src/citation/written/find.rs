//! Finds the citations of a text in one pass over the signs that only they have.

use std::iter;
use std::ops::Range;

use memchr::{memchr2_iter, memchr3_iter};

use super::domain;
use super::ends::{self, Ends};
use super::identifier::{self, Identifier, Registry};

/// A citation as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::citation) struct Written {
    /// Where it stands, in bytes.
    pub(in crate::citation) range: Range<usize>,
    /// What it is.
    pub(in crate::citation) form: Form,
    /// Other places where it may end, the likeliest first.
    pub(in crate::citation) other_ends: Vec<usize>,
}

/// What a [`Written`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::citation) enum Form {
    /// An address with its scheme.
    Address,
    /// An address without one: `www.example.org`, `example.org/page`.
    Domain,
    /// An identifier whose value begins at this byte of the text.
    Identifier(Registry, usize),
}

/// Schemes that may be glued to the word before.
const WEB_SCHEMES: &[&str] = &["https", "http", "hxxps", "hxxp"];

/// The longest scheme that is looked for, in bytes.
const LONGEST_SCHEME: usize = 32;

/// The citations of a text, in order.
pub(in crate::citation) fn find(text: &str) -> Vec<Written> {
    let mut found: Vec<Written> = Vec::new();
    let mut from = 0;
    for sign in signs(text.as_bytes()) {
        if sign >= from
            && let Some(written) = written_at(text, from, sign)
        {
            from = written.range.end;
            found.push(written);
        }
    }
    found
}

/// Where the citations of a text stand, in order.
pub(crate) fn cited_ranges(text: &str) -> Vec<Range<usize>> {
    find(text).into_iter().map(|written| written.range).collect()
}

/// The bytes that a citation may be told by, in order: marks, and the last letter of ISBN, PMID and PMCID.
fn signs(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut marks = memchr3_iter(b':', b'/', b'.', bytes).peekable();
    let mut letters = memchr2_iter(b'N', b'D', bytes).peekable();
    iter::from_fn(move || match (marks.peek(), letters.peek()) {
        (Some(mark), Some(letter)) if letter < mark => letters.next(),
        (Some(_), _) => marks.next(),
        (None, _) => letters.next(),
    })
}

/// The citation that the sign at byte `sign` belongs to, not before `from`.
fn written_at(text: &str, from: usize, sign: usize) -> Option<Written> {
    let (head, rest) = (&text[from..sign], &text[sign..]);
    match text.as_bytes()[sign] {
        b':' if rest.starts_with("://") => address(text, from, sign, sign + 3),
        b':' if rest.starts_with(":]//") && head.ends_with('[') => address(text, from, sign - 1, sign + 4),
        b':' => identifier::labelled(text, from, sign).map(of_identifier),
        b'/' => {
            identifier::doi(text, from, sign).map(of_identifier).or_else(|| bare_domain(text, from, sign))
        }
        b'.' if ends_in_www(head) => www(text, sign - 3),
        b'N' if head.ends_with("ISB") => identifier::capitals(text, from, sign + 1).map(of_identifier),
        b'D' if head.ends_with("PMI") || head.ends_with("PMCI") => {
            identifier::capitals(text, from, sign + 1).map(of_identifier)
        }
        _ => None,
    }
}

/// The address whose scheme ends at byte `scheme_end` and whose host begins at `host`.
fn address(text: &str, from: usize, scheme_end: usize, host: usize) -> Option<Written> {
    let near = text.ceil_char_boundary(scheme_end.saturating_sub(LONGEST_SCHEME)).max(from);
    let head = &text[near..scheme_end];
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let scheme = &head[head.trim_end_matches(is_of_scheme).len()..];
    let known = WEB_SCHEMES.iter().find(|known| {
        scheme.len().checked_sub(known.len()).is_some_and(|at| scheme[at..].eq_ignore_ascii_case(known))
    });
    if let Some(known) = known {
        let start = scheme_end - known.len();
        return Some(written(start, Form::Address, ends::of_host(text, start, host)?));
    }
    let start = scheme_end - scheme.len();
    let glued = text[..start].ends_with(char::is_alphanumeric);
    // One capital letter is a drive of Windows.
    let is_drive = scheme.len() == 1 && scheme.starts_with(|c: char| c.is_ascii_uppercase());
    if glued || is_drive || !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let ends = ends::of_path(text, start, host);
    (ends.end > host).then(|| written(start, Form::Address, ends))
}

fn www(text: &str, start: usize) -> Option<Written> {
    let glued =
        text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '/'));
    let ends = if glued { None } else { ends::of_host(text, start, start + 4) }?;
    let host = text[start + 4..ends.end].split(['/', '?', '#', ':']).next().unwrap_or_default();
    let host = domain::undefanged(host);
    let top = host.rsplit('.').next().unwrap_or_default();
    let is_host = host.contains('.') && top.chars().count() >= 2;
    is_host.then(|| written(start, Form::Domain, ends))
}

fn bare_domain(text: &str, from: usize, slash: usize) -> Option<Written> {
    let start = domain::start_before(text, from, slash)?;
    Some(written(start, Form::Domain, ends::of_path(text, start, slash)))
}

fn ends_in_www(head: &str) -> bool {
    head.len().checked_sub(3).and_then(|at| head.get(at..)).is_some_and(|w| w.eq_ignore_ascii_case("www"))
}

fn written(start: usize, form: Form, ends: Ends) -> Written {
    Written { range: start..ends.end, form, other_ends: ends.others }
}

fn of_identifier(found: Identifier) -> Written {
    Written {
        range: found.range,
        form: Form::Identifier(found.registry, found.value),
        other_ends: found.others,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn assert_found(text: &str, expected: &[&str]) {
        let found: Vec<_> = cited_ranges(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    /// The other readings of the one citation of a text.
    #[track_caller]
    fn assert_others(text: &str, expected: &[&str]) {
        let found = find(text);
        assert_eq!(found.len(), 1, "{text}");
        let others: Vec<_> =
            found[0].other_ends.iter().map(|end| &text[found[0].range.start..*end]).collect();
        assert_eq!(others, expected, "{text}");
    }

    #[test]
    fn quotation_marks_of_every_language_end_a_url() {
        for (open, close) in [
            ('„', '“'),
            ('“', '”'),
            ('»', '«'),
            ('«', '»'),
            ('‚', '‘'),
            ('‘', '’'),
            ('「', '」'),
            ('"', '"'),
            ('\'', '\''),
            ('<', '>'),
            ('《', '》'),
        ] {
            assert_found(&format!("siehe {open}https://a.org/b{close} dort"), &["https://a.org/b"]);
        }
    }

    #[test]
    fn punctuation_belongs_to_the_sentence() {
        assert_found("Siehe https://a.org/b.", &["https://a.org/b"]);
        assert_found("Siehe https://a.org/b?!", &["https://a.org/b"]);
        assert_found(
            "https://a.org/b, https://a.org/c; www.a.org: und",
            &["https://a.org/b", "https://a.org/c", "www.a.org"],
        );
        assert_found(
            "https://a.org/b… https://a.org/c – https://a.org/d—",
            &["https://a.org/b", "https://a.org/c", "https://a.org/d"],
        );
        assert_found("**https://a.org/b** _https://a.org/c_", &["https://a.org/b", "https://a.org/c"]);
        assert_found("https://a.org/b/?q=1&r=2#x-", &["https://a.org/b/?q=1&r=2#x-"]);
        assert_found("https://a.org/b!/c https://a.org/*/d", &["https://a.org/b!/c", "https://a.org/*/d"]);
    }

    #[test]
    fn brackets_of_the_url_stay_and_those_around_it_go() {
        for text in
            ["(https://a.org/Stahl_(Igel))", "https://a.org/Stahl_(Igel).", "[„https://a.org/Stahl_(Igel)“]"]
        {
            assert_found(text, &["https://a.org/Stahl_(Igel)"]);
        }
        assert_found(
            "(siehe https://a.org/b), und [https://a.org/c](https://a.org/d)",
            &["https://a.org/b", "https://a.org/c", "https://a.org/d"],
        );
        assert_found(
            "http://[2001:db8::1]:80/x http://[2001:db8::1].",
            &["http://[2001:db8::1]:80/x", "http://[2001:db8::1]"],
        );
    }

    #[test]
    fn apostrophes_within_a_word_stay_and_quotation_marks_go() {
        assert_found(
            "https://a.org/it's https://a.org/Schindler’s_List",
            &["https://a.org/it's", "https://a.org/Schindler’s_List"],
        );
        assert_found("'https://a.org/b' ‘https://a.org/c’", &["https://a.org/b", "https://a.org/c"]);
        assert_others("https://a.org/Schindler’s_List", &["https://a.org/Schindler"]);
    }

    #[test]
    fn what_only_looks_like_a_beginning_is_none() {
        assert_found("https:// und www. und www.x und a@www.a.org und http:// C://b 1x://b", &[]);
        assert_found("xwww.a.org://", &[]);
        assert_found("und/oder 1/2 km/h z.B./d.h. a.b@example.org/c am 10.2024/11.2024 Foo.bar/baz", &[]);
    }

    #[test]
    fn a_scheme_may_be_in_capitals_glued_to_a_word_or_of_any_kind() {
        assert_found(
            "HTTPS://A.ORG/B siehehttp://a.org/c ftp://a.org/d upi://pay?pa=X",
            &["HTTPS://A.ORG/B", "http://a.org/c", "ftp://a.org/d", "upi://pay?pa=X"],
        );
        assert_found("WWW.Example.org/x", &["WWW.Example.org/x"]);
        assert_found(
            "hxxps://evil[.]example/x und hxxp[:]//a.org/",
            &["hxxps://evil[.]example/x", "hxxp[:]//a.org/"],
        );
    }

    #[test]
    fn a_domain_with_a_path_needs_no_scheme_and_one_without_is_a_name() {
        assert_found("Siehe orf.at/stories/1 und (bit.ly/abc).", &["orf.at/stories/1", "bit.ly/abc"]);
        assert_found("Bei Amazon.com, n-tv.de und example.org war nichts.", &[]);
    }

    #[test]
    fn addresses_without_a_blank_between_are_two() {
        assert_found(
            "https://a.org/b,https://a.org/c;www.a.org/d",
            &["https://a.org/b", "https://a.org/c", "www.a.org/d"],
        );
        assert_found("https://a.org/bhttps://a.org/c", &["https://a.org/b", "https://a.org/c"]);
        let archived = "https://web.archive.org/web/2025/https://a.org/b?u=http://c.org";
        assert_found(archived, &[archived]);
    }

    #[test]
    fn words_of_scripts_without_blanks_do_not_join_an_address() {
        assert_found("请看https://a.org/b这个", &["https://a.org/b"]);
        assert_found("见example.org然后 https://example.org然后", &["https://example.org"]);
        assert_found("https://zh.wikipedia.org/wiki/桥", &["https://zh.wikipedia.org/wiki/桥"]);
        assert_others("请看https://a.org/b这个", &["https://a.org/b这个"]);
    }

    #[test]
    fn what_html_and_markdown_left_behind_is_seen_through() {
        assert_found("https://a.org/?x=1&amp;y=2&quot; und", &["https://a.org/?x=1&amp;y=2"]);
        assert_found(
            "https://a.org/b\\_c\\(d\\) https://a.org/e\\n",
            &["https://a.org/b\\_c\\(d\\)", "https://a.org/e"],
        );
    }

    #[test]
    fn identifiers_are_found_with_their_labels() {
        assert_found(
            "Meier, doi:10.1000/182. Auch DOI: 10.1016/S0140-6736(20)30183-5, 10.1038/171737a0 und (arXiv:2101.00001v2 [cs.CL]).",
            &[
                "doi:10.1000/182",
                "DOI: 10.1016/S0140-6736(20)30183-5",
                "10.1038/171737a0",
                "arXiv:2101.00001v2",
            ],
        );
        assert_found(
            "PMID: 12345678; PMCID: PMC3531190, hdl:2027/mdp.39015 und ISBN 978-3-16-148410-0.",
            &["PMID: 12345678", "PMCID: PMC3531190", "hdl:2027/mdp.39015", "ISBN 978-3-16-148410-0"],
        );
        assert_found(
            "urn:nbn:de:101:1-2019072802401757702913.",
            &["urn:nbn:de:101:1-2019072802401757702913"],
        );
        assert_found(
            "doi:10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O,",
            &["doi:10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"],
        );
        assert_found("ISBN fehlt, PMID auch, arXiv: nein, hdl:x, 10.1000/182", &[]);
    }

    #[test]
    fn an_uncertain_end_has_other_readings() {
        assert_others("Siehe https://a.org/b).", &["https://a.org/b)"]);
        assert_others("(Siehe https://a.org/b).", &[]);
        assert_others("Siehe https://a.org/b(Igel und", &["https://a.org/b"]);
        assert_others("https://a.org/wiki/Washington,_D.C.", &["https://a.org/wiki/Washington,_D.C."]);
        assert_others("https://a.org/wiki/Yahoo!", &["https://a.org/wiki/Yahoo!"]);
        assert_others("https://a.org/b!", &[]);
        assert_others("https://a.org/b—wie immer", &["https://a.org/b"]);
    }

    #[test]
    fn a_hostile_text_takes_linear_time() {
        for piece in [
            "http://", "a://(", "www.", "10.1000/", "a.a", "doi:", "x:[:]//", "ISBN 1", "a.de/", "–a’b",
            "([{",
        ] {
            let text = piece.repeat(100_000);
            let found = find(&text);
            assert!(found.len() <= 100_000, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_never_empty(
            text in "(https?://|www\\.|hxxp|doi:10\\.1000/|ISBN |arXiv:|[a-z0-9()\\[\\]„“.,'* /äß…—’&;\\\\-])*"
        ) {
            let mut last = 0;
            for written in find(&text) {
                let range = written.range;
                prop_assert!(range.start >= last && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                for end in written.other_ends {
                    prop_assert!(end != range.end && text.get(range.start..end).is_some_and(|other| !other.is_empty()));
                }
                last = range.end;
            }
        }
    }
}
