//! Frames: quotations and brackets, within which no sentence of the article ends.
//!
//! A quotation may hold several sentences; it is not torn from the words that report it. A mark that is never
//! closed, or that is closed far away, frames nothing.

use std::ops::Range;

/// The longest quotation or bracket that counts, in bytes.
const LONGEST: usize = 1000;

/// How many open marks are looked back over for the one that a closing mark belongs to.
const DEEPEST: usize = 8;

/// The outermost quotations and brackets of a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Frames(Vec<Range<usize>>);

impl Frames {
    /// Finds the frames of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut finder = Finder::default();
        let mut before = None;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if !(c.is_ascii_alphanumeric() || c == ' ') {
                let after = chars.peek().map(|(_, c)| *c);
                finder.mark(at, c, before, after);
            }
            before = Some(c);
        }
        Self(finder.closed)
    }

    /// Where the frame ends that byte `at` stands in.
    pub(super) fn end_around(&self, at: usize) -> Option<usize> {
        let index = self.0.partition_point(|frame| frame.end <= at);
        self.0.get(index).filter(|frame| frame.start < at).map(|frame| frame.end)
    }
}

#[derive(Default)]
struct Finder {
    /// Opening marks not closed yet, with where they stand.
    open: Vec<(usize, char)>,
    closed: Vec<Range<usize>>,
}

impl Finder {
    fn mark(&mut self, at: usize, c: char, before: Option<char>, after: Option<char>) {
        let opens = before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '„' | '“' | '"' | '–' | '—' | '-' | '/' | ':')
        });
        let ends = after.is_none_or(|c| !c.is_alphanumeric());
        match c {
            '„' | '(' | '[' | '‚' | '「' | '『' => self.open.push((at, c)),
            ')' => self.close(at, c, &['(']),
            ']' => self.close(at, c, &['[']),
            '」' => self.close(at, c, &['「']),
            '』' => self.close(at, c, &['『']),
            '“' if !self.is_open('„') && opens => self.open.push((at, c)),
            '“' => self.close(at, c, &['„']),
            '”' => self.close(at, c, &['“', '„']),
            '"' if self.is_open('"') || self.is_open('„') => self.close(at, c, &['"', '„']),
            '»' if !self.is_open('«') && opens => self.open.push((at, c)),
            '»' => self.close(at, c, &['«']),
            '«' if !self.is_open('»') && opens => self.open.push((at, c)),
            '«' => self.close(at, c, &['»']),
            '"' | '‘' if opens && !ends => self.open.push((at, c)),
            '‘' => self.close(at, c, &['‚']),
            // An apostrophe closes nothing: only one after punctuation is a quotation mark.
            '’' if ends && before.is_some_and(|c| matches!(c, '.' | ',' | '?' | '!' | '…')) => {
                self.close(at, c, &['‘', '‚']);
            }
            _ => {}
        }
    }

    fn is_open(&self, opening: char) -> bool {
        self.open.iter().rev().take(DEEPEST).any(|(_, c)| *c == opening)
    }

    fn close(&mut self, at: usize, closing: char, openings: &[char]) {
        let near = self.open.iter().rev().take(DEEPEST);
        let Some(depth) = near.into_iter().position(|(_, c)| openings.contains(c)) else { return };
        let index = self.open.len() - 1 - depth;
        let start = self.open[index].0;
        self.open.truncate(index);
        if at - start <= LONGEST {
            while self.closed.last().is_some_and(|inner| inner.start > start) {
                self.closed.pop();
            }
            self.closed.push(start..at + closing.len_utf8());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_frames(text: &str, expected: &[&str]) {
        let Frames(frames) = Frames::of(text);
        let found: Vec<_> = frames.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotations_of_several_languages_are_frames() {
        assert_frames("Er sagte: „Es ist so.“ Und „nein“.", &["„Es ist so.“", "„nein“"]);
        assert_frames("He said: “It is.” And \"no\".", &["“It is.”", "\"no\""]);
        assert_frames("»Ja«, « non » und ‘It’s so.’", &["»Ja«", "« non »", "‘It’s so.’"]);
    }

    #[test]
    fn the_outermost_frame_counts() {
        assert_frames("(Er sagte „Ja“ und „Nein“.)", &["(Er sagte „Ja“ und „Nein“.)"]);
    }

    #[test]
    fn what_is_not_closed_near_by_frames_nothing() {
        assert_frames("Er sagte: „Es ist so. Und so.", &[]);
        assert_frames(&format!("„{}“", "x ".repeat(LONGEST)), &[]);
        assert_frames("It’s the soldiers’ task) here", &[]);
        assert_frames("5\" wide and 6\" high", &[]);
    }

    #[test]
    fn a_place_knows_the_frame_it_is_in() {
        let frames = Frames::of("a (b) c");
        assert_eq!(frames.end_around(3), Some(5));
        assert_eq!(frames.end_around(2), None);
        assert_eq!(frames.end_around(6), None);
    }
}
