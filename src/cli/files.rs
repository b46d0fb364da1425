//! The articles in a folder, or behind a name with wildcards; what to do where there are none.

use std::path::Path;

use super::error::CliError;
use crate::article::{self, EXTENSIONS, Glob};

/// The articles in `folder` and the folders in it.
pub(super) fn in_folder(folder: &Path) -> Result<Vec<String>, CliError> {
    let found = article::in_folder(folder)?;
    if found.is_empty() {
        return Err(CliError::new(format!("the folder {} holds no article", folder.display())).hint(format!(
            "articles are files that end in .{}; hidden files, archives of beleg and folders such as node_modules are left out",
            EXTENSIONS.join(", .")
        )));
    }
    Ok(found)
}

/// The files that a name with wildcards stands for.
pub(super) fn behind(glob: &Glob, name: &str) -> Result<Vec<String>, CliError> {
    let found = article::behind(glob)?;
    if found.is_empty() {
        return Err(CliError::new(format!("no file fits {name}"))
            .hint("** stands for any folders and * for any name; hidden files are left out"));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn where_there_is_no_article_it_is_said_what_counts_as_one() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["picture.png", ".hidden.md"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let error = in_folder(folder.path()).unwrap_err().to_string();
        assert!(error.contains("holds no article") && error.contains(".docx"), "{error}");
        let name = format!("{}/*.pdf", folder.path().display());
        let error = behind(&Glob::parse(&name).unwrap(), &name).unwrap_err().to_string();
        assert!(error.contains("no file fits"), "{error}");
    }
}
