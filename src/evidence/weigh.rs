//! Weighs a claim against the pages of its sources.

use std::ops::Range;

use super::atoms::Part;
use super::checkable::speaker;
use super::content::ContentWord;
use super::cue::Cues;
use super::index::ReadablePage;
use super::language::Language;
use super::link;
use super::model::{nominate, similarity};
use super::outcome::{Finding, Judge, keyed_words, partner_ranges};
use super::passage::{self, Sought, Window};
use super::read_claim::ReadClaim;
use super::token::{Token, tokens};
use super::turn;
use super::verdict::{Ground, decide};
use super::weighed::{Atom, Outcome, Passage, Verdict, Weighed};
use super::written::Written;
use crate::citation::Claim;

/// The most passages that are shown for a claim.
const MOST_PASSAGES: usize = 3;
/// How many characters before and after a passage make it unmistakable.
const CONTEXT: usize = 32;

/// Weighs `claim`, a sentence `written` so, against those of `pages` that it cites.
///
/// Pages of other sources are passed over, so that the pages of an article are prepared once for all of its claims. A claim
/// all of whose sources are missing from `pages` is [`Verdict::SourceUnavailable`](super::Verdict::SourceUnavailable).
pub fn weigh(claim: &Claim, written: Written<'_>, pages: &[ReadablePage<'_>]) -> Weighed {
    let read = ReadClaim::new(claim, written, pages);
    let ReadClaim { language: spoken, tokens, cited, .. } = &read;
    let sought = read.sought();
    let windows = passage::windows(&read.parts, &sought);
    // That both name a Tuesday says nothing unless the passage is surely about the same thing.
    let is_clear = windows.first().is_some_and(Window::is_clear);
    let parts = &if is_clear { read.dated_parts() } else { read.parts.clone() };
    let judge =
        Judge { claim: &claim.text, language: written.language, parts, sought: &sought, windows: &windows };
    let findings = judge.findings();
    let atoms: Vec<Atom> = parts
        .iter()
        .zip(&findings)
        .map(|(part, finding)| atom(&claim.text, part, finding, &sought))
        .collect();
    let doubt = other_speaker(&claim.text, *spoken, parts, &findings, &sought)
        .or_else(|| doubt(tokens, *spoken, (parts, &findings), &sought, &windows));
    let (verdict, reason) = decide(ground(claim, cited, &windows), &atoms, doubt);
    let chosen = chosen(&findings, &sought, &windows);
    let show = |window: &Window| shown(&claim.text, window, &findings, &sought, &windows);
    let passages: Vec<Passage> = chosen.iter().map(show).collect();
    let says_nothing = windows.first().is_some_and(|best| !best.says_something());
    let is_far = verdict == Verdict::NotLocated && says_nothing && !passages.is_empty();
    let reason = reason.or_else(|| is_far.then_some("the passage that comes nearest has too little of it"));
    // All is decided. What follows is for a reader who would otherwise have nothing to look at.
    let candidates = if chosen.iter().any(Window::says_something) {
        Vec::new()
    } else {
        nominate(&claim.text, &read.parts, &sought, &chosen)
    };
    let candidates = candidates.iter().map(show).collect();
    Weighed { verdict, reason: reason.map(str::to_owned), atoms, passages, candidates }
}

fn ground(claim: &Claim, cited: &[&ReadablePage<'_>], windows: &[Window]) -> Ground {
    match windows.first() {
        _ if claim.sources.is_empty() => Ground::NoSource,
        _ if cited.iter().all(|page| page.text.text.is_empty()) => Ground::NothingRead,
        Some(best) if best.is_clear() => Ground::ClearPassage,
        Some(best) if best.says_something() => Ground::Passage,
        _ => Ground::NoPassage,
    }
}

/// Why a reader should look: a transcript gives the words of a quotation to somebody else than the claim does.
fn other_speaker(
    claim: &str,
    language: Language,
    parts: &[Part],
    findings: &[Finding],
    sought: &[Sought<'_>],
) -> Option<&'static str> {
    let is_another = |(part, finding): (&Part, &Finding)| {
        let Part::Quotation(quotation) = part else { return None };
        let (page, found) = finding.place.as_ref()?;
        let said = turn::speaker_at(&sought.get(*page)?.page.text.text, found.start)?;
        let named = claim.get(speaker(claim, &quotation.range, language)?)?;
        Some(turn::is_another(said, named, language))
    };
    let another = parts.iter().zip(findings).filter_map(is_another).any(|another| another);
    another.then_some("check by hand: the transcript gives these words to somebody else")
}

/// Why a reader should look although the pages have every part of the claim.
fn doubt(
    claim: &[Token<'_>],
    language: Language,
    (parts, findings): (&[Part], &[Finding]),
    sought: &[Sought<'_>],
    windows: &[Window],
) -> Option<&'static str> {
    if findings.iter().any(|finding| finding.is_contradicted) {
        return Some("check by hand: the passage that is most about it gives another figure");
    }
    // The words of a quotation that stands there say themselves what they mean; a term of a word or two does not.
    let is_quotation = |part: &Part| matches!(part, Part::Quotation(_));
    if parts.iter().zip(findings).any(|(part, finding)| is_quotation(part) && is_quoted(finding)) {
        return None;
    }
    let best = windows.first()?;
    let sentence = passage::best_sentence(windows)?;
    let page = sought.get(sentence.page)?.page;
    let text = page.text.text.get(page.span(sentence.first, sentence.last))?;
    // Words that have no translation known to beleg say nothing; within one language, words that are not there are not said.
    if page.language == language && language != Language::Other && !best.is_full() {
        return Some("the passage lacks much of what the claim says");
    }
    Cues::doubt(Cues::of(claim, language), Cues::of(&tokens(text), page.language))
}

fn atom(claim: &str, part: &Part, finding: &Finding, sought: &[Sought<'_>]) -> Atom {
    let range = part.range();
    let place = finding.place.as_ref().and_then(|(page, found)| {
        let page = sought.get(*page)?.page;
        Some((page.source, page.text.text.get(found.clone())?.to_owned()))
    });
    let (source, found) = place.unzip();
    Atom {
        kind: part.kind(),
        text: claim.get(range.clone()).unwrap_or_default().to_owned(),
        range,
        outcome: finding.outcome,
        found,
        source,
    }
}

/// The passages to show: the one that a quotation was found in, then the best that do not overlap. Where none says anything of
/// the claim, the one that comes nearest, so that nobody has to look for it.
fn chosen(findings: &[Finding], sought: &[Sought<'_>], windows: &[Window]) -> Vec<Window> {
    let mut chosen: Vec<Window> = findings
        .iter()
        .filter(|finding| is_quoted(finding))
        .filter_map(|finding| quoted_window(finding, sought, windows))
        .take(1)
        .collect();
    for window in windows.iter().filter(|window| window.says_something()) {
        if chosen.len() >= MOST_PASSAGES {
            break;
        }
        if !chosen.iter().any(|other| other.overlaps(window)) {
            chosen.push(window.clone());
        }
    }
    if chosen.is_empty() {
        chosen.extend(windows.first().filter(|window| window.is_near()).cloned());
    }
    chosen
}

fn is_quoted(finding: &Finding) -> bool {
    matches!(finding.outcome, Outcome::Verbatim | Outcome::VerbatimWithOmissions | Outcome::Altered)
}

/// The window that a quotation stands in. Its words on the page lift its score to 1.
fn quoted_window(finding: &Finding, sought: &[Sought<'_>], windows: &[Window]) -> Option<Window> {
    let (number, range) = finding.place.as_ref()?;
    let page = sought.get(*number)?.page;
    // A term of a word or two stands in many places, and says nothing of where the claim is from.
    if page.text.text.get(range.clone())?.split_whitespace().count() < 4 {
        return None;
    }
    let (first, last) = (page.sentence_at(range.start), page.sentence_at(range.end.saturating_sub(1)));
    let scored =
        windows.iter().find(|window| window.page == *number && window.first <= first && last <= window.last);
    let base = scored.cloned().unwrap_or(Window { page: *number, first, last, score: 0.0, coverage: 0.0 });
    let score = if finding.outcome == Outcome::Altered { base.score } else { 1.0 };
    Some(Window { score, ..base })
}

fn shown(
    claim: &str,
    window: &Window,
    findings: &[Finding],
    sought: &[Sought<'_>],
    windows: &[Window],
) -> Passage {
    let page = sought[window.page].page;
    let text = &page.text.text;
    let span = page.span(window.first, window.last);
    let words: Vec<&ContentWord> = sought[window.page].words.iter().collect();
    let keyed = keyed_words(page, span.clone());
    let found = findings
        .iter()
        .filter_map(|finding| finding.place.as_ref())
        .filter(|(number, _)| *number == window.page)
        .map(|(_, range)| range.clone());
    let mut marks: Vec<Range<usize>> = partner_ranges(&words, &keyed)
        .chain(found)
        .map(|range| range.start.max(span.start)..range.end.min(span.end))
        .filter(|range| range.start < range.end)
        .map(|range| range.start - span.start..range.end - span.start)
        .collect();
    let runner_up = windows.iter().find(|other| !other.overlaps(window)).map_or(0.0, |other| other.score);
    let start = text[..span.start].chars().count();
    let passage = text[span.clone()].to_owned();
    Passage {
        source: page.source,
        prefix: last_characters(&text[..span.start]),
        suffix: text[span.end..].chars().take(CONTEXT).collect(),
        range: start..start + passage.chars().count(),
        score: window.score,
        margin: window.score - runner_up,
        similarity: similarity(claim, page, &passage),
        link: link::to_passage(page.url, text, page.lower(), span.clone()),
        marks: merged(&mut marks),
        text: passage,
    }
}

fn last_characters(text: &str) -> String {
    let start = text.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    text[start..].to_owned()
}

/// The ranges in order, those that overlap made one.
fn merged(ranges: &mut [Range<usize>]) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges.iter() {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil;
    use proptest::prelude::*;
    use url::Url;

    use super::super::page::PageText;
    use super::super::weights::weights;
    use super::*;
    use crate::citation::{ClaimId, SourceId};

    const KOSOVO: &str = "Im Vergleich dazu umfasste die Friedensmission, die 1999 im Kosovo begann, 48.000 Soldaten, während die Ukraine mehr \
        als 50 Mal so groß ist wie das Kosovo.";
    const LOANS: &str = "Die Europäische Kommission hat bereits Pläne zur Entwicklung eines Fonds für die Verteidigungsindustrien vorgestellt und \
        schlägt vor, dass EU-Länder bis zu 150 Milliarden Euro an Krediten aufnehmen können.";
    const FILLER: &str = "This is a synthetic page made for a test. The weather was mild over the weekend. Nobody was there to see it. A new \
        library opened in the old town hall, and 1,200 visitors came on the first day.\n";

    fn page(body: &str) -> PageText {
        PageText::read(
            "text/plain",
            &format!("{FILLER}{body}\nThe market closes at noon. More rain is expected later this week."),
        )
    }

    fn weighed(text: &str, language: &str, pages: &[PageText]) -> Weighed {
        weighed_as(text, Written::in_language(language), pages)
    }

    fn weighed_as(text: &str, written: Written<'_>, pages: &[PageText]) -> Weighed {
        let url = Url::parse("https://news.test/story").unwrap();
        let ready: Vec<ReadablePage<'_>> =
            (1..).zip(pages).map(|(id, page)| ReadablePage::new(SourceId(id), &url, page)).collect();
        let sources = ready.iter().map(|page| page.source).collect();
        weigh(
            &Claim { id: ClaimId(1), text: text.to_owned(), places: Vec::new(), sources, binding: None },
            written,
            &ready,
        )
    }

    fn outcome<'a>(weighed: &'a Weighed, text: &str) -> (Outcome, Option<&'a str>) {
        let atom = weighed
            .atoms
            .iter()
            .find(|atom| atom.text == text)
            .unwrap_or_else(|| panic!("no {text} in {:?}", weighed.atoms));
        (atom.outcome, atom.found.as_deref())
    }

    fn kosovo(troops: &str) -> Weighed {
        let body = format!(
            "By comparison, the peacekeeping mission in Kosovo that began in 1999 had {troops}. Ukraine is more than 50 times the size of Kosovo."
        );
        weighed(KOSOVO, "de", &[page(&body)])
    }

    #[test]
    fn a_figure_that_the_page_bears_out_is_located() {
        let found = kosovo("48,000 troops");
        assert_eq!(outcome(&found, "48.000 Soldaten"), (Outcome::Same, Some("48,000 troops")));
        assert_eq!(outcome(&found, "50 Mal"), (Outcome::Same, Some("50 times")));
        assert_eq!(outcome(&found, "1999"), (Outcome::Same, Some("1999")));
        assert_eq!(found.verdict, Verdict::Located, "{found:#?}");
        let passage = &found.passages[0];
        assert!(passage.text.starts_with("By comparison, the peacekeeping mission"), "{}", passage.text);
        assert!(
            passage
                .link
                .as_deref()
                .is_some_and(|link| link.starts_with("https://news.test/story#:~:text=By%20comparison%2C"))
        );
        let marked: Vec<&str> = passage.marks.iter().map(|mark| &passage.text[mark.clone()]).collect();
        assert!(marked.contains(&"48,000 troops") && marked.contains(&"Kosovo"), "{marked:?}");
        assert_eq!(passage.prefix.chars().count(), CONTEXT);
    }

    #[test]
    fn another_figure_in_its_place_differs() {
        let found = kosovo("38,000 troops");
        assert_eq!(outcome(&found, "48.000 Soldaten"), (Outcome::Differs, Some("38,000 troops")));
        assert_eq!(found.verdict, Verdict::Differs);
    }

    #[test]
    fn a_day_that_is_counted_from_the_day_of_writing_is_held_against_days_of_the_page() {
        const CLAIM: &str =
            "Der Verteidigungsminister eröffnete am Dienstag die Konferenz der Bürgermeister in Hamburg.";
        let page = |day: &str| {
            let said = format!("The defence minister opened the conference of mayors in Hamburg {day}.");
            let html = format!(
                "<html lang=en><meta property=article:published_time content=2025-03-05T08:00:00Z><p>{FILLER}<p>{said}"
            );
            [PageText::read("text/html", &html)]
        };
        let of = |on, day: &str| {
            let on = Some(on);
            let weighed = weighed_as(CLAIM, Written { language: "de", on }, &page(day));
            let (outcome, found) = outcome(&weighed, "am Dienstag");
            (outcome, found.map(str::to_owned), weighed.verdict)
        };
        let wednesday = civil::date(2025, 3, 5);
        for day in ["on Tuesday", "yesterday", "on March 4, 2025"] {
            let found = day.trim_start_matches("on ").to_owned();
            let (outcome, said, verdict) = of(wednesday, day);
            assert_eq!((outcome, verdict), (Outcome::Same, Verdict::Located), "{day}");
            assert!(said.is_some_and(|said| said.ends_with(&found)), "{day}");
        }
        let (outcome, _, verdict) = of(wednesday, "on Monday");
        assert_eq!((outcome, verdict), (Outcome::NotFound, Verdict::PartlyLocated));
        let beside = "on Monday. The mayors of Hamburg met the defence minister on Tuesday";
        assert_eq!(of(wednesday, beside).0, Outcome::NotFound, "is said of something else");
        // A fortnight later it is another Tuesday.
        assert_eq!(of(civil::date(2025, 3, 19), "on Tuesday").0, Outcome::NotFound);
        let undated = weighed(CLAIM, "de", &page("on Monday"));
        assert!(undated.atoms.iter().all(|atom| atom.text != "am Dienstag"), "{:?}", undated.atoms);
    }

    #[test]
    fn a_date_with_a_slip_in_it_differs() {
        let body = page(
            "The museum of the town opens on 12 September 2021 with a concert, the mayor said. The concert begins early.",
        );
        let claim = |date: &str| {
            format!("Das Museum der Stadt eröffnet am {date} mit einem Konzert, sagte der Bürgermeister.")
        };
        let slip = weighed(&claim("12. September 1021"), "de", std::slice::from_ref(&body));
        assert_eq!(slip.verdict, Verdict::Differs, "{slip:#?}");
        let right = weighed(&claim("12. September 2021"), "de", &[body]);
        assert_eq!(right.verdict, Verdict::Located, "{right:#?}");
    }

    #[test]
    fn an_impossible_year_differs_from_the_year_of_the_page() {
        let body = page("The singer left the group in 1970 after a long quarrel about the songs.");
        let found = weighed("Der Sänger verließ die Gruppe nach einem langen Streit 2970.", "de", &[body]);
        assert_eq!(found.verdict, Verdict::Differs, "{found:#?}");
    }

    #[test]
    fn a_rounded_figure_of_something_else_is_not_the_same() {
        let body = page(
            "The police counted more than 250 races last year. Proceedings were opened in many cities of the region.",
        );
        let found = weighed("In vielen Städten der Region wurden 252 Verfahren eröffnet.", "de", &[body]);
        assert_ne!(outcome(&found, "252 Verfahren").0, Outcome::SameRounded, "{found:#?}");
    }

    #[test]
    fn another_currency_is_never_converted_and_another_amount_differs() {
        let body = |amount: &str| {
            page(&format!(
                "The European Commission has already presented plans for a fund for the defense industries. It proposes that EU countries can take \
                 {amount} in loans."
            ))
        };
        let dollars = weighed(LOANS, "de", &[body("up to $150 billion")]);
        assert_eq!(outcome(&dollars, "150 Milliarden Euro"), (Outcome::OtherCurrency, Some("$150 billion")));
        assert_eq!(dollars.verdict, Verdict::PartlyLocated);
        let euros = weighed(LOANS, "de", &[body("€800 billion")]);
        assert_eq!(outcome(&euros, "150 Milliarden Euro"), (Outcome::Differs, Some("€800 billion")));
        assert_eq!(euros.verdict, Verdict::Differs);
        let other = weighed(LOANS, "de", &[body("$800 billion")]);
        assert_eq!(outcome(&other, "150 Milliarden Euro").0, Outcome::NotFound);
    }

    #[test]
    fn a_page_that_gives_two_figures_is_for_a_reader_to_look_at() {
        let page = page(
            "The peacekeeping mission in Kosovo that began in 1999 had 38,000 troops at that time, the office said. \
             Years later, a museum in Kosovo wrote of 48,000 troops.",
        );
        let found =
            weighed("Die Friedensmission im Kosovo, die 1999 begann, hatte 48.000 Soldaten.", "de", &[page]);
        assert_eq!(found.verdict, Verdict::PartlyLocated);
        assert!(found.reason.as_deref().unwrap().contains("another figure"), "{:?}", found.reason);
    }

    #[test]
    fn what_one_side_alone_denies_is_for_a_reader_to_look_at() {
        let pages = [page("The European Commission did not agree to the plan for 150 factories in Poland.")];
        let found = weighed(
            "Die Europäische Kommission stimmte dem Plan für 150 Fabriken in Polen zu.",
            "de",
            &pages,
        );
        assert_eq!(found.verdict, Verdict::PartlyLocated);
        assert!(found.reason.as_deref().unwrap().starts_with("check by hand"), "{:?}", found.reason);
    }

    #[test]
    fn a_transcript_that_gives_a_quotation_to_somebody_else_is_for_a_reader_to_look_at() {
        let interview = "QUESTION: The plan of the ministers is a very good one for all of Europe.\nSECRETARY RUBIO: It may be so.";
        let claim = |who: &str| {
            format!("“The plan of the ministers is a very good one for all of Europe,” said {who}.")
        };
        let given_to = |who: &str| weighed(&claim(who), "en", &[page(interview)]);
        let wrong = given_to("Marco Rubio");
        assert_eq!(wrong.verdict, Verdict::PartlyLocated, "{wrong:?}");
        assert!(wrong.reason.as_deref().unwrap().contains("somebody else"), "{:?}", wrong.reason);
        assert_eq!(given_to("a journalist").verdict, Verdict::Located);
    }

    #[test]
    fn a_day_counted_from_that_of_the_page_bears_a_date_out_and_contradicts_none() {
        let claim = "Das synthetische Ministerium stellte den Plan am 4. März 2025 in Brüssel vor.";
        let outcome_of = |words: &str, published: Option<&str>| {
            let text = format!("The synthetic ministry presented the plan in Brussels {words}.");
            let pages = [PageText { published: published.map(str::to_owned), ..page(&text) }];
            outcome(&weighed(claim, "de", &pages), "4. März 2025").0
        };
        assert_eq!(outcome_of("on Tuesday", Some("2025-03-07")), Outcome::Same);
        assert_eq!(outcome_of("three days ago", Some("2025-03-07T10:00:00Z")), Outcome::Same);
        assert_eq!(outcome_of("on Monday", Some("2025-03-07")), Outcome::NotFound);
        assert_eq!(outcome_of("on Tuesday", None), Outcome::NotFound);
    }

    #[test]
    fn the_day_of_the_page_bears_out_a_date() {
        let text =
            "The ministers of Poland and France signed the agreement on 150 new trains in Warsaw today.";
        let day = |published: &str| {
            let pages = [PageText { published: Some(published.to_owned()), ..page(text) }];
            let claim = "Am 4. März 2025 unterzeichneten die Minister von Polen und Frankreich in Warschau das Abkommen über 150 neue Züge.";
            outcome(&weighed(claim, "de", &pages), "4. März 2025").0
        };
        assert_eq!(day("2025-03-04T10:00:00Z"), Outcome::Same);
        assert_eq!(day("2025-03-09"), Outcome::NotFound);
    }

    #[test]
    fn a_link_names_words_beside_a_passage_that_stands_there_twice() {
        let twice = "Some 48,000 troops went to Kosovo.\nIn the capital it was said again: Some 48,000 troops went to Kosovo.";
        let found = weighed("48.000 Soldaten gingen in den Kosovo.", "de", &[page(twice)]);
        let links: Vec<&str> = found.passages.iter().filter_map(|passage| passage.link.as_deref()).collect();
        assert!(links.iter().any(|link| link.contains("-,Some")), "{links:?}");
    }

    #[test]
    fn what_is_not_there_comes_with_what_comes_nearest() {
        let claim = "Die Friedensmission verlor 1999 in einem synthetischen Winter ihre Zelte, Karten und Vorräte an das Hochwasser.";
        let near = page(
            "The peacekeeping mission is remembered by a stone in the park, and so is the winter of that year.",
        );
        let found = weighed(claim, "de", &[near]);
        assert_eq!(found.verdict, Verdict::NotLocated, "{found:#?}");
        assert_eq!(found.passages.len(), 1, "{found:#?}");
        assert!(found.reason.as_deref().unwrap().contains("nearest"), "{:?}", found.reason);
        assert!(found.passages[0].score < weights().thresholds.floor, "{found:#?}");
    }

    #[test]
    fn a_translated_quotation_is_a_possible_translation() {
        let claim = "„Dies ist ein einmaliges Ereignis für die Sicherheit Europas“, erklärte der britische Premierminister Keir Starmer und forderte \
            eine „Koalition der Willigen“.";
        let body = "“This is a once in a generation moment for the security of Europe,” British Prime Minister Keir Starmer said, calling for a \
            “coalition of the willing.”";
        let found = weighed(claim, "de", &[page(body)]);
        assert_eq!(
            outcome(&found, "„Koalition der Willigen“"),
            (Outcome::PossibleTranslation, Some("coalition of the willing"))
        );
        assert_eq!(
            outcome(&found, "„Dies ist ein einmaliges Ereignis für die Sicherheit Europas“").0,
            Outcome::PossibleTranslation
        );
        assert_eq!(outcome(&found, "Keir Starmer"), (Outcome::Same, Some("Keir Starmer")));
        assert_eq!(found.verdict, Verdict::Located);
    }

    #[test]
    fn a_sentence_that_no_page_holds_is_not_located() {
        let found = weighed(
            "Der Hafen von Rotterdam schlug im Mai 2024 rund 37 Millionen Tonnen Getreide um.",
            "de",
            &[page(KOSOVO_ENGLISH)],
        );
        assert_eq!(found.verdict, Verdict::NotLocated, "{found:#?}");
        assert!(found.passages.is_empty());
    }

    #[test]
    fn the_same_number_on_an_unrelated_page_is_chance() {
        let body = "The stadium sold 48,000 tickets for the concert. The band played 50 songs, and the show in 1999 was shorter.";
        let found = weighed(KOSOVO, "de", &[page(body)]);
        assert_eq!(found.verdict, Verdict::NotLocated, "{found:#?}");
        assert_eq!(outcome(&found, "48.000 Soldaten").0, Outcome::NotFound);
    }

    const KOSOVO_ENGLISH: &str = "The peacekeeping mission in Kosovo that began in 1999 had 48,000 troops. Ukraine is more than 50 times the size of Kosovo.";

    #[test]
    fn an_english_quotation_is_found_word_for_word_and_an_altered_one_is_not() {
        let body = "The minister spoke on Monday. “We will not send 500 soldiers to the border this year”, she told reporters.";
        let verbatim = weighed(
            "\"we will not send 500 soldiers to the border this year\", the minister said.",
            "en",
            &[page(body)],
        );
        assert_eq!(verbatim.atoms[0].outcome, Outcome::Verbatim);
        assert_eq!(verbatim.verdict, Verdict::Located, "{verbatim:#?}");
        assert!((verbatim.passages[0].score - 1.0).abs() < f64::EPSILON);
        for claim in [
            "\"We will send 500 soldiers to the border this year\", the minister said.",
            "\"We will not send 900 soldiers to the border this year\", the minister said.",
            "\"We will not send 500 soldiers to the border next year\", the minister said.",
        ] {
            let altered = weighed(claim, "en", &[page(body)]);
            assert_eq!(altered.atoms[0].outcome, Outcome::Altered, "{claim}: {altered:#?}");
            assert_eq!(altered.verdict, Verdict::Differs);
        }
    }

    #[test]
    fn what_cannot_be_looked_up_says_why() {
        let nothing = weighed("Das ist noch lange nicht vorbei.", "de", &[page(KOSOVO_ENGLISH)]);
        assert_eq!(
            (nothing.verdict, nothing.reason.as_deref()),
            (Verdict::NotCheckable, Some("nothing in it can be looked up"))
        );
        let sourceless = weighed(KOSOVO, "de", &[]);
        assert_eq!(
            (sourceless.verdict, sourceless.reason.as_deref()),
            (Verdict::NotCheckable, Some("no source in reach"))
        );
        let claim = Claim {
            id: ClaimId(1),
            text: KOSOVO.to_owned(),
            places: Vec::new(),
            sources: vec![SourceId(7)],
            binding: None,
        };
        assert_eq!(weigh(&claim, Written::in_language("de"), &[]).verdict, Verdict::SourceUnavailable);
    }

    #[test]
    fn the_page_that_bears_the_claim_is_chosen() {
        let pages = [
            page("Security guarantees were the topic of the talks in London, and the mission was discussed."),
            page(KOSOVO_ENGLISH),
        ];
        let found = weighed(KOSOVO, "de", &pages);
        assert_eq!(found.passages[0].source, SourceId(2));
        assert!(found.passages[0].margin > 0.1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn any_claim_and_page_give_ranges_within_them(claim in "[ a-zA-Zäß„“0-9.,%€\\n…]{0,80}", body in "[ a-zA-Zäß“”0-9.,%€\\n…]{0,200}") {
            let text = PageText::read("text/plain", &body);
            let found = weighed(&claim, "de", std::slice::from_ref(&text));
            for atom in &found.atoms {
                prop_assert_eq!(claim.get(atom.range.clone()), Some(atom.text.as_str()));
            }
            for passage in &found.passages {
                let characters: String = text.text.chars().skip(passage.range.start).take(passage.range.len()).collect();
                prop_assert_eq!(&characters, &passage.text);
                for mark in &passage.marks {
                    prop_assert!(passage.text.get(mark.clone()).is_some());
                }
            }
        }
    }
}
