//! Whether two figures say the same.

use super::find::Figure;
use super::modifier::Modifier;
use super::unit::Dimension;

/// How figures that round to the same may differ: by a fortieth.
const ROUNDING: f64 = 0.025;
/// The same where one of them says that it is rough.
const ROUGH: f64 = 0.05;
/// From here on, figures are rounded as a rule.
const LARGE: f64 = 1e6;
/// Below this, digits are taken at their word.
const LEAST_ROUNDED: f64 = 1_000.0;

/// What comparing two figures finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::evidence) enum Agreement {
    /// The same amount.
    Same,
    /// The same after rounding to the coarser of both.
    Rounded,
    /// The same after converting the unit.
    Converted,
    /// The same number of another currency.
    OtherCurrency,
    /// The same dimension and another amount.
    Different,
    /// Nothing to compare: another dimension, or another amount of another currency.
    Incomparable,
}

impl Agreement {
    /// Whether the page bears the figure out.
    pub(in crate::evidence) fn is_same(self) -> bool {
        matches!(self, Self::Same | Self::Rounded | Self::Converted)
    }
}

/// Compares the figure of a claim with one of a page.
///
/// A sign counts only where it says how warm it is: *minus 5 per cent* is what *fell by 5 per cent* says.
pub(in crate::evidence) fn compare(claim: &Figure, page: &Figure) -> Agreement {
    if claim.dimension == Dimension::Temperature || claim.value >= 0.0 && page.value >= 0.0 {
        return compare_amounts(claim, page);
    }
    let amount = |figure: &Figure| Figure { value: figure.value.abs(), ..figure.clone() };
    compare_amounts(&amount(claim), &amount(page))
}

fn compare_amounts(claim: &Figure, page: &Figure) -> Agreement {
    if let (Dimension::Money(one), Dimension::Money(other)) = (claim.dimension, page.dimension)
        && one != other
    {
        return if nearly(claim.value, page.value) {
            Agreement::OtherCurrency
        } else {
            Agreement::Incomparable
        };
    }
    if !claim.dimension.is_comparable(page.dimension) {
        return Agreement::Incomparable;
    }
    if claim.dimension == Dimension::Clock {
        return same_time(claim, page);
    }
    if claim.dimension != page.dimension && [claim.dimension, page.dimension].contains(&Dimension::Share) {
        return share_in_percent(claim, page);
    }
    if nearly(claim.value, page.value) {
        return Agreement::Same;
    }
    if claim.dimension == Dimension::Share {
        return if relative(claim.value, page.value) <= ROUNDING {
            Agreement::Rounded
        } else {
            Agreement::Different
        };
    }
    if !nearly(claim.factor, page.factor) {
        return converted(claim, page);
    }
    if rounds(claim, page) && allows(claim, page) { Agreement::Rounded } else { Agreement::Different }
}

/// Half is 50 per cent, and a third is 33; but who says half need not mean that it is not 48 per cent.
fn share_in_percent(claim: &Figure, page: &Figure) -> Agreement {
    let percent = |figure: &Figure| {
        if figure.dimension == Dimension::Share { figure.value * 100.0 } else { figure.value }
    };
    if (percent(claim) - percent(page)).abs() <= 0.500_000_1 {
        Agreement::Converted
    } else {
        Agreement::Incomparable
    }
}

fn same_time(claim: &Figure, page: &Figure) -> Agreement {
    let half_a_day = 720.0;
    let open = claim.half_day || page.half_day;
    let same =
        nearly(claim.value, page.value) || open && nearly(claim.value % half_a_day, page.value % half_a_day);
    if same { Agreement::Same } else { Agreement::Different }
}

/// Figures in unlike units agree where one is within half a step of the other.
fn converted(claim: &Figure, page: &Figure) -> Agreement {
    let step = claim.step.max(page.step);
    let gap = (claim.value - page.value).abs();
    let slack = relative(claim.value, page.value);
    if gap <= step * 0.500_000_1 && slack <= 2.0 * ROUGH || slack <= ROUNDING {
        Agreement::Converted
    } else {
        Agreement::Different
    }
}

/// Whether both are the same number at the coarser precision.
fn rounds(claim: &Figure, page: &Figure) -> bool {
    let rough = claim.modifier != Modifier::None || page.modifier != Modifier::None;
    let fine = claim.value.abs() < LEAST_ROUNDED * claim.factor.max(1.0)
        && claim.step >= claim.factor
        && page.step >= page.factor;
    if fine && !rough
        || claim.dimension == Dimension::Ordinal
        || page.dimension == Dimension::Ordinal
        || claim.dimension == Dimension::Score
    {
        return false;
    }
    let step = claim.step.max(page.step);
    // Millions are rarely given to the last digit.
    let large = claim.value.abs() >= LARGE * claim.factor.max(1.0);
    let limit = if rough || large { ROUGH } else { ROUNDING };
    // *More than 880,000* is 888,000 cut off, not rounded.
    let bounded = |figure: &Figure| matches!(figure.modifier, Modifier::Over | Modifier::Under);
    let cut_off = (bounded(claim) || bounded(page)) && (claim.value - page.value).abs() < step;
    let rounded = (claim.value / step).round().total_cmp(&(page.value / step).round()).is_eq();
    (cut_off || rounded) && relative(claim.value, page.value) <= limit
}

/// *More than 48,000* is met by 48,300 and not by 47,900, whichever side says it.
fn allows(claim: &Figure, page: &Figure) -> bool {
    let admits = |bound: &Figure, value: f64| match bound.modifier {
        Modifier::Over => value >= bound.value,
        Modifier::Under => value <= bound.value,
        Modifier::None | Modifier::About => true,
    };
    admits(claim, page.value) && admits(page, claim.value)
}

fn nearly(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

fn relative(one: f64, other: f64) -> f64 {
    (one - other).abs() / one.abs().max(other.abs()).max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::super::find::find;
    use super::*;
    use crate::evidence::language::Language;
    use crate::evidence::token::tokens;

    fn figure(text: &str, language: Language) -> Figure {
        find(&tokens(text), language, &[]).remove(0)
    }

    fn agreement(german: &str, english: &str) -> Agreement {
        compare(&figure(german, Language::German), &figure(english, Language::English))
    }

    #[test]
    fn the_same_amount_is_the_same_in_both_languages() {
        for (german, english) in [
            ("48.000 Soldaten", "48,000 troops"),
            ("150 Milliarden Euro", "€150 billion"),
            ("21 Uhr", "9 p.m."),
            ("50 Mal", "50 times"),
            ("zwei Jahre", "2 years"),
            ("2 Billionen Dollar", "$2 trillion"),
            ("4.840 Tests", "4840 tests"),
        ] {
            assert_eq!(agreement(german, english), Agreement::Same, "{german} {english}");
        }
    }

    #[test]
    fn rounding_goes_one_way_where_a_word_says_so() {
        assert_eq!(agreement("48.000 Soldaten", "48,300 troops"), Agreement::Rounded);
        assert_eq!(agreement("über 48.000 Soldaten", "48,300 troops"), Agreement::Rounded);
        assert_eq!(agreement("über 48.000 Soldaten", "47,900 troops"), Agreement::Different);
        assert_eq!(agreement("mehr als 880.000 Unternehmen", "888,000 companies"), Agreement::Rounded);
        assert_eq!(agreement("48.000 Soldaten", "38,000 troops"), Agreement::Different);
        assert_eq!(agreement("20 Menschen", "21 people"), Agreement::Different);
        assert_eq!(agreement("1,2 Millionen Menschen", "1,234,567 people"), Agreement::Rounded);
    }

    #[test]
    fn units_are_converted_and_currencies_never() {
        assert_eq!(agreement("1.000 Kilometer", "620 miles"), Agreement::Converted);
        assert_eq!(agreement("40 Hektar", "100 acres"), Agreement::Converted);
        assert_eq!(agreement("30 Grad", "86 degrees Fahrenheit"), Agreement::Same);
        assert_eq!(agreement("1.000 Kilometer", "900 miles"), Agreement::Different);
        assert_eq!(agreement("150 Milliarden Euro", "$150 billion"), Agreement::OtherCurrency);
        assert_eq!(agreement("150 Milliarden Euro", "$800 billion"), Agreement::Incomparable);
        assert_eq!(agreement("150 Milliarden Euro", "€800 billion"), Agreement::Different);
        assert_eq!(agreement("2 %", "2 people"), Agreement::Incomparable);
        assert_eq!(agreement("16 Millionen Dollar", "C$16 million"), Agreement::OtherCurrency);
    }

    #[test]
    fn shares_are_compared_with_shares_and_with_per_cent() {
        assert_eq!(agreement("zwei Drittel der Sitze", "two-thirds of the seats"), Agreement::Same);
        assert_eq!(agreement("zwei Drittel der Sitze", "a third of the seats"), Agreement::Different);
        assert_eq!(agreement("die Hälfte der Sitze", "50 percent of the seats"), Agreement::Converted);
        assert_eq!(agreement("ein Drittel der Sitze", "33 percent of the seats"), Agreement::Converted);
        assert_eq!(agreement("die Hälfte der Sitze", "48 percent of the seats"), Agreement::Incomparable);
    }

    #[test]
    fn a_sign_counts_for_temperatures_alone() {
        assert_eq!(agreement("minus 5 Prozent", "5 percent"), Agreement::Same);
        assert_eq!(agreement("minus 5 Grad", "5 degrees"), Agreement::Different);
        assert_eq!(agreement("minus 5 Grad", "-5 °C"), Agreement::Same);
    }
}
