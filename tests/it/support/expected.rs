//! What a case of the corpus expects: the readable form, and what differs from it. `tests/corpus/README.md` says how
//! it is written.

use serde_json::Value;

/// What is expected of one article.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// Facts about the article itself: the field, and its value.
    article: Vec<(String, String)>,
    sources: Vec<Line>,
    claims: Vec<Line>,
}

/// A source or a claim.
#[derive(Debug)]
struct Line {
    id: String,
    places: Vec<String>,
    /// The kind of a source; binding and sources of a claim.
    bond: String,
    /// The URL of a source, the text of a claim.
    text: String,
    /// The other readings of a URL.
    others: Vec<String>,
}

impl Expected {
    /// Reads what is expected; the error is the line that cannot be read.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut expected = Self::default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            expected.take(line).ok_or_else(|| line.to_owned())?;
        }
        Ok(expected)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(char::is_whitespace)?;
        match word {
            "language" | "kind" | "title" | "encoding" => {
                self.article.push((word.to_owned(), rest.trim().to_owned()));
            }
            "or" => self.sources.last_mut()?.others.push(rest.trim().to_owned()),
            _ if word.starts_with('c') => self.sources.push(Line::read(line)?),
            _ if word.starts_with('k') => self.claims.push(Line::read(line)?),
            _ => return None,
        }
        Some(())
    }

    /// What differs in what `beleg extract` printed, a line each.
    pub(crate) fn differences(&self, extract: &Value) -> Vec<String> {
        let mut differences = Vec::new();
        for (field, value) in &self.article {
            let mut found = text(&extract["article"][field]);
            if field == "encoding" {
                found = format!("{found} {}", text(&extract["article"]["encoding_found"]));
            }
            if found != *value {
                differences.push(format!("{field}: {value} expected, {found} found"));
            }
        }
        let sources: Vec<Found> = array(&extract["citations"]).iter().map(Found::source).collect();
        compare(&self.sources, &sources, &mut differences);
        let claims: Vec<Found> = array(&extract["claims"]).iter().map(Found::claim).collect();
        compare(&self.claims, &claims, &mut differences);
        differences
    }
}

impl Line {
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.splitn(4, " | ").map(str::trim);
        let id = fields.next()?.to_owned();
        let places = fields.next()?.split_whitespace().map(str::to_owned).collect();
        let bond = words(fields.next()?);
        Some(Self { id, places, bond, text: fields.next()?.to_owned(), others: Vec::new() })
    }

    fn fits(&self, found: &Found) -> bool {
        self.id == found.id
            && self.bond == found.bond
            && self.text == found.text
            && self.others == found.others
            && self.places.len() == found.places.len()
            && self.places.iter().zip(&found.places).all(|(place, found)| found.fits(place))
    }

    fn shown(&self) -> String {
        shown(&self.id, &self.places, &self.bond, &self.text, &self.others)
    }
}

/// A source or a claim that was found.
struct Found {
    id: String,
    places: Vec<FoundPlace>,
    bond: String,
    text: String,
    others: Vec<String>,
}

struct FoundPlace {
    page: Option<u64>,
    line: u64,
    column: u64,
}

impl Found {
    fn source(source: &Value) -> Self {
        Self {
            id: text(&source["id"]),
            places: places(source),
            bond: text(&source["kind"]),
            text: text(&source["url"]),
            others: array(&source["alternatives"]).iter().map(text).collect(),
        }
    }

    fn claim(claim: &Value) -> Self {
        let binding = claim["binding"].as_str().unwrap_or("none");
        let sources: Vec<String> = array(&claim["citations"]).iter().map(text).collect();
        Self {
            id: text(&claim["id"]),
            places: places(claim),
            bond: words(&format!("{binding} {}", sources.join(" "))),
            text: text(&claim["text"]),
            others: Vec::new(),
        }
    }

    fn shown(&self) -> String {
        let places: Vec<String> = self.places.iter().map(FoundPlace::shown).collect();
        shown(&self.id, &places, &self.bond, &self.text, &self.others)
    }
}

impl FoundPlace {
    /// Whether what is written down of a place holds.
    fn fits(&self, place: &str) -> bool {
        let (page, rest) = match place.strip_prefix('p') {
            Some(paged) => {
                let (page, rest) = paged.split_once(':').unwrap_or((paged, ""));
                (Some(page), rest)
            }
            None => (None, place),
        };
        let (line, column) = rest.split_once(':').unwrap_or((rest, ""));
        page.is_none_or(|page| self.page == page.parse().ok())
            && (line.is_empty() || line == self.line.to_string())
            && (column.is_empty() || column == self.column.to_string())
    }

    fn shown(&self) -> String {
        let page = self.page.map_or_else(String::new, |page| format!("p{page}:"));
        format!("{page}{}:{}", self.line, self.column)
    }
}

fn compare(expected: &[Line], found: &[Found], differences: &mut Vec<String>) {
    for index in 0..expected.len().max(found.len()) {
        match (expected.get(index), found.get(index)) {
            (Some(line), Some(found)) if line.fits(found) => {}
            (line, found) => {
                differences.extend(line.map(|line| format!("- {}", line.shown())));
                differences.extend(found.map(|found| format!("+ {}", found.shown())));
            }
        }
    }
}

fn shown(id: &str, places: &[String], bond: &str, text: &str, others: &[String]) -> String {
    let mut shown = format!("{id} | {} | {bond} | {text}", places.join(" "));
    for other in others {
        shown.push_str(" or ");
        shown.push_str(other);
    }
    shown
}

fn places(of: &Value) -> Vec<FoundPlace> {
    let place = |place: &Value| FoundPlace {
        page: place["page"].as_u64(),
        line: place["line"].as_u64().unwrap_or_default(),
        column: place["column"].as_u64().unwrap_or_default(),
    };
    array(&of["places"]).iter().map(place).collect()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Words with one blank between them.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
