//! The texts of a run's pages until they are packaged: on disk, so that memory does not grow with the number of pages.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Holds texts in a temporary file without a name. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Texts(Arc<Spool>);

#[derive(Debug, Default)]
struct Spool {
    /// Made for the first text.
    file: OnceLock<File>,
    end: AtomicU64,
}

/// One text of [`Texts`], cheap to clone.
#[derive(Clone, Debug)]
pub struct Text {
    texts: Texts,
    at: u64,
    length: usize,
}

impl Texts {
    /// Puts a text away.
    pub fn keep(&self, text: &str) -> io::Result<Text> {
        let at = self.0.end.fetch_add(text.len() as u64, Ordering::Relaxed);
        self.0.file()?.write_all_at(text.as_bytes(), at)?;
        Ok(Text { texts: self.clone(), at, length: text.len() })
    }
}

impl Spool {
    fn file(&self) -> io::Result<&File> {
        if let Some(file) = self.file.get() {
            return Ok(file);
        }
        let file = tempfile::tempfile()?;
        Ok(self.file.get_or_init(|| file))
    }
}

impl Text {
    /// The text.
    pub fn read(&self) -> io::Result<String> {
        let mut bytes = vec![0; self.length];
        self.texts.0.file()?.read_exact_at(&mut bytes, self.at)?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were_put_away() {
        let texts = Texts::default();
        let kept = ["eins", "", "zwölf"].map(|text| (text, texts.keep(text).unwrap()));
        for (text, place) in kept {
            assert_eq!(place.read().unwrap(), text);
        }
    }
}
