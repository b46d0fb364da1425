//! What a setting takes, in words for those who do not write Rust.

/// Names that serde gives to what it expected, and what they mean. The longer stand before those they contain.
const WORDS: [(&str, &str); 8] = [
    ("a nonzero usize", "a whole number from 1 up"),
    ("a nonzero u64", "a whole number from 1 up"),
    ("a nonzero u32", "a whole number from 1 up"),
    ("usize", "a whole number from 0 up"),
    ("u64", "a whole number from 0 up"),
    ("u32", "a whole number from 0 up"),
    ("a boolean", "true or false"),
    ("a sequence", "a list in square brackets"),
];

/// What was expected according to `message`, an error of serde, in plain words. A message that names a part of the value
/// stays as it is: what was expected would not say which part is wrong.
pub(super) fn in_words(message: &str) -> String {
    let is_whole = ["invalid value: ", "invalid type: ", "unknown variant "]
        .iter()
        .any(|start| message.starts_with(start));
    let Some((_, expected)) = message.rsplit_once("expected ").filter(|_| is_whole) else {
        return message.to_owned();
    };
    let known = WORDS.iter().find(|(name, _)| *name == expected);
    format!("it takes {}", known.map_or(expected, |(_, words)| words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_serde_expected_is_said_in_words() {
        assert_eq!(
            in_words("invalid value: integer `0`, expected a nonzero usize"),
            "it takes a whole number from 1 up"
        );
        assert_eq!(in_words("invalid type: string \"ja\", expected a boolean"), "it takes true or false");
    }

    #[test]
    fn other_messages_stay() {
        let unknown = "unknown field `urk`, expected one of `url`, `token`";
        assert_eq!(in_words(unknown), unknown);
        assert_eq!(in_words("a time is written like 30s or 2m"), "a time is written like 30s or 2m");
        assert_eq!(in_words("unknown variant `x`, expected `page` or `none`"), "it takes `page` or `none`");
    }
}
