//! Spans of time and sizes as people write them: `30s`, `250ms`, `2m`; `100MB`, `64 KiB`, `4096`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A span of time, to the millisecond, of ten years at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(Duration);

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Size(u64);

/// Why a text is no [`Span`] or [`Size`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// No span of time.
    #[error("{0:?} is not a span of time: write a whole number and a unit, such as 250ms, 30s, 2m, 1h or 7d")]
    Span(String),
    /// No size.
    #[error("{0:?} is not a size: write a whole number of bytes or one with a unit, such as 64 KiB or 100MB")]
    Size(String),
    /// More than can be counted.
    #[error("{0:?} is too large")]
    TooLarge(String),
}

/// Units of time in milliseconds, the largest first. The first spelling of each is the one written.
const SPANS: [(&[&str], u64); 5] = [
    (&["d", "day", "days"], 86_400_000),
    (&["h", "hour", "hours"], 3_600_000),
    (&["m", "min", "minute", "minutes"], 60_000),
    (&["s", "sec", "second", "seconds"], 1_000),
    (&["ms"], 1),
];

/// Units of size in bytes. The SI prefixes mean powers of 1,000, the IEC prefixes powers of 1,024 (IEC 80000-13).
const SIZES: [(&str, u64); 8] = [
    ("TiB", 1 << 40),
    ("TB", 1_000_000_000_000),
    ("GiB", 1 << 30),
    ("GB", 1_000_000_000),
    ("MiB", 1 << 20),
    ("MB", 1_000_000),
    ("KiB", 1 << 10),
    ("KB", 1_000),
];

/// Ten years: far beyond any use, and safe to add to any instant.
const LONGEST: u64 = 3_650 * 86_400_000;

impl Span {
    /// A span of whole milliseconds; longer ones are cut to ten years.
    pub const fn from_millis(millis: u64) -> Self {
        Self(Duration::from_millis(if millis > LONGEST { LONGEST } else { millis }))
    }

    /// A span of whole seconds; longer ones are cut to ten years.
    pub const fn from_secs(seconds: u64) -> Self {
        Self::from_millis(seconds.saturating_mul(1_000))
    }

    /// The span as the standard library counts it.
    pub const fn duration(self) -> Duration {
        self.0
    }
}

impl Size {
    /// So many bytes.
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes)
    }

    /// The size in bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl FromStr for Span {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let refusal = || QuantityError::Span(text.to_owned());
        let (number, unit) = split(text);
        let factor = match unit.to_ascii_lowercase().as_str() {
            "" if number == "0" => 1,
            unit => SPANS.iter().find(|(names, _)| names.contains(&unit)).ok_or_else(refusal)?.1,
        };
        let millis = u64::try_from(times(number, factor).ok_or_else(refusal)?).unwrap_or(u64::MAX);
        if millis > LONGEST {
            return Err(QuantityError::TooLarge(text.to_owned()));
        }
        Ok(Self::from_millis(millis))
    }
}

impl FromStr for Size {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let refusal = || QuantityError::Size(text.to_owned());
        let (number, unit) = split(text);
        let factor = match unit.to_ascii_lowercase().as_str() {
            "" | "b" | "byte" | "bytes" => 1,
            unit => SIZES.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)).ok_or_else(refusal)?.1,
        };
        let bytes = times(number, factor).ok_or_else(refusal)?;
        u64::try_from(bytes).map(Self).map_err(|_| QuantityError::TooLarge(text.to_owned()))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = u64::try_from(self.0.as_millis()).unwrap_or(LONGEST);
        let whole = SPANS.iter().find(|(_, factor)| millis > 0 && millis.is_multiple_of(*factor));
        match whole {
            Some((names, factor)) => write!(f, "{}{}", millis / factor, names[0]),
            None => f.write_str("0s"),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = SIZES.iter().find(|(_, factor)| self.0 > 0 && self.0.is_multiple_of(*factor));
        match whole {
            Some((name, factor)) => write!(f, "{} {name}", self.0 / factor),
            None => write!(f, "{} B", self.0),
        }
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        span.0
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SizeVisitor)
    }
}

impl JsonSchema for Span {
    fn schema_name() -> Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A span of time: a whole number and a unit (ms, s, m, h, d).",
            "pattern": "^\\s*(0|[0-9]+\\s*[A-Za-z]+)\\s*$",
            "examples": ["250ms", "30s", "2m"],
        })
    }
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "integer"],
            "description": "A size: a whole number of bytes, or one with a unit (KB, MB, GB; KiB, MiB, GiB).",
            "minimum": 0,
            "pattern": "^\\s*[0-9]+\\s*[A-Za-z]*\\s*$",
            "examples": ["100MB", "64 KiB", 4096],
        })
    }
}

/// Takes a size as text or as a bare integer.
struct SizeVisitor;

impl Visitor<'_> for SizeVisitor {
    type Value = Size;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a size such as \"100MB\", \"64 KiB\" or 4096")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Size, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: serde::de::Error>(self, bytes: u64) -> Result<Size, E> {
        Ok(Size(bytes))
    }

    fn visit_i64<E: serde::de::Error>(self, bytes: i64) -> Result<Size, E> {
        u64::try_from(bytes).map(Size).map_err(|_| E::invalid_value(Unexpected::Signed(bytes), &self))
    }
}

/// The leading digits of a text and what follows them, both trimmed.
fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (&text[..digits], text[digits..].trim_start())
}

/// `number` times `factor`; nothing where it is no number.
fn times(number: &str, factor: u64) -> Option<u128> {
    if number.is_empty() {
        return None;
    }
    Some(number.parse().unwrap_or(u128::MAX).saturating_mul(u128::from(factor)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spans_are_read_with_any_unit() {
        for (text, millis) in [
            ("250ms", 250),
            ("30s", 30_000),
            (" 2 m ", 120_000),
            ("1h", 3_600_000),
            ("7d", 604_800_000),
            ("0", 0),
            ("5min", 300_000),
        ] {
            assert_eq!(text.parse(), Ok(Span::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn sizes_are_read_with_any_unit() {
        for (text, bytes) in [
            ("100MB", 100_000_000),
            ("64 KiB", 65_536),
            ("4096", 4096),
            ("1gib", 1 << 30),
            ("5 B", 5),
            ("2kB", 2000),
        ] {
            assert_eq!(text.parse(), Ok(Size::from_bytes(bytes)), "{text}");
        }
    }

    #[test]
    fn what_is_no_quantity_is_refused_by_name() {
        for text in ["", "s", "30", "-1s", "1.5s", "30 parsecs", "1s2s"] {
            assert_eq!(text.parse::<Span>(), Err(QuantityError::Span(text.to_owned())), "{text}");
        }
        for text in ["", "MB", "-1", "1.5MB", "3 bananas"] {
            assert_eq!(text.parse::<Size>(), Err(QuantityError::Size(text.to_owned())), "{text}");
        }
        for text in ["9999999999999d", "4000d", "99999999999999999999999s"] {
            assert_eq!(text.parse::<Span>(), Err(QuantityError::TooLarge(text.to_owned())), "{text}");
        }
        assert_eq!("99999999999TB".parse::<Size>(), Err(QuantityError::TooLarge("99999999999TB".to_owned())));
    }

    #[test]
    fn they_are_written_in_the_largest_whole_unit() {
        assert_eq!(Span::from_secs(120).to_string(), "2m");
        assert_eq!(Span::from_millis(1500).to_string(), "1500ms");
        assert_eq!(Span::from_secs(0).to_string(), "0s");
        assert_eq!(Size::from_bytes(100_000_000).to_string(), "100 MB");
        assert_eq!(Size::from_bytes(65_536).to_string(), "64 KiB");
        assert_eq!(Size::from_bytes(5).to_string(), "5 B");
    }

    #[test]
    fn toml_takes_text_and_for_sizes_integers() {
        #[derive(Debug, Deserialize)]
        struct Both {
            span: Span,
            size: Size,
        }
        let both: Both = toml::from_str("span = '30s'\nsize = 4096").unwrap();
        assert_eq!((both.span, both.size), (Span::from_secs(30), Size::from_bytes(4096)));
        let error = toml::from_str::<Both>("span = '30s'\nsize = -1").unwrap_err().to_string();
        assert!(error.contains("100MB"), "{error}");
        let error = toml::from_str::<Both>("span = 'soon'\nsize = 1").unwrap_err().to_string();
        assert!(error.contains("\"soon\" is not a span of time"), "{error}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn what_is_written_reads_back(millis in 0..=LONGEST, bytes: u64) {
            let (span, size) = (Span::from_millis(millis), Size::from_bytes(bytes));
            prop_assert_eq!(span.to_string().parse(), Ok(span));
            prop_assert_eq!(size.to_string().parse(), Ok(size));
        }

        #[test]
        fn no_text_makes_the_parsers_panic(text in ".{0,40}") {
            drop((text.parse::<Span>(), text.parse::<Size>()));
        }
    }
}
