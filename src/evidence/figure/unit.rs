//! Units and magnitude words.

use super::currency::Currency;

/// What a figure measures. Figures of different dimensions are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::evidence) enum Dimension {
    /// Things, or nothing that is known.
    Count,
    /// An amount of money.
    Money(Currency),
    /// Per cent.
    Percent,
    /// Percentage points.
    PercentPoints,
    /// How many times.
    Times,
    /// The place in a row: third, 3rd, 3.
    Ordinal,
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Litres.
    Volume,
    /// Grams.
    Mass,
    /// Seconds.
    Duration,
    /// Minutes since midnight.
    Clock,
    /// Degrees Celsius.
    Temperature,
    /// Metres per second.
    Speed,
    /// Watts.
    Power,
    /// Watt hours.
    Energy,
    /// The result of a match: a thousand times the first number, plus the second.
    Score,
    /// A part of a whole, of which one is all: two thirds.
    Share,
    /// Hundredths of a currency that is not named.
    Cents,
    /// Bytes.
    Data,
}

/// A unit: its dimension, how much of the dimension's own unit it is, and what is added after that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::evidence) struct Unit {
    pub(in crate::evidence) dimension: Dimension,
    pub(in crate::evidence) factor: f64,
    pub(in crate::evidence) offset: f64,
}

/// What a magnitude word multiplies by. A German *Billion* is an English *trillion*.
pub(super) fn magnitude(word: &str, german: bool) -> Option<f64> {
    Some(match word {
        "dutzend" | "dutzende" | "dozen" | "dozens" => 12.0,
        "hundert" | "hundred" => 1e2,
        "tausend" | "thousand" | "tsd" | "k" => 1e3,
        "lakh" | "lakhs" if !german => 1e5,
        "million" | "millionen" | "mio" | "mill" | "millions" | "mn" | "mln" | "mil" => 1e6,
        "crore" | "crores" if !german => 1e7,
        "milliarde" | "milliarden" | "mrd" | "md" | "bn" | "bln" => 1e9,
        "m" if !german => 1e6,
        "b" | "billion" | "billions" if !german => 1e9,
        "billion" | "billionen" | "bio" | "trillion" | "trillions" | "tn" | "trn" | "tln" => 1e12,
        _ => return None,
    })
}

/// The unit that a folded word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    use Dimension::{
        Area, Cents, Data, Duration, Energy, Length, Mass, Percent, PercentPoints, Power, Speed, Temperature,
        Times, Volume,
    };
    let (dimension, factor) = match word {
        "prozent" | "percent" | "percents" | "pct" => (Percent, 1.0),
        "prozentpunkt" | "prozentpunkte" | "prozentpunkten" => (PercentPoints, 1.0),
        "mal" | "times" | "fach" | "fache" | "fachen" | "faches" | "fold" => (Times, 1.0),
        "nm" | "nanometer" | "nanometern" | "nanometers" | "nanometres" => (Length, 1e-9),
        "μm" | "mikrometer" | "mikrometern" | "micrometer" | "micrometers" | "micrometres" => (Length, 1e-6),
        "mm" | "millimeter" | "millimetern" | "millimeters" | "millimetre" | "millimetres" => (Length, 1e-3),
        "dm" | "dezimeter" | "decimeter" | "decimeters" | "decimetre" | "decimetres" => (Length, 1e-1),
        "cm" | "zentimeter" | "zentimetern" | "centimeter" | "centimeters" | "centimetre" | "centimetres" => {
            (Length, 1e-2)
        }
        "meter" | "metern" | "meters" | "metre" | "metres" => (Length, 1.0),
        "km" | "kilometer" | "kilometern" | "kilometers" | "kilometre" | "kilometres" => (Length, 1e3),
        "mile" | "miles" | "meile" | "meilen" => (Length, 1_609.344),
        "foot" | "feet" | "ft" | "fuss" => (Length, 0.3048),
        "inch" | "inches" | "zoll" => (Length, 0.0254),
        "yard" | "yards" => (Length, 0.9144),
        "hektar" | "hectare" | "hectares" | "ha" => (Area, 1e4),
        "acre" | "acres" => (Area, 4_046.856),
        "quadratmeter" | "quadratmetern" => (Area, 1.0),
        "quadratkilometer" | "quadratkilometern" => (Area, 1e6),
        "ml" | "milliliter" | "millilitern" | "milliliters" | "millilitres" => (Volume, 1e-3),
        "liter" | "litern" | "liters" | "litre" | "litres" => (Volume, 1.0),
        "gallon" | "gallons" | "gallone" | "gallonen" => (Volume, 3.785),
        "barrel" | "barrels" => (Volume, 158.987),
        "kubikmeter" | "kubikmetern" => (Volume, 1e3),
        "μg" | "mcg" | "mikrogramm" | "microgram" | "micrograms" | "microgrammes" => (Mass, 1e-6),
        "mg" | "milligramm" | "milligram" | "milligrams" => (Mass, 1e-3),
        "gramm" | "gram" | "grams" | "g" => (Mass, 1.0),
        "kg" | "kilo" | "kilos" | "kilogramm" | "kilogram" | "kilograms" => (Mass, 1e3),
        "tonne" | "tonnen" | "tonnes" | "ton" | "tons" => (Mass, 1e6),
        "pound" | "pounds" | "lb" | "lbs" => (Mass, 453.592),
        "ounce" | "ounces" | "oz" | "unze" | "unzen" => (Mass, 28.3495),
        "sekunde" | "sekunden" | "second" | "seconds" => (Duration, 1.0),
        "minute" | "minuten" | "minutes" | "min" | "minutige" | "minutigen" => (Duration, 60.0),
        "stunde" | "stunden" | "hour" | "hours" | "stundige" | "stundigen" | "stundiger" => {
            (Duration, 3_600.0)
        }
        "tag" | "tage" | "tagen" | "day" | "days" | "tagige" | "tagigen" => (Duration, 86_400.0),
        "woche" | "wochen" | "week" | "weeks" | "wochige" | "wochigen" => (Duration, 604_800.0),
        "monat" | "monate" | "monaten" | "month" | "months" | "monatige" | "monatigen" => {
            (Duration, 2_629_800.0)
        }
        "jahr" | "jahre" | "jahren" | "jahres" | "year" | "years" | "jahrig" | "jahrige" | "jahrigen"
        | "jahriger" | "jahriges" | "jahrigem" => (Duration, YEAR),
        "jahrzehnt" | "jahrzehnte" | "jahrzehnten" | "decade" | "decades" => (Duration, 10.0 * YEAR),
        "stundenkilometer" | "stundenkilometern" | "kph" | "kmh" | "kmph" => (Speed, 1.0 / 3.6),
        "mph" => (Speed, 0.447_04),
        "watt" | "watts" => (Power, 1.0),
        "kilowatt" | "kw" => (Power, 1e3),
        "megawatt" | "mw" => (Power, 1e6),
        "gigawatt" | "gw" => (Power, 1e9),
        "kilowattstunde" | "kilowattstunden" | "kwh" => (Energy, 1e3),
        "megawattstunde" | "megawattstunden" | "mwh" => (Energy, 1e6),
        "gigawattstunde" | "gigawattstunden" | "gwh" => (Energy, 1e9),
        "terawattstunde" | "terawattstunden" | "twh" => (Energy, 1e12),
        "grad" | "degree" | "degrees" | "celsius" | "centigrade" => (Temperature, 1.0),
        "cent" | "cents" => (Cents, 1.0),
        "byte" | "bytes" => (Data, 1.0),
        "kilobyte" | "kilobytes" | "kb" => (Data, 1e3),
        "megabyte" | "megabytes" => (Data, 1e6),
        "gigabyte" | "gigabytes" | "gb" => (Data, 1e9),
        "terabyte" | "terabytes" | "tb" => (Data, 1e12),
        _ => return None,
    };
    Some(Unit { dimension, factor, offset: 0.0 })
}

/// Whether a folded word is a unit, a currency or a magnitude, so that a number before it is an amount and no year.
pub(in crate::evidence) fn is_unit_or_magnitude(word: &str) -> bool {
    unit(word).is_some()
        || Currency::of_word(word).is_some()
        || word.len() > 1 && magnitude(word, false).is_some()
}

/// Square and cubic units, by the word after *square* or *cubic*.
pub(super) fn power_unit(power: &str, word: &str) -> Option<Unit> {
    let length = unit(word).filter(|unit| unit.dimension == Dimension::Length)?;
    Some(match power {
        "square" => Unit { dimension: Dimension::Area, factor: length.factor.powi(2), offset: 0.0 },
        "cubic" => Unit { dimension: Dimension::Volume, factor: length.factor.powi(3) * 1e3, offset: 0.0 },
        _ => return None,
    })
}

/// A year in seconds, leap years averaged.
const YEAR: f64 = 31_557_600.0;
/// Degrees Fahrenheit in degrees Celsius.
pub(super) const FAHRENHEIT: Unit =
    Unit { dimension: Dimension::Temperature, factor: 5.0 / 9.0, offset: -160.0 / 9.0 };

impl Dimension {
    /// The sign or short name of the dimension's own unit; empty for counts.
    pub(in crate::evidence) fn unit_name(self) -> &'static str {
        match self {
            Self::Count => "",
            Self::Money(currency) => currency.code(),
            Self::Percent => "%",
            Self::PercentPoints => "pp",
            Self::Times => "×",
            Self::Ordinal => "in a row",
            Self::Length => "m",
            Self::Area => "m²",
            Self::Volume => "l",
            Self::Mass => "g",
            Self::Duration => "s",
            Self::Clock => "min of the day",
            Self::Temperature => "°C",
            Self::Speed => "m/s",
            Self::Power => "W",
            Self::Energy => "Wh",
            Self::Score => "result",
            Self::Share => "of the whole",
            Self::Cents => "ct",
            Self::Data => "B",
        }
    }

    /// Whether figures of this dimension count things that a noun names.
    pub(in crate::evidence) fn counts_things(self) -> bool {
        self == Self::Count
    }

    /// Whether figures of both can be compared. The 29th precinct is precinct 29, and half is 50 per cent.
    pub(in crate::evidence) fn is_comparable(self, other: Self) -> bool {
        let counts = |dimension| matches!(dimension, Self::Count | Self::Ordinal);
        let parts = |dimension| matches!(dimension, Self::Share | Self::Percent);
        self == other || counts(self) && counts(other) || parts(self) && parts(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_german_billion_is_an_english_trillion() {
        assert_eq!(magnitude("billion", true), magnitude("trillion", false));
        assert_eq!(magnitude("milliarde", true), magnitude("billion", false));
    }

    #[test]
    fn square_units_are_squares() {
        let mile = power_unit("square", "miles").map(|unit| unit.factor);
        assert!(mile.is_some_and(|factor| (factor - 2_589_988.0).abs() < 1.0));
        assert_eq!(power_unit("square", "hours"), None);
    }
}
