//! Spellings of names in Latin letters, of people whose names are also written in Cyrillic.

use std::collections::BTreeMap;
use std::path::Path;

use beleg::evidence::same_name;

use crate::data::{self, ScoreError, share};

/// How many pairs of spellings of different names are compared.
const PAIRS: usize = 40_000;

/// Prints the figures of the set in `folder`.
pub(crate) fn score(folder: &Path) -> Result<(), ScoreError> {
    let text = data::text(&folder.join("persons.txt"))?;
    let names: Vec<Vec<&str>> = text.lines().filter_map(spellings).collect();
    let mut chance = Chance(7);
    let mut found = 0;
    for spellings in &names {
        let one = chance.below(spellings.len());
        let other = (one + 1 + chance.below(spellings.len() - 1)) % spellings.len();
        let same = same_name(spellings[one], spellings[other]);
        found += usize::from(same);
        if !same {
            data::miss(|| format!("apart: {} {}", spellings[one], spellings[other]));
        }
    }
    let wrong = different_names(&names, &mut chance);
    println!("rigour-names: {} names with several Latin spellings", names.len());
    println!(
        "  recall {:.3}, false positives {:.4} (names that begin with the same letter)",
        share(found, names.len()),
        share(wrong, PAIRS)
    );
    Ok(())
}

/// How many of [`PAIRS`] pairs of different names are taken for one.
fn different_names(names: &[Vec<&str>], chance: &mut Chance) -> usize {
    let mut by_letter: BTreeMap<char, Vec<(usize, &str)>> = BTreeMap::new();
    for (number, spellings) in names.iter().enumerate() {
        for spelling in spellings {
            by_letter
                .entry(spelling.chars().next().unwrap_or_default())
                .or_default()
                .push((number, *spelling));
        }
    }
    let (mut compared, mut wrong) = (0, 0);
    while compared < PAIRS {
        let number = chance.below(names.len());
        let one = names[number][chance.below(names[number].len())];
        let Some(others) = by_letter.get(&one.chars().next().unwrap_or_default()) else { continue };
        let (other_number, other) = others[chance.below(others.len())];
        if other_number == number || names[number].contains(&other) {
            continue;
        }
        compared += 1;
        wrong += usize::from(same_name(one, other));
    }
    wrong
}

/// The Latin spellings of a line that has a Cyrillic one as well, where there are two at least, of four letters at least.
fn spellings(line: &str) -> Option<Vec<&str>> {
    let (names, _) = line.split_once("=>")?;
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    let cyrillic = names.iter().any(|name| name.chars().any(|c| ('а'..='я').contains(&c)));
    let latin: Vec<&str> =
        names.into_iter().filter(|name| name.chars().all(|c| c.is_alphabetic() && c < '\u{250}')).collect();
    (cyrillic && latin.len() >= 2 && latin.iter().all(|name| name.chars().count() >= 4)).then_some(latin)
}

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    /// A number from 0 to `limit` - 1.
    fn below(&mut self, limit: usize) -> usize {
        // Knuth's MMIX constants.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit.max(1)
    }
}
