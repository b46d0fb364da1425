//! A model that was loaded.

use std::fmt;
use std::path::Path;

use super::direction::Direction;
use super::error::ModelError;
use super::model2vec;
use crate::digest::Digest;

/// How much of a text is read, in bytes: longer sentences are lists and tables.
const LONGEST: usize = 4 << 10;

/// A static model of embeddings, which gives each text a direction.
///
/// The same model gives the same text the same direction on every machine: sums are taken in the order of the text.
pub struct Model {
    embedding: Box<dyn Embedding>,
    digest: Digest,
}

/// What makes a vector of a text.
pub(super) trait Embedding: Send + Sync {
    /// The vector of `text`; the zero vector where it knows no word of it.
    fn vector(&self, text: &str) -> Vec<f32>;
}

impl Model {
    /// Loads the model2vec model in `folder`: `model.safetensors` and `tokenizer.json`.
    ///
    /// # Errors
    /// Where beleg was built without the feature `embeddings`, a file is missing, or both are not of one model.
    pub fn open(folder: &Path) -> Result<Self, ModelError> {
        let (embedding, digest) = model2vec::open(folder)?;
        Ok(Self { embedding, digest })
    }

    /// A model that is no file.
    #[cfg(test)]
    pub(super) fn of(embedding: impl Embedding + 'static) -> Self {
        Self { embedding: Box::new(embedding), digest: Digest::of(b"a model of a test") }
    }

    /// SHA-256 of what `sha256sum model.safetensors tokenizer.json` prints in the folder of the model.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The direction of `text`, of which the first four KiB count.
    pub(in crate::evidence) fn direction(&self, text: &str) -> Direction {
        Direction::of(self.embedding.vector(&text[..text.floor_char_boundary(LONGEST)]))
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("digest", &self.digest).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Length;

    impl Embedding for Length {
        fn vector(&self, text: &str) -> Vec<f32> {
            assert!(text.len() <= LONGEST);
            vec![1.0]
        }
    }

    #[test]
    fn a_text_without_end_is_read_up_to_a_character() {
        let text = "a".to_owned() + &"ä".repeat(LONGEST);
        assert_eq!(Model::of(Length).direction(&text).similarity(&Direction::of(vec![2.0])), Some(1.0));
    }
}
