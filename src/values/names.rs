//! Names that are looked for where they stand in a text.

use rustc_hash::FxHashMap;

use super::chars::Chars;

/// Names of several characters that are looked for at a place, by their first character, longest first.
pub(super) struct Names<T> {
    by_first: FxHashMap<char, Vec<(&'static str, T)>>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Names { by_first: FxHashMap::default() }
    }
}

impl<T: Copy> Names<T> {
    pub(super) fn add(&mut self, name: &'static str, means: T) {
        if let Some(first) = name.chars().next() {
            self.by_first.entry(first).or_default().push((name, means));
        }
    }

    /// Puts the longest names first; called once all are there.
    pub(super) fn sort(&mut self) {
        self.by_first
            .values_mut()
            .for_each(|names| names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len())));
    }

    /// What stands at `i`, and its end.
    pub(super) fn at(&self, t: &Chars<'_>, i: usize) -> Option<(T, usize)> {
        self.all(t, i).next()
    }

    /// All that stands at `i`, longest first, each with its end.
    pub(super) fn all(&self, t: &Chars<'_>, i: usize) -> impl Iterator<Item = (T, usize)> {
        let names = self.by_first.get(&t.c(i)).map_or(&[][..], Vec::as_slice);
        let here = names.iter().filter(move |(name, _)| t.is(i, name));
        here.map(move |(name, means)| (*means, i + name.chars().count()))
    }
}
