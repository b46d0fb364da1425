//! Patterns for file names, such as `articles/**/*.md`: `*` and `?` within one part of a path, `**` for any folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The most files that one pattern stands for.
const MOST: usize = 1_000_000;
/// How deep `**` goes: a link to a folder above would lead round and round.
const DEEPEST: usize = 32;

/// Whether `name` is a pattern.
pub(super) fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?'])
}

/// The files that `pattern` stands for, sorted. Hidden files and folders only where the pattern names the dot.
pub(super) fn files(pattern: &str) -> io::Result<Vec<PathBuf>> {
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let root = if pattern.starts_with('/') { PathBuf::from("/") } else { PathBuf::new() };
    let mut found = Vec::new();
    walk(&root, &parts, 0, &mut found)?;
    found.sort();
    found.dedup();
    Ok(found)
}

fn walk(folder: &Path, parts: &[&str], depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let Some((part, rest)) = parts.split_first() else { return Ok(()) };
    if *part == "**" {
        walk(folder, rest, depth, found)?;
        if depth < DEEPEST {
            for (name, path) in entries(folder)? {
                if !name.starts_with('.') && path.is_dir() {
                    walk(&path, parts, depth + 1, found)?;
                }
            }
        }
        return Ok(());
    }
    let matching: Vec<PathBuf> = if is_pattern(part) {
        entries(folder)?.into_iter().filter(|(name, _)| matches(part, name)).map(|(_, path)| path).collect()
    } else {
        vec![folder.join(part)]
    };
    for path in matching {
        if !rest.is_empty() && path.is_dir() {
            walk(&path, rest, depth, found)?;
        } else if rest.is_empty() && path.is_file() && found.len() < MOST {
            found.push(path);
        }
    }
    Ok(())
}

/// What is in a folder, with its name; a folder that is not there is empty.
fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let read = match fs::read_dir(here) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        read => read?,
    };
    let named = read.map(|entry| {
        let name = entry?.file_name().to_string_lossy().into_owned();
        Ok((name.clone(), folder.join(name)))
    });
    named.collect()
}

/// Whether the file name `name` fits the part `part` of a pattern. Time is at most the product of both lengths.
fn matches(part: &str, name: &str) -> bool {
    if name.starts_with('.') && !part.starts_with('.') {
        return false;
    }
    let (part, name): (Vec<char>, Vec<char>) = (part.chars().collect(), name.chars().collect());
    let (mut at, mut in_name, mut star) = (0, 0, None);
    while in_name < name.len() {
        match part.get(at) {
            Some('*') => {
                star = Some((at, in_name));
                at += 1;
            }
            Some(&c) if c == '?' || c == name[in_name] => {
                at += 1;
                in_name += 1;
            }
            _ => match star {
                // The last star takes one more character.
                Some((place, taken)) => {
                    star = Some((place, taken + 1));
                    (at, in_name) = (place + 1, taken + 1);
                }
                None => return false,
            },
        }
    }
    part[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns() {
        for (part, name, fits) in [
            ("*.md", "a.md", true),
            ("*.md", ".hidden.md", false),
            ("a?c*", "abcdef", true),
            ("a?c", "ac", false),
            ("*a*b", "xaxbxab", true),
            ("*a*b", "xaxbxa", false),
            ("ä*", "äpfel", true),
            ("*", "", true),
        ] {
            assert_eq!(matches(part, name), fits, "{part} {name}");
        }
        assert!(!matches(&"*a".repeat(500), &"a".repeat(400)));
    }

    #[test]
    fn files_are_found_in_any_depth() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["a.md", "b.txt", "sub/c.md", "sub/deep/d.md", ".git/e.md"] {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let found = |pattern: &str| {
            let files = files(&format!("{}/{pattern}", folder.path().display())).unwrap();
            let names =
                files.iter().map(|file| file.strip_prefix(folder.path()).unwrap().display().to_string());
            names.collect::<Vec<_>>()
        };
        assert_eq!(found("*.md"), ["a.md"]);
        assert_eq!(found("**/*.md"), ["a.md", "sub/c.md", "sub/deep/d.md"]);
        assert_eq!(found("sub/?.md"), ["sub/c.md"]);
        assert!(found("nowhere/*.md").is_empty());
    }
}
