//! The articles in a folder, and the files behind a name with wildcards.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::format::EXTENSIONS;
use super::glob::Glob;

/// Folders that hold what others wrote for programs, not articles.
const LEFT_OUT: [&str; 6] = ["node_modules", "bower_components", "vendor", "target", "venv", "__pycache__"];

/// A folder that holds this is an archive of beleg.
const LEDGER: &str = "ledger.sqlite";

/// The most folders within one another.
const DEEPEST: usize = 64;

/// The articles in `folder` and the folders in it, in order of their names: files in a format that beleg reads. What is
/// hidden is left out, as are archives of beleg and folders of libraries; a link to a folder is not followed.
///
/// # Errors
/// Where a folder cannot be read; the error names it.
pub fn in_folder(folder: &Path) -> io::Result<Vec<String>> {
    Ok(names(files(folder)?.into_iter().filter(|file| has_article_name(file))))
}

/// The files that a name with wildcards stands for, in order of their names.
///
/// # Errors
/// Where a folder cannot be read; the error names it.
pub fn behind(glob: &Glob) -> io::Result<Vec<String>> {
    let folder = if glob.folder.as_os_str().is_empty() { Path::new(".") } else { &glob.folder };
    let within = |file: &PathBuf| file.strip_prefix(folder).is_ok_and(|path| glob.fits(path));
    let found = files(folder)?.into_iter().filter(within);
    Ok(names(found.map(|file| file.strip_prefix(".").map_or(file.clone(), Path::to_owned))))
}

fn names(files: impl Iterator<Item = PathBuf>) -> Vec<String> {
    files.map(|path| path.to_string_lossy().into_owned()).collect()
}

fn has_article_name(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    EXTENSIONS.contains(&extension.to_lowercase().as_str())
}

/// The files in a folder and the folders in it, sorted.
fn files(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let unreadable = |error: io::Error| {
            io::Error::new(error.kind(), format!("cannot read the folder {}: {error}", folder.display()))
        };
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let kind = entry.file_type().map_err(unreadable)?;
            if name.starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                if depth < DEEPEST && !LEFT_OUT.contains(&&*name) && !path.join(LEDGER).exists() {
                    folders.push((path, depth + 1));
                }
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files, each holding its own name.
    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        folder
    }

    fn relative(folder: &Path, found: Vec<String>) -> Vec<String> {
        let start = format!("{}/", folder.display());
        found.into_iter().map(|name| name.trim_start_matches(&start).to_owned()).collect()
    }

    #[test]
    fn a_folder_stands_for_the_articles_in_it_however_deep() {
        let folder = folder(&[
            "b.md",
            "a.TXT",
            "sub/deep/c.docx",
            "picture.png",
            ".hidden/d.md",
            ".e.md",
            "node_modules/x/README.md",
            "archive/ledger.sqlite",
            "archive/dossiers/a/report.html",
        ]);
        let found = relative(folder.path(), in_folder(folder.path()).unwrap());
        assert_eq!(found, ["a.TXT", "b.md", "sub/deep/c.docx"]);
    }

    #[test]
    fn wildcards_stand_for_files_of_any_name() {
        let folder = folder(&["a.md", "x/b.md", "x/y/c.md", "x/d.txt", "x/.e.md"]);
        let of = |pattern: &str| {
            let name = format!("{}/{pattern}", folder.path().display());
            relative(folder.path(), behind(&Glob::parse(&name).unwrap()).unwrap())
        };
        assert_eq!(of("**/*.md"), ["a.md", "x/b.md", "x/y/c.md"]);
        assert_eq!(of("x/*"), ["x/b.md", "x/d.txt"]);
        assert!(of("*.pdf").is_empty());
    }
}
