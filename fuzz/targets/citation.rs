//! Any text as an article: its citations and claims lie within it, and each names the other.

#![no_main]

use beleg::article::{ReadOptions, read};
use beleg::citation;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for path in ["a.txt", "a.md", "a.html"] {
        let Ok(article) = read(path, text.as_bytes(), &ReadOptions::default()) else { continue };
        let reading = citation::read(&article);
        for source in &reading.sources {
            for claim in &source.claims {
                let claim = reading.claims.iter().find(|other| other.id == *claim);
                assert!(claim.is_some_and(|claim| claim.sources.contains(&source.id)));
            }
        }
    }
});
