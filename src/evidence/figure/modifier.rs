//! Words before a number that say which way it may be off.

/// Which way the exact number may be off a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::evidence) enum Modifier {
    /// Nothing said.
    #[default]
    None,
    /// *rund*, *about*
    About,
    /// *über*, *more than*, *at least*
    Over,
    /// *knapp*, *bis zu*, *up to*, *nearly*
    Under,
}

impl Modifier {
    /// What the two folded words before a number say.
    pub(in crate::evidence) fn of(first: &str, last: &str) -> Self {
        match (first, last) {
            ("mehr", "als") | ("more" | "greater" | "higher", "than") | ("at", "least") => Self::Over,
            ("weniger", "als")
            | ("less" | "fewer", "than")
            | ("bis", "zu")
            | ("up", "to")
            | ("at", "most")
            | ("many" | "much", "as") => Self::Under,
            _ => Self::of_word(last),
        }
    }

    fn of_word(word: &str) -> Self {
        match word {
            "uber" | "mindestens" | "gut" | "over" | "above" | "exceeding" => Self::Over,
            "knapp" | "fast" | "hochstens" | "maximal" | "beinahe" | "unter" | "nearly" | "almost"
            | "under" | "below" => Self::Under,
            "rund" | "etwa" | "circa" | "ca" | "ungefahr" | "gegen" | "about" | "around" | "roughly"
            | "approximately" | "some" => Self::About,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_words_and_one_are_known() {
        assert_eq!(Modifier::of("mehr", "als"), Modifier::Over);
        assert_eq!(Modifier::of("as", "many"), Modifier::None);
        assert_eq!(Modifier::of("many", "as"), Modifier::Under);
        assert_eq!(Modifier::of("with", "about"), Modifier::About);
    }
}
