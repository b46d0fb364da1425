//! The signature of a package (WACZ Signing and Verification 0.1.0), in its anonymous form.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

use super::key::SigningKey;
use super::public_key::PublicKey;

/// What is signed: the digest of the package's list of files, and when and by what the package was made.
pub(in crate::archive) struct Statement<'a> {
    /// `sha256:…` of `datapackage.json`. These characters are the message that is signed.
    pub(in crate::archive) hash: &'a str,
    /// `created` of `datapackage.json`, byte for byte.
    pub(in crate::archive) created: &'a str,
    /// What made the package.
    pub(in crate::archive) software: &'a str,
}

/// `signedData` of `datapackage-digest.json`. The anonymous form has the first five fields and must have no other;
/// the others belong to the form with the name of a domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::archive) struct SignedData {
    /// What is signed.
    pub(in crate::archive) hash: String,
    /// When it was signed.
    pub(in crate::archive) created: String,
    /// What signed it.
    #[serde(default)]
    pub(in crate::archive) software: String,
    /// The signature in base64.
    pub(in crate::archive) signature: String,
    /// The key in base64 of its DER form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::archive) public_key: Option<String>,
    /// The domain that signed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::archive) domain: Option<String>,
}

impl SignedData {
    /// Signs `statement` with `key`. `None` if the arithmetic fails, which it does not.
    pub(in crate::archive) fn sign(statement: &Statement<'_>, key: &SigningKey) -> Option<Self> {
        let signature = key.sign(statement.hash.as_bytes())?;
        Some(Self {
            hash: statement.hash.to_owned(),
            created: statement.created.to_owned(),
            software: statement.software.to_owned(),
            signature: BASE64.encode(&signature),
            public_key: Some(key.public().to_string()),
            domain: None,
        })
    }

    /// The key that signed the package whose list has the digest `hash` and was made at `created`, or what is wrong.
    pub(in crate::archive) fn verify(&self, hash: &str, created: &str) -> Result<PublicKey, String> {
        if self.hash != hash {
            return Err(format!("signs {}, and the list has {hash}", self.hash));
        }
        if self.created != created {
            return Err(format!("says {:?}, and the list was made at {created:?}", self.created));
        }
        let key = self.public_key.as_deref().and_then(PublicKey::parse);
        let key = key.ok_or("has no public key of the kind that WACZ demands (ECDSA over P-384)")?;
        let signature = BASE64.decode(self.signature.as_bytes()).map_err(|_| "is not in base64")?;
        if key.verifies(hash.as_bytes(), &signature) {
            Ok(key)
        } else if signature.len() == 96 {
            Err("is not one of this list by this key".to_owned())
        } else {
            Err(format!("has {} bytes; r and s in 48 bytes each are demanded", signature.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const CREATED: &str = "2026-11-23T04:12:07Z";

    fn signed() -> (SigningKey, SignedData) {
        let folder = tempfile::tempdir().unwrap();
        let key = SigningKey::open(&folder.path().join("key.pem")).unwrap();
        let statement = Statement { hash: HASH, created: CREATED, software: "beleg/0.1.0" };
        let data = SignedData::sign(&statement, &key).unwrap();
        (key, data)
    }

    #[test]
    fn a_signature_has_the_five_fields_of_the_anonymous_form_and_96_bytes() {
        let (key, data) = signed();
        let json = serde_json::to_value(&data).unwrap();
        let names: Vec<_> = json.as_object().unwrap().keys().cloned().collect();
        assert_eq!(names.len(), 5, "{names:?}");
        assert_eq!(json["publicKey"], key.public().to_string());
        assert_eq!(BASE64.decode(data.signature.as_bytes()).unwrap().len(), 96);
        assert_eq!(&data.verify(HASH, CREATED).unwrap(), key.public());
    }

    #[test]
    fn whatever_is_changed_is_wrong() {
        let (_, data) = signed();
        let other = HASH.replace("e3b0", "e3b1");
        let flip = |text: &str| text.replacen(['A', 'B'], "C", 1).replacen('M', "N", 1);
        let changed = [
            SignedData { hash: other.clone(), ..data.clone() },
            SignedData { created: "2026-11-23T04:12:08Z".into(), ..data.clone() },
            SignedData { signature: flip(&data.signature), ..data.clone() },
            SignedData { signature: data.signature[..64].to_owned(), ..data.clone() },
            SignedData { public_key: None, ..data.clone() },
            SignedData { public_key: Some(signed().0.public().to_string()), ..data.clone() },
        ];
        for changed in changed {
            assert_ne!(changed, data);
            changed.verify(HASH, CREATED).unwrap_err();
        }
        data.verify(&other, CREATED).unwrap_err();
    }
}
