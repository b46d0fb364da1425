//! What an entry says, by its kind.

use serde::Serialize;

use super::alarm::{Acknowledgement, Told};
use super::check::{Check, Pass};
use super::entry::{EntryKind, KeptDossier};
use super::sign_off::SignOff;

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Body {
    /// A dossier.
    Dossier(Box<KeptDossier>),
    /// An article that was checked again.
    Check(Check),
    /// A pass that asked sources.
    Pass(Pass),
    /// Alarms that somebody took note of.
    Acknowledgement(Acknowledgement),
    /// A decision about a claim.
    SignOff(SignOff),
    /// Alarms that were told.
    Told(Told),
}

impl Body {
    /// The kind of the entry that says this.
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::Dossier(_) => EntryKind::Dossier,
            Self::Check(_) => EntryKind::Check,
            Self::Pass(_) => EntryKind::Pass,
            Self::Acknowledgement(_) => EntryKind::Acknowledgement,
            Self::SignOff(_) => EntryKind::SignOff,
            Self::Told(_) => EntryKind::Told,
        }
    }

    /// Reads the body of an entry of the kind `kind`.
    pub(super) fn read(kind: EntryKind, json: &str) -> Result<Self, serde_json::Error> {
        Ok(match kind {
            EntryKind::Dossier => Self::Dossier(serde_json::from_str(json)?),
            EntryKind::Check => Self::Check(serde_json::from_str(json)?),
            EntryKind::Pass => Self::Pass(serde_json::from_str(json)?),
            EntryKind::Acknowledgement => Self::Acknowledgement(serde_json::from_str(json)?),
            EntryKind::SignOff => Self::SignOff(serde_json::from_str(json)?),
            EntryKind::Told => Self::Told(serde_json::from_str(json)?),
        })
    }
}
