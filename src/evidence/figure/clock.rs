//! Reads times of day, and the results of matches, which are written like them.

use super::find::Figure;
use super::number::Numeral;
use super::reader::Reader;
use super::unit::Dimension;
use crate::evidence::language::Language;
use crate::evidence::token::TokenKind;

impl Reader<'_> {
    /// `21 Uhr`, `8.00 Uhr`, `9 p.m.`: minutes since midnight, whether half of the day is open, the next token.
    pub(super) fn clock(&self, at: usize, numeral: Numeral, next: usize) -> Option<(f64, bool, usize)> {
        let word = self.row.word(next).unwrap_or_default();
        if word == "uhr" {
            let text = self.row.0[at].text;
            let minutes =
                text.split_once(['.', ',']).map_or(Some(0.0), |(_, minutes)| minutes.parse().ok())?;
            let hour = numeral.value.floor();
            return (hour <= 24.0 && minutes < 60.0).then_some((hour * 60.0 + minutes, false, next + 1));
        }
        let hour = numeral.value;
        if let Some(end) = self.hour_alone(at, next) {
            return (hour.fract() == 0.0 && hour <= 24.0).then_some((hour * 60.0, hour <= 12.0, end));
        }
        let (afternoon, end) = self.half_of_day(next)?;
        if !(1.0..=12.0).contains(&hour) || numeral.value.fract() != 0.0 {
            return None;
        }
        Some(((hour % 12.0 + if afternoon { 12.0 } else { 0.0 }) * 60.0, false, end))
    }

    /// The token after an English hour that only its surroundings tell: *6 o'clock*, *before 6 on Sunday*, *around 13h*.
    fn hour_alone(&self, at: usize, next: usize) -> Option<usize> {
        if self.language != Language::English {
            return None;
        }
        let word = |at: usize| self.row.word(at).unwrap_or_default();
        if word(next) == "o" && self.row.adjoins(next + 1) && word(next + 2) == "clock" {
            return Some(next + 3);
        }
        let about = at.checked_sub(1).map(word).unwrap_or_default();
        if !matches!(&*about, "before" | "after" | "at" | "around" | "until" | "from" | "by" | "past") {
            return None;
        }
        if word(next) == "h" && self.row.adjoins(next) {
            return Some(next + 1);
        }
        let of_day = match &*word(next) {
            "on" => is_weekday(&word(next + 1)),
            "in" => {
                word(next + 1) == "the" && matches!(&*word(next + 2), "morning" | "afternoon" | "evening")
            }
            "this" | "that" => matches!(&*word(next + 1), "morning" | "afternoon" | "evening"),
            _ => false,
        };
        of_day.then_some(next)
    }

    /// `a.m.`, `pm`: whether it is the afternoon, and the next token.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        let word = self.row.word(at)?;
        match &*word {
            "am" | "pm" if self.language == Language::English => Some((word == "pm", at + 1)),
            "a" | "p"
                if self.row.is_sign(at + 1, '.') && self.row.word(at + 2).is_some_and(|word| word == "m") =>
            {
                Some((word == "p", at + 3 + usize::from(self.row.is_sign(at + 3, '.'))))
            }
            _ => None,
        }
    }

    /// `21:30`, a time of day, and `2:0`, the result of a match.
    pub(super) fn with_colon(&self, at: usize) -> Option<(Figure, usize)> {
        let [first, colon, second] = self.row.0.get(at..at + 3)? else { return None };
        let glued = colon.is_sign(':') && self.row.adjoins(at + 1) && self.row.adjoins(at + 2);
        if !glued
            || first.kind != TokenKind::Number
            || second.kind != TokenKind::Number
            || first.text.len() > 2
            || second.text.len() > 2
        {
            return None;
        }
        let (hour, minute): (f64, f64) = (first.text.parse().ok()?, second.text.parse().ok()?);
        let half = self.half_of_day(at + 3);
        let is_clock = second.text.len() == 2 && hour < 24.0 && minute < 60.0;
        let uhr = usize::from(self.row.word(at + 3).is_some_and(|word| word == "uhr"));
        let end = if is_clock { half.map_or(at + 3 + uhr, |(_, end)| end) } else { at + 3 };
        let value = match half {
            Some((afternoon, _)) if is_clock => {
                (hour % 12.0 + if afternoon { 12.0 } else { 0.0 }) * 60.0 + minute
            }
            _ if is_clock => hour * 60.0 + minute,
            _ => hour * 1_000.0 + minute,
        };
        let figure = Figure {
            range: first.start..self.row.0[end - 1].end(),
            value,
            step: 1.0,
            dimension: if is_clock { Dimension::Clock } else { Dimension::Score },
            factor: 1.0,
            modifier: self.modifier(at),
            counted: Vec::new(),
            in_words: false,
            half_day: is_clock && half.is_none() && uhr == 0 && hour <= 12.0,
        };
        Some((figure, end))
    }
}

fn is_weekday(word: &str) -> bool {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    days.contains(&word) || days.iter().any(|day| word.strip_suffix('s') == Some(*day))
}
