//! Collects citations into sources: one source a URL, however often and however it is written.

use std::collections::HashMap;

use super::normal;
use super::reading::{CitationKind, Source, SourceId, Target};
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
    target: Target,
    kind: CitationKind,
}

#[derive(Debug)]
struct MetSource {
    /// The citation that comes first in the file.
    first: Citation,
    places: Vec<Place>,
}

impl Sources {
    /// Takes in a citation of a URL as written; `None` where it names nothing outside the article.
    pub(super) fn cite(&mut self, written: &str, place: Place, kind: CitationKind) -> Option<Met> {
        let target = Target::parse(written)?;
        let key = normal::key(&target, written);
        let citation = Citation { place, written: written.to_owned(), target, kind };
        let index = *self.by_key.entry(key).or_insert(self.met.len());
        match self.met.get_mut(index) {
            Some(source) => source.add(citation),
            None => self.met.push(MetSource { places: vec![place], first: citation }),
        }
        Some(Met(index))
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
    fn add(&mut self, citation: Citation) {
        self.places.push(citation.place);
        if citation.place < self.first.place {
            self.first = citation;
        }
    }

    fn finish(mut self, id: SourceId) -> Source {
        self.places.sort_unstable();
        self.places.dedup();
        let Citation { written, target, kind, .. } = self.first;
        Source { id, target, written, places: self.places, kind, claims: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32) -> Place {
        Place { line, column: 1, page: None }
    }

    #[test]
    fn sources_are_numbered_by_their_first_places() {
        let mut sources = Sources::default();
        let late = sources.cite("https://a.org/x#end", at(9), CitationKind::PageFoot).unwrap();
        let early = sources.cite("https://b.org/", at(3), CitationKind::Inline).unwrap();
        let again = sources.cite("https://A.org/x?utm_source=m", at(5), CitationKind::Link).unwrap();
        assert_eq!(late, again);
        assert_eq!(sources.cite("#anchor", at(1), CitationKind::Link), None);
        let (sources, numbers) = sources.finish();
        assert_eq!(numbers.of(&[late, early, again]), [SourceId(1), SourceId(2)]);
        assert_eq!(sources[0].written, "https://b.org/");
        assert_eq!(sources[1].written, "https://A.org/x?utm_source=m");
        assert_eq!(sources[1].kind, CitationKind::Link);
        assert_eq!(sources[1].places, [at(5), at(9)]);
    }
}
