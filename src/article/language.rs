//! The language of an article.

use whatlang::Lang;

use super::block::{Block, BlockKind};

/// Letters that are needed before a guess is worth anything.
const FEWEST_LETTERS: usize = 30;

/// Bytes of text that are enough for a sure guess.
const SAMPLE_BYTES: usize = 16 * 1024;

/// ISO 639-1 code of the language that most of the article is in. When it is too short or the guess is not reliable,
/// the language that the file says it is in, else `und` (ISO 639-2: undetermined). The text speaks before the file,
/// for templates often say that everything is English.
pub(super) fn of(blocks: &[Block], stated: Option<String>) -> String {
    detected(blocks).map(str::to_owned).or(stated).unwrap_or_else(|| "und".to_owned())
}

fn detected(blocks: &[Block]) -> Option<&'static str> {
    let sample = sample(blocks);
    if sample.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    let reliable = whatlang::detect(&sample).filter(whatlang::Info::is_reliable)?;
    Some(two_letters(reliable.lang()))
}

/// The primary subtag of a language tag (BCP 47), in lower case: two or three letters.
pub(super) fn primary(tag: &str) -> Option<String> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_code = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then_some(primary)
}

/// Words of the running text without URLs, which are in no language.
fn sample(blocks: &[Block]) -> String {
    let is_prose =
        |block: &&Block| !matches!(block.kind, BlockKind::Code | BlockKind::PageFoot | BlockKind::Note(_));
    let words = blocks.iter().filter(is_prose).flat_map(|block| block.text.split(' '));
    let mut sample = String::new();
    for word in words.filter(|word| !word.contains("://") && !word.starts_with("www.")) {
        if sample.len() >= SAMPLE_BYTES {
            break;
        }
        let end = word.floor_char_boundary(SAMPLE_BYTES);
        sample.push_str(&word[..end]);
        sample.push(' ');
    }
    sample
}

/// The ISO 639-1 code where there is one, else the three letters of ISO 639-3.
fn two_letters(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Bul => "bg",
        Lang::Ben => "bn",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Spa => "es",
        Lang::Est => "et",
        Lang::Pes => "fa",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Jav => "jv",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kan => "kn",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Mkd => "mk",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mya => "my",
        Lang::Nob => "nb",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tgl => "tl",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Cmn => "zh",
        Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(text: &str) -> String {
        of(&[Block { text: text.to_owned(), ..Block::default() }], None)
    }

    #[test]
    fn languages_are_told_apart() {
        assert_eq!(
            language("Der Minister hat gestern erklärt, dass die Verhandlungen weitergehen sollen."),
            "de"
        );
        assert_eq!(
            language("The minister said yesterday that the talks should go on for another week."),
            "en"
        );
        assert_eq!(language("Le ministre a déclaré hier que les négociations devaient se poursuivre."), "fr");
    }

    #[test]
    fn too_little_text_and_bare_urls_are_undetermined() {
        assert_eq!(language("Kurz."), "und");
        assert_eq!(
            language("https://example.org/this-is-a-long-english-slug-about-the-weather-in-london"),
            "und"
        );
    }
}
