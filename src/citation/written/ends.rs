//! Where an address ends in running text.
//!
//! It ends before a blank, a quotation mark of any language, an angle bracket or another character that no URL has
//! (RFC 3986, appendix C), and before a closing bracket that it did not open, as in `(https://example.org/a_(b))`.
//! Punctuation at its end belongs to the sentence. Where that may be wrong, the other ends are kept.

use super::marks::is_trailing;
use super::scan::{Walked, walk};

/// Words that an address may end in with the full stop that abbreviates them.
const ABBREVIATIONS: &[&str] = &["Inc", "Co", "Corp", "Ltd", "Jr", "Sr", "St", "Bros"];

/// The end of an address, and the others it may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    /// Where it most likely ends.
    pub(super) end: usize,
    /// Where it may end as well, the likeliest first.
    pub(super) others: Vec<usize>,
}

/// The end of the address that begins at `start` and whose host begins at `host`; `None` without a host.
pub(super) fn of_host(text: &str, start: usize, host: usize) -> Option<Ends> {
    let length = host_length(&text[host..]);
    let end = host + length;
    if !text[host..end].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '%')) {
        return None;
    }
    if text[end..].starts_with(['/', '?', '#']) {
        return Some(of_path(text, start, end));
    }
    Some(Ends { end: trimmed(text, start, end), others: Vec::new() })
}

/// The end of the address that begins at `start`, of which nothing is sure from byte `from` on.
pub(super) fn of_path(text: &str, start: usize, from: usize) -> Ends {
    settle(text, start, from, &walk(text, start, from, false))
}

/// The end of an identifier that may have angle brackets in it.
pub(super) fn of_lenient(text: &str, start: usize, from: usize) -> Ends {
    settle(text, start, from, &walk(text, start, from, true))
}

fn settle(text: &str, start: usize, from: usize, walked: &Walked) -> Ends {
    let end = trimmed(text, start, walked.end);
    let mut others: Vec<usize> = Vec::new();
    others.extend(mark_that_may_belong(text, from, end));
    others.extend(walked.later.map(|later| trimmed_but_brackets(text, start, later)));
    others.extend(walked.earlier.iter().rev().map(|earlier| trimmed(text, start, *earlier)));
    let mut seen = vec![end];
    others.retain(|other| {
        *other > from && !seen.contains(other) && {
            seen.push(*other);
            true
        }
    });
    Ends { end, others }
}

/// The end of the mark after an address that it may have itself: the full stop of an abbreviation, the exclamation
/// mark of a title on a wiki.
fn mark_that_may_belong(text: &str, from: usize, end: usize) -> Option<usize> {
    let path = text.get(from..end)?;
    let word = path.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && path.len() > 2;
    let belongs = match text[end..].chars().next()? {
        '.' => initial || ABBREVIATIONS.contains(&word),
        '!' => path.contains("/wiki/"),
        _ => false,
    };
    belongs.then_some(end + 1)
}

/// The length in bytes of the host, with user and port, that a text begins with.
fn host_length(text: &str) -> usize {
    if let Some(close) = text.strip_prefix('[').and_then(|inner| {
        inner
            .find(|c: char| !(c.is_ascii_hexdigit() || c == ':' || c == '.'))
            .filter(|at| inner[*at..].starts_with(']'))
    }) {
        let after = close + 2;
        return after + port_length(&text[after..]);
    }
    let run = run_length(text);
    if text[..run].contains('@') {
        return run;
    }
    let name = text[..run].find(':').unwrap_or(run);
    let glued = unspaced_tail(&text[..name]);
    if glued < name { glued } else { name + port_length(&text[name..]) }
}

/// The length of the characters that hosts have, dots in brackets among them.
fn run_length(text: &str) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += match c {
            '[' | '(' => match ["[.]", "(.)", "[dot]"].iter().find(|dot| rest.starts_with(**dot)) {
                Some(dot) => dot.len(),
                None => break,
            },
            '-' | '.' | '_' | '~' | '%' | ':' | '@' => 1,
            _ if c.is_alphanumeric() => c.len_utf8(),
            _ => break,
        };
    }
    at
}

/// Where words begin that stand right after a host: `example.org然后`. The length where none do.
fn unspaced_tail(host: &str) -> usize {
    let last = host.rfind('.').map_or(host.len(), |dot| dot + 1);
    let top = &host[last..];
    let ascii = top.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if ascii > 1 && top[ascii..].starts_with(super::marks::is_unspaced_letter) {
        last + ascii
    } else {
        host.len()
    }
}

fn port_length(text: &str) -> usize {
    let digits = text.strip_prefix(':').map_or(0, |port| port.bytes().take_while(u8::is_ascii_digit).count());
    if digits > 0 { digits + 1 } else { 0 }
}

/// The end without the marks that belong to the sentence.
pub(super) fn trimmed(text: &str, start: usize, end: usize) -> usize {
    let underscored = text[..start].ends_with('_');
    let quoted = text[..start].ends_with('\'');
    let mut address = &text[start..end];
    let mut quotes = address.matches('\'').count();
    while let Some(last) = address.chars().next_back() {
        let goes = match last {
            '_' => underscored,
            // Quotation marks of its own come in pairs.
            '\'' => quoted || quotes % 2 == 1,
            _ => is_trailing(last),
        };
        if !goes {
            break;
        }
        quotes -= usize::from(last == '\'');
        address = &address[..address.len() - last.len_utf8()];
    }
    start + address.len()
}

fn trimmed_but_brackets(text: &str, start: usize, end: usize) -> usize {
    if text[..end].ends_with([')', ']', '}']) { end } else { trimmed(text, start, end) }
}
