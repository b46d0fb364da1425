//! Fields: links that are written as instructions, `HYPERLINK "https://…" \l "place"` (ECMA-376 part 1 §17.16.5.25).

/// The most fields within one another that are followed.
const DEEPEST: usize = 32;

/// A field that is open.
#[derive(Debug)]
enum Field {
    /// Its instruction so far.
    Instruction(String),
    /// Its result is being read; whether it is a link.
    Result { is_link: bool },
}

/// The fields that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many more are open than are followed.
    beyond: usize,
}

impl Fields {
    /// Begins a field.
    pub(super) fn begin(&mut self) {
        if self.open.len() < DEEPEST {
            self.open.push(Field::Instruction(String::new()));
        } else {
            self.beyond += 1;
        }
    }

    /// Adds to the instruction of the innermost field.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(Field::Instruction(instruction)) = self.open.last_mut() {
            instruction.push_str(text);
        }
    }

    /// The instruction has ended and the result begins: the URL, if it is a link.
    pub(super) fn separate(&mut self) -> Option<String> {
        let field = self.open.last_mut().filter(|_| self.beyond == 0)?;
        let Field::Instruction(instruction) = field else { return None };
        let url = link(instruction);
        *field = Field::Result { is_link: url.is_some() };
        url
    }

    /// Ends the innermost field: whether it was a link.
    pub(super) fn end(&mut self) -> bool {
        if self.beyond > 0 {
            self.beyond -= 1;
            return false;
        }
        matches!(self.open.pop(), Some(Field::Result { is_link: true }))
    }

    /// Whether text is part of an instruction and not of the document.
    pub(super) fn is_instruction(&self) -> bool {
        matches!(self.open.last(), Some(Field::Instruction(_)))
    }
}

/// The URL of a `HYPERLINK` instruction; `None` for other fields and for links within the document.
pub(super) fn link(instruction: &str) -> Option<String> {
    let mut words = words(instruction).into_iter();
    if !words.next()?.eq_ignore_ascii_case("HYPERLINK") {
        return None;
    }
    let (mut url, mut place) = (None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "\\l" => place = words.next(),
            "\\o" | "\\t" => drop(words.next()),
            _ if word.starts_with('\\') => {}
            _ => url = url.or(Some(word)),
        }
    }
    let url: String = url.filter(|url| !url.is_empty())?;
    Some(match place {
        Some(place) if !url.contains('#') => format!("{url}#{place}"),
        _ => url,
    })
}

/// The words of an instruction; quotation marks hold blanks together, and a backslash before one keeps it.
fn words(instruction: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    let mut characters = instruction.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' | '“' | '”' | '„' => (quoted, begun) = (!quoted, true),
            '\\' if quoted && matches!(characters.peek(), Some('"' | '\\')) => word.extend(characters.next()),
            _ if c.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyperlink_says_where_it_leads() {
        for (instruction, expected) in [
            (r#" HYPERLINK "https://example.org/a b" "#, Some("https://example.org/a b")),
            (r#"hyperlink https://example.org/ \o "A tip" \t "_blank""#, Some("https://example.org/")),
            (r#"HYPERLINK "https://example.org/a" \l "part""#, Some("https://example.org/a#part")),
            (r#"HYPERLINK \l "_Toc1""#, None),
            ("PAGE \\* MERGEFORMAT", None),
            ("", None),
        ] {
            assert_eq!(link(instruction).as_deref(), expected, "{instruction}");
        }
    }

    #[test]
    fn fields_within_fields_end_in_their_order() {
        let mut fields = Fields::default();
        fields.begin();
        fields.instruct("HYPERLINK \"https://a.org/");
        fields.instruct("x\"");
        assert!(fields.is_instruction());
        assert_eq!(fields.separate().as_deref(), Some("https://a.org/x"));
        fields.begin();
        fields.instruct("PAGE");
        assert_eq!(fields.separate(), None);
        assert!(!fields.end());
        assert!(fields.end());
        assert!(!fields.end());
        (0..100_000).for_each(|_| fields.begin());
        assert!((0..100_000).all(|_| !fields.end()));
    }
}
