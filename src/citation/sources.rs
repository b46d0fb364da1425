//! Collects citations into sources: one source a URL, however often and however it is written.

use std::collections::HashMap;

use super::normal;
use super::reading::{CitationKind, Source, SourceId, Target};
use super::written::Readings;
use crate::article::Place;

/// A source in the making: its number among those met so far, which is not yet that of the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Met(usize);

/// The sources met so far.
#[derive(Debug, Default)]
pub(super) struct Sources {
    by_key: HashMap<String, usize>,
    met: Vec<MetSource>,
}

/// One citation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Citation {
    place: Place,
    written: String,
    readings: Readings,
    kind: CitationKind,
}

impl Citation {
    /// The place within the page that it names.
    fn fragment(&self) -> Option<&str> {
        self.readings.target.url()?.fragment()
    }
}

/// More places within one page than anybody cites by hand; each is looked for on the page.
const MOST_FRAGMENTS: usize = 64;

#[derive(Debug)]
struct MetSource {
    /// The citation that comes first in the file.
    first: Citation,
    places: Vec<Place>,
    /// What the citations name within the page, those that differ from the first one met.
    fragments: Vec<String>,
    /// Whether one of its citations leaves nothing uncertain.
    sure: bool,
}

impl Sources {
    /// Takes in a citation, `written` as it stands in the article.
    pub(super) fn cite(
        &mut self,
        written: &str,
        readings: Readings,
        place: Place,
        kind: CitationKind,
    ) -> Met {
        let key = normal::key(&readings.target, written);
        let citation = Citation { place, written: written.to_owned(), readings, kind };
        let index = *self.by_key.entry(key).or_insert(self.met.len());
        match self.met.get_mut(index) {
            Some(source) => source.add(citation),
            None => self.met.push(MetSource::new(citation)),
        }
        Met(index)
    }

    /// The sources in order of their first places, and the number that each one met has got.
    pub(super) fn finish(self) -> (Vec<Source>, Numbers) {
        let mut order: Vec<usize> = (0..self.met.len()).collect();
        order.sort_by_key(|index| (self.met[*index].first.place, *index));
        let mut numbers = vec![SourceId(0); order.len()];
        for (index, id) in order.iter().zip(1..) {
            numbers[*index] = SourceId(id);
        }
        let mut sources: Vec<Source> =
            self.met.into_iter().zip(&numbers).map(|(met, id)| met.finish(*id)).collect();
        sources.sort_by_key(|source| source.id);
        (sources, Numbers(numbers))
    }
}

/// The numbers that the sources have in the reading.
#[derive(Debug)]
pub(super) struct Numbers(Vec<SourceId>);

impl Numbers {
    /// The numbers of the sources met, in order, each once.
    pub(super) fn of(&self, met: &[Met]) -> Vec<SourceId> {
        let mut ids: Vec<SourceId> = met.iter().map(|Met(index)| self.0[*index]).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl MetSource {
    fn new(first: Citation) -> Self {
        let sure = first.readings.others.is_empty();
        Self { places: vec![first.place], fragments: Vec::new(), sure, first }
    }

    fn add(&mut self, citation: Citation) {
        self.places.push(citation.place);
        let (known, new) = (self.first.fragment(), citation.fragment());
        if known != new && self.fragments.len() < MOST_FRAGMENTS {
            self.fragments.extend([known, new].into_iter().flatten().map(str::to_owned));
        }
        self.sure |= citation.readings.others.is_empty();
        if citation.place < self.first.place {
            self.first = citation;
        }
    }

    fn finish(mut self, id: SourceId) -> Source {
        self.places.sort_unstable();
        self.places.dedup();
        let own = self.first.fragment().map(str::to_owned);
        self.fragments.sort_unstable();
        self.fragments.dedup();
        self.fragments.retain(|fragment| own.as_ref() != Some(fragment));
        let Citation { written, readings: Readings { target, others }, kind, .. } = self.first;
        let urls = others.into_iter().filter(|_| !self.sure).filter_map(|other| match other {
            Target::Web(url) => Some(url),
            Target::Other(_) | Target::Invalid(_) => None,
        });
        let others = urls.collect();
        Source {
            id,
            target,
            others,
            fragments: self.fragments,
            written,
            places: self.places,
            kind,
            claims: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32) -> Place {
        Place { line, column: 1, page: None }
    }

    fn sure(written: &str) -> Readings {
        Readings::sure(Target::parse(written).unwrap())
    }

    #[test]
    fn sources_are_numbered_by_their_first_places() {
        let mut sources = Sources::default();
        let mut cite = |written, line, kind| sources.cite(written, sure(written), at(line), kind);
        let late = cite("https://a.org/x#end", 9, CitationKind::PageFoot);
        let early = cite("https://b.org/", 3, CitationKind::Inline);
        let again = cite("https://A.org/x?utm_source=m", 5, CitationKind::Link);
        assert_eq!(late, again);
        let (sources, numbers) = sources.finish();
        assert_eq!(numbers.of(&[late, early, again]), [SourceId(1), SourceId(2)]);
        assert_eq!(sources[0].written, "https://b.org/");
        assert_eq!(sources[1].written, "https://A.org/x?utm_source=m");
        assert_eq!(sources[1].kind, CitationKind::Link);
        assert_eq!(sources[1].places, [at(5), at(9)]);
    }

    #[test]
    fn every_place_within_a_page_that_is_cited_is_kept() {
        let mut sources = Sources::default();
        for (written, line) in [
            ("https://a.org/x#b", 5),
            ("https://a.org/x#c", 3),
            ("https://a.org/x", 4),
            ("https://a.org/x#b", 9),
        ] {
            sources.cite(written, sure(written), at(line), CitationKind::Link);
        }
        let source = sources.finish().0.remove(0);
        assert_eq!(source.target.url().unwrap().fragment(), Some("c"));
        assert_eq!(source.fragments, ["b"]);
    }

    #[test]
    fn a_source_that_is_cited_elsewhere_beyond_doubt_has_no_other_readings() {
        let doubtful =
            Readings { others: vec![Target::parse("https://a.org/x).").unwrap()], ..sure("https://a.org/x") };
        let others = |citations: Vec<Readings>| {
            let mut sources = Sources::default();
            for (readings, line) in citations.into_iter().zip(1..) {
                sources.cite("https://a.org/x", readings, at(line), CitationKind::Inline);
            }
            sources.finish().0.remove(0).others.len()
        };
        assert_eq!(others(vec![doubtful.clone(), doubtful.clone()]), 1);
        assert_eq!(others(vec![doubtful, sure("https://a.org/x")]), 0);
    }
}
