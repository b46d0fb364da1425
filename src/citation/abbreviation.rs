//! Abbreviations of German and English, by what a full stop after them means.

/// What a full stop after a word may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dot {
    /// Part of the abbreviation: the sentence goes on.
    Abbreviates,
    /// Part of the abbreviation if a number follows: "Nr. 5", "S. 12".
    AbbreviatesNumber,
    /// Either: only a word that begins sentences tells that it ends one.
    Either,
    /// The end of a sentence.
    Ends,
}

/// Abbreviations that a name, a noun or a number follows, never a new sentence.
const ABBREVIATES: &[&str] = &[
    // Titles and forms of address.
    "dr", "prof", "hr", "fr", "frl", "ing", "dipl", "mr", "mrs", "ms", "messrs", "st", "sen", "rep", "gov",
    "gen", "lt", "col", "maj", "capt", "cmdr", "adm", "sgt", "cpl", "rev", "hon", "pres", "amb", "msgr",
    "rer", "nat", "jur", "med", "habil", "mme", "mlle", "sra", "srta",
    // Words that introduce or link.
    "bzw", "ca", "vgl", "sog", "evtl", "ggf", "ggfs", "inkl", "exkl", "einschl", "zzgl", "insb", "insbes",
    "gem", "lt", "bes", "ehem", "gegr", "geb", "gest", "verst", "verh", "urspr", "zw", "zzt", "vs", "cf",
    "eg", "ie", "viz", "approx", "resp", "hrsg", "ebd", "inkl", "mind", "tel", "str", "allg", "betr", "bspw",
    "entspr", "gez", "z.b", "d.h", "u.a", "i.e", "e.g", "z.t", "o.ä", "u.ä", "i.d.r", "s.o", "s.u", "v.a",
    "m.e", "z.zt", "v.chr", "n.chr", "mt", "ft", // Origins.
    "engl", "franz", "dt", "lat", "griech", "russ", "ukr", "amerik", "brit", "ital", "span", "türk", "europ",
    "österr", "schweiz",
];

/// Abbreviations before a number that are words or names without one.
const ABBREVIATES_NUMBER: &[&str] = &[
    "nr", "no", "nos", "art", "abs", "s", "p", "pp", "fig", "abb", "bd", "kap", "ziff", "vol", "ch", "sec",
    "sect", "par", "rn", "rz", "az", "tab", "eq", "jg", "aufl", "anm", "fn", "op", "lit", "pos", "ver", "v",
];

/// Abbreviations that may end a sentence.
const EITHER: &[&str] = &[
    "usw", "etc", "u.s.w", "ff", "f", "inc", "co", "corp", "ltd", "llc", "plc", "bros", "jr", "sr", "esq",
    "mio", "mrd", "tsd", "bio", "std", "sek", "min", "jh", "jhd", "jhdt", "chr", "jan", "feb", "mär", "apr",
    "aug", "sep", "sept", "okt", "oct", "nov", "dez", "dec", "mon", "tue", "wed", "thu", "fri", "a.m", "p.m",
    "u.s", "u.k", "u.n", "e.u", "d.c", "ph.d", "b.c", "a.d", "al", "est", "dept", "ave", "blvd", "rd",
    "mwst", "ust", "e.v", "a.d", "a.m", "i.r", "a.g", "km", "kg", "ha",
];

/// What a full stop after `word` may be, abbreviations apart from initials and numbers.
pub(super) fn dot_after(word: &str) -> Dot {
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    if ABBREVIATES.contains(&lower) {
        Dot::Abbreviates
    } else if ABBREVIATES_NUMBER.contains(&lower) {
        Dot::AbbreviatesNumber
    } else if EITHER.contains(&lower) || is_dotted(word) {
        Dot::Either
    } else {
        Dot::Ends
    }
}

/// Whether a word is letters with full stops between, such as "U.S.A".
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_sorted_by_what_follows_them() {
        assert_eq!(dot_after("Dr"), Dot::Abbreviates);
        assert_eq!(dot_after("bzw"), Dot::Abbreviates);
        assert_eq!(dot_after("Nr"), Dot::AbbreviatesNumber);
        assert_eq!(dot_after("U.S"), Dot::Either);
        assert_eq!(dot_after("usw"), Dot::Either);
        assert_eq!(dot_after("Haus"), Dot::Ends);
    }
}
