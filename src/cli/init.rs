//! `beleg init`: a configuration to start from.

use std::fs::File;
use std::io::{self, Write as _};

use super::args::InitArgs;
use super::error::CliError;
use super::exit::Exit;

/// The reference configuration, every key commented at its default.
const REFERENCE: &str = include_str!("../../config.toml");

/// Writes `config.toml` into the folder. Never over one that is there.
pub(super) fn run(args: &InitArgs) -> Result<Exit, CliError> {
    let path = args.folder.join("config.toml");
    let mut file = File::create_new(&path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => CliError::new(format!("{} is there already", path.display()))
            .hint("`beleg config show` prints what it says"),
        _ => CliError::new(format!("cannot write {}: {error}", path.display())),
    })?;
    file.write_all(fresh().as_bytes())?;
    writeln!(io::stdout(), "Wrote {}. Name your articles in it, then run `beleg audit`.", path.display())?;
    Ok(Exit::Clean)
}

/// The reference without the article that only this repository has.
fn fresh() -> String {
    let lines = REFERENCE
        .lines()
        .map(|line| if line.starts_with("articles = ") { "# articles = [\"articles/\"]" } else { line });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Settings, keys, resolve};

    #[test]
    fn the_reference_shows_every_setting_at_its_default() {
        let settings = resolve(Vec::new()).unwrap();
        let (mut section, mut shown) = (String::new(), Vec::new());
        for line in fresh().lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = format!("{name}.");
            } else if let Some((name, value)) =
                line.strip_prefix("# ").and_then(|line| line.split_once(" = "))
                && !name.starts_with(' ')
            {
                shown.push((format!("{section}{name}"), value.to_owned()));
            }
        }
        for key in keys() {
            let (_, value) =
                shown.iter().find(|(name, _)| *name == key.name).unwrap_or_else(|| panic!("{}", key.name));
            if key.name == "articles" {
                continue;
            }
            match settings.value(&key) {
                Some(default) => assert_eq!(*value, default.to_string(), "{}", key.name),
                None => assert!(value.contains('"'), "{} shows an example", key.name),
            }
        }
        assert_eq!(shown.len(), keys().len(), "{shown:?}");
    }

    #[test]
    fn the_reference_is_a_valid_configuration() {
        toml::from_str::<Settings>(REFERENCE).unwrap();
        toml::from_str::<Settings>(&fresh()).unwrap();
    }
}
