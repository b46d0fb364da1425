//! Passages with the words marked that carried the match.

use serde::Serialize;

use crate::dossier::EvidenceFacts;
use crate::report::wording::tame;

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Segment {
    /// Its text.
    pub(super) text: String,
    /// Whether it carried the match.
    pub(super) is_marked: bool,
}

/// The passage of `evidence` in pieces, the marked ones apart. Marks may overlap, be out of order or reach past
/// the end: a dossier can come from another machine.
pub(super) fn segments(evidence: &EvidenceFacts) -> Vec<Segment> {
    let chars: Vec<char> = evidence.passage.chars().collect();
    let mut marks = evidence.marks.clone();
    marks.sort_unstable();
    let mut segments = Vec::new();
    let mut done = 0;
    for (start, end) in marks {
        let start = start.clamp(done, chars.len());
        let end = end.clamp(start, chars.len());
        if start < end {
            push(&mut segments, &chars[done..start], false);
            push(&mut segments, &chars[start..end], true);
            done = end;
        }
    }
    push(&mut segments, &chars[done..], false);
    segments
}

fn push(segments: &mut Vec<Segment>, chars: &[char], is_marked: bool) {
    let text = tame(&chars.iter().collect::<String>());
    if !text.is_empty() {
        segments.push(Segment { text, is_marked });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn evidence(passage: &str, marks: Vec<(usize, usize)>) -> EvidenceFacts {
        EvidenceFacts {
            citation: "c1".into(),
            passage: passage.into(),
            prefix: String::new(),
            suffix: String::new(),
            start: 0,
            end: 0,
            score: 0.0,
            margin: 0.0,
            similarity: None,
            origin: None,
            link: None,
            marks,
        }
    }

    #[test]
    fn marks_are_counted_in_characters() {
        let shown: Vec<(String, bool)> = segments(&evidence("zäh wie Öl", vec![(8, 10), (0, 3)]))
            .into_iter()
            .map(|segment| (segment.text, segment.is_marked))
            .collect();
        assert_eq!(shown, [("zäh".into(), true), (" wie ".into(), false), ("Öl".into(), true)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn whatever_the_marks_the_text_is_whole(text in "[a-zäö ]{0,30}", marks in prop::collection::vec((0usize..40, 0usize..40), 0..6)) {
            let whole: String = segments(&evidence(&text, marks)).into_iter().map(|segment| segment.text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
