//! Dates that stand in a text: days, months and years, in German and English.
//!
//! - [`find`]: the dates of a text: with a month's name (`find`), in digits (`numeric`), written out (`written`).
//! - [`find_relative`]: days that are named by how far they are from the day of writing (`relative`).
//! - [`weekday_slips`]: dates beside the wrong day of the week (`weekday`).
//! - [`Date`], [`DateAgreement`]: what is known of one, and whether two agree (`agreement`).
//! - [`day_of_timestamp`]: the day that a machine wrote (`agreement`).

mod agreement;
mod find;
mod finder;
mod numeric;
mod relative;
mod weekday;
mod written;

pub(super) use agreement::{Date, DateAgreement, day_of_timestamp};
pub(super) use find::find;
pub(super) use relative::find_relative;
pub use weekday::{WeekdaySlip, weekday_slips};
