//! A start tag with its attributes taken apart once, for all that is asked of it.

use std::borrow::Cow;

use super::white_space::collapse;
use crate::markup::resolved;

/// A start tag with its attributes taken apart.
pub(super) struct Start<'a> {
    /// Its name, in lower case.
    pub(super) name: Cow<'a, str>,
    pub(super) attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Start<'a> {
    /// The value of an attribute as written, which is enough where it is compared with plain words.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// The value of an attribute as it is meant, unless it is blank.
    pub(super) fn filled_attribute(&self, name: &str) -> Option<String> {
        self.attribute(name).and_then(|value| filled(collapse(&resolved(value))))
    }
}

/// The text, unless it is empty.
pub(super) fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
