//! What a name sounds like, from the ways in which languages bring one over from another alphabet.

use unicode_normalization::UnicodeNormalization as _;

use super::token::fold;

/// Spellings and the sound that each stands for, the longer ones first: `4` is the *ch* of *church*, `5` *sh*, `6` the *s* of
/// *measure*, `7` the *j* of *jam*, `8` *shch*, `c` *ts*. A letter that is in none of them stands for itself.
const SOUNDS: [(&str, u8); 43] = [
    ("schtschj", b'8'),
    ("schtsch", b'8'),
    ("sjtsj", b'8'),
    ("stsch", b'8'),
    ("chtch", b'8'),
    ("sjtj", b'8'),
    ("shch", b'8'),
    ("szcz", b'8'),
    ("tsch", b'4'),
    ("dsch", b'7'),
    ("dsh", b'7'),
    ("dzh", b'7'),
    ("dzj", b'7'),
    ("stx", b'8'),
    ("tsj", b'4'),
    ("tch", b'4'),
    ("sch", b'5'),
    ("tx", b'4'),
    ("tj", b'4'),
    ("sj", b'5'),
    ("zj", b'6'),
    ("sh", b'5'),
    ("sz", b'5'),
    ("zh", b'6'),
    ("ch", b'4'),
    ("cz", b'4'),
    ("ck", b'k'),
    ("ph", b'f'),
    ("ks", b'x'),
    ("kh", b'h'),
    ("gh", b'g'),
    ("dj", b'7'),
    ("ts", b'c'),
    ("tz", b'c'),
    ("th", b't'),
    ("ou", b'u'),
    ("oe", b'u'),
    ("ue", b'u'),
    ("ae", b'a'),
    ("q", b'k'),
    ("w", b'v'),
    ("y", b'i'),
    ("j", b'i'),
];
/// Ends of family names that languages write their own way, and one spelling for all of them.
const ENDS: [(&str, &str); 9] = [
    ("off", "ov"),
    ("eff", "ev"),
    ("ine", "in"),
    ("ou", "ov"),
    ("au", "av"),
    ("yi", "i"),
    ("iy", "i"),
    ("yj", "i"),
    ("ij", "i"),
];
/// A name with fewer letters keeps its end: *Gau* and *Nou* have no other.
const LEAST_WITH_END: usize = 6;

/// The letters of a name in lower case, those with marks of their own as the letters that English has for their sound.
pub(super) fn letters(name: &str) -> String {
    let lower = name.to_lowercase().nfc().collect::<String>();
    let lower = lower.replace("dž", "dzh").replace("dż", "dzh");
    let mut plain = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'š' | 'ş' | 'ś' | 'ș' => plain.push_str("sh"),
            'č' | 'ć' | 'ç' => plain.push_str("ch"),
            'ž' | 'ż' | 'ź' => plain.push_str("zh"),
            'ŭ' => plain.push('v'),
            'ğ' => plain.push('h'),
            c => plain.push(c),
        }
    }
    fold(&plain)
}

/// The sounds of a name that is given in [`letters`], none of them twice in a row.
pub(super) fn sounds(letters: &str) -> Vec<u8> {
    let end = ENDS.iter().find(|(end, _)| letters.len() >= LEAST_WITH_END && letters.ends_with(end));
    let plain = end.map_or_else(
        || letters.to_owned(),
        |(end, other)| format!("{}{other}", letters.strip_suffix(end).unwrap_or(letters)),
    );
    let bytes = plain.as_bytes();
    let mut sounds: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let known = SOUNDS.iter().find(|(spelling, _)| rest.starts_with(spelling.as_bytes()));
        let (sound, length) = known.map_or((rest[0], 1), |(spelling, sound)| (*sound, spelling.len()));
        if sounds.last() != Some(&sound) {
            sounds.push(sound);
        }
        at += length;
    }
    sounds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_spell_the_same_sounds_their_own_way() {
        for (one, other) in [
            ("Schtscherbakow", "Shcherbakov"),
            ("Džalilov", "Dzhalilov"),
            ("Boutourline", "Buturlin"),
            ("Čechov", "Tschechow"),
            ("Rusakoff", "Rusakow"),
            ("Zelenskyi", "Zelensky"),
        ] {
            assert_eq!(sounds(&letters(one)), sounds(&letters(other)), "{one} {other}");
        }
        assert_ne!(sounds(&letters("Scholz")), sounds(&letters("Schulz")));
    }
}
