//! Does a page still say what a claim rested on?
//!
//! A page that looks otherwise, or says the same in other words, has not drifted. In this order:
//!
//! 1. The passage stands there, blanks, case and punctuation apart: no drift.
//! 2. A stretch of the page has at least half of the passage's words: it is the passage, reworded. What was found in it is
//!    looked for again, word for word and then by weighing the claim against that stretch alone. What is no longer there
//!    and has other words in its place has changed; so has a passage that was negated, or no longer is.
//! 3. Otherwise the claim is weighed against the whole page. What is found there again has not drifted; what differs has
//!    changed; where neither is so, the passage is gone.
//!
//! Names and fixed phrases alone make no drift where figures, dates or quotations are there still: who was called by the
//! full name at first is often called by the last name later.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use url::Url;

use super::index::ReadablePage;
use super::page::PageText;
use super::token::{Token, TokenKind, fold, tokens};
use super::weigh::weigh;
use super::weighed::{AtomKind, Outcome, Verdict, Weighed};
use super::written::Written;
use crate::citation::{Claim, ClaimId, SourceId};

/// The one source that is looked into.
const SOURCE: SourceId = SourceId(1);
/// Words of a passage that are compared; a passage is of three sentences at most, but sentences can be endless.
const MOST_WORDS: usize = 1_000;
/// Share of its words by which a passage is known again.
const KNOWN: f64 = 0.5;
/// Share of its words by which a passage without anything to look up still says the same.
const SAME: f64 = 0.7;
/// A negation that comes or goes brings no more words with it than this.
const NEGATED: usize = 3;
/// Words that turn a sentence into its opposite; those that end in n stand for "n't", which is taken apart.
const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "cannot", "without", "denied", "aren", "couldn", "didn", "doesn", "don",
    "hadn", "hasn", "haven", "isn", "shouldn", "wasn", "weren", "wouldn", "nicht", "kein", "keine", "keinem",
    "keinen", "keiner", "keines", "nie", "niemals", "ohne",
];
/// Signs that count as words: without them, 5 % were 5 €.
const SIGNS: [char; 7] = ['%', '‰', '€', '$', '£', '¥', '°'];

/// What a claim rested on at one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rested {
    /// The claim.
    pub claim: String,
    /// ISO 639-1 code of its language.
    pub language: String,
    /// The passage that bore it out.
    pub passage: String,
    /// The parts of the claim that were found in that source.
    pub atoms: Vec<RestedAtom>,
}

/// A part of a claim that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestedAtom {
    /// What it is.
    pub kind: AtomKind,
    /// As the article writes it.
    pub text: String,
    /// As the page wrote it.
    pub found: String,
}

/// How a page no longer says what a claim rested on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drift {
    /// It no longer has the passage.
    PassageGone {
        /// The passage.
        before: String,
    },
    /// It gives another figure or date.
    FigureChanged {
        /// What stood there.
        before: String,
        /// What stands there now.
        after: String,
    },
    /// It says otherwise in nearly the same words.
    WordingChanged {
        /// What stood there.
        before: String,
        /// What stands there now.
        after: String,
    },
}

/// A page as it is now, made ready for all that rested on it.
#[derive(Debug)]
pub struct PageNow<'a> {
    page: &'a PageText,
    url: &'a Url,
    words: Words<'a>,
    readable: OnceLock<ReadablePage<'a>>,
}

impl<'a> PageNow<'a> {
    /// The page `page`, found at `url`.
    pub fn new(page: &'a PageText, url: &'a Url) -> Self {
        Self { page, url, words: Words::of_all(&page.text), readable: OnceLock::new() }
    }

    /// All of it, made ready to be searched when it is first needed.
    fn readable(&self) -> &ReadablePage<'a> {
        self.readable.get_or_init(|| ReadablePage::new(SOURCE, self.url, self.page))
    }
}

/// How `now` no longer says what `rested` was found in it; `None` where it does.
///
/// Time is linear in the length of the page.
pub fn drift(rested: &Rested, now: &PageNow<'_>) -> Option<Drift> {
    let passage = Words::of(&rested.passage);
    let Some(near) = nearest(&passage, &now.words) else { return against_page(rested, now) };
    if near.share >= 1.0 && passage.within(&now.words) {
        return None;
    }
    if near.share >= KNOWN {
        match against_stretch(rested, &passage, &near, now) {
            Found::Same => return None,
            Found::Changed(drift) => return Some(drift),
            Found::Unclear => (),
        }
    }
    against_page(rested, now)
}

/// What looking into a stretch of the page came to.
enum Found {
    Same,
    Changed(Drift),
    Unclear,
}

fn against_stretch(rested: &Rested, passage: &Words<'_>, near: &Near, page: &PageNow<'_>) -> Found {
    let stretch = page.words.around(&near.range, page.page);
    let now = Words::of(stretch);
    let changes = capture_diff_slices(Algorithm::Myers, &passage.folded, &now.folded);
    if is_negated(&changes, passage, &now) {
        let (before, after) = (rested.passage.clone(), stretch.to_owned());
        return Found::Changed(Drift::WordingChanged { before, after });
    }
    let missing: Vec<&RestedAtom> =
        rested.weighty().filter(|atom| !Words::of(&atom.found).within(&now)).collect();
    if missing.is_empty() {
        let says_the_same = near.share >= SAME || rested.weighty().next().is_some();
        return if says_the_same { Found::Same } else { Found::Unclear };
    }
    let language = page.page.language.clone();
    let alone = PageText { language, ..PageText::read("text/plain", stretch) };
    let weighed = rested.weigh(&ReadablePage::new(SOURCE, page.url, &alone));
    let missing: Vec<&RestedAtom> =
        missing.into_iter().filter(|atom| !is_borne_out(atom, &weighed)).collect();
    if missing.is_empty() {
        return Found::Same;
    }
    let changed = missing.iter().find_map(|atom| {
        let place = Words::of(&atom.found).place_in(passage)?;
        let after = now.text(replacement(&changes, &place)?)?;
        changed(atom.kind, &atom.found, after)
    });
    changed.map_or(Found::Unclear, Found::Changed)
}

fn against_page(rested: &Rested, now: &PageNow<'_>) -> Option<Drift> {
    let gone = || Some(Drift::PassageGone { before: rested.passage.clone() });
    if now.page.text.is_empty() {
        return gone();
    }
    let weighed = rested.weigh(now.readable());
    let missing: Vec<&RestedAtom> = rested.weighty().filter(|atom| !is_borne_out(atom, &weighed)).collect();
    if missing.is_empty() && (!rested.atoms.is_empty() || weighed.verdict == Verdict::Located) {
        return None;
    }
    let differs = |atom: &&RestedAtom| {
        let now = weighed.atoms.iter().find(|now| now.kind == atom.kind && now.text == atom.text)?;
        let differs = matches!(now.outcome, Outcome::Differs | Outcome::Altered | Outcome::OtherCurrency);
        changed(atom.kind, &atom.found, now.found.as_deref().filter(|_| differs)?)
    };
    missing.iter().find_map(differs).or_else(gone)
}

/// The change from `before` to `after`; `None` where `after` is nothing of its kind.
fn changed(kind: AtomKind, before: &str, after: &str) -> Option<Drift> {
    let (before, after) = (before.to_owned(), after.to_owned());
    match kind {
        AtomKind::Figure | AtomKind::Date => {
            after.contains(|c: char| c.is_numeric()).then_some(Drift::FigureChanged { before, after })
        }
        AtomKind::Quotation | AtomKind::Name | AtomKind::Term => {
            Some(Drift::WordingChanged { before, after })
        }
    }
}

fn is_borne_out(atom: &RestedAtom, weighed: &Weighed) -> bool {
    let mut same = weighed.atoms.iter().filter(|now| now.kind == atom.kind && now.text == atom.text);
    same.any(|now| now.outcome.is_borne_out())
}

impl Rested {
    /// The parts whose loss is a drift: names and fixed phrases only where there is nothing else.
    fn weighty(&self) -> impl Iterator<Item = &RestedAtom> {
        let weighs = |atom: &RestedAtom| !matches!(atom.kind, AtomKind::Name | AtomKind::Term);
        let any = self.atoms.iter().any(weighs);
        self.atoms.iter().filter(move |atom| !any || weighs(atom))
    }

    fn weigh(&self, page: &ReadablePage<'_>) -> Weighed {
        let claim = Claim {
            id: ClaimId(1),
            text: self.claim.clone(),
            places: Vec::new(),
            sources: vec![SOURCE],
            binding: None,
        };
        weigh(&claim, Written::in_language(&self.language), std::slice::from_ref(page))
    }
}

/// The words and numbers of a text, folded, with their places.
#[derive(Debug)]
struct Words<'a> {
    text: &'a str,
    folded: Vec<String>,
    places: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    /// The first words of a text.
    fn of(text: &'a str) -> Self {
        Self::up_to(text, MOST_WORDS)
    }

    /// All of its words.
    fn of_all(text: &'a str) -> Self {
        Self::up_to(text, usize::MAX)
    }

    fn up_to(text: &'a str, most: usize) -> Self {
        let tokens = tokens(text);
        let counts = |token: &&Token<'_>| token.kind != TokenKind::Sign || token.text.starts_with(SIGNS);
        let words = tokens.iter().filter(counts).take(most);
        let of = |token: &Token<'_>| (fold(token.text), token.start..token.end());
        let (folded, places) = words.map(of).unzip();
        Self { text, folded, places }
    }

    /// Where these words stand in a row in `other`.
    fn place_in(&self, other: &Words<'_>) -> Option<Range<usize>> {
        let length = self.folded.len();
        if length == 0 {
            return None;
        }
        let start = other.folded.windows(length).position(|window| window == self.folded)?;
        Some(start..start + length)
    }

    /// Whether they stand in a row in `other`. No words stand anywhere.
    fn within(&self, other: &Words<'_>) -> bool {
        self.folded.is_empty() || self.place_in(other).is_some()
    }

    /// The text of the words `range`.
    fn text(&self, range: Range<usize>) -> Option<&'a str> {
        let (first, last) = (self.places.get(range.start)?, self.places.get(range.end.checked_sub(1)?)?);
        self.text.get(first.start..last.end)
    }

    /// The sentences of `page`, whose words these are, that hold the words `range`; but no more than a few times as much.
    fn around(&self, range: &Range<usize>, page: &PageText) -> &'a str {
        let Some(bare) = self.text(range.clone()) else { return "" };
        let start = self.places[range.start].start;
        let end = start + bare.len();
        let first = page.sentences.partition_point(|sentence| sentence.end <= start);
        let last = page.sentences.partition_point(|sentence| sentence.start < end);
        let sentences = page.sentences.get(first..last).unwrap_or_default();
        let whole = match (sentences.first(), sentences.last()) {
            (Some(first), Some(last)) => first.start.min(start)..last.end.max(end),
            _ => start..end,
        };
        if whole.len() > 4 * bare.len() + 1_000 { bare } else { self.text.get(whole).unwrap_or(bare) }
    }
}

/// The stretch of as many words as the passage has that shares most words with it.
struct Near {
    range: Range<usize>,
    share: f64,
}

fn nearest(passage: &Words<'_>, words: &Words<'_>) -> Option<Near> {
    let length = passage.folded.len().min(words.folded.len());
    if length == 0 {
        return None;
    }
    let mut left: HashMap<&str, i32> = HashMap::new();
    for word in &passage.folded {
        *left.entry(word).or_default() += 1;
    }
    let (mut shared, mut best, mut best_start) = (0_usize, 0, 0);
    for (at, word) in words.folded.iter().enumerate() {
        if let Some(count) = left.get_mut(word.as_str()) {
            shared += usize::from(*count > 0);
            *count -= 1;
        }
        if let Some(gone) = at.checked_sub(length).and_then(|at| words.folded.get(at))
            && let Some(count) = left.get_mut(gone.as_str())
        {
            *count += 1;
            shared -= usize::from(*count > 0);
        }
        if at + 1 >= length && shared > best {
            (best, best_start) = (shared, at + 1 - length);
        }
    }
    // Numbers of words are far below what a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "a passage has 1,000 words at most")]
    let share = best as f64 / passage.folded.len() as f64;
    Some(Near { range: best_start..best_start + length, share })
}

/// Whether words were put in or taken out within the passage that turn it into its opposite.
fn is_negated(changes: &[DiffOp], before: &Words<'_>, after: &Words<'_>) -> bool {
    let count = |words: &[String]| words.iter().filter(|word| NEGATIONS.contains(&word.as_str())).count();
    let inner = changes.get(1..changes.len().saturating_sub(1)).unwrap_or_default();
    let changed = inner.iter().filter(|change| change.tag() != DiffTag::Equal);
    let short = changed.filter(|change| change.old_range().len().max(change.new_range().len()) <= NEGATED);
    short.into_iter().any(|change| {
        let (before, after) = (&before.folded[change.old_range()], &after.folded[change.new_range()]);
        count(before) % 2 != count(after) % 2
    })
}

/// The words that stand in place of the words `place` of the passage; `None` where none do.
fn replacement(changes: &[DiffOp], place: &Range<usize>) -> Option<Range<usize>> {
    let mut new: Option<Range<usize>> = None;
    for change in changes {
        let (old, now) = (change.old_range(), change.new_range());
        let common = old.start.max(place.start)..old.end.min(place.end);
        if common.is_empty() || now.is_empty() {
            continue;
        }
        let part = match change.tag() {
            DiffTag::Equal => now.start + (common.start - old.start)..now.start + (common.end - old.start),
            _ => now,
        };
        new = Some(new.map_or(part.clone(), |new| new.start.min(part.start)..new.end.max(part.end)));
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSAGE: &str = "The synthetic ministry said that 48,000 troops would be sent by June 2025.";

    fn figure(text: &str, found: &str) -> RestedAtom {
        RestedAtom { kind: AtomKind::Figure, text: text.to_owned(), found: found.to_owned() }
    }

    fn rested() -> Rested {
        Rested {
            claim: "Das Ministerium will 48.000 Soldaten entsenden.".to_owned(),
            language: "de".to_owned(),
            passage: PASSAGE.to_owned(),
            atoms: vec![figure("48.000 Soldaten", "48,000 troops")],
        }
    }

    fn page(html: &str) -> PageText {
        PageText::read("text/html", &format!("<html lang=en><body>{html}</body></html>"))
    }

    fn drifted(rested: &Rested, html: &str) -> Option<Drift> {
        drift(rested, &PageNow::new(&page(html), &"https://example.org/a".parse().unwrap()))
    }

    #[test]
    fn another_layout_is_no_drift() {
        for html in [
            format!("<p>{PASSAGE}</p>"),
            format!("<div><table><tr><td>Before.</td><td>{}</td></tr></table></div>", PASSAGE.to_uppercase()),
            format!("<p>Before it. {} After it.</p>", PASSAGE.replace(' ', "\n &nbsp;")),
            PASSAGE.split(' ').flat_map(|word| ["<b>", word, "</b> "]).collect::<String>(),
        ] {
            assert_eq!(drifted(&rested(), &html), None, "{html}");
        }
    }

    #[test]
    fn the_same_in_other_words_is_no_drift() {
        for now in [
            "The synthetic ministry announced that 48,000 troops would be sent by June 2025, updated on Friday.",
            "By June 2025, the synthetic ministry said, 48,000 troops would be sent.",
            "Some 48 thousand troops will be sent, the synthetic ministry said.",
            "The synthetic ministry said 48,000 soldiers would be sent by June 2025.",
        ] {
            assert_eq!(drifted(&rested(), &format!("<p>Something else.</p><p>{now}</p>")), None, "{now}");
        }
    }

    #[test]
    fn another_figure_is_told_with_what_it_was() {
        let now = PASSAGE.replace("48,000", "36,000");
        let changed = Drift::FigureChanged { before: "48,000 troops".into(), after: "36,000 troops".into() };
        assert_eq!(drifted(&rested(), &format!("<p>{now}</p>")), Some(changed.clone()));
        let elsewhere = format!("<p>{now}</p><p>The meeting was watched by 48,000 people.</p>");
        assert_eq!(drifted(&rested(), &elsewhere), Some(changed));
    }

    #[test]
    fn another_date_is_told_too() {
        let date = RestedAtom { kind: AtomKind::Date, text: "Juni 2025".into(), found: "June 2025".into() };
        let rested = Rested {
            claim: "Die Soldaten sollen bis Juni 2025 entsandt werden.".into(),
            atoms: vec![date],
            ..rested()
        };
        let now = PASSAGE.replace("June 2025", "June 2027");
        let changed = Drift::FigureChanged { before: "June 2025".into(), after: "June 2027".into() };
        assert_eq!(drifted(&rested, &format!("<p>{now}</p>")), Some(changed));
    }

    #[test]
    fn a_sentence_turned_into_its_opposite_is_told() {
        let now = PASSAGE.replace("would be", "would not be");
        assert!(matches!(drifted(&rested(), &format!("<p>{now}</p>")), Some(Drift::WordingChanged { .. })));
        let beside = format!("<p>That was not known before. {PASSAGE}</p>");
        assert_eq!(drifted(&rested(), &beside), None);
        let other = "The synthetic ministry announced that 48,000 troops would be sent by June 2025. It was not asked.";
        assert_eq!(drifted(&rested(), &format!("<p>{other}</p>")), None);
    }

    #[test]
    fn a_passage_that_is_gone_is_told() {
        let gone = Some(Drift::PassageGone { before: PASSAGE.into() });
        for html in ["", "<p>The weather was fine in all of the land, and nobody complained of anything.</p>"]
        {
            assert_eq!(drifted(&rested(), html), gone, "{html}");
        }
        assert_eq!(drifted(&rested(), "<p>The synthetic ministry said that troops would be sent.</p>"), gone);
    }

    #[test]
    fn a_quotation_that_was_altered_is_told() {
        let quotation = RestedAtom {
            kind: AtomKind::Quotation,
            text: "“We will send what they need.”".into(),
            found: "We will send what they need".into(),
        };
        let rested = Rested {
            claim: "The spokesman said: “We will send what they need.”".into(),
            language: "en".into(),
            passage: "“We will send what they need,” the synthetic spokesman told reporters.".into(),
            atoms: vec![quotation],
        };
        let same = "<p>‘We will send what they need’, the synthetic spokesman told reporters.</p>";
        assert_eq!(drifted(&rested, same), None);
        let now = "<p>“We will send what they want,” the synthetic spokesman told reporters.</p>";
        let changed = Drift::WordingChanged {
            before: "We will send what they need".into(),
            after: "We will send what they want".into(),
        };
        assert_eq!(drifted(&rested, now), Some(changed));
    }

    #[test]
    fn a_name_alone_makes_no_drift_beside_a_figure() {
        let name = RestedAtom { kind: AtomKind::Name, text: "Ministerium".into(), found: "ministry".into() };
        let rested = Rested { atoms: vec![figure("48.000 Soldaten", "48,000 troops"), name], ..rested() };
        let now = PASSAGE.replace("ministry", "department");
        assert_eq!(drifted(&rested, &format!("<p>{now}</p>")), None);
    }
}
