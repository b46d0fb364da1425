//! Words that say nothing about the subject of a sentence, folded.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::evidence::language::Language;

const GERMAN: &str = "aber alle allem allen aller allerdings alles als also am an andere anderem anderen anderer anderes auch auf aus bei beim \
    bereits bis bisher bzw da dabei dadurch dafur dagegen daher dahin damals damit danach daneben daran darauf daraus darf darin daruber darum darunter \
    das dass davon davor dazu dein dem den denen denn dennoch der deren des deshalb dessen desto die dies diese diesem diesen dieser dieses doch dort du \
    durch durfen durfte ein eine einem einen einer eines einige einigen einiger einmal er es etwa etwas euch euer fast fur gab gegen gegenuber genug gerade gibt \
    ging habe haben hat hatte hatten hatte hatten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in indem ins \
    neben aufgrund angesichts dank laut trotz inzwischen irgendeine irgendwie ist ja je jede jedem jeden jeder jedes jedoch jemand jene jener jetzt kann kein keine keinem keinen keiner kaum konne konnen \
    konnte konnten lang man manche manchmal mehr mein mich mir mit mochte moglicherweise muss mussen musste mussten mal na nach nachdem namlich nein nicht nichts nie \
    noch nun nur ob obwohl oder ohne rund schon sehr sei seid seien sein seine seinem seinen seiner seines seit seitdem selbst sich sie sind so sobald \
    sogar solch solche solchen soll sollen sollte sollten somit sondern sonst soviel soweit sowie trotzdem uber um und uns unser unsere unserem unseren unserer \
    unter viel viele vielen vielleicht vom von vor wahrend war ware waren waren warum was weder weg wegen weil weiter weitere weiteren weiterhin welche welchem welchen \
    welcher welches wem wen wenig wenige weniger wenn wer werde werden weshalb wie wieder will wir wird wo wobei wohin wohl wollen wollte wollten worden wurde \
    wurden wurde wurden zu zudem zufolge zum zunachst zur zwar zwischen";

const ENGLISH: &str = "a about above after again against all almost also although am among an and another any anyone anything are around as at be because been \
    before being below between both but by can cannot could did do does doing done down during each either else enough even ever every few for from further get gets \
    got had has have having he her here hers herself him himself his how however i if in including into is it its itself just least less like many may me might mine more \
    most much must my myself near neither never no nor not nothing now of off often on once one only onto or other others our ours ourselves out over own per perhaps quite \
    rather s same shall she should since so some someone something still such t than that the their theirs them themselves then there therefore these they this those though \
    through thus to together too toward towards under until up upon us very was we well were what whatever when where whereas whether which while who whom whose why will \
    with within without would yet you your yours yourself";

/// Whether `folded` says nothing about the subject.
pub(in crate::evidence) fn is_stopword(folded: &str, language: Language) -> bool {
    static SETS: LazyLock<[HashSet<&str>; 2]> =
        LazyLock::new(|| [GERMAN, ENGLISH].map(|words| words.split_whitespace().collect()));
    let [german, english] = &*SETS;
    match language {
        Language::German => german.contains(folded),
        Language::English => english.contains(folded),
        Language::Other => folded.chars().count() < 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_either_language_are_known() {
        assert!(is_stopword("wahrend", Language::German));
        assert!(!is_stopword("soldat", Language::German));
        assert!(is_stopword("the", Language::English));
        assert!(!is_stopword("the", Language::German));
    }
}
