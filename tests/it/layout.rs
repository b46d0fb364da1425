//! The rules of the house, read off the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines a file may have, its tests apart.
const LONGEST: usize = 600;

/// Names that say nothing about what is inside.
const NAMELESS: [&str; 6] = ["util", "utils", "common", "helper", "helpers", "types"];

#[test]
fn imports_run_one_way() {
    let stages = stages();
    let mut wrong = Vec::new();
    for file in rust_files("src") {
        let Some(own) = position(&stages, &stage_of(&file)) else { continue };
        for imported in imports(&fs::read_to_string(&file).unwrap()) {
            if position(&stages, &imported).is_some_and(|other| other > own) {
                wrong.push(format!("{} imports from `{imported}`, a later stage", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_of_the_library_is_a_stage_of_the_flow() {
    let stages: BTreeSet<String> = stages().into_iter().collect();
    let found: BTreeSet<String> = rust_files("src").iter().map(|file| stage_of(file)).collect();
    let beside: BTreeSet<String> = ["lib", "main"].map(str::to_owned).into();
    assert_eq!(found.difference(&beside).cloned().collect::<BTreeSet<_>>(), stages);
    assert!(stages.len() > 10, "lib.rs names only {stages:?}");
}

#[test]
fn no_file_is_too_long() {
    for file in all_files() {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.lines().take_while(|line| *line != "mod tests {").count();
        assert!(lines <= LONGEST, "{} has {lines} lines without its tests", file.display());
    }
}

#[test]
fn every_file_says_first_what_it_is() {
    for file in all_files() {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} does not open with its `//!`", file.display());
        assert!(!text.starts_with("//! placeholder"), "{} is a placeholder", file.display());
    }
}

#[test]
fn every_module_is_named_for_what_it_is() {
    for file in all_files() {
        for part in &file {
            let name = part.to_str().unwrap().trim_end_matches(".rs");
            assert!(!NAMELESS.contains(&name), "{} is named for nothing", file.display());
        }
    }
}

#[test]
fn a_mod_rs_holds_no_logic() {
    for file in all_files().iter().filter(|file| file.ends_with("mod.rs")) {
        let text = fs::read_to_string(file).unwrap();
        for line in code_lines(&text) {
            let logic = ["fn ", "impl ", "struct ", "enum ", "trait ", "const ", "static "];
            let bare = line
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub ")
                .trim_start_matches("async ");
            assert!(!logic.iter().any(|word| bare.starts_with(word)), "{}: {line}", file.display());
        }
    }
}

#[test]
fn every_file_of_tests_is_listed() {
    let main = fs::read_to_string("tests/it/main.rs").unwrap();
    for entry in fs::read_dir("tests/it").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            name == "main" || main.contains(&format!("mod {name};")),
            "tests/it/main.rs forgets `{name}`"
        );
    }
}

#[test]
fn imports_are_found_however_they_are_written() {
    let text = "use crate::check::{Reason, State};\nuse crate::{fetch::Url, archive as kept,\n  report};\n\
                let digest = crate::digest::of(b\"\"); // crate::cli is a comment\npub(crate) fn x() {}\n";
    assert_eq!(
        imports(text).into_iter().collect::<Vec<_>>(),
        ["archive", "check", "digest", "fetch", "report"]
    );
}

/// The stages in the order that lib.rs lists them.
fn stages() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let names = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

fn position(stages: &[String], name: &str) -> Option<usize> {
    stages.iter().position(|stage| stage == name)
}

/// `src/fetch/body.rs` and `src/fetch.rs` belong to `fetch`.
fn stage_of(file: &Path) -> String {
    let first = file.strip_prefix("src").unwrap().iter().next().unwrap();
    first.to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The modules at the root of the crate that `text` names by `crate::`.
fn imports(text: &str) -> BTreeSet<String> {
    let code: String = code_lines(text).collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        match code[at + path.len()..].strip_prefix('{') {
            Some(group) => found.extend(heads(group)),
            None => found.extend(identifier(&code[at + path.len()..])),
        }
    }
    found
}

/// The first names of the paths in a group `a, b::{c, d}, e}`.
fn heads(group: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut starts = vec![0];
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    starts.into_iter().filter_map(|start| identifier(group[start..].trim_start())).collect()
}

fn identifier(text: &str) -> Option<String> {
    let end =
        text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// The lines of `text` without comments.
fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .filter(|line| !line.trim().is_empty())
}

/// Every Rust file of the library and the tests.
fn all_files() -> Vec<PathBuf> {
    ["src", "tests/it"].into_iter().flat_map(rust_files).collect()
}

/// Tests run with the package as their working folder, so paths are short ones.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
