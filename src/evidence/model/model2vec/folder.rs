//! The files of a model.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use tokenizers::Tokenizer;

use super::tensors::Tensors;
use crate::digest::Digest;
use crate::evidence::model::error::ModelError;
use crate::evidence::model::loaded::Embedding;

const TENSORS: &str = "model.safetensors";
const TOKENIZER: &str = "tokenizer.json";

/// Reads the model in `folder`, and the digest of what `sha256sum model.safetensors tokenizer.json` prints there.
pub(in crate::evidence::model) fn open(folder: &Path) -> Result<(Box<dyn Embedding>, Digest), ModelError> {
    let (tensors, tokenizer) = (read(folder, TENSORS)?, read(folder, TOKENIZER)?);
    let sums = format!("{}  {TENSORS}\n{}  {TOKENIZER}\n", Digest::of(&tensors), Digest::of(&tokenizer));
    let unusable = |file: &str, why: String| ModelError::Unusable { file: folder.join(file), why };
    let (tokenizer, unknown) = self::tokenizer(&tokenizer).map_err(|why| unusable(TOKENIZER, why))?;
    let tensors = Tensors::read(tensors).map_err(|why| unusable(TENSORS, why))?;
    let tokens = tokenizer.get_vocab_size(true);
    if !tensors.have_all(tokens) {
        let why =
            format!("it has fewer vectors than {TOKENIZER} has tokens ({tokens}); they are of two models");
        return Err(unusable(TENSORS, why));
    }
    Ok((Box::new(Model2Vec { tokenizer, unknown, tensors }), Digest::of(sums.as_bytes())))
}

fn read(folder: &Path, file: &str) -> Result<Vec<u8>, ModelError> {
    let file = folder.join(file);
    fs::read(&file).map_err(|source| ModelError::Read { file, source })
}

/// The tokenizer, and the token that it gives to what it does not know.
fn tokenizer(json: &[u8]) -> Result<(Tokenizer, Option<u32>), String> {
    let mut tokenizer = Tokenizer::from_bytes(json).map_err(|error| error.to_string())?;
    tokenizer.with_truncation(None).map_err(|error| error.to_string())?;
    tokenizer.with_padding(None);
    let Unknown { unk_id, unk_token } =
        serde_json::from_slice::<Stated>(json).map_err(|error| error.to_string())?.model;
    let unknown = unk_id.or_else(|| tokenizer.token_to_id(&unk_token?));
    Ok((tokenizer, unknown))
}

/// What `tokenizer.json` states that its reader keeps to itself.
#[derive(Deserialize)]
struct Stated {
    model: Unknown,
}

/// The token for what is unknown: Unigram has its number, the other kinds have its text.
#[derive(Deserialize)]
struct Unknown {
    #[serde(default)]
    unk_id: Option<u32>,
    #[serde(default)]
    unk_token: Option<String>,
}

struct Model2Vec {
    tokenizer: Tokenizer,
    unknown: Option<u32>,
    tensors: Tensors,
}

impl Embedding for Model2Vec {
    fn vector(&self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0; self.tensors.columns()];
        // A tokenizer that gives up on a text knows nothing of it.
        if let Ok(encoding) = self.tokenizer.encode_fast(text, false) {
            for &token in encoding.get_ids().iter().filter(|&&token| Some(token) != self.unknown) {
                self.tensors.add(number(token), &mut sum);
            }
        }
        sum
    }
}

/// The number of a token among all.
fn number(token: u32) -> usize {
    usize::try_from(token).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use url::Url;

    use super::super::tiny::{self, Tensor};
    use super::*;
    use crate::citation::{Claim, ClaimId, SourceId};
    use crate::evidence::model::loaded::Model;
    use crate::evidence::{PageText, ReadablePage, Written, weigh};

    const WORDS: [(&str, [f32; 3]); 7] = [
        ("[unknown]", [9.0, 9.0, 9.0]),
        ("[pad]", [8.0, 8.0, 8.0]),
        ("soldaten", [1.0, 0.0, 0.0]),
        ("troupes", [0.9, 0.1, 0.0]),
        ("wetter", [0.0, 1.0, 0.0]),
        ("météo", [0.0, 0.9, 0.1]),
        ("kosovo", [0.5, 0.0, 0.5]),
    ];

    fn tiny() -> (tempfile::TempDir, Model) {
        let folder = tempfile::tempdir().unwrap();
        tiny::write(folder.path(), &WORDS);
        let model = Model::open(folder.path()).unwrap();
        (folder, model)
    }

    fn similarity(model: &Model, one: &str, other: &str) -> Option<f64> {
        model.direction(one).similarity(&model.direction(other))
    }

    #[test]
    fn a_model_holds_similar_what_its_vectors_say() {
        let (_folder, model) = tiny();
        assert!(similarity(&model, "Soldaten", "troupes").unwrap() > 0.99);
        assert_eq!(similarity(&model, "Soldaten", "Wetter"), Some(0.0));
        let both = similarity(&model, "Soldaten im Kosovo", "Soldaten Soldaten Kosovo Kosovo").unwrap();
        assert!(
            (both - 1.0).abs() < 1e-6,
            "what is unknown counts nothing, nor does how often all is said: {both}"
        );
        assert_eq!(similarity(&model, "Soldaten", "von nichts gewusst"), None);
        assert_eq!(similarity(&model, "Soldaten", ""), None);
    }

    #[test]
    fn what_a_model_was_trained_with_does_not_cut_texts_short() {
        let (_folder, model) = tiny();
        let late = similarity(&model, "a b c d e f Soldaten", "Soldaten").unwrap();
        assert!((late - 1.0).abs() < 1e-6, "{late}");
    }

    #[test]
    fn the_digest_is_the_one_that_sha256sum_gives() {
        let (folder, model) = tiny();
        let of = |file: &str| Digest::of(&fs::read(folder.path().join(file)).unwrap());
        let printed = format!("{}  model.safetensors\n{}  tokenizer.json\n", of(TENSORS), of(TOKENIZER));
        assert_eq!(model.digest(), Digest::of(printed.as_bytes()));
        tiny::write(folder.path(), &WORDS[..6]);
        assert_ne!(Model::open(folder.path()).unwrap().digest(), model.digest());
    }

    #[test]
    fn a_sentence_in_a_language_without_lexicon_is_nominated() {
        let (_folder, model) = tiny();
        let page = PageText::read(
            "text/plain",
            "Ceci est une page synthétique. La météo sera douce demain matin.\nLes troupes sont parties en train hier soir.",
        );
        let url = Url::parse("https://news.test/story").unwrap();
        let ready = ReadablePage::new(SourceId(1), &url, &page).beside(Some(&model));
        let claim = Claim {
            id: ClaimId(1),
            text: "Die Soldaten fuhren ab.".to_owned(),
            places: Vec::new(),
            sources: vec![SourceId(1)],
            binding: None,
        };
        let weighed = weigh(&claim, Written::in_language("de"), &[ready]);
        assert_eq!(weighed.passages, []);
        let [candidate] = weighed.candidates.as_slice() else { panic!("{weighed:#?}") };
        assert_eq!(candidate.text, "Les troupes sont parties en train hier soir.");
        assert!(candidate.similarity.unwrap() > 0.99);
    }

    #[test]
    fn a_folder_that_is_no_model_is_refused_with_the_file_and_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let refused = || Model::open(folder.path()).unwrap_err().to_string();
        assert!(
            refused().contains("model.safetensors") && refused().contains("model2vec folder"),
            "{}",
            refused()
        );
        tiny::write(folder.path(), &WORDS);
        let write = |file: &str, bytes: &[u8]| fs::write(folder.path().join(file), bytes).unwrap();
        write(TOKENIZER, b"{}");
        assert!(refused().contains("tokenizer.json cannot be used"), "{}", refused());
        let row = Tensor { name: "embeddings", dtype: "F32", shape: vec![1, 1], data: vec![0; 4] };
        write(TOKENIZER, tiny::tokenizer(&["a", "b"]).to_string().as_bytes());
        write(TENSORS, &tiny::safetensors(&[row]));
        assert!(refused().contains("of two models"), "{}", refused());
        write(TENSORS, b"synthetic");
        assert!(refused().contains("model.safetensors cannot be used"), "{}", refused());
    }

    #[test]
    fn the_unknown_token_is_known_by_number_or_text() {
        let words = ["a", "b", "c"];
        let unknown = |model: serde_json::Value| {
            let json = serde_json::Value::Object(serde_json::Map::from_iter([
                ("version".to_owned(), json!("1.0")),
                ("model".to_owned(), model),
            ]));
            tokenizer(json.to_string().as_bytes()).unwrap().1
        };
        let scores: Vec<(&str, f64)> = words.iter().map(|word| (*word, -1.0)).collect();
        assert_eq!(unknown(json!({ "type": "Unigram", "unk_id": 1, "vocab": scores })), Some(1));
        assert_eq!(unknown(json!({ "type": "Unigram", "unk_id": null, "vocab": scores })), None);
        let vocabulary = json!({ "a": 0, "b": 1, "c": 2 });
        let pieces = json!({
            "type": "WordPiece", "unk_token": "c", "vocab": vocabulary,
            "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
        });
        assert_eq!(unknown(pieces), Some(2));
    }
}
