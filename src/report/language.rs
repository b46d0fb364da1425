//! Languages by code and by name, and a guess at the language of a passage.

use whatlang::Lang;

/// ISO 639-1 codes of the languages that are known by name.
const LANGUAGES: [(&str, Lang); 36] = [
    ("ar", Lang::Ara),
    ("be", Lang::Bel),
    ("bg", Lang::Bul),
    ("ca", Lang::Cat),
    ("cs", Lang::Ces),
    ("da", Lang::Dan),
    ("de", Lang::Deu),
    ("el", Lang::Ell),
    ("en", Lang::Eng),
    ("es", Lang::Spa),
    ("et", Lang::Est),
    ("fa", Lang::Pes),
    ("fi", Lang::Fin),
    ("fr", Lang::Fra),
    ("he", Lang::Heb),
    ("hi", Lang::Hin),
    ("hr", Lang::Hrv),
    ("hu", Lang::Hun),
    ("it", Lang::Ita),
    ("ja", Lang::Jpn),
    ("ko", Lang::Kor),
    ("lt", Lang::Lit),
    ("lv", Lang::Lav),
    ("nb", Lang::Nob),
    ("nl", Lang::Nld),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ro", Lang::Ron),
    ("ru", Lang::Rus),
    ("sk", Lang::Slk),
    ("sl", Lang::Slv),
    ("sr", Lang::Srp),
    ("sv", Lang::Swe),
    ("tr", Lang::Tur),
    ("uk", Lang::Ukr),
    ("zh", Lang::Cmn),
];

/// The English name of the language with this code; the code itself where the name is not known, and `None` for
/// `und`, the code of a language that could not be told.
pub(super) fn name(code: &str) -> Option<&str> {
    let known = LANGUAGES.iter().find(|(known, _)| *known == code);
    match code {
        "und" | "" => None,
        _ => Some(known.map_or(code, |(_, language)| language.eng_name())),
    }
}

/// The code of the language that `text` is surely in. A dossier does not say which language a page is in, but
/// speech output needs to know it to pronounce a passage; a doubtful guess is worse than none.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    let guess = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    LANGUAGES.iter().find(|(_, language)| *language == guess.lang()).map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_languages_and_keeps_codes_it_does_not_know() {
        assert_eq!(name("de"), Some("German"));
        assert_eq!(name("tlh"), Some("tlh"));
        assert_eq!(name("und"), None);
    }

    #[test]
    fn tells_the_language_of_a_sentence_but_guesses_at_no_figure() {
        let english = "The ministers of seven countries will meet again on the second day of the conference to talk about it.";
        assert_eq!(of_text(english), Some("en"));
        assert_eq!(of_text("48,000"), None);
    }
}
