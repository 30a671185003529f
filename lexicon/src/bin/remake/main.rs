//! Makes the indices under `lexicon/data/` anew from pinned, hash-checked packages, the same bytes every time.

mod cedict;
mod characters;
mod ecdict;
mod glosses;
mod kinds;
mod places;
mod renderings;
mod segmentation;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use duizhao_lexicon::packages::Sources;
use duizhao_lexicon::remake::{self, Files};

fn main() -> Result<()> {
    remake::run("lexicon", Path::new(env!("CARGO_MANIFEST_DIR")), make)
}

/// Every index, from the texts of the packages.
fn make(sources: &Sources) -> Result<Files> {
    let entries = cedict::parse(sources.text("cedict")?)?;
    let jieba = segmentation::parse_jieba(sources.text("jieba")?)?;
    let characters = characters::Characters::new(&entries, &jieba);
    let mut names = places::cldr(sources)?;
    names.extend(places::cities(sources.text("cities")?, &entries, &jieba)?);
    let mut files = Files::new();
    let renderings = renderings::Renderings::read(&characters)?;
    segmentation::write(&entries, &jieba, &names, &renderings, &characters, &mut files)?;
    let known: BTreeSet<String> =
        entries.iter().flat_map(|entry| entry.headwords()).map(|word| characters.simplify(word)).collect();
    let is_word = |word: &str| known.contains(word) || jieba.has(word) || renderings.has(word);
    let reversed = ecdict::Reversed::read(sources.text("ecdict")?, &characters, is_word)?;
    let stems = glosses::write(&entries, &names, &renderings, &reversed, &characters, &mut files)?;
    kinds::write(sources, &stems, &mut files)?;
    characters.write(&names, &jieba, &mut files)?;
    Ok(files)
}

/// An `fst` map of keys that are sorted already.
fn fst_map<'a>(pairs: impl IntoIterator<Item = (&'a str, u64)>) -> Result<Vec<u8>> {
    let mut builder = fst::MapBuilder::memory();
    for (key, value) in pairs {
        builder.insert(key, value)?;
    }
    Ok(builder.into_inner()?)
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}
