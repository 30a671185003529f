//! Reads CC-CEDICT: `Traditional Simplified [pin1 yin1] /sense/sense/`.

use anyhow::{Context, Result};

/// One entry.
pub(crate) struct Entry<'a> {
    pub(crate) traditional: &'a str,
    pub(crate) simplified: &'a str,
    pub(crate) pinyin: &'a str,
    pub(crate) senses: Vec<&'a str>,
}

impl Entry<'_> {
    /// Whether the pinyin is written with a capital, as that of proper names is.
    pub(crate) fn is_proper(&self) -> bool {
        self.pinyin.starts_with(|c: char| c.is_ascii_uppercase())
            && self.simplified.chars().any(super::is_han)
    }

    /// Whether the entry only says that the word is a surname.
    pub(crate) fn is_surname(&self) -> bool {
        self.is_proper() && self.senses.iter().all(|sense| sense.starts_with("surname "))
    }

    /// Both headwords, once each.
    pub(crate) fn headwords(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.simplified)
            .chain((self.traditional != self.simplified).then_some(self.traditional))
    }
}

/// The entries in the order of the file.
pub(crate) fn parse(text: &str) -> Result<Vec<Entry<'_>>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| parse_line(line).with_context(|| format!("CC-CEDICT: cannot read the line {line}")))
        .collect()
}

fn parse_line(line: &str) -> Option<Entry<'_>> {
    let (traditional, rest) = line.split_once(' ')?;
    let (simplified, rest) = rest.split_once(" [")?;
    let (pinyin, rest) = rest.split_once("] /")?;
    let senses = rest.trim_end().trim_end_matches('/').split('/').filter(|sense| !sense.is_empty()).collect();
    Some(Entry { traditional, simplified, pinyin, senses })
}
