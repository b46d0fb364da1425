//! JSON-LD: what a page says about itself for machines (schema.org).

use serde_json::{Map, Value};

use super::white_space::collapse;
use crate::markup::{DateMark, published_in};

/// The most values of one page that are looked at.
const MOST_VALUES: usize = 20_000;

/// What the JSON-LD of a page holds.
#[derive(Debug, Default)]
pub(super) struct Structured {
    /// `headline`, or `name` of a video.
    pub(super) title: Option<String>,
    /// `datePublished`, `uploadDate` and `dateModified`.
    pub(super) dates: Vec<(DateMark, String)>,
    /// `articleBody`, `transcript` and `description`, in order of appearance.
    pub(super) texts: Vec<String>,
}

/// Reads the JSON-LD blocks of a page. Of what is no JSON, for a comma too many or a line break in a string, the date of
/// publication is read.
pub(super) fn read(blocks: &[String]) -> Structured {
    let mut found = Structured::default();
    let mut documents: Vec<Value> = Vec::new();
    for block in blocks {
        match serde_json::from_str(block) {
            Ok(document) => documents.push(document),
            Err(_) => {
                found.dates.extend(published_in(block).map(|date| (DateMark::Data, date.to_owned())));
            }
        }
    }
    let mut waiting: Vec<&Value> = documents.iter().rev().collect();
    let mut seen = 0;
    while let Some(value) = waiting.pop() {
        seen += 1;
        if seen > MOST_VALUES {
            break;
        }
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(members) => {
                if is_video(members) {
                    found.take_name(members);
                }
                for (name, value) in members {
                    found.take(name, value);
                }
                waiting.extend(members.values().filter(|value| value.is_object() || value.is_array()));
            }
            _ => {}
        }
    }
    found
}

impl Structured {
    /// The name of a video, which has no headline: often the only words of its page beside the description.
    fn take_name(&mut self, members: &Map<String, Value>) {
        let Some(name) = members.get("name").and_then(Value::as_str).map(unescape) else { return };
        let name = collapse(&name);
        if !name.is_empty() {
            self.title.get_or_insert_with(|| name.clone());
            self.texts.push(name);
        }
    }

    fn take(&mut self, name: &str, value: &Value) {
        let Some(text) = value.as_str().map(str::trim).filter(|text| !text.is_empty()) else { return };
        match name {
            "headline" if self.title.is_none() => self.title = Some(collapse(text)),
            "datePublished" | "uploadDate" => self.dates.push((DateMark::Data, text.to_owned())),
            "dateCreated" => self.dates.push((DateMark::Created, text.to_owned())),
            "dateModified" => self.dates.push((DateMark::Changed, text.to_owned())),
            "articleBody" | "transcript" | "description" => self.texts.push(unescape(text)),
            _ => {}
        }
    }
}

/// Whether an object is a `VideoObject`.
fn is_video(members: &Map<String, Value>) -> bool {
    let is = |value: &Value| value.as_str() == Some("VideoObject");
    members
        .get("@type")
        .is_some_and(|kind| is(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is)))
}

/// Undoes the character references and the few tags that publishers leave inside JSON strings.
fn unescape(text: &str) -> String {
    let mut out = text.to_owned();
    for (written, meant) in [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("<br>", "\n"),
        ("</p>", "\n"),
        ("<p>", ""),
        ("&amp;", "&"),
    ] {
        if out.contains(written) {
            out = out.replace(written, meant);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_graphs_are_searched_and_broken_ones_give_their_date() {
        let blocks = [
            "{broken".to_owned(),
            r#"{"datePublished": "2025-02-28", "headline": "Not read",}"#.to_owned(),
            r#"{"@graph":[{"@type":"NewsArticle","headline":"A title","datePublished":"2025-03-01","articleBody":"He said &quot;no&quot;."}]}"#
                .to_owned(),
        ];
        let found = read(&blocks);
        assert_eq!(found.title.as_deref(), Some("A title"));
        let dates: Vec<&str> = found.dates.iter().map(|(_, date)| date.as_str()).collect();
        assert_eq!(dates, ["2025-02-28", "2025-03-01"]);
        assert_eq!(found.texts, ["He said \"no\"."]);
    }

    #[test]
    fn a_video_has_a_name_a_description_and_a_transcript() {
        let video = r#"{"@type":["VideoObject"],"name":"A synthetic &quot;video&quot;","description":"What it shows.","transcript":"What is said."}"#;
        let found = read(&[video.to_owned(), r#"{"@type":"Organization","name":"A firm"}"#.to_owned()]);
        assert_eq!(found.title.as_deref(), Some("A synthetic \"video\""));
        assert_eq!(found.texts, ["A synthetic \"video\"", "What it shows.", "What is said."]);
    }

    #[test]
    fn nesting_without_end_is_refused_by_the_parser() {
        assert!(read(&["[".repeat(100_000)]).texts.is_empty());
    }
}
