//! Settings from `config.toml` files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::error::ConfigError;
use super::key::Key;
use super::layer::{Layer, Origin};

/// Settings that name files: in a configuration file they are relative to its own folder.
const PATHS: [&str; 4] = ["articles", "archive.folder", "archive.key", "fetch.ca_file"];

/// Settings of tables in lists that name files, likewise.
const PATHS_IN_LISTS: [(&str, &str); 3] = [("watch", "articles"), ("tell", "path"), ("tell", "ca_file")];

/// Reads the settings of `path`.
pub fn from_file(path: &Path, keys: &[Key]) -> Result<Layer, ConfigError> {
    let text =
        fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
    let table: Table = text
        .parse()
        .map_err(|source| ConfigError::Syntax { path: path.to_owned(), source: Box::new(source) })?;
    let mut layer = Layer::from_table(table, &Origin::File(path.to_owned()), keys)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    for (name, value, _) in &mut layer.values {
        if PATHS.contains(&name.as_str()) {
            rebase(value, folder);
        }
        for (_, inner) in PATHS_IN_LISTS.iter().filter(|(list, _)| list == name) {
            let tables = value.as_array_mut().into_iter().flatten().filter_map(Value::as_table_mut);
            tables.filter_map(|table| table.get_mut(*inner)).for_each(|path| rebase(path, folder));
        }
    }
    Ok(layer)
}

/// The configuration files that are read where none is named, those that exist, in rising precedence: the
/// system's, the user's (XDG Base Directory Specification), the project's.
pub fn standard_files(user_folder: Option<&Path>, project: &Path) -> io::Result<Vec<PathBuf>> {
    let system = Some(PathBuf::from("/etc/beleg/config.toml"));
    let user = user_folder.map(|folder| folder.join("beleg/config.toml"));
    let project = Some(project.join("config.toml"));
    let mut found = Vec::new();
    for file in [system, user, project].into_iter().flatten() {
        if file.try_exists()? {
            found.push(file);
        }
    }
    Ok(found)
}

fn rebase(value: &mut Value, folder: &Path) {
    match value {
        // Standard input and URLs stand as they are.
        Value::String(path) if path == "-" || path.contains("://") => {}
        Value::String(path) => *path = folder.join(&*path).to_string_lossy().into_owned(),
        Value::Array(paths) => paths.iter_mut().for_each(|path| rebase(path, folder)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::keys;

    fn read(text: &str) -> Result<Layer, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, text).unwrap();
        from_file(&path, &keys())
    }

    #[test]
    fn an_unknown_setting_is_an_error_that_names_the_one_that_was_meant() {
        let error = read("[fetch]\ntimout = \"3s\"\n").unwrap_err().to_string();
        assert!(error.starts_with("unknown setting `fetch.timout`"), "{error}");
        assert!(error.ends_with("did you mean `fetch.timeout`?"), "{error}");
    }

    #[test]
    fn an_unknown_section_is_an_error_too() {
        let error = read("[fetsch]\ntimeout = \"3s\"\n").unwrap_err().to_string();
        assert!(error.contains("`fetsch`"), "{error}");
    }

    #[test]
    fn paths_are_relative_to_the_file_that_names_them() {
        let layer = read("articles = [\"a.txt\", \"/b.txt\"]\n").unwrap();
        let (_, value, Origin::File(file)) = &layer.values[0] else { panic!("{layer:?}") };
        let articles = value.as_array().unwrap();
        assert_eq!(articles[0].as_str().unwrap(), file.with_file_name("a.txt").to_str().unwrap());
        assert_eq!(articles[1].as_str().unwrap(), "/b.txt");
    }
}
