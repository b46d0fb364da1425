//! Texts as bags of words.

use std::collections::HashMap;

use crate::data::share;

/// The words of `text` in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// How many words both lists have in common, repetitions counted.
pub(crate) fn common(one: &[String], other: &[String]) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in one {
        *counts.entry(word).or_default() += 1;
    }
    let mut hits = 0;
    for word in other {
        if let Some(count) = counts.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            hits += 1;
        }
    }
    hits
}

/// The harmonic mean of precision and recall of `found` against `expected`, 0 to 1.
pub(crate) fn f1(found: &[String], expected: &[String]) -> f64 {
    if found.is_empty() && expected.is_empty() {
        return 1.0;
    }
    2.0 * share(common(found, expected), found.len() + expected.len())
}
