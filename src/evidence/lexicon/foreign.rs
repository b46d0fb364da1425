//! Dictionaries of others, read beside beleg's own: in its own form, or as dictd has them (`FreeDict`, Ding).

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use flate2::read::MultiGzDecoder;

/// The most that a dictionary may unfold to, in bytes.
const MOST: u64 = 256 << 20;
/// The most words of a translation: what is longer explains and does not translate.
const LONGEST_PHRASE: usize = 4;

static MORE: OnceLock<String> = OnceLock::new();

/// Why a dictionary cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// The file cannot be read.
    #[error("cannot read the lexicon {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It has no entry.
    #[error("the lexicon {} has no entry: a line is a German word, a tab, and English words", .0.display())]
    Empty(PathBuf),
}

/// Adds the dictionaries in `files` to the lexicon. To be called before anything is weighed; a second call adds nothing.
pub fn add_lexicons(files: &[PathBuf]) -> Result<(), LexiconError> {
    if files.is_empty() || MORE.get().is_some() {
        return Ok(());
    }
    let mut table = String::new();
    for path in files {
        let entries = read(path).map_err(|source| LexiconError::Read { path: path.clone(), source })?;
        if !entries.lines().any(|line| !line.starts_with('#') && line.contains('\t')) {
            return Err(LexiconError::Empty(path.clone()));
        }
        table.push_str(&entries);
        table.push('\n');
    }
    // Another thread can only have set the same.
    drop(MORE.set(table));
    Ok(())
}

/// The entries that were added, in the form of beleg's own.
pub(super) fn added() -> &'static str {
    MORE.get().map(String::as_str).unwrap_or_default()
}

fn read(path: &Path) -> io::Result<String> {
    if path.extension().is_some_and(|extension| extension == "index") {
        let index = fs::read_to_string(path)?;
        return Ok(table(&index, &body(path)?));
    }
    fs::read_to_string(path)
}

/// The text that a dictd index points into: a plain file, or one that dictzip packed, which is gzip.
fn body(index: &Path) -> io::Result<Vec<u8>> {
    let plain = index.with_extension("dict");
    let mut bytes = Vec::new();
    if plain.exists() {
        File::open(plain)?.take(MOST).read_to_end(&mut bytes)?;
    } else {
        let packed = File::open(index.with_extension("dict.dz"))?;
        MultiGzDecoder::new(packed).take(MOST).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The entries of a dictd dictionary in the form of beleg's own.
fn table(index: &str, body: &[u8]) -> String {
    let mut table = String::new();
    for line in index.lines() {
        let mut fields = line.split('\t');
        let (Some(word), Some(start), Some(length)) =
            (fields.next(), fields.next().and_then(number), fields.next().and_then(number))
        else {
            continue;
        };
        let entry = start.checked_add(length).and_then(|end| body.get(start..end));
        let Some(entry) = entry.and_then(|entry| std::str::from_utf8(entry).ok()) else { continue };
        let translations = translations(entry);
        // 00-database-info and its like are about the dictionary.
        if !word.starts_with("00") && !translations.is_empty() {
            table.push_str(word);
            table.push('\t');
            table.push_str(&translations.join(", "));
            table.push('\n');
        }
    }
    table
}

/// A number in the digits of dictd: base 64, the most significant first.
fn number(digits: &str) -> Option<usize> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    digits.bytes().try_fold(0_usize, |number, digit| {
        let value = DIGITS.iter().position(|known| *known == digit)?;
        number.checked_mul(64)?.checked_add(value)
    })
}

/// The translations in an entry: its lines after the headword, without numbers, brackets, examples and cross-references.
fn translations(entry: &str) -> Vec<String> {
    let lines = entry.lines().skip(1).map(str::trim).filter(|line| {
        let about = ["Synonym", "see:", "Note:", "cf.", "\"", "Übersetzung", "-"]
            .iter()
            .any(|start| line.starts_with(start));
        !line.is_empty() && !about
    });
    let mut found = Vec::new();
    for line in lines {
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
        for phrase in without_brackets(line).split([',', ';']) {
            let phrase = phrase.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = phrase.split(' ').count();
            if !phrase.is_empty() && words <= LONGEST_PHRASE && !found.contains(&phrase) {
                found.push(phrase);
            }
        }
    }
    found
}

/// `line` without what stands in brackets of any kind.
fn without_brackets(line: &str) -> String {
    let mut depth = 0_usize;
    line.chars()
        .filter(|c| match c {
            '(' | '[' | '<' | '{' => {
                depth += 1;
                false
            }
            ')' | ']' | '>' | '}' => {
                depth = depth.saturating_sub(1);
                false
            }
            '\t' => false,
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dictd dictionary of made-up words.
    const BODY: &str = "00databaseinfo\nabout it\nBlork /blok/ <neut, n>\n1. blurb [text], blurber (of words)\n Synonym: nichts\nschniegen <v>\nto snig; snag\n";

    fn index() -> String {
        let place = |word: &str, next: Option<&str>| {
            let start = BODY.find(word).unwrap();
            let end = next.map_or(BODY.len(), |next| BODY.find(next).unwrap());
            (start, end - start)
        };
        let digits = |number: usize| {
            let digit = |value: usize| {
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[value] as char
            };
            format!("{}{}", digit(number / 64), digit(number % 64))
        };
        let line = |word: &str, (start, length): (usize, usize)| {
            format!("{word}\t{}\t{}\n", digits(start), digits(length))
        };
        line("00databaseinfo", place("00databaseinfo", Some("Blork")))
            + &line("Blork", place("Blork", Some("schniegen")))
            + &line("schniegen", place("schniegen", None))
            + "broken\t!\tA\n"
    }

    #[test]
    fn a_dictd_dictionary_gives_its_translations() {
        assert_eq!(table(&index(), BODY.as_bytes()), "Blork\tblurb, blurber\nschniegen\tto snig, snag\n");
    }

    #[test]
    fn dictionaries_are_read_plain_and_packed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made-up.index");
        fs::write(&path, index()).unwrap();
        assert!(read(&path).is_err());
        let packed = File::create(folder.path().join("made-up.dict.dz")).unwrap();
        let mut packed = flate2::write::GzEncoder::new(packed, flate2::Compression::default());
        io::Write::write_all(&mut packed, BODY.as_bytes()).unwrap();
        packed.finish().unwrap();
        assert!(read(&path).unwrap().starts_with("Blork\t"));
        fs::write(folder.path().join("made-up.dict"), BODY).unwrap();
        assert!(read(&path).unwrap().starts_with("Blork\t"));
    }

    #[test]
    fn a_file_without_an_entry_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words.tsv");
        let missing = add_lexicons(std::slice::from_ref(&path)).unwrap_err();
        assert!(missing.to_string().contains("cannot read"), "{missing}");
        fs::write(&path, "# nothing\n").unwrap();
        assert!(matches!(add_lexicons(&[path]), Err(LexiconError::Empty(_))));
        assert!(add_lexicons(&[]).is_ok());
    }
}
