//! Quotations of real articles, changed harmlessly and changed in what they say.

use std::path::Path;

use beleg::citation::{Claim, ClaimId, SourceId};
use beleg::evidence::{self, AtomKind, Outcome, PageText, ReadablePage, Written};
use url::Url;

use crate::data::{self, ScoreError, share};

/// A change of the words of a quotation; `None` where it has nothing to be changed.
type Change = fn(&str) -> Option<String>;

/// Changes of typography, which leave every word as it is.
const HARMLESS: [(&str, Change); 8] = [
    ("as it is", |quote| Some(quote.to_owned())),
    ("curly apostrophes", |quote| quote.contains('\'').then(|| quote.replace('\'', "’"))),
    ("long dashes", |quote| quote.contains(" -- ").then(|| quote.replace(" -- ", " — "))),
    ("hard blanks", |quote| Some(quote.replacen(' ', "\u{a0}", 2))),
    ("broken lines", |quote| Some(quote.replacen(' ', "\n", 1))),
    ("a soft hyphen", |quote| longest(quote).map(|word| quote.replacen(word, &soft(word), 1))),
    ("a small first letter", other_case),
    ("an omission", with_omission),
];

/// Changes of the words.
const ALTERED: [(&str, Change); 6] = [
    ("a not taken out or put in", |quote| {
        Some(if quote.contains(" not ") { quote.replacen(" not ", " ", 1) } else { put_in(quote, "not") })
    }),
    ("another figure", |quote| quote.find(|c: char| c.is_ascii_digit()).map(|at| changed_digit(quote, at))),
    ("a word left out", |quote| middle(quote).map(|word| quote.replacen(&format!(" {word} "), " ", 1))),
    ("two words in another order", swapped),
    ("another word", |quote| {
        middle(quote).map(|word| quote.replacen(&format!(" {word} "), " synthetic ", 1))
    }),
    ("a word put in", |quote| Some(put_in(quote, "really"))),
];

/// Prints the figures of the set in `folder`.
pub(crate) fn score(folder: &Path) -> Result<(), ScoreError> {
    let texts = folder.join("dev").join("text");
    let entries = std::fs::read_dir(&texts).map_err(|error| ScoreError::File(texts.clone(), error))?;
    let mut files: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    let (mut harmless, mut refused, mut altered, mut accepted, mut named) = (0, 0, 0, 0, 0);
    for file in files {
        let text = data::text(&file)?;
        let page = PageText::read("text/plain", &text);
        for quote in quotations(&page.text) {
            for (what, change) in HARMLESS {
                let Some(changed) = change(quote) else { continue };
                harmless += 1;
                if !matches!(
                    outcome(&changed, &page),
                    Some(Outcome::Verbatim | Outcome::VerbatimWithOmissions)
                ) {
                    refused += 1;
                    data::miss(|| format!("refused, {what}: {changed}"));
                }
            }
            for (what, change) in ALTERED {
                let Some(changed) = change(quote).filter(|changed| !page.text.contains(changed.as_str()))
                else {
                    continue;
                };
                altered += 1;
                match outcome(&changed, &page) {
                    Some(Outcome::Verbatim | Outcome::VerbatimWithOmissions) => {
                        accepted += 1;
                        data::miss(|| format!("accepted, {what}: {changed}"));
                    }
                    Some(Outcome::Altered) => named += 1,
                    other => data::miss(|| format!("{other:?}, {what}: {changed}")),
                }
            }
        }
    }
    println!("polnear: quotations of at least five words");
    println!("  {harmless} changed harmlessly: refused {refused} ({:.4})", share(refused, harmless));
    println!(
        "  {altered} altered: accepted {accepted} ({:.4}), named as altered {:.3}",
        share(accepted, altered),
        share(named, altered)
    );
    Ok(())
}

/// What becomes of `quote` as a quotation of an article, looked up on `page`.
fn outcome(quote: &str, page: &PageText) -> Option<Outcome> {
    let url = Url::parse("https://page.test/").ok()?;
    let claim = Claim {
        id: ClaimId(1),
        text: format!("“{quote}”, the speaker said."),
        places: Vec::new(),
        sources: vec![SourceId(1)],
        binding: None,
    };
    let weighed =
        evidence::weigh(&claim, Written::in_language("en"), &[ReadablePage::new(SourceId(1), &url, page)]);
    weighed.atoms.iter().find(|atom| atom.kind == AtomKind::Quotation).map(|atom| atom.outcome)
}

/// What stands between straight or curly marks in one line, of five words and more.
fn quotations(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut parts = line.split(['"', '“', '”']);
        parts.next();
        while let (Some(quote), Some(_)) = (parts.next(), parts.next()) {
            let quote = quote.trim().trim_end_matches([',', '.', '?', '!']);
            let words = quote.split_whitespace().count();
            if (5..60).contains(&words) && !quote.contains(['[', '(', '…']) && !quote.contains("...") {
                found.push(quote);
            }
        }
    }
    found
}

fn longest(quote: &str) -> Option<&str> {
    quote
        .split_whitespace()
        .filter(|word| word.chars().all(char::is_alphabetic) && word.len() > 6)
        .max_by_key(|word| word.len())
}

fn soft(word: &str) -> String {
    let at = word.char_indices().nth(3).map_or(0, |(at, _)| at);
    format!("{}\u{ad}{}", &word[..at], &word[at..])
}

fn other_case(quote: &str) -> Option<String> {
    let first = quote.chars().next().filter(|c| c.is_uppercase())?;
    let word = quote.split_whitespace().next()?;
    (word != "I").then(|| format!("{}{}", first.to_lowercase(), &quote[first.len_utf8()..]))
}

fn with_omission(quote: &str) -> Option<String> {
    let words: Vec<&str> = quote.split(' ').collect();
    let third = words.len() / 3;
    (words.len() >= 9)
        .then(|| format!("{} … {}", words[..third].join(" "), words[words.len() - third..].join(" ")))
}

/// A word from the middle of the quotation that stands in it once.
fn middle(quote: &str) -> Option<&str> {
    let words: Vec<&str> = quote.split(' ').collect();
    let inner = words.get(1..words.len().checked_sub(1)?)?;
    inner
        .iter()
        .copied()
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
        .find(|word| quote.matches(word).count() == 1)
}

fn put_in(quote: &str, word: &str) -> String {
    let at = quote.char_indices().filter(|(_, c)| *c == ' ').nth(1).map_or(quote.len(), |(at, _)| at);
    format!("{} {word}{}", &quote[..at], &quote[at..])
}

fn changed_digit(quote: &str, at: usize) -> String {
    let digit = if quote[at..].starts_with('7') { "3" } else { "7" };
    format!("{}{digit}{}", &quote[..at], &quote[at + 1..])
}

fn swapped(quote: &str) -> Option<String> {
    let words: Vec<&str> = quote.split(' ').collect();
    let plain = |word: &str| word.chars().all(char::is_alphabetic);
    let at = (1..words.len().checked_sub(2)?)
        .find(|&at| plain(words[at]) && plain(words[at + 1]) && words[at] != words[at + 1])?;
    let mut words = words;
    words.swap(at, at + 1);
    Some(words.join(" "))
}
