//! What a citation in running text may name: the address as it most likely is, and the others it may be.

use super::find::{Form, Written};
use super::marks::is_invisible;
use super::{domain, ends, entity};
use crate::article::Block;
use crate::citation::reading::Target;

/// The most readings beside the first: each may cost a request.
const MOST_OTHERS: usize = 4;

/// Signs that an address hardly ends in, so that it may go on overleaf.
const OPEN_ENDS: &[char] = &['/', '-', '_', '=', '&', '%', '~', '+'];

/// The longest word of the next line that is tried, in bytes.
const LONGEST_WORD: usize = 500;

/// What a citation may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::citation) struct Readings {
    /// The likeliest.
    pub(in crate::citation) target: Target,
    /// The others, the likeliest first.
    pub(in crate::citation) others: Vec<Target>,
}

impl Readings {
    /// The readings of a citation in the text of `block`.
    pub(in crate::citation) fn of(block: &Block, written: &Written) -> Self {
        let first = block.text[written.range.clone()].to_owned();
        let named = |text: &str| target(&written.form, written.range.start, text);
        let target = named(&first);
        let mut others: Vec<Target> = Vec::new();
        for text in other_texts(block, written, &first) {
            let other = named(&text);
            if matches!(other, Target::Web(_)) && other != target && !others.contains(&other) {
                others.push(other);
            }
        }
        if let Some(Target::Web(raw)) = with_references(&first, &target) {
            others.push(Target::Web(raw));
        }
        others.truncate(MOST_OTHERS);
        Self { target, others }
    }

    /// A target that a format marks, which leaves nothing uncertain.
    pub(in crate::citation) fn sure(target: Target) -> Self {
        Self { target, others: Vec::new() }
    }
}

/// The other ends of a citation: within its line, where a line broke it, and on the next line.
fn other_texts(block: &Block, written: &Written, first: &str) -> Vec<String> {
    let start = written.range.start;
    let mut texts: Vec<String> =
        written.other_ends.iter().map(|end| block.text[start..*end].to_owned()).collect();
    for break_at in block.places.line_breaks(written.range.clone()).take(MOST_OTHERS) {
        let (before, after) = (&block.text[start..break_at], &block.text[break_at..written.range.end]);
        match before.strip_suffix('-') {
            Some(typeset) => texts.push(format!("{typeset}{after}")),
            None if is_word(after) => {
                let end = ends::trimmed(&block.text, start, break_at);
                texts.push(block.text[start..end].to_owned());
            }
            None => {}
        }
    }
    texts.extend(carried_on(block, written, first));
    texts
}

/// Whether what a line begins with may be a word of the sentence rather than the rest of an address.
fn is_word(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || c == '-')
}

/// The address with the first word of the next line, where the line ends in a sign that no address ends in.
fn carried_on(block: &Block, written: &Written, first: &str) -> Option<String> {
    let end = written.range.end;
    let has_path =
        first.split_once("://").map_or(first, |(_, rest)| rest).trim_end_matches('/').contains('/');
    let word = block.text[end..].strip_prefix(' ')?.split_whitespace().next()?;
    let wraps = block.place(end - 1)?.line != block.place(end + 1)?.line;
    let fits = word.len() <= LONGEST_WORD && word.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !(wraps && fits && has_path && first.ends_with(OPEN_ENDS)) {
        return None;
    }
    let whole = format!("{first}{word}");
    let end = ends::trimmed(&whole, 0, whole.len());
    Some(whole[..end].to_owned())
}

/// The address as it stands, its `&amp;` taken at its word.
fn with_references(written: &str, target: &Target) -> Option<Target> {
    entity::resolved(written)?;
    let raw = Target::parse(written)?;
    (raw != *target).then_some(raw)
}

/// What `text`, a citation of this form that begins at byte `start` of its block, names.
fn target(form: &Form, start: usize, text: &str) -> Target {
    if let Form::Identifier(registry, value) = form {
        return registry.target(text.get(value - start..).unwrap_or_default());
    }
    let plain = plain(text);
    let absolute = match form {
        Form::Domain => format!("https://{plain}"),
        _ => plain,
    };
    Target::of_absolute(&absolute)
}

/// An address without what copying and caution did to it: character references, backslashes, characters that
/// nobody sees, `hxxp` and dots in brackets.
fn plain(text: &str) -> String {
    let resolved = entity::resolved(text);
    let mut plain: String =
        resolved.as_deref().unwrap_or(text).chars().filter(|c| !is_invisible(*c) && *c != '\\').collect();
    if plain.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("hxxp")) {
        plain.replace_range(..4, "http");
    }
    let scheme = plain.find("://").map(|at| at + 3).or_else(|| plain.find("[:]//").map(|at| at + 5));
    let host = scheme.unwrap_or(0);
    let end = plain[host..].find('/').map_or(plain.len(), |at| host + at);
    let name = domain::undefanged(&plain[host..end]);
    format!("{}{name}{}", plain[..host].replace("[:]", ":"), &plain[end..])
}
