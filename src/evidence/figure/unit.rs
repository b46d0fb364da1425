//! Units, currencies and magnitude words.

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
}

/// The currencies that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::evidence) enum Currency {
    /// €
    Euro,
    /// $, where nothing says which
    Dollar,
    /// £
    Pound,
    /// Swiss francs
    Franc,
    /// ¥
    Yen,
    /// Renminbi
    Yuan,
    /// ₽
    Rouble,
    /// ₴
    Hryvnia,
    /// ₹
    Rupee,
    /// zł
    Zloty,
    /// ₺
    Lira,
    /// kr
    Krone,
}

impl Currency {
    /// Its ISO 4217 code; `$` and `kr` where nothing says whose.
    fn code(self) -> &'static str {
        match self {
            Self::Euro => "EUR",
            Self::Dollar => "$",
            Self::Pound => "GBP",
            Self::Franc => "CHF",
            Self::Yen => "JPY",
            Self::Yuan => "CNY",
            Self::Rouble => "RUB",
            Self::Hryvnia => "UAH",
            Self::Rupee => "INR",
            Self::Zloty => "PLN",
            Self::Lira => "TRY",
            Self::Krone => "kr",
        }
    }
}

/// A unit: its dimension, how much of the dimension's own unit it is, and what is added after that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::evidence) struct Unit {
    pub(in crate::evidence) dimension: Dimension,
    pub(in crate::evidence) factor: f64,
    pub(in crate::evidence) offset: f64,
}

/// The currency that a sign stands for.
pub(super) fn currency_sign(sign: &str) -> Option<Currency> {
    Some(match sign {
        "€" => Currency::Euro,
        "$" => Currency::Dollar,
        "£" => Currency::Pound,
        "¥" => Currency::Yen,
        "₽" => Currency::Rouble,
        "₴" => Currency::Hryvnia,
        "₹" => Currency::Rupee,
        "₺" => Currency::Lira,
        _ => return None,
    })
}

/// The currency that a folded word names. *Pfund* and *pound* alone are left to the context.
pub(super) fn currency_word(word: &str) -> Option<Currency> {
    Some(match word {
        "euro" | "euros" | "eur" => Currency::Euro,
        "dollar" | "dollars" | "usd" | "buck" | "bucks" => Currency::Dollar,
        "pfund" | "gbp" | "sterling" => Currency::Pound,
        "franken" | "chf" | "franc" | "francs" => Currency::Franc,
        "yen" | "jpy" => Currency::Yen,
        "yuan" | "renminbi" | "cny" | "rmb" => Currency::Yuan,
        "rubel" | "rubles" | "roubles" | "ruble" | "rouble" | "rub" => Currency::Rouble,
        "hrywnja" | "hryvnia" | "hryvnias" | "griwna" | "uah" => Currency::Hryvnia,
        "rupie" | "rupien" | "rupee" | "rupees" | "inr" => Currency::Rupee,
        "zloty" | "zlotys" | "pln" => Currency::Zloty,
        "lira" | "try" => Currency::Lira,
        "krone" | "kronen" | "krona" | "kronor" | "kroner" => Currency::Krone,
        _ => return None,
    })
}

/// What a magnitude word multiplies by. A German *Billion* is an English *trillion*.
pub(super) fn magnitude(word: &str, german: bool) -> Option<f64> {
    Some(match word {
        "dutzend" | "dutzende" | "dozen" => 12.0,
        "hundert" | "hundred" => 1e2,
        "tausend" | "thousand" | "tsd" | "k" => 1e3,
        "million" | "millionen" | "mio" | "mill" | "millions" | "mn" | "mln" => 1e6,
        "milliarde" | "milliarden" | "mrd" | "md" | "bn" => 1e9,
        "m" if !german => 1e6,
        "b" | "billion" | "billions" if !german => 1e9,
        "billion" | "billionen" | "bio" | "trillion" | "trillions" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}

/// The unit that a folded word names.
pub(super) fn unit(word: &str) -> Option<Unit> {
    use Dimension::{
        Area, Duration, Energy, Length, Mass, Percent, PercentPoints, Power, Speed, Temperature, Times,
        Volume,
    };
    let (dimension, factor) = match word {
        "prozent" | "percent" | "percents" | "pct" => (Percent, 1.0),
        "prozentpunkt" | "prozentpunkte" | "prozentpunkten" => (PercentPoints, 1.0),
        "mal" | "times" | "fach" | "fache" | "fachen" | "faches" | "fold" => (Times, 1.0),
        "nm" | "nanometer" | "nanometern" | "nanometers" | "nanometres" => (Length, 1e-9),
        "μm" | "mikrometer" | "mikrometern" | "micrometer" | "micrometers" | "micrometres" => (Length, 1e-6),
        "mm" | "millimeter" | "millimetern" | "millimeters" | "millimetre" | "millimetres" => (Length, 1e-3),
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
        "stundenkilometer" | "stundenkilometern" => (Speed, 1.0 / 3.6),
        "mph" => (Speed, 0.447_04),
        "watt" | "watts" => (Power, 1.0),
        "kilowatt" | "kw" => (Power, 1e3),
        "megawatt" | "mw" => (Power, 1e6),
        "gigawatt" | "gw" => (Power, 1e9),
        "kilowattstunde" | "kilowattstunden" | "kwh" => (Energy, 1e3),
        "megawattstunde" | "megawattstunden" | "mwh" => (Energy, 1e6),
        "gigawattstunde" | "gigawattstunden" | "gwh" => (Energy, 1e9),
        "terawattstunde" | "terawattstunden" | "twh" => (Energy, 1e12),
        "grad" | "degree" | "degrees" => (Temperature, 1.0),
        _ => return None,
    };
    Some(Unit { dimension, factor, offset: 0.0 })
}

/// Whether a folded word is a unit, a currency or a magnitude, so that a number before it is an amount and no year.
pub(in crate::evidence) fn is_unit_or_magnitude(word: &str) -> bool {
    unit(word).is_some()
        || currency_word(word).is_some()
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
        }
    }

    /// Whether figures of this dimension count things that a noun names.
    pub(in crate::evidence) fn counts_things(self) -> bool {
        self == Self::Count
    }

    /// Whether figures of both can be compared. The 29th precinct is precinct 29.
    pub(in crate::evidence) fn is_comparable(self, other: Self) -> bool {
        let counts = |dimension| matches!(dimension, Self::Count | Self::Ordinal);
        self == other || counts(self) && counts(other)
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
