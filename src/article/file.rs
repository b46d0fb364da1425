//! Reading an article from a file or from standard input, within bounds.

use std::fs::{self, File};
use std::io::{self, Read as _};

use super::block::Article;
use super::error::ArticleError;
use super::read::{MAX_BYTES, ReadOptions, read};

/// Reads the article at `path`; `-` stands for standard input.
///
/// The size is checked before anything is read, and again while reading, since a pipe or a device has no size.
pub fn read_file(path: &str, options: &ReadOptions) -> Result<Article, ArticleError> {
    let bytes = if path == "-" { bounded(io::stdin().lock(), 0, path)? } else { file_bytes(path)? };
    read(path, &bytes, options)
}

fn file_bytes(path: &str) -> Result<Vec<u8>, ArticleError> {
    let io = |source| ArticleError::Io { path: path.to_owned(), source };
    let metadata = fs::metadata(path).map_err(io)?;
    if metadata.is_dir() {
        return Err(ArticleError::Folder { path: path.to_owned() });
    }
    if metadata.len() > MAX_BYTES {
        return Err(ArticleError::TooLarge { path: path.to_owned(), limit: MAX_BYTES });
    }
    bounded(File::open(path).map_err(io)?, metadata.len(), path)
}

/// All that `reader` gives, which is `size` bytes as far as anybody knows.
fn bounded(reader: impl io::Read, size: u64, path: &str) -> Result<Vec<u8>, ArticleError> {
    // One more, so that the end is found without more room.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default().saturating_add(1));
    let read = reader.take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|source| ArticleError::Io { path: path.to_owned(), source })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_under_its_own_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("note.md");
        fs::write(&path, "# A heading\n\nA sentence.\n").unwrap();
        let article = read_file(path.to_str().unwrap(), &ReadOptions::default()).unwrap();
        assert_eq!(article.title.as_deref(), Some("A heading"));
        assert!(article.path.ends_with("note.md"));
    }

    #[test]
    fn a_folder_a_missing_file_and_a_vast_sparse_file_are_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let refuse = |path: &str| read_file(path, &ReadOptions::default()).unwrap_err();
        assert!(matches!(refuse(folder.path().to_str().unwrap()), ArticleError::Folder { .. }));

        let missing = folder.path().join("missing.txt");
        let error = refuse(missing.to_str().unwrap());
        assert!(matches!(error, ArticleError::Io { .. }));
        assert!(error.to_string().contains("missing.txt"));

        let sparse = folder.path().join("sparse.txt");
        File::create(&sparse).unwrap().set_len(10 << 30).unwrap();
        let error = refuse(sparse.to_str().unwrap());
        assert!(error.to_string().contains("larger than 64 MiB"), "{error}");
    }

    #[test]
    fn a_stream_without_end_is_cut_at_the_limit_and_then_refused() {
        let bytes = bounded(io::repeat(b'x'), 0, "-").unwrap();
        let error = read("-", &bytes, &ReadOptions::default()).unwrap_err();
        assert!(matches!(error, ArticleError::TooLarge { .. }));
    }
}
