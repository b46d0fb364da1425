//! Where something stands in the article, in the words by which a reader finds it.

use std::borrow::Cow;

use serde::Serialize;

use crate::article::{Kind, Place};

/// A part of the way to a place: `page 3`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Step {
    /// What is counted.
    pub(super) word: &'static str,
    /// Which one; of several places, all of them.
    pub(super) number: String,
}

/// The way to a place in an article of this kind; a dossier from before kinds were kept has none.
pub(super) fn steps(place: Place, kind: Option<Kind>) -> Vec<Step> {
    let step = |word, number: u32| Step { word, number: number.to_string() };
    // The lines of a PDF begin anew on every page.
    let page = place.page.filter(|_| kind == Some(Kind::Pdf)).map(|page| step("page", page));
    page.into_iter().chain([step(unit(kind, 1), place.line)]).collect()
}

/// `line 12`; `page 3, line 12`; `argument 2`.
pub(super) fn words(place: Place, kind: Option<Kind>) -> String {
    joined(&steps(place, kind), ", ")
}

/// What is said of a place, for formats that know lines alone: where the article has none, or begins them anew on every
/// page, the way there comes first.
pub(super) fn told(said: &str, place: Option<Place>, kind: Option<Kind>) -> Cow<'_, str> {
    match place.map(|place| steps(place, kind)).as_deref() {
        None | Some([Step { word: "line", .. }]) => Cow::Borrowed(said),
        Some(steps) => Cow::Owned(format!("{}: {said}", joined(steps, ", "))),
    }
}

/// As [`words`], short enough for a margin: `p3 line 12`.
pub(super) fn brief(place: Place, kind: Option<Kind>) -> String {
    joined(&steps(place, kind), " ").replace("page ", "p").replace("paragraph", "para")
}

/// The ways to several places: `lines 3, 7`; `page 1, line 3` and `page 2, line 7`.
pub(super) fn all(places: &[Place], kind: Option<Kind>) -> Vec<Vec<Step>> {
    if kind == Some(Kind::Pdf) || places.is_empty() {
        return places.iter().map(|place| steps(*place, kind)).collect();
    }
    let numbers: Vec<String> = places.iter().map(|place| place.line.to_string()).collect();
    vec![vec![Step { word: unit(kind, places.len()), number: numbers.join(", ") }]]
}

/// Where several places are, in words: `lines 3, 7`; of a PDF `page 1, line 3; page 2, line 7`.
pub fn places_in_words(places: &[Place], kind: Option<Kind>) -> String {
    let ways: Vec<String> = all(places, kind).iter().map(|steps| joined(steps, ", ")).collect();
    ways.join("; ")
}

/// What the lines of such an article are.
fn unit(kind: Option<Kind>, count: usize) -> &'static str {
    let (one, many) = match kind {
        Some(Kind::Docx | Kind::Odt | Kind::Epub) => ("paragraph", "paragraphs"),
        Some(Kind::Arguments) => ("argument", "arguments"),
        _ => ("line", "lines"),
    };
    if count == 1 { one } else { many }
}

fn joined(steps: &[Step], between: &str) -> String {
    let words: Vec<String> = steps.iter().map(|step| format!("{} {}", step.word, step.number)).collect();
    words.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place { line: 12, column: 1, page: Some(3) };

    #[test]
    fn a_place_is_named_by_what_the_format_has() {
        let named = |kind| words(PLACE, Some(kind));
        assert_eq!(named(Kind::Pdf), "page 3, line 12");
        assert_eq!(named(Kind::Plain), "line 12", "lines go on over the pages of a text");
        assert_eq!(named(Kind::Docx), "paragraph 12");
        assert_eq!(named(Kind::Arguments), "argument 12");
        assert_eq!(words(PLACE, None), "line 12");
        assert_eq!(brief(PLACE, Some(Kind::Pdf)), "p3 line 12");
        assert_eq!(brief(PLACE, Some(Kind::Epub)), "para 12");
    }

    #[test]
    fn where_a_line_alone_does_not_lead_there_the_way_is_told() {
        let said = |kind| told("Gone", Some(PLACE), kind);
        assert_eq!(said(Some(Kind::Pdf)), "page 3, line 12: Gone");
        assert_eq!(said(Some(Kind::Odt)), "paragraph 12: Gone");
        assert_eq!(said(Some(Kind::Markdown)), "Gone");
        assert_eq!(told("Gone", None, Some(Kind::Pdf)), "Gone");
    }

    #[test]
    fn several_places_are_counted_together_where_one_number_tells_them_apart() {
        let places = [PLACE, Place { line: 2, page: Some(4), ..PLACE }];
        assert_eq!(places_in_words(&places, Some(Kind::Markdown)), "lines 12, 2");
        assert_eq!(places_in_words(&places, Some(Kind::Pdf)), "page 3, line 12; page 4, line 2");
        assert_eq!(places_in_words(&[], Some(Kind::Plain)), "");
    }
}
