//! Dates that stand in a text: days, months and years, in German and English.
//!
//! - [`find`]: the dates of a text: with a month's name (`find`), in digits (`numeric`), written out (`written`).
//! - [`Date`], [`DateAgreement`]: what is known of one, and whether two agree (`agreement`).

mod agreement;
mod find;
mod finder;
mod numeric;
mod written;

pub(super) use agreement::{Date, DateAgreement};
pub(super) use find::find;
