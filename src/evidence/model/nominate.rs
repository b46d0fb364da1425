//! The sentences that a model holds most similar to a claim.

use super::direction::Direction;
use crate::evidence::atoms::Part;
use crate::evidence::index::ReadablePage;
use crate::evidence::passage::{self, Sought, Window};

/// The most candidates of a claim.
const MOST: usize = 5;
/// A sentence that is shorter than this, in bytes, is a label: it says too little to bear a claim.
const LABEL: usize = 25;

/// The sentences of the pages that are most similar to `claim`, best first, each scored by what it has of the claim's
/// `parts` and words. Those that overlap one of `shown` are left out, and so are those that turn away from the claim.
///
/// Empty where the pages have no model beside them.
pub(in crate::evidence) fn nominate(
    claim: &str,
    parts: &[Part],
    sought: &[Sought<'_>],
    shown: &[Window],
) -> Vec<Window> {
    let mut nearest: Vec<(f64, usize, u32)> =
        sought.iter().enumerate().flat_map(|(number, sought)| similar(claim, sought.page, number)).collect();
    nearest.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    nearest.truncate(MOST);
    nearest
        .into_iter()
        .map(|(_, page, sentence)| passage::of_sentence(parts, &sought[page], page, sentence))
        .filter(|window| !shown.iter().any(|other| other.overlaps(window)))
        .collect()
}

/// The sentences of `page` that have anything of the direction of `claim`, with how similar they are.
fn similar(claim: &str, page: &ReadablePage<'_>, number: usize) -> Vec<(f64, usize, u32)> {
    let Some(model) = page.model else { return Vec::new() };
    let claim = model.direction(claim);
    let of_sentence = |(sentence, direction): (u32, &Direction)| {
        let similarity = claim.similarity(direction).filter(|similarity| *similarity > 0.0)?;
        (page.span(sentence, sentence).len() >= LABEL).then_some((similarity, number, sentence))
    };
    (0..).zip(page.directions()).filter_map(of_sentence).collect()
}

/// How similar the model beside `page` holds `passage` to `claim`, −1 to 1; `None` where there is no model, or it knows
/// nothing of one of them.
pub(in crate::evidence) fn similarity(claim: &str, page: &ReadablePage<'_>, passage: &str) -> Option<f64> {
    let model = page.model?;
    model.direction(claim).similarity(&model.direction(passage))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;
    use url::Url;

    use super::super::loaded::{Embedding, Model};
    use crate::citation::{Claim, ClaimId, SourceId};
    use crate::evidence::{
        Explained, Explanation, PageText, Passage, ReadablePage, Verdict, Weighed, Written, explain, weigh,
    };

    /// Models that are wrong in every way.
    #[derive(Clone, Debug)]
    enum Hostile {
        /// Every sentence says what the claim says.
        AllTheSame,
        /// Whatever comes out of the bytes of a text.
        Chance(u32),
        /// No number at all.
        Nonsense,
        /// Only texts with the word say what the claim says, which has it.
        About(&'static str),
    }

    impl Embedding for Hostile {
        fn vector(&self, text: &str) -> Vec<f32> {
            match self {
                Self::AllTheSame => vec![1.0, 1.0],
                Self::Nonsense => vec![f32::NAN, 1.0],
                Self::About(word) if text.contains(word) => vec![1.0, 0.0],
                Self::About(_) => vec![0.0, 1.0],
                Self::Chance(seed) => (0..4)
                    .map(|number| {
                        let mix = |mixed: u32, byte: u8| (mixed ^ u32::from(byte)).wrapping_mul(16_777_619);
                        let [high, ..] = text.bytes().fold(seed.wrapping_add(number), mix).to_be_bytes();
                        f32::from(high) - 127.5
                    })
                    .collect(),
            }
        }
    }

    fn claim(text: &str) -> Claim {
        let sources = vec![SourceId(1), SourceId(2)];
        Claim { id: ClaimId(1), text: text.to_owned(), places: Vec::new(), sources, binding: None }
    }

    /// What is found for `text` on `pages`, and why, with a model beside them.
    fn found(text: &str, pages: &[&str], model: Option<Hostile>) -> (Weighed, Explanation) {
        let url = Url::parse("https://news.test/story").unwrap();
        let model = model.map(Model::of);
        let pages: Vec<PageText> = pages.iter().map(|page| PageText::read("text/plain", page)).collect();
        let ready: Vec<ReadablePage<'_>> = (1..)
            .zip(&pages)
            .map(|(id, page)| ReadablePage::new(SourceId(id), &url, page).beside(model.as_ref()))
            .collect();
        let (claim, written) = (claim(text), Written::in_language("de"));
        (weigh(&claim, written, &ready), explain(&claim, written, &ready))
    }

    /// The same without what a model says.
    fn without_model((weighed, explanation): (Weighed, Explanation)) -> (Weighed, Explanation) {
        let passages = |passages: Vec<Passage>| {
            passages.into_iter().map(|passage| Passage { similarity: None, ..passage }).collect()
        };
        let explained =
            explanation.passages.into_iter().map(|passage| Explained { similarity: None, ..passage });
        let plain = |weighed: Weighed| Weighed {
            passages: passages(weighed.passages),
            candidates: Vec::new(),
            ..weighed
        };
        let explanation = Explanation {
            weighed: plain(explanation.weighed),
            passages: explained.collect(),
            candidates: Vec::new(),
            rules: String::new(),
            ..explanation
        };
        (plain(weighed), explanation)
    }

    const ABSENT: &str = "Der Hafen von Rotterdam schlug im Mai 2024 rund 37 Millionen Tonnen Getreide um.";
    const PAGE: &str = "This is a synthetic page made for a test. The peacekeeping mission in Kosovo had 48,000 troops.\n\
        Short.\nThe weather was mild over the weekend. Nobody was there to see it.\nThe market closes at noon on Friday. More rain is \
        expected later.";

    #[test]
    fn what_is_absent_stays_absent_whatever_a_model_says() {
        let (weighed, explanation) = found(ABSENT, &[PAGE], Some(Hostile::AllTheSame));
        assert_eq!(weighed.verdict, Verdict::NotLocated, "{weighed:#?}");
        assert!(weighed.atoms.iter().all(|atom| !atom.outcome.is_borne_out()), "{weighed:#?}");
        assert_eq!(weighed.passages, []);
        assert_eq!(weighed.candidates.len(), super::MOST);
        assert!(weighed.candidates.iter().all(|candidate| candidate.similarity > Some(0.999)));
        assert!(weighed.candidates.iter().all(|candidate| candidate.score < explanation.floor));
        assert!(explanation.rules.contains(", model "), "{}", explanation.rules);
    }

    #[test]
    fn candidates_are_the_most_similar_sentences_and_no_labels() {
        let pages = [PAGE, "Another synthetic page. It was mild here too, and mild over there."];
        let (weighed, _) = found(&format!("{ABSENT} Es war mild."), &pages, Some(Hostile::About("mild")));
        let texts: Vec<&str> = weighed.candidates.iter().map(|candidate| candidate.text.as_str()).collect();
        assert_eq!(
            texts,
            ["The weather was mild over the weekend.", "It was mild here too, and mild over there."]
        );
        assert_eq!(weighed.candidates[1].source, SourceId(2));
        let all = found(ABSENT, &[PAGE], Some(Hostile::AllTheSame)).0.candidates;
        assert!(all.iter().all(|candidate| candidate.text != "Short."), "{all:#?}");
    }

    #[test]
    fn where_a_passage_says_something_a_report_has_no_candidate_and_the_similarity_stands_beside_the_score() {
        let claim = "Die Friedensmission im Kosovo hatte 48.000 Soldaten.";
        let plain = found(claim, &[PAGE], None);
        let (weighed, explanation) = found(claim, &[PAGE], Some(Hostile::AllTheSame));
        assert_eq!((weighed.verdict, weighed.candidates.as_slice()), (Verdict::Located, [].as_slice()));
        assert_eq!((plain.0.passages[0].similarity, plain.1.candidates.len()), (None, 0));
        assert!(weighed.passages[0].similarity > Some(0.999));
        assert!((weighed.passages[0].score - plain.0.passages[0].score).abs() < f64::EPSILON);
        assert!(!explanation.candidates.is_empty(), "an explanation has them for every claim");
        let shown = explanation.passages.iter().map(|passage| &passage.range);
        let apart = |range: &std::ops::Range<usize>| {
            explanation
                .candidates
                .iter()
                .all(|other| range.end <= other.range.start || other.range.end <= range.start)
        };
        assert!(shown.into_iter().all(apart), "{explanation:#?}");
    }

    #[test]
    fn a_model_that_gives_no_numbers_nominates_nothing() {
        let (weighed, _) = found(ABSENT, &[PAGE], Some(Hostile::Nonsense));
        assert_eq!(weighed.candidates, []);
    }

    fn sentences(words: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
        let sentence = prop::collection::vec(select(words), 1..7).prop_map(|words| words.join(" ") + ".");
        prop::collection::vec(sentence, 0..most).prop_map(|sentences| sentences.join(" "))
    }

    const GERMAN: [&str; 14] = [
        "Die Friedensmission",
        "im Kosovo",
        "48.000 Soldaten",
        "begann",
        "1999",
        "nicht",
        "150 Milliarden Euro",
        "„Koalition der Willigen“",
        "die Europäische Kommission",
        "Starmer",
        "am 4. März 2025",
        "50 Mal so groß",
        "Kredite",
        "„we will not send any soldiers there“",
    ];
    const ENGLISH: [&str; 16] = [
        "The peacekeeping mission",
        "in Kosovo",
        "48,000 troops",
        "38,000 troops",
        "began",
        "1999",
        "not",
        "€150 billion",
        "$150 billion",
        "“coalition of the willing”",
        "the European Commission",
        "Starmer",
        "on March 4, 2025",
        "50 times the size",
        "loans",
        "“We will not send any soldiers there”",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn no_model_changes_what_is_found(
            text in sentences(&GERMAN, 3),
            one in sentences(&ENGLISH, 40),
            other in sentences(&ENGLISH, 4),
            model in prop_oneof![Just(Hostile::AllTheSame), Just(Hostile::Nonsense), Just(Hostile::About("mission")), any::<u32>().prop_map(Hostile::Chance)],
        ) {
            let (mut plain, with) = (found(&text, &[&one, &other], None), found(&text, &[&one, &other], Some(model)));
            let says_something = with.0.passages.iter().any(|passage| passage.score >= with.1.floor);
            prop_assert!(!says_something || with.0.candidates.is_empty());
            plain.1.rules = String::new();
            prop_assert_eq!(without_model(with), plain);
        }
    }
}
