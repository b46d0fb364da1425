//! Domains that stand in running text without a scheme: which words before a slash are one.

/// Top-level domains of two letters stand for countries (ISO 3166 with the exceptions of IANA).
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt \
    bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk \
    fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it \
    je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp \
    mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa \
    re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr \
    tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// Other top-level domains that sources are cited under, and those reserved for examples (RFC 2606).
const OTHERS: &str = "com org net edu gov mil int info biz name pro aero coop museum jobs mobi travel cat asia post \
    academy africa agency amsterdam app arab archi art audio auto bayern berlin bio blog blue brussels build business \
    cafe capital care careers cash center charity chat church city click clinic cloud club codes coffee community \
    company computer consulting cool corsica coupons data day degree democrat dev digital direct directory doctor \
    earth eco education email energy engineer equipment estate eus events exchange expert express fail family farm \
    finance fit foundation frl fun fund fyi gal gallery game games garden gives global gmbh green group guide hamburg \
    health help hosting house how icu immo inc ink institute international investments irish istanbul jetzt journal \
    kaufen kim kiwi koeln cologne land law lawyer legal lgbt life limited link live llc london ltd madrid market \
    marketing media melbourne miami moda moe money moscow museum music nagoya navy network new news ngo nrw nyc one \
    ong online ooo page paris partners party pharmacy photo photos pics place plus poker press productions property \
    pub quebec radio realty recipes red reise reisen report republican review rip rocks ruhr run saarland sale school \
    schule science scot security services sexy shop show singles site social software solar solutions space sport \
    store stream studio study sucks support swiss sydney systems taipei tax team tech technology television theater \
    tickets tips tirol today tokyo tools tours town toys training travel tube university uno vegas versicherung video \
    vision vlaanderen vote voto wales watch weather web website wien wiki win wine work works world wtf xyz yoga zone \
    zuerich example test";

/// Longest host name, in bytes (RFC 1035, 2.3.4).
pub(super) const LONGEST: usize = 253;

/// Characters before a domain that make it a piece of something else: a path, a mail address, a parameter.
const GLUE: &[char] = &['@', '/', '=', '&', '?', '#', '%', '_', '~', '+', '\\', '-', '.', '$'];

/// Where the domain begins that the slash at byte `slash` ends, not before `from`.
pub(super) fn start_before(text: &str, from: usize, slash: usize) -> Option<usize> {
    let near = text.ceil_char_boundary(slash.saturating_sub(LONGEST)).max(from);
    let head = &text[near..slash];
    let host = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let host = host.strip_suffix(':').filter(|_| !head.ends_with(':')).unwrap_or(head);
    let length = length_from_end(host);
    let start = near + host.len() - length;
    let before = text[..start].chars().next_back();
    let stands_alone = start >= from && before.is_none_or(|c| !c.is_alphanumeric() && !GLUE.contains(&c));
    (stands_alone && is_domain(&host[host.len() - length..])).then_some(start)
}

/// The length in bytes of the characters of a host name that a text ends in, `[.]` among them.
fn length_from_end(text: &str) -> usize {
    let mut rest = text;
    loop {
        if let Some(shorter) = rest.strip_suffix("[.]").or_else(|| rest.strip_suffix("(.)")) {
            rest = shorter;
        } else if rest.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '.') {
            rest = &rest[..rest.floor_char_boundary(rest.len() - 1)];
        } else {
            return text.len() - rest.len();
        }
    }
}

/// Whether a word is a domain: labels, the last of them a top-level domain in one case.
pub(super) fn is_domain(word: &str) -> bool {
    let plain = undefanged(word);
    let Some((labels, top)) = plain.rsplit_once('.') else { return false };
    let is_label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    let one_case = top.chars().all(char::is_lowercase) || plain.chars().all(|c| !c.is_lowercase());
    labels.split('.').all(is_label)
        && one_case
        && is_top_level(&top.to_ascii_lowercase())
        && !is_abbreviation(labels)
}

fn is_top_level(top: &str) -> bool {
    top.starts_with("xn--")
        || [COUNTRIES, OTHERS].iter().any(|list| list.split_whitespace().any(|known| known == top))
}

/// Whether the labels before the last one are those of an abbreviation such as `z.B.d.h`: a letter each.
fn is_abbreviation(labels: &str) -> bool {
    labels.contains('.') && labels.split('.').all(|label| label.chars().count() == 1)
}

/// A host whose dots were put in brackets, so that nobody follows it by mistake, with plain dots again.
pub(super) fn undefanged(host: &str) -> String {
    host.replace("[.]", ".").replace("(.)", ".").replace("[dot]", ".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain_before_slash(text: &str) -> Option<&str> {
        let slash = text.find('/').unwrap();
        start_before(text, 0, slash).map(|start| &text[start..slash])
    }

    #[test]
    fn domains_before_a_path_are_known() {
        for (text, domain) in [
            ("siehe orf.at/stories/1", "orf.at"),
            ("(bit.ly/abc)", "bit.ly"),
            ("üñîçøðé.com/ä", "üñîçøðé.com"),
            ("example.org:8080/x", "example.org:8080"),
            ("EXAMPLE.ORG/X", "EXAMPLE.ORG"),
            ("evil[.]example[.]org/x", "evil[.]example[.]org"),
            ("„a-b.c1.de/x", "a-b.c1.de"),
        ] {
            assert_eq!(domain_before_slash(text), Some(domain), "{text}");
        }
    }

    #[test]
    fn words_with_a_slash_are_no_domains() {
        for text in [
            "und/oder",
            "km/h",
            "z.B./d.h.",
            "e.V./GmbH",
            "1.000/2.000",
            "U.S./U.K.",
            "S.12/13",
            "a@example.org/x",
            "path/x.de/y",
            "foo.html/bar",
            "Haus.In/aus",
            "example./x",
            "-a.de/x",
            "?u=a.de/x",
        ] {
            let slash = text.find('/').unwrap();
            let second = text[slash + 1..].find('/').map(|at| at + slash + 1);
            for slash in [Some(slash), second].into_iter().flatten() {
                assert_eq!(start_before(text, 0, slash), None, "{text}");
            }
        }
    }
}
