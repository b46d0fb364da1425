//! The candidates of a `srcset` (HTML Living Standard §4.8.4.2.1).

/// The addresses in `srcset`, in their order.
pub(super) fn candidates(srcset: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let bare = address.trim_end_matches(',');
        found.push(bare);
        // A comma right behind the address ends the candidate; otherwise descriptors go on to the next comma.
        rest = if bare.len() < address.len() { after } else { after_descriptors(after) };
    }
}

/// What follows the descriptors; a comma in brackets does not end them.
fn after_descriptors(text: &str) -> &str {
    let mut depth = 0_u32;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_whatever_stands_between_them() {
        for (srcset, expected) in [
            ("a.png 1x, b.png 2x", &["a.png", "b.png"][..]),
            ("a.png, b.png 480w,c.png", &["a.png", "b.png", "c.png"]),
            (" ,, /x,y.png 2x ,\n z.png\t100w", &["/x,y.png", "z.png"]),
            ("data:image/png;base64,AAAA 1x, b.png 2x", &["data:image/png;base64,AAAA", "b.png"]),
            ("a.png (1x, 2x), b.png", &["a.png", "b.png"]),
            ("", &[]),
            (" , ", &[]),
        ] {
            assert_eq!(candidates(srcset), expected, "{srcset}");
        }
    }
}
