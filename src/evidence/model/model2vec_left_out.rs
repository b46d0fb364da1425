//! What stands in for the reader of models where beleg is built without it.

use std::path::Path;

use super::error::ModelError;
use super::loaded::Embedding;
use crate::digest::Digest;

/// Says how to build beleg so that it can read the model in `folder`.
pub(super) fn open(folder: &Path) -> Result<(Box<dyn Embedding>, Digest), ModelError> {
    Err(ModelError::NotBuiltIn(folder.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_refused_with_what_to_do() {
        let error = open(Path::new("models/made-up")).err().unwrap().to_string();
        assert!(error.contains("models/made-up") && error.contains("--features embeddings"), "{error}");
    }
}
