//! Pointers: URLs that a sentence has only to name its source, with the brackets and the words that lead up to them.

use std::ops::Range;

/// Quotation marks: a URL before one is part of what is quoted.
const QUOTES: &[char] =
    &['"', '\'', '„', '“', '”', '«', '»', '‹', '›', '‚', '‘', '’', '「', '」', '『', '』'];

/// Brackets that pointers may stand in by themselves.
const BRACKETS: &[(char, char)] =
    &[('(', ')'), ('[', ']'), ('<', '>'), ('（', '）'), ('【', '】'), ('〈', '〉')];

/// Words that lead up to a pointer and say nothing else, in small letters.
const LEADING: &[&str] = &[
    "siehe",
    "s",
    "vgl",
    "vergleiche",
    "dazu",
    "auch",
    "hier",
    "mehr",
    "weiteres",
    "unter",
    "via",
    "abrufbar",
    "nachzulesen",
    "online",
    "quelle",
    "quellen",
    "link",
    "links",
    "beleg",
    "belege",
    "see",
    "cf",
    "also",
    "here",
    "more",
    "at",
    "from",
    "source",
    "sources",
    "read",
    "url",
    "doi",
    "available",
    "retrieved",
    "abgerufen",
    "voir",
    "source",
    "fuente",
    "fonte",
    "bron",
];

/// Words after which an address is a part of the sentence: "Das steht auf …", "it can be found at …".
const PREPOSITIONS: &[&str] = &[
    "auf", "bei", "in", "an", "aus", "von", "zu", "mit", "über", "per", "unter", "via", "on", "at", "by",
    "to", "of", "with", "from", "sur", "chez", "en", "dans", "par",
];

/// Words between two pointers of one bracket.
const LINKING: &[&str] = &["und", "and", "sowie", "et", "y", "e", "bzw", "oder", "or"];

/// The longest lead of a pointer, in bytes.
const LONGEST_LEAD: usize = 80;

/// The ranges of a sentence that are pointers, in order; `urls` are those within it.
pub(super) fn pointers(block: &str, sentence: &Range<usize>, urls: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut pointers: Vec<Range<usize>> = Vec::new();
    let mut tail = sentence.end;
    let mut at_end = true;
    let mut index = urls.len();
    while let Some(last) = index.checked_sub(1) {
        at_end &= !block[urls[last].end..tail].contains(|c: char| c.is_alphanumeric() || QUOTES.contains(&c));
        let (first, range) = match bracketed(block, sentence, &urls[..index]) {
            Some(found) => found,
            None if at_end => at_its_end(block, sentence, &urls[..index], last),
            None => (last, urls[last].end..urls[last].end),
        };
        tail = range.start.min(urls[last].start);
        if !range.is_empty() {
            pointers.push(range);
        }
        index = first;
    }
    pointers.reverse();
    pointers
}

/// Whether a sentence says nothing beside the `urls` in it: "Vgl. doi:10.1000/182 und ISBN 978-3-16-148410-0."
pub(super) fn only_points(block: &str, sentence: &Range<usize>, urls: &[Range<usize>]) -> bool {
    let mut from = sentence.start;
    let ends = urls.iter().map(|url| url.start).chain([sentence.end]);
    let starts = urls.iter().map(|url| url.end).chain([sentence.end]);
    !urls.is_empty()
        && ends.zip(starts).all(|(end, next)| {
            let between = &block[from..end.max(from)];
            from = next;
            words(between).all(|word| LEADING.contains(&word.as_str()) || LINKING.contains(&word.as_str()))
        })
}

/// Whether the word before an address makes it a part of the sentence.
fn is_named(before: &str) -> bool {
    let last = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    PREPOSITIONS.contains(&last.to_lowercase().as_str())
}

/// Whether a text says nothing but where to look: "Quelle", "Mehr dazu unter".
pub(super) fn only_leads(text: &str) -> bool {
    words(text).all(|word| LEADING.contains(&word.as_str()))
}

/// The bracket that the last of `urls` stands in with nothing but others, and the number of the first of them.
fn bracketed(block: &str, sentence: &Range<usize>, urls: &[Range<usize>]) -> Option<(usize, Range<usize>)> {
    let last = urls.last()?;
    let rest = &block[last.end..sentence.end];
    let closing = rest.trim_start_matches([' ', '.', ',', ';']);
    let (opening, closing_mark) = BRACKETS.iter().find(|(_, mark)| closing.starts_with(*mark))?;
    let end = sentence.end - closing.len() + closing_mark.len_utf8();
    let mut first = urls.len() - 1;
    while first > 0 && links(&block[urls[first - 1].end..urls[first].start]) {
        first -= 1;
    }
    let before = &block[sentence.start..urls[first].start];
    let lead = &before[before.rfind(*opening)?..];
    let leads = lead.len() <= LONGEST_LEAD && only_leads(&lead[opening.len_utf8()..]);
    leads.then(|| (first, urls[first].start - lead.len()..end))
}

/// The `last` of `urls`, at the end of the sentence, with those before it that only "and" parts from it: the number of the
/// first of them, and the range of them all with what leads up to them, which is empty where they are a part of the sentence.
fn at_its_end(
    block: &str,
    sentence: &Range<usize>,
    urls: &[Range<usize>],
    last: usize,
) -> (usize, Range<usize>) {
    let is_bracket = |c| BRACKETS.iter().any(|(open, close)| c == *open || c == *close);
    let mut first = last;
    while first > 0 {
        let between = &block[urls[first - 1].end..urls[first].start];
        if !links(between) || between.contains(is_bracket) {
            break;
        }
        first -= 1;
    }
    let (led, end) = (led_up_to(block, sentence, &urls[first]).start, urls[last].end);
    let is_named = led == urls[first].start && is_named(&block[sentence.start..led]);
    (first, if is_named { end..end } else { led..end })
}

/// The range of a URL at the end of its sentence with ", siehe" before it.
fn led_up_to(block: &str, sentence: &Range<usize>, url: &Range<usize>) -> Range<usize> {
    let before = &block[sentence.start..url.start];
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_LEAD))..];
    let lead = near.rfind([',', ';', '–', '—']).map(|at| &near[at..]);
    match lead {
        Some(lead) if words(lead).next().is_some() && only_leads(lead) => url.start - lead.len()..url.end,
        _ => url.clone(),
    }
}

/// Whether a text between two URLs only parts them.
fn links(text: &str) -> bool {
    text.len() <= LONGEST_LEAD
        && words(text).all(|word| LINKING.contains(&word.as_str()))
        && !text.contains(['.', '!', '?'])
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}
