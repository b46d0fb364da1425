//! The reader of model2vec models: a folder with two files that count, as beleg reads them for the feature `embeddings`.
//!
//! `tokenizer.json` cuts a text into tokens, `model.safetensors` has a vector for each ([`tensors`]). The vector of a text is
//! the sum of those of its tokens, unknown ones left out. model2vec takes their mean and may bring it to length 1, which is
//! the same direction; therefore `config.json`, which says so, is not read.

mod folder;
mod tensors;
#[cfg(test)]
mod tiny;

pub(super) use folder::open;
