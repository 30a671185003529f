//! Antonyms of English from WordNet, by stem.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use duizhao_lexicon::english::stem;

use crate::Files;
use crate::packages::Sources;

/// The parts of speech whose synonym sets WordNet keeps in one file each.
const PARTS: [&str; 4] = ["adj", "adv", "noun", "verb"];

/// Words that mean the same, and what they point to.
struct Synset<'a> {
    words: Vec<&'a str>,
    /// Of a satellite, the synonym sets of the adjectives it is similar to.
    heads: Vec<&'a str>,
    /// A word of this set, and a word of another by its set, that are antonyms.
    antonyms: Vec<(usize, &'a str, usize)>,
}

/// Writes `antonyms.tsv`: on each line a stem, the stems of its antonyms, and those of its indirect ones: the antonyms
/// of an adjective that it is similar to, and what is similar to its antonym.
pub(crate) fn write(sources: &Sources, files: &mut Files) -> Result<()> {
    let mut found: BTreeMap<String, [BTreeSet<String>; 2]> = BTreeMap::new();
    for part in PARTS {
        let sets = parse(sources.text(&format!("wordnet-{part}"))?)?;
        for (offset, set) in &sets {
            for &(word, other, of_other) in &set.antonyms {
                pair(&mut found, 0, set.word(word, offset)?, sets[other].word(of_other, other)?);
            }
            for head in &set.heads {
                let head =
                    sets.get(head).with_context(|| format!("{offset} points to {head}, which is missing"))?;
                for &(_, other, of_other) in &head.antonyms {
                    let antonym = sets[other].word(of_other, other)?;
                    set.words.iter().for_each(|word| pair(&mut found, 1, word, antonym));
                }
            }
        }
    }
    let mut text = String::new();
    for (stem, [direct, indirect]) in &found {
        let joined = |stems: Vec<&str>| stems.join(" ");
        let direct_stems = joined(direct.iter().map(String::as_str).collect());
        let indirect_stems = joined(indirect.difference(direct).map(String::as_str).collect());
        text.push_str(&format!("{stem}\t{direct_stems}\t{indirect_stems}\n"));
    }
    files.insert("antonyms.tsv", text.into_bytes());
    Ok(())
}

/// Enters two words as antonyms of one another, if both are single words and their stems differ.
fn pair(found: &mut BTreeMap<String, [BTreeSet<String>; 2]>, kind: usize, one: &str, other: &str) {
    let single = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let stems = [stem(one), stem(other)];
    if single(one) && single(other) && stems[0] != stems[1] {
        for (at, own) in stems.iter().enumerate() {
            found.entry(own.clone()).or_default()[kind].insert(stems[1 - at].clone());
        }
    }
}

impl<'a> Synset<'a> {
    fn word(&self, number: usize, offset: &str) -> Result<&'a str> {
        let word = number.checked_sub(1).and_then(|at| self.words.get(at));
        word.copied().with_context(|| format!("synonym set {offset} has no word {number}"))
    }
}

/// The synonym sets of a data file by their offsets; its format is that of the manual page wndb(5WN). Every set that
/// an antonym points to is there.
fn parse(text: &str) -> Result<BTreeMap<&str, Synset<'_>>> {
    let mut sets = BTreeMap::new();
    // lines that begin with spaces are the licence
    for line in text.lines().filter(|line| !line.starts_with(' ')) {
        let (offset, set) = synset(line).with_context(|| format!("not a synonym set: {line}"))?;
        sets.insert(offset, set);
    }
    for (offset, set) in &sets {
        for (_, other, _) in &set.antonyms {
            ensure!(sets.contains_key(other), "{offset} points to {other}, which is missing");
        }
    }
    Ok(sets)
}

fn synset(line: &str) -> Option<(&str, Synset<'_>)> {
    let mut fields = line.split(' ');
    let (offset, _file, kind) = (fields.next()?, fields.next()?, fields.next()?);
    let count = usize::from_str_radix(fields.next()?, 16).ok()?;
    let mut words = Vec::with_capacity(count);
    for _ in 0..count {
        // an adjective may say where it stands: awake(p)
        words.push(fields.next()?.split('(').next()?);
        fields.next()?;
    }
    let mut set = Synset { words, heads: Vec::new(), antonyms: Vec::new() };
    let pointers: usize = fields.next()?.parse().ok()?;
    for _ in 0..pointers {
        let (symbol, other, part, ends) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let number = |range: &str| usize::from_str_radix(range, 16).ok();
        match symbol {
            "!" => set.antonyms.push((number(ends.get(..2)?)?, other, number(ends.get(2..)?)?)),
            "&" if kind == "s" && part == "a" => set.heads.push(other),
            _ => {}
        }
    }
    Some((offset, set))
}
