//! Models of a dozen words, written by the tests that read them.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// What a file of tensors has of one.
pub(super) struct Tensor {
    pub(super) name: &'static str,
    pub(super) dtype: &'static str,
    pub(super) shape: Vec<usize>,
    pub(super) data: Vec<u8>,
}

/// A safetensors file: the length of its header, the header, and the data in the order of `tensors`.
pub(super) fn safetensors(tensors: &[Tensor]) -> Vec<u8> {
    let mut header = Map::new();
    let mut data = Vec::new();
    for Tensor { name, dtype, shape, data: own } in tensors {
        let start = data.len();
        data.extend_from_slice(own);
        let about = json!({ "dtype": dtype, "shape": shape, "data_offsets": [start, data.len()] });
        header.insert((*name).to_owned(), about);
    }
    let header = Value::Object(header).to_string();
    let length = u64::try_from(header.len()).unwrap().to_le_bytes();
    [length.as_slice(), header.as_bytes(), &data].concat()
}

/// A tokenizer that knows `words`, in lower case, each with its place as its number, and takes all others for the first.
pub(super) fn tokenizer(words: &[&str]) -> Value {
    let vocabulary: Map<String, Value> =
        words.iter().enumerate().map(|(number, word)| ((*word).to_owned(), number.into())).collect();
    json!({
        "version": "1.0",
        // Of what a tokenizer is trained with, which has no meaning here.
        "truncation": { "direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0 },
        "padding": {
            "strategy": { "Fixed": 8 }, "direction": "Right", "pad_to_multiple_of": null,
            "pad_id": 1, "pad_type_id": 0, "pad_token": words[1],
        },
        "added_tokens": [],
        "normalizer": { "type": "Lowercase" },
        "pre_tokenizer": { "type": "Whitespace" },
        "post_processor": null,
        "decoder": null,
        "model": { "type": "WordLevel", "vocab": vocabulary, "unk_token": words[0] },
    })
}

/// Writes a model to `folder` that gives each of `words` its vector; the first stands for all that is unknown.
pub(super) fn write(folder: &Path, words: &[(&str, [f32; 3])]) {
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let data = words.iter().flat_map(|(_, vector)| vector).flat_map(|number| number.to_le_bytes()).collect();
    let tensor = Tensor { name: "embeddings", dtype: "F32", shape: vec![words.len(), 3], data };
    fs::write(folder.join("model.safetensors"), safetensors(&[tensor])).unwrap();
    fs::write(folder.join("tokenizer.json"), tokenizer(&names).to_string()).unwrap();
    // As model2vec writes it; beleg does without.
    fs::write(folder.join("config.json"), r#"{"model_type":"model2vec","normalize":true}"#).unwrap();
}
