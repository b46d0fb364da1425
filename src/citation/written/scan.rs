//! Goes along an address, character by character, to the first one that is no part of it.

use super::entity::{self, Entity};
use super::marks::{ends_address, is_unspaced_letter, may_be_escaped};

/// How far back a bracket is looked for that an address may stand in, in bytes.
const BRACKET_REACH: usize = 1000;

/// The most places kept where an address may end before its end.
const MOST_EARLIER: usize = 4;

/// Brackets that come in pairs.
const PAIRS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('{', '}')];

/// What a walk along an address found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The first byte that is no part of the address.
    pub(super) end: usize,
    /// Places before the end where it may end just as well.
    pub(super) earlier: Vec<usize>,
    /// A place after the end where it may end as well.
    pub(super) later: Option<usize>,
}

/// Walks from byte `from` along the path of the address that begins at `start`.
pub(super) fn walk(text: &str, start: usize, from: usize, lenient: bool) -> Walked {
    let before = &text[..start];
    let mut walker = Walker {
        text,
        start,
        lenient,
        quoted: before.ends_with('\''),
        in_single_quotes: before.ends_with(['‘', '‚']),
        open: Vec::new(),
        unspaced: None,
        earlier: Vec::new(),
    };
    let mut at = from;
    while let Some(step) = walker.step(at) {
        at += step;
    }
    walker.finish(at)
}

struct Walker<'a> {
    text: &'a str,
    start: usize,
    /// Whether angle brackets are part of it, as in old DOIs.
    lenient: bool,
    quoted: bool,
    in_single_quotes: bool,
    /// Brackets that the address opened, with where they stand.
    open: Vec<(char, usize)>,
    /// Where words without a blank before them may begin.
    unspaced: Option<usize>,
    earlier: Vec<usize>,
}

impl Walker<'_> {
    /// The bytes to go on over from byte `at`; `None` where the address ends.
    fn step(&mut self, at: usize) -> Option<usize> {
        let c = self.text[at..].chars().next()?;
        let ends = match c {
            '(' | '[' | '{' => {
                self.open.push((c, at));
                false
            }
            ')' | ']' | '}' => !self.closes(c),
            '\'' => self.quoted,
            '’' => !self.is_apostrophe(at),
            '<' | '>' => !self.lenient,
            '\\' => return self.escape(at),
            '&' => return self.reference(at),
            ',' | ';' => begins_address(&self.text[at + 1..]),
            'h' | 'H' => self.is_glued(at),
            _ => ends_address(c),
        };
        if ends {
            return None;
        }
        match c {
            '–' | '—' if self.next_is_word(at + c.len_utf8()) => self.may_end(at),
            _ if self.unspaced.is_none() && is_unspaced_letter(c) && self.follows_ascii(at) => {
                self.unspaced = Some(at);
            }
            _ => {}
        }
        Some(c.len_utf8())
    }

    /// Keeps a place where the address may end before its end; the first few are enough.
    fn may_end(&mut self, at: usize) {
        if self.earlier.len() < MOST_EARLIER {
            self.earlier.push(at);
        }
    }

    fn closes(&mut self, closing: char) -> bool {
        let opened = self.open.pop();
        opened.is_some_and(|(opening, _)| PAIRS.contains(&(opening, closing)))
    }

    /// Whether `’` stands within a word and closes no quotation: `Schindler’s_List`.
    fn is_apostrophe(&mut self, at: usize) -> bool {
        let within = !self.in_single_quotes && self.next_is_word(at + '’'.len_utf8());
        if within {
            self.may_end(at);
        }
        within
    }

    /// A backslash is part of an address only before a mark that it escapes.
    fn escape(&mut self, at: usize) -> Option<usize> {
        let escaped = self.text[at + 1..].chars().next().filter(|c| may_be_escaped(*c))?;
        match escaped {
            '(' | '[' | '{' => self.open.push((escaped, at)),
            ')' | ']' | '}' if !self.closes(escaped) => return None,
            _ => {}
        }
        Some(2)
    }

    fn reference(&self, at: usize) -> Option<usize> {
        match entity::at(&self.text[at..]) {
            Some((Entity::Ends, _)) => None,
            Some((_, length)) => Some(length),
            None => Some(1),
        }
    }

    /// Whether the next address begins without a blank before it.
    fn is_glued(&self, at: usize) -> bool {
        let before = self.text[..at].chars().next_back();
        before.is_some_and(|c| c.is_alphanumeric() || c == ')') && begins_address(&self.text[at..])
    }

    fn next_is_word(&self, at: usize) -> bool {
        self.text[at..].starts_with(char::is_alphanumeric)
    }

    fn follows_ascii(&self, at: usize) -> bool {
        let before = &self.text[self.start..at];
        before.ends_with(|c: char| c.is_ascii_alphanumeric()) && before.is_ascii()
    }

    fn finish(mut self, end: usize) -> Walked {
        if let Some(&(_, at)) = self.open.last() {
            self.may_end(at);
        }
        if let Some(at) = self.unspaced {
            self.earlier.retain(|earlier| *earlier < at);
            return Walked { end: at, earlier: self.earlier, later: Some(end) };
        }
        let later = self.bracket_after(end);
        Walked { end, earlier: self.earlier, later }
    }

    /// The end of a closing bracket at `end` that nothing in the text before opened.
    fn bracket_after(&self, end: usize) -> Option<usize> {
        let closing = self.text[end..].chars().next()?;
        let (opening, _) = PAIRS.iter().find(|(_, other)| *other == closing)?;
        let reach = self.text.ceil_char_boundary(self.start.saturating_sub(BRACKET_REACH));
        let opened = is_open(&self.text[reach..self.start], *opening, closing);
        let ends_there = !self.next_is_word(end + 1);
        (!opened && ends_there).then_some(end + 1)
    }
}

/// Whether a bracket that `text` opens is still open at its end.
fn is_open(text: &str, opening: char, closing: char) -> bool {
    let mut closed = 0;
    for c in text.chars().rev() {
        if c == closing {
            closed += 1;
        } else if c == opening {
            if closed == 0 {
                return true;
            }
            closed -= 1;
        }
    }
    false
}

/// Whether a text begins as an address does, blanks left out of it.
fn begins_address(text: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}
