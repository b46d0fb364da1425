//! Names: the same, or another spelling, anywhere on a page.

use std::ops::Range;

use super::judge::{Finding, Judge};
use super::keyed::keyed_words;
use crate::evidence::content::genitive_off;
use crate::evidence::key::Key;
use crate::evidence::lexicon::gazetteer;
use crate::evidence::name::Name;
use crate::evidence::name_likeness::same_name;
use crate::evidence::token::{TokenKind, fold, tokens};
use crate::evidence::weighed::Outcome;

/// A name with fewer letters is like too many others.
const LEAST_ALIKE: usize = 5;

impl Judge<'_> {
    pub(super) fn name(&self, name: &Name) -> Finding {
        let keys = self.name_keys(name);
        if keys.is_empty() {
            return Finding::nothing(Outcome::TooShort);
        }
        let in_windows = self.aligned().find_map(|window| {
            let span = self.page(window.page).span(window.first, window.last);
            self.name_in(name, &keys, window.page, span)
        });
        in_windows
            .or_else(|| self.name_on_page(name, &keys))
            .or_else(|| self.name_alike(name))
            .unwrap_or(Finding::nothing(Outcome::NotFound))
    }

    /// A word in a passage of another language that may be another spelling of a name that the gazetteer does not have.
    fn name_alike(&self, name: &Name) -> Option<Finding> {
        let written = &self.claim[name.range.clone()];
        let last = tokens(written).into_iter().rfind(|token| token.kind == TokenKind::Word)?;
        if name.known.is_some() || last.text.chars().count() < LEAST_ALIKE {
            return None;
        }
        self.aligned().filter(|window| !self.same_language(window.page)).find_map(|window| {
            let span = self.page(window.page).span(window.first, window.last);
            let text = self.page(window.page).text.text.get(span.clone())?;
            let tokens = tokens(text);
            // Whoever the gazetteer knows by this spelling is somebody else: the claim's name is not in it.
            let alike = tokens.iter().enumerate().find(|(at, token)| {
                token.is_capitalised()
                    && same_name(genitive_off(last.text), genitive_off(token.text))
                    && gazetteer().at(&tokens[*at..]).is_none()
            })?;
            let range = span.start + alike.1.start..span.start + alike.1.end();
            Some(Finding::new(Outcome::Variant, window.page, range))
        })
    }

    /// The keys that any spelling of the name is found by: the gazetteer's, or those of its last word.
    fn name_keys(&self, name: &Name) -> Vec<Key> {
        if let Some(known) = name.known {
            return vec![Key::name(known)];
        }
        let written = &self.claim[name.range.clone()];
        let last = tokens(written)
            .into_iter()
            .rfind(|token| token.kind == TokenKind::Word)
            .map(|token| fold(token.text));
        last.and_then(|last| Key::sound(genitive_off(&last))).into_iter().collect()
    }

    /// The name on the pages that the best windows are of, then on the others.
    fn name_on_page(&self, name: &Name, keys: &[Key]) -> Option<Finding> {
        let aligned = self.aligned().map(|window| window.page);
        aligned.chain(0..self.sought.len()).find_map(|number| {
            let page = self.page(number);
            let sentence = keys.iter().find_map(|&key| page.sentences_with(key).next())?;
            self.name_in(name, keys, number, page.span(sentence, sentence))
        })
    }

    fn name_in(&self, name: &Name, keys: &[Key], page: usize, span: Range<usize>) -> Option<Finding> {
        let text = &self.page(page).text.text;
        let found = keyed_words(self.page(page), span)
            .into_iter()
            .find(|word| word.keys.iter().any(|key| keys.contains(key)))?;
        let same =
            folded_name(&self.claim[name.range.clone()]).ends_with(&folded_name(&text[found.range.clone()]));
        Some(Finding::new(if same { Outcome::Same } else { Outcome::Variant }, page, found.range))
    }
}

/// A name folded, without blanks, hyphens and the s of a genitive.
fn folded_name(name: &str) -> String {
    let folded: String = fold(name).chars().filter(|c| c.is_alphanumeric()).collect();
    genitive_off(&folded).to_owned()
}
