//! Currencies: their signs, their names, and the countries that tell one dollar from another.

/// The currencies that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::evidence) enum Currency {
    /// €
    Euro,
    /// $, the United States' unless something says whose
    Dollar,
    /// £
    Pound,
    /// Swiss francs, unless something says whose
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
    /// kr, where nothing says whose
    Krone,
    /// C$
    CanadianDollar,
    /// A$
    AustralianDollar,
    /// NZ$
    NewZealandDollar,
    /// HK$
    HongKongDollar,
    /// S$
    SingaporeDollar,
    /// Mexican pesos
    MexicanPeso,
    /// R$
    Real,
    /// ₩
    Won,
    /// South African rand
    Rand,
    /// ₪
    Shekel,
    /// Hungarian forint
    Forint,
    /// Swedish kronor
    SwedishKrona,
    /// Norwegian kroner
    NorwegianKrone,
    /// Danish kroner
    DanishKrone,
    /// Czech koruny
    CzechKoruna,
    /// ₿
    Bitcoin,
}

impl Currency {
    /// Its ISO 4217 code; `$` and `kr` where nothing says whose.
    pub(super) fn code(self) -> &'static str {
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
            Self::CanadianDollar => "CAD",
            Self::AustralianDollar => "AUD",
            Self::NewZealandDollar => "NZD",
            Self::HongKongDollar => "HKD",
            Self::SingaporeDollar => "SGD",
            Self::MexicanPeso => "MXN",
            Self::Real => "BRL",
            Self::Won => "KRW",
            Self::Rand => "ZAR",
            Self::Shekel => "ILS",
            Self::Forint => "HUF",
            Self::SwedishKrona => "SEK",
            Self::NorwegianKrone => "NOK",
            Self::DanishKrone => "DKK",
            Self::CzechKoruna => "CZK",
            Self::Bitcoin => "BTC",
        }
    }

    /// Its English name: `euro`, `canadian dollar`.
    pub(in crate::evidence) fn name(self) -> String {
        let written = format!("{self:?}");
        let mut name = String::with_capacity(written.len() + 1);
        for c in written.chars() {
            if c.is_uppercase() && !name.is_empty() {
                name.push(' ');
            }
            name.extend(c.to_lowercase());
        }
        name
    }

    /// The currency that a sign stands for.
    pub(super) fn of_sign(sign: &str) -> Option<Self> {
        Some(match sign {
            "€" => Self::Euro,
            "$" => Self::Dollar,
            "£" => Self::Pound,
            "¥" => Self::Yen,
            "元" => Self::Yuan,
            "₽" => Self::Rouble,
            "₴" => Self::Hryvnia,
            "₹" => Self::Rupee,
            "₺" => Self::Lira,
            "₩" => Self::Won,
            "₪" => Self::Shekel,
            "₿" => Self::Bitcoin,
            _ => return None,
        })
    }

    /// The currency of a dollar sign with `letters`, folded, before it: `C$`, `HK$`, `AUD$`.
    pub(super) fn of_marked_dollar(letters: &str) -> Option<Self> {
        Some(match letters {
            "us" | "usd" => Self::Dollar,
            "c" | "ca" | "can" | "cad" => Self::CanadianDollar,
            "a" | "au" | "aud" => Self::AustralianDollar,
            "nz" | "nzd" => Self::NewZealandDollar,
            "hk" | "hkd" => Self::HongKongDollar,
            "s" | "sg" | "sgd" => Self::SingaporeDollar,
            "mx" | "mex" | "mxn" => Self::MexicanPeso,
            "r" | "brl" => Self::Real,
            _ => return None,
        })
    }

    /// The currency that a folded word names. *Pound* alone is left to the context.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "euro" | "euros" | "eur" => Self::Euro,
            "dollar" | "dollars" | "usd" | "buck" | "bucks" => Self::Dollar,
            "pfund" | "gbp" | "sterling" => Self::Pound,
            "franken" | "chf" | "franc" | "francs" => Self::Franc,
            "yen" | "jpy" => Self::Yen,
            "yuan" | "renminbi" | "cny" | "rmb" | "元" => Self::Yuan,
            "rubel" | "rubles" | "roubles" | "ruble" | "rouble" | "rub" => Self::Rouble,
            "hrywnja" | "hryvnia" | "hryvnias" | "griwna" | "uah" => Self::Hryvnia,
            "rupie" | "rupien" | "rupee" | "rupees" | "inr" => Self::Rupee,
            "zloty" | "zlotys" | "pln" => Self::Zloty,
            "lira" | "try" => Self::Lira,
            "krone" | "kronen" | "krona" | "kronor" | "kroner" | "koruna" => Self::Krone,
            "cad" => Self::CanadianDollar,
            "aud" => Self::AustralianDollar,
            "nzd" => Self::NewZealandDollar,
            "hkd" => Self::HongKongDollar,
            "sgd" => Self::SingaporeDollar,
            "mxn" => Self::MexicanPeso,
            "brl" | "reais" => Self::Real,
            "krw" => Self::Won,
            "zar" => Self::Rand,
            "ils" | "schekel" | "shekel" | "shekels" => Self::Shekel,
            "huf" | "forint" => Self::Forint,
            "sek" => Self::SwedishKrona,
            "nok" => Self::NorwegianKrone,
            "dkk" => Self::DanishKrone,
            "czk" => Self::CzechKoruna,
            "btc" | "bitcoin" | "bitcoins" => Self::Bitcoin,
            _ => return None,
        })
    }

    /// The currency of a country: `whose` is the folded word before `named`, the folded name of a currency.
    pub(super) fn of_country(whose: &str, named: &str) -> Option<Self> {
        // Chinese is no German *chines* with an ending.
        let english = whose.ends_with("ese");
        let country = whose
            .strip_suffix("er")
            .or_else(|| whose.strip_suffix("en"))
            .or_else(|| whose.strip_suffix('e'))
            .filter(|_| !english)
            .unwrap_or(whose);
        let base = Self::of_word(named);
        Some(match (country, base, named) {
            ("us" | "american" | "amerikanisch", Some(Self::Dollar), _) => Self::Dollar,
            ("canadian" | "kanadisch", Some(Self::Dollar), _) => Self::CanadianDollar,
            ("australian" | "australisch", Some(Self::Dollar), _) => Self::AustralianDollar,
            ("zealand" | "neuseelandisch", Some(Self::Dollar), _) => Self::NewZealandDollar,
            ("kong" | "hongkong", Some(Self::Dollar), _) => Self::HongKongDollar,
            ("singapore" | "singapur", Some(Self::Dollar), _) => Self::SingaporeDollar,
            ("swiss" | "schweiz", Some(Self::Franc), _) => Self::Franc,
            ("british" | "britisch", _, "pound" | "pounds" | "pfund") => Self::Pound,
            ("swedish" | "schwedisch", Some(Self::Krone), _) => Self::SwedishKrona,
            ("norwegian" | "norwegisch", Some(Self::Krone), _) => Self::NorwegianKrone,
            ("danish" | "danisch", Some(Self::Krone), _) => Self::DanishKrone,
            ("czech" | "tschechisch", Some(Self::Krone), _) => Self::CzechKoruna,
            ("mexican" | "mexikanisch", _, "peso" | "pesos") => Self::MexicanPeso,
            ("brazilian" | "brasilianisch", _, "real" | "reais") => Self::Real,
            ("korean" | "koreanisch" | "sudkoreanisch", _, "won") => Self::Won,
            ("african" | "sudafrikanisch", _, "rand") => Self::Rand,
            ("chinese" | "chinesisch", Some(Self::Yuan), _) => Self::Yuan,
            ("japanese" | "japanisch", Some(Self::Yen), _) => Self::Yen,
            ("indian" | "indisch", Some(Self::Rupee), _) => Self::Rupee,
            ("turkish" | "turkisch", Some(Self::Lira), _) => Self::Lira,
            ("russian" | "russisch", Some(Self::Rouble), _) => Self::Rouble,
            ("ukrainian" | "ukrainisch", Some(Self::Hryvnia), _) => Self::Hryvnia,
            ("polish" | "polnisch", Some(Self::Zloty), _) => Self::Zloty,
            _ => return None,
        })
    }

    /// The currency and the magnitude of `MEUR`, `MUSD`, `kEUR`, `TEUR`, as `word` writes them.
    pub(super) fn with_magnitude(word: &str) -> Option<(Self, f64)> {
        let code = word
            .get(1..)
            .filter(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))?;
        let size = match word.as_bytes().first()? {
            b'M' => 1e6,
            b'k' | b'T' => 1e3,
            _ => return None,
        };
        Self::of_word(&code.to_ascii_lowercase()).map(|currency| (currency, size))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_tells_one_dollar_from_another() {
        assert_eq!(Currency::of_country("kanadischen", "dollar"), Some(Currency::CanadianDollar));
        assert_eq!(Currency::of_country("canadian", "dollars"), Some(Currency::CanadianDollar));
        assert_eq!(Currency::of_country("schwedische", "kronen"), Some(Currency::SwedishKrona));
        assert_eq!(Currency::of_country("canadian", "francs"), None);
        assert_eq!(Currency::of_marked_dollar("hk"), Some(Currency::HongKongDollar));
    }

    #[test]
    fn a_code_may_carry_its_magnitude() {
        assert_eq!(Currency::with_magnitude("MEUR"), Some((Currency::Euro, 1e6)));
        assert_eq!(Currency::with_magnitude("TEUR"), Some((Currency::Euro, 1e3)));
        assert_eq!(Currency::with_magnitude("MEHR"), None);
        assert_eq!(Currency::with_magnitude("Meur"), None);
    }
}
