//! Stems: endings taken off words, lightly, so that forms of one word meet.
//!
//! Input is folded (lower case, no accents). The rules are few and are used on both sides of every comparison,
//! so that a wrong cut does no harm unless two words fall together.

use super::language::Language;

/// English forms that no ending explains.
const IRREGULAR: [(&str, &str); 76] = [
    ("ate", "eat"),
    ("became", "becom"),
    ("began", "begin"),
    ("begun", "begin"),
    ("better", "good"),
    ("bought", "buy"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("came", "com"),
    ("caught", "catch"),
    ("children", "child"),
    ("chose", "choos"),
    ("chosen", "choos"),
    ("did", "do"),
    ("done", "do"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "driv"),
    ("drove", "driv"),
    ("fallen", "fall"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("fled", "fle"),
    ("fought", "fight"),
    ("found", "find"),
    ("gave", "giv"),
    ("given", "giv"),
    ("gone", "go"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("heard", "hear"),
    ("held", "hold"),
    ("hidden", "hid"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("laid", "lay"),
    ("led", "lead"),
    ("left", "leav"),
    ("lives", "lif"),
    ("lost", "los"),
    ("made", "mak"),
    ("meant", "mean"),
    ("men", "man"),
    ("met", "meet"),
    ("paid", "pay"),
    ("people", "person"),
    ("ran", "run"),
    ("risen", "ris"),
    ("rose", "ris"),
    ("said", "say"),
    ("sat", "sit"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shot", "shoot"),
    ("shown", "show"),
    ("sold", "sell"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("stood", "stand"),
    ("taken", "tak"),
    ("taught", "teach"),
    ("thought", "think"),
    ("threw", "throw"),
    ("told", "tell"),
    ("took", "tak"),
    ("went", "go"),
    ("women", "woman"),
    ("won", "win"),
    ("wore", "wear"),
    ("written", "writ"),
    ("wrote", "writ"),
];

/// The stem of `folded`.
pub(super) fn stem(folded: &str, language: Language) -> String {
    match language {
        Language::German => german(folded).to_owned(),
        Language::English => english(folded),
        Language::Other => folded.to_owned(),
    }
}

/// What German verbs begin with, folded; the empty one first.
pub(super) const VERB_PREFIXES: [&str; 36] = [
    "", "zuruck", "zusammen", "weiter", "nieder", "durch", "gegen", "heraus", "herunter", "hinaus", "hinzu",
    "statt", "fest", "nach", "auf", "aus", "vor", "her", "mit", "weg", "an", "ab", "ein", "zu", "bei", "um",
    "hin", "teil", "los", "uber", "unter", "ver", "ent", "zer", "er", "be",
];

/// Forms of a German verb that its infinitive explains: *angekündigt* for *ankündigen*, *einzuhalten* for *einhalten*.
pub(super) fn german_verb_forms(folded: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for prefix in VERB_PREFIXES {
        let Some(rest) = folded.strip_prefix(prefix) else { continue };
        for infix in ["ge", "zu"] {
            if infix == "zu" && prefix.is_empty() {
                continue;
            }
            if let Some(root) = rest.strip_prefix(infix).filter(|root| root.len() >= 4) {
                forms.push(german(&format!("{prefix}{root}")).to_owned());
            }
        }
    }
    forms
}

fn german(word: &str) -> &str {
    let word = ["innen", "in"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|rest| rest.ends_with("er") && rest.len() >= 5))
        .unwrap_or(word);
    let word = cut(
        word,
        &["ern", "sten", "ten", "tet", "test", "te", "em", "en", "er", "es", "et", "st", "e", "n", "s", "t"],
        4,
    );
    cut(word, &["er", "en", "e", "s"], 4)
}

fn english(word: &str) -> String {
    if let Ok(at) = IRREGULAR.binary_search_by_key(&word, |&(form, _)| form) {
        return IRREGULAR[at].1.to_owned();
    }
    let plural = plural(word);
    let word = plural.as_str();
    // guaranteed, agreed: only the d is the ending.
    let word = word.strip_suffix('d').filter(|rest| rest.ends_with("ee") && rest.len() >= 5).unwrap_or(word);
    let bare = ["ing", "ed"]
        .iter()
        .find_map(|ending| {
            word.strip_suffix(ending).filter(|rest| rest.len() >= 3 && rest.contains(is_vowel))
        })
        .map(undouble);
    let word = bare.unwrap_or(word);
    let word = word.strip_suffix("ly").filter(|rest| rest.len() >= 4).unwrap_or(word);
    // British and American spellings meet: defence/defense, centre/center, labour/labor, organise/organize.
    let word = word.strip_suffix('e').filter(|rest| rest.len() >= 3).unwrap_or(word);
    let mut word = match word.strip_suffix('y').filter(|rest| rest.len() >= 3) {
        Some(rest) => format!("{rest}i"),
        None => word.to_owned(),
    };
    for (british, american) in [
        ("our", "or"),
        ("tr", "ter"),
        ("enc", "ens"),
        ("is", "iz"),
        ("isation", "ization"),
        ("grammm", "gramm"),
    ] {
        if word.len() > british.len() + 2 && word.ends_with(british) {
            word.truncate(word.len() - british.len());
            word.push_str(american);
            break;
        }
    }
    word
}

fn plural(word: &str) -> String {
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() >= 2) {
        return format!("{rest}y");
    }
    if let Some(rest) = word.strip_suffix("es").filter(|rest| {
        rest.len() >= 3
            && (rest.ends_with("ss")
                || rest.ends_with("sh")
                || rest.ends_with("ch")
                || rest.ends_with('x')
                || rest.ends_with('o'))
    }) {
        return rest.to_owned();
    }
    let kept = word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") || word.len() < 4;
    if kept { word } else { word.strip_suffix('s').unwrap_or(word) }.to_owned()
}

/// *plann* to *plan*; *kill* stays, since *killing* and *kill* have to meet.
fn undouble(word: &str) -> &str {
    let bytes = word.as_bytes();
    match bytes {
        [.., one, other] if one == other && !matches!(one, b'l' | b's' | b'e' | b'o' | b'z') => {
            word.get(..word.len() - 1).unwrap_or(word)
        }
        _ => word,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// `word` without the first of `endings` that leaves at least `least` letters.
fn cut<'a>(word: &'a str, endings: &[&str], least: usize) -> &'a str {
    endings
        .iter()
        .find_map(|ending| word.strip_suffix(ending).filter(|rest| rest.len() >= least))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn de(word: &str) -> String {
        stem(word, Language::German)
    }

    fn en(word: &str) -> String {
        stem(word, Language::English)
    }

    #[test]
    fn irregular_forms_are_sorted_for_the_search() {
        assert!(IRREGULAR.is_sorted());
    }

    #[test]
    fn forms_of_a_german_word_meet() {
        for forms in [
            &["soldat", "soldaten"][..],
            &["minister", "ministern", "ministerin", "ministerinnen", "ministers"],
            &["garantie", "garantien"],
            &["fordern", "fordert", "forderte", "forderten"],
            &["europaisch", "europaische", "europaischen", "europaischer", "europaisches"],
        ] {
            assert!(
                forms.iter().all(|form| de(form) == de(forms[0])),
                "{:?}",
                forms.iter().map(|form| de(form)).collect::<Vec<_>>()
            );
        }
        assert!(german_verb_forms("angekundigt").contains(&de("ankundigen")));
        assert!(german_verb_forms("einzuhalten").contains(&de("einhalten")));
    }

    #[test]
    fn forms_of_an_english_word_meet() {
        for forms in [
            &["troop", "troops"][..],
            &["country", "countries"],
            &["guarantee", "guarantees", "guaranteed"],
            &["plan", "planned", "planning", "plans"],
            &["defence", "defense"],
            &["say", "said", "says", "saying"],
            &["kill", "killed", "killing"],
            &["raise", "raised", "raising"],
            &["centre", "center"],
        ] {
            assert!(
                forms.iter().all(|form| en(form) == en(forms[0])),
                "{:?}",
                forms.iter().map(|form| en(form)).collect::<Vec<_>>()
            );
        }
    }
}
