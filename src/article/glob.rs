//! File names with wildcards: `*` and `?` within a name, `[a-z]`, and `**` for any folders.

use std::path::{Component, Path, PathBuf};

/// A pattern of names, one for each part of a path.
#[derive(Debug, PartialEq, Eq)]
pub struct Glob {
    /// The folder that the search begins in: all before the first wildcard.
    pub(super) folder: PathBuf,
    parts: Vec<String>,
}

impl Glob {
    /// The pattern that `name` is; `None` if it has no wildcards.
    pub fn parse(name: &str) -> Option<Self> {
        if !has_wildcard(name) {
            return None;
        }
        let mut folder = PathBuf::new();
        let mut parts = Vec::new();
        for component in Path::new(name).components() {
            let text = component.as_os_str().to_string_lossy();
            if parts.is_empty() && !has_wildcard(&text) {
                folder.push(component);
            } else if component != Component::CurDir {
                parts.push(text.into_owned());
            }
        }
        Some(Self { folder, parts })
    }

    /// Whether the pattern fits a path, which is relative to the folder that the search begins in.
    pub(super) fn fits(&self, path: &Path) -> bool {
        let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let parts: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        wild(&parts, &names, |part| *part == "**", |part, name| name_fits(part, name))
    }
}

fn has_wildcard(name: &str) -> bool {
    name.contains(['*', '?', '['])
}

/// Whether a name fits one part of a pattern. A hidden name only fits a part that begins with a full stop as well.
fn name_fits(part: &str, name: &str) -> bool {
    if name.starts_with('.') && !part.starts_with('.') {
        return false;
    }
    let (Some(part), name) = (signs(part), name.chars().collect::<Vec<_>>()) else { return part == name };
    wild(&part, &name, |sign| *sign == Sign::Any, |sign, c| sign.fits(*c))
}

/// A sign of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Sign {
    /// `*`: any characters.
    Any,
    /// `?`: one character.
    One,
    /// `[a-z]`, `[!a-z]`: one of these, or none of them.
    Set { ranges: Vec<(char, char)>, negated: bool },
    /// Itself.
    Literal(char),
}

impl Sign {
    fn fits(&self, c: char) -> bool {
        match self {
            Self::Any | Self::One => true,
            Self::Set { ranges, negated } => {
                ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)) != *negated
            }
            Self::Literal(literal) => *literal == c,
        }
    }
}

/// The signs of a part; `None` where a set is not closed, for then it is no pattern.
fn signs(part: &str) -> Option<Vec<Sign>> {
    let mut signs = Vec::new();
    let mut rest = part.chars();
    while let Some(c) = rest.next() {
        signs.push(match c {
            '*' => Sign::Any,
            '?' => Sign::One,
            '[' => set(&mut rest)?,
            c => Sign::Literal(c),
        });
    }
    Some(signs)
}

fn set(rest: &mut std::str::Chars<'_>) -> Option<Sign> {
    let (inner, after) = rest.as_str().split_once(']')?;
    *rest = after.chars();
    let negated = inner.starts_with(['!', '^']);
    let mut characters = inner.chars().skip(usize::from(negated)).peekable();
    let mut ranges = Vec::new();
    while let Some(first) = characters.next() {
        let is_range = characters.peek() == Some(&'-');
        let last = if is_range { characters.nth(1).unwrap_or('-') } else { first };
        ranges.push((first, last));
    }
    Some(Sign::Set { ranges, negated })
}

/// Whether `items` fit `pattern`, in which what is `any` stands for any number of items. One step back is all that is
/// ever needed: to the last `any`.
fn wild<P, I>(pattern: &[P], items: &[I], any: impl Fn(&P) -> bool, fits: impl Fn(&P, &I) -> bool) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while item < items.len() {
        if pattern.get(at).is_some_and(&any) {
            back = Some((at, item));
            at += 1;
        } else if pattern.get(at).is_some_and(|sign| fits(sign, &items[item])) {
            at += 1;
            item += 1;
        } else if let Some((any_at, taken)) = back {
            back = Some((any_at, taken + 1));
            at = any_at + 1;
            item = taken + 1;
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(any)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, path: &str) -> bool {
        let glob = Glob::parse(pattern).unwrap();
        Path::new(path).strip_prefix(&glob.folder).is_ok_and(|path| glob.fits(path))
    }

    #[test]
    fn wildcards_fit_names_and_folders() {
        for (pattern, path) in [
            ("*.md", "a.md"),
            ("articles/**/*.md", "articles/a.md"),
            ("articles/**/*.md", "articles/2025/03/a.md"),
            ("a?c/[0-9]*.t[!a-w]t", "abc/2025.txt"),
            ("**", "a/b/c"),
            ("/tmp/*/a.*", "/tmp/x/a.html"),
            ("*.*d", "a.b.md"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("*.md", "a.txt"),
            ("*.md", "b/a.md"),
            ("*", ".hidden"),
            ("articles/*/a.md", "articles/a.md"),
            ("[0-9].md", "a.md"),
            ("x/*.md", "a.md"),
        ] {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn a_name_without_wildcards_is_none() {
        assert_eq!(Glob::parse("articles/a.md"), None);
        assert_eq!(Glob::parse("articles/*.md").unwrap().folder, Path::new("articles"));
    }

    #[test]
    fn many_stars_take_no_time() {
        let pattern = format!("{}b", "*a".repeat(200));
        assert!(!fits(&pattern, &"a".repeat(5000)));
    }
}
