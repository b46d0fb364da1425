//! Lines that open something that is no longer the text of a page.

/// How such lines begin, in lower case, by language: related stories, comments, who wrote it, advertising, a notice of rights.
const STARTS: [&[&str]; 9] = [
    // English
    &[
        "about the author",
        "advertisement",
        "all rights reserved",
        "comments",
        "copyright",
        "latest news",
        "leave a comment",
        "leave a reply",
        "load comments",
        "more from",
        "more on this",
        "more stories",
        "most popular",
        "most read",
        "newsletter",
        "read more:",
        "recommended",
        "related",
        "see also",
        "share this",
        "similar articles",
        "you may also like",
    ],
    // German
    &[
        "alle rechte vorbehalten",
        "anzeige",
        "auch interessant",
        "das könnte sie auch",
        "diese seite teilen",
        "diesen artikel teilen",
        "gefällt mir",
        "kommentar schreiben",
        "kommentare",
        "lesen sie auch",
        "mehr interessantes",
        "mehr zum thema",
        "neueste artikel",
        "neueste beiträge",
        "neueste kommentare",
        "schreibe einen kommentar",
        "teilen",
        "verwandte",
        "weitere artikel",
        "weitere themen",
        "zum newsletter",
        "ähnliche",
    ],
    // French
    &[
        "articles liés",
        "articles similaires",
        "commentaires",
        "lire aussi",
        "partager",
        "publicité",
        "sur le même sujet",
        "tous droits réservés",
        "voir aussi",
        "à lire aussi",
    ],
    // Spanish
    &[
        "artículos relacionados",
        "comentarios",
        "compartir",
        "le puede interesar",
        "lea además",
        "lea también",
        "lee también",
        "más noticias",
        "notas relacionadas",
        "noticias relacionadas",
        "publicidad",
        "te puede interesar",
        "temas relacionados",
        "todos los derechos reservados",
        "ver también",
    ],
    // Portuguese
    &[
        "comentários",
        "compartilhe",
        "leia mais",
        "leia também",
        "notícias relacionadas",
        "todos os direitos reservados",
        "veja também",
    ],
    // Italian
    &[
        "articoli correlati",
        "commenti",
        "condividi",
        "leggi anche",
        "potrebbe interessarti",
        "tutti i diritti riservati",
    ],
    // Dutch
    &["advertentie", "deel dit artikel", "gerelateerd", "lees ook", "reacties"],
    // Polish
    &[
        "czytaj także",
        "czytaj też",
        "komentarze",
        "przeczytaj także",
        "reklama",
        "udostępnij",
        "wszelkie prawa zastrzeżone",
        "zobacz także",
        "zobacz też",
    ],
    // Czech
    &["mohlo by vás zajímat", "sdílet", "související", "čtěte také"],
];

/// Whether a line begins like one that opens related stories, comments and the like.
pub(super) fn opens_something_else(line: &str) -> bool {
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©').to_lowercase();
    start.starts_with('©')
        || start.starts_with("(c) ")
        || STARTS.iter().flat_map(|of_language| of_language.iter()).any(|known| start.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_are_known_in_several_languages() {
        for line in [
            "© 2025",
            "> Related stories",
            "Auch interessant:",
            "À lire aussi",
            "Czytaj też",
            "NOTAS RELACIONADAS",
        ] {
            assert!(opens_something_else(line), "{line}");
        }
        for line in ["", "The relations are good", "Ein Kommentar fehlt"] {
            assert!(!opens_something_else(line), "{line}");
        }
    }
}
