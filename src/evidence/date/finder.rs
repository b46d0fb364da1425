//! What reads the dates of a text, form by form.

use crate::evidence::language::Language;
use crate::evidence::token::Row;

/// Reads dates out of a row of tokens.
pub(super) struct Finder<'a> {
    pub(super) row: Row<'a>,
    pub(super) language: Language,
}

impl Finder<'_> {
    /// Whether one of `signs` stands between the tokens `at`, `at + 2` and `at + 4`, with no blanks: the form of 2020-07-26.
    pub(super) fn are_three_joined(&self, at: usize, signs: &[char]) -> bool {
        [at + 1, at + 3].into_iter().all(|at| {
            signs.iter().any(|sign| self.row.is_sign(at, *sign))
                && self.row.adjoins(at)
                && self.row.adjoins(at + 1)
        })
    }
}

/// The parts of a date, and the index of the token after them.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) year: Option<u16>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) until: Option<u8>,
    pub(super) next: usize,
}

/// Whether a number of four digits may be a year.
pub(super) fn is_year(year: u16) -> bool {
    (1_000..=2_100).contains(&year)
}
