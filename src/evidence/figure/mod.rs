//! Figures: numbers with what they count or measure, as German and English write them.
//!
//! - [`Figure`]: value, precision, dimension, modifier and counted noun of one number; [`Dimension`]: what it measures.
//! - [`find`]: the figures of a text, read by a `Reader`: its numeral (`reader`, `number`, `number_word`), fractions (`fraction`), what it is measured in (`measure`, `unit`, `currency`),
//!   times of day (`clock`), the noun it counts (`counted`), the word before it (`modifier`).
//! - [`compare`]: whether two figures say the same.

mod clock;
mod compare;
mod counted;
mod currency;
mod find;
mod fraction;
mod measure;
mod modifier;
mod number;
mod number_word;
mod reader;
mod unit;

pub(super) use compare::{Agreement, compare};
pub(super) use find::{Figure, find};
pub(super) use modifier::Modifier;
pub(super) use number_word::word as number_word;
pub(super) use unit::{Dimension, is_unit_or_magnitude};
