//! Why a model cannot be used.

use std::io;
use std::path::PathBuf;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// This beleg has no reader for it.
    #[error(
        "evidence.model names {}, and this beleg was built without embeddings: build it with \
         `cargo build --release --features embeddings`, or take evidence.model out of the settings",
        .0.display()
    )]
    NotBuiltIn(PathBuf),
    /// A file of it is not there or cannot be read.
    #[error(
        "cannot read the model {}: evidence.model names a model2vec folder, which has model.safetensors and tokenizer.json",
        .file.display()
    )]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file of it is not what it should be.
    #[error("the model {} cannot be used: {why}; evidence.model names the folder of a model2vec model", .file.display())]
    Unusable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}
