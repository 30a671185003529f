//! The words that came and went with an edit of one side.

use std::collections::BTreeMap;

use super::state::State;
use crate::align::tokens::{TokenKind, TypeId};
use crate::lexicon;
use crate::meaning::{negation, wording};
use crate::text::script::is_han;

/// The words of one side that came and went.
pub(super) struct Words {
    /// Types of the old state that went, and of the new state that came.
    pub(super) removed: Vec<TypeId>,
    pub(super) added: Vec<TypeId>,
    pub(super) texts: [Vec<Text>; 2],
    /// How many words changed: the larger of the two numbers.
    pub(super) all: usize,
}

/// A word that came or went.
pub(super) struct Text {
    /// As it stands there, in lower case.
    pub(super) surface: String,
    pub(super) key: String,
    pub(super) kind: TokenKind,
    pub(super) content: bool,
}

impl Words {
    pub(super) fn between(before: &State, after: &State, side: usize) -> Words {
        let counts = |state: &State| -> BTreeMap<String, (TypeId, usize)> {
            let tokens = state.aligned.tokens(side == 0);
            state
                .types(side)
                .into_iter()
                .map(|(id, n)| (tokens.types[id as usize].key.clone(), (id, n)))
                .collect()
        };
        let (was, is) = (counts(before), counts(after));
        let more = |one: &BTreeMap<String, (TypeId, usize)>, other: &BTreeMap<String, (TypeId, usize)>| {
            let mut ids = Vec::new();
            for (key, &(id, n)) in one {
                let kept = other.get(key).map_or(0, |(_, n)| *n);
                ids.extend((kept..n).map(|_| id));
            }
            ids
        };
        let (removed, added) = (more(&was, &is), more(&is, &was));
        let texts = [(before, after, &removed), (after, before, &added)].map(|(state, other, ids)| {
            let tokens = state.aligned.tokens(side == 0);
            let mut spellings = state.spellings(side);
            for (spelling, n) in other.spellings(side) {
                spellings.entry(spelling).and_modify(|here| *here = here.saturating_sub(n));
            }
            // of the spellings of a word, those that the other state does not have
            let mut spelling = |id: TypeId| {
                let alone = spellings.range_mut((tokens.types[id as usize].key.clone(), String::new())..);
                let mut alone = alone.take_while(|((key, _), _)| *key == tokens.types[id as usize].key);
                let ((_, spelling), n) = alone.find(|(_, n)| **n > 0)?;
                *n -= 1;
                Some(spelling.clone())
            };
            let text = |&id: &TypeId| {
                let of_type = &tokens.types[id as usize];
                Text {
                    surface: spelling(id).unwrap_or_else(|| of_type.surface.clone()),
                    key: of_type.key.clone(),
                    kind: of_type.kind,
                    content: wording::is_content(of_type),
                }
            };
            ids.iter().map(text).collect::<Vec<_>>()
        });
        let all = removed.len().max(added.len());
        Words { removed, added, texts, all }
    }

    /// Whether only spelling, inflection and function words changed: every word of content that went has one that
    /// came in its stead, spelt nearly the same, and one of the two is no word.
    pub(super) fn is_spelling(&self) -> bool {
        let [removed, added] = &self.texts;
        let changed = removed.iter().chain(added);
        if changed.clone().any(|word| negation::is_denial(&word.surface) || word.kind == TokenKind::Value) {
            return false;
        }
        let content = |words: &'_ [Text]| -> Vec<String> {
            words.iter().filter(|word| word.content).map(|word| word.surface.clone()).collect()
        };
        let (removed, mut added) = (content(removed), content(added));
        if removed.len() != added.len() {
            return false;
        }
        removed.iter().all(|went| {
            let place = added.iter().position(|came| {
                strsim::normalized_damerau_levenshtein(went, came) >= 0.6 && !(is_word(went) && is_word(came))
            });
            place.is_some_and(|place| {
                added.swap_remove(place);
                true
            })
        })
    }
}

/// Whether the lexicon knows a word.
fn is_word(word: &str) -> bool {
    match word.starts_with(is_han) {
        true => lexicon::glosses(word).next().is_some(),
        false => lexicon::stem_id(&lexicon::stem(word)).is_some(),
    }
}
