//! What translations were brought up to date with: a file of hashes of passages, which merges as the documents do.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::letters::letters;
use super::utf8;
use crate::align::Bitext;
use crate::check::Side;
use crate::error::{Error, ErrorKind};
use crate::message::message;
use crate::read::{self, Limits};
use crate::text::{BlockKind, Document};

/// The records of pairs, by the paths of original and translation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    records: BTreeMap<[String; 2], Record>,
}

/// What corresponded to what when a translation was brought up to date: of every link, the passages of both sides.
/// Settings and what has no letters are no passages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    links: Vec<[Vec<Hash>; 2]>,
}

/// What a passage says, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hash(u64);

/// Passages of the original that changed while what they correspond to did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// The blocks of the original that are other than recorded; none if they are gone.
    pub source: Vec<usize>,
    /// The blocks of the translation that they correspond to.
    pub target: Vec<usize>,
}

const HEAD: &str = "# duizhao.lock, version ";
const VERSION: &str = "1";
/// What stands for a side without passages.
const NONE: &str = "-";

impl Lock {
    /// The lock in a file.
    ///
    /// # Errors
    /// Those of [`Lock::read`]; when the file cannot be read.
    pub fn open(path: &Path, limits: &Limits) -> Result<Lock, Error> {
        let bytes = read::content(path, limits)?;
        let text = utf8(&bytes)
            .map_err(|line| Error::new(path, ErrorKind::Content { line, what: message!("lock-no-line") }))?;
        Lock::read(path, text)
    }

    /// The lock in a file, or an empty one if there is none yet.
    ///
    /// # Errors
    /// Those of [`Lock::open`].
    pub fn open_or_new(path: &Path, limits: &Limits) -> Result<Lock, Error> {
        match Lock::open(path, limits) {
            Err(Error { kind: ErrorKind::Io(error), .. }) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Lock::default())
            }
            opened => opened,
        }
    }

    /// Reads what [`Lock::write`] wrote; `path` is for messages.
    ///
    /// # Errors
    /// With the line, when it is something else: a conflict of git, a later version, a pair recorded twice.
    pub fn read(path: &Path, text: &str) -> Result<Lock, Error> {
        let mut lock = Lock::default();
        let mut open: Option<([String; 2], Record)> = None;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            let fail = |what| Error::new(path, ErrorKind::Content { line: index + 1, what });
            if let Some(version) = line.strip_prefix(HEAD)
                && version.split(':').next() != Some(VERSION)
            {
                return Err(fail(message!("lock-later")));
            }
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.starts_with('"') {
                let mut paths = serde_json::Deserializer::from_str(line).into_iter::<String>();
                let (Some(Ok(source)), Some(Ok(target)), None) = (paths.next(), paths.next(), paths.next())
                else {
                    return Err(fail(message!("lock-paths")));
                };
                lock.records.extend(open.take());
                if lock.records.contains_key(&[source.clone(), target.clone()]) {
                    return Err(fail(message!("lock-twice", path = target)));
                }
                open = Some(([source, target], Record::default()));
                continue;
            }
            let link =
                line.split_once(' ').and_then(|(source, target)| Some([hashes(source)?, hashes(target)?]));
            match (link, &mut open) {
                (Some(link), Some((_, record))) => record.links.push(link),
                _ if line.starts_with(['<', '=', '>', '|']) => {
                    return Err(fail(message!("lock-conflict")));
                }
                _ => {
                    return Err(fail(message!("lock-no-line")));
                }
            }
        }
        lock.records.extend(open);
        Ok(lock)
    }

    /// The record of a pair, by its paths from the folder of the file.
    pub fn get(&self, paths: &[String; 2]) -> Option<&Record> {
        self.records.get(paths)
    }

    /// Puts in a record; whether it is another than there was.
    pub fn set(&mut self, paths: [String; 2], record: Record) -> bool {
        self.records.get(&paths) != Some(&record) && {
            self.records.insert(paths, record);
            true
        }
    }

    /// Takes out the records that `is` says no to; how many.
    pub fn retain(&mut self, is: impl Fn(&[String; 2]) -> bool) -> usize {
        let before = self.records.len();
        self.records.retain(|paths, _| is(paths));
        before - self.records.len()
    }

    /// Writes it: by pair, sorted, and within a pair a line for each link, in the order of the documents.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "{HEAD}{VERSION}: which passages the translations were brought up to date with; made by `duizhao sync`"
        )?;
        for ([source, target], record) in &self.records {
            writeln!(out, "\n{} {}", serde_json::to_string(source)?, serde_json::to_string(target)?)?;
            for [source, target] in &record.links {
                writeln!(out, "{} {}", listed(source), listed(target))?;
            }
        }
        Ok(())
    }
}

fn listed(hashes: &[Hash]) -> String {
    match hashes.iter().map(Hash::to_string).collect::<Vec<_>>().join(",") {
        none if none.is_empty() => NONE.to_owned(),
        some => some,
    }
}

fn hashes(written: &str) -> Option<Vec<Hash>> {
    let hash =
        |written: &str| u64::from_str_radix(written, 16).ok().map(Hash).filter(|_| written.len() == 16);
    if written == NONE { Some(Vec::new()) } else { written.split(',').map(hash).collect() }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The hash of every block; none for what is no passage.
fn of_blocks(document: &Document) -> Vec<Option<Hash>> {
    let hash = |block| {
        let letters = letters(document, block);
        let says = !matches!(block.kind, BlockKind::Metadata | BlockKind::Comment) && !letters.is_empty();
        says.then(|| {
            let digest = Sha256::digest(format!("{}\0{letters}", block.kind.as_str()));
            Hash(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
        })
    };
    document.blocks.iter().map(hash).collect()
}

fn count(hashes: impl Iterator<Item = Hash>) -> BTreeMap<Hash, usize> {
    let mut counts = BTreeMap::new();
    hashes.for_each(|hash| *counts.entry(hash).or_insert(0) += 1);
    counts
}

impl Record {
    /// What a pair holds now.
    pub fn of(bitext: &Bitext) -> Record {
        let known = [of_blocks(&bitext.source), of_blocks(&bitext.target)];
        let side = |side: Side, blocks: &[usize]| -> Vec<Hash> {
            blocks.iter().filter_map(|&block| known[side as usize][block]).collect()
        };
        let links = bitext.alignment.blocks.iter();
        let links = links.map(|link| [side(Side::Source, &link.source), side(Side::Target, &link.target)]);
        Record { links: links.filter(|[source, target]| !source.is_empty() || !target.is_empty()).collect() }
    }

    fn counts(&self, side: Side) -> BTreeMap<Hash, usize> {
        count(self.links.iter().flat_map(|link| link[side as usize].iter().copied()))
    }

    /// Whether a document has just the passages that are recorded of that side, in any order.
    pub fn holds(&self, side: Side, document: &Document) -> bool {
        count(of_blocks(document).into_iter().flatten()) == self.counts(side)
    }

    /// The passages of the original that changed, came or went since, and whose counterparts did not change. Where
    /// both sides changed, the translation is taken to have followed.
    pub fn outdated(&self, bitext: &Bitext) -> Vec<Outdated> {
        let known = [of_blocks(&bitext.source), of_blocks(&bitext.target)];
        let mut left = [self.counts(Side::Source), self.counts(Side::Target)];
        let fresh = [0, 1].map(|side: usize| -> BTreeSet<usize> {
            let is_fresh = |hash: &Hash| match left[side].get_mut(hash) {
                Some(number) if *number > 0 => {
                    *number -= 1;
                    false
                }
                _ => true,
            };
            let blocks = known[side].iter().enumerate().filter_map(|(at, hash)| Some((at, (*hash)?)));
            let mut is_fresh = is_fresh;
            blocks.filter(|(_, hash)| is_fresh(hash)).map(|(at, _)| at).collect()
        });
        let mut found = Vec::new();
        let mut partners: BTreeMap<usize, bool> = BTreeMap::new();
        for link in &bitext.alignment.blocks {
            let source: Vec<usize> = link.source.iter().copied().filter(|at| fresh[0].contains(at)).collect();
            partners.extend(link.target.iter().map(|&at| (at, !source.is_empty())));
            if !source.is_empty() && !link.target.iter().any(|at| fresh[1].contains(at)) {
                found.push(Outdated { source, target: link.target.to_vec() });
            }
        }
        for [source, target] in &self.links {
            let mut gone = false;
            for hash in source {
                if let Some(number) = left[0].get_mut(hash).filter(|number| **number > 0) {
                    *number -= 1;
                    gone = true;
                }
            }
            let stays = |hash: &Hash| left[1].get(hash).is_none_or(|number| *number == 0);
            if !gone || target.is_empty() || !target.iter().all(stays) {
                continue;
            }
            let place = |hash: &Hash| known[1].iter().position(|known| *known == Some(*hash));
            let target: Vec<usize> = target.iter().filter_map(place).collect();
            // what stands in its place was told of
            if !target.iter().any(|at| partners.get(at) == Some(&true)) {
                found.push(Outdated { source: Vec::new(), target });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::align;
    use crate::read::{Format, bytes};
    use crate::segment::segment;
    use crate::text::Lang;

    fn bitext(source: &str, target: &str) -> Bitext {
        let document = |text: &str, lang: Lang| {
            segment(bytes("a.md", text.as_bytes(), Format::Markdown, Some(lang)).expect("readable"))
        };
        align(document(source, Lang::EN), document(target, Lang::ZH)).into_bitext()
    }

    const EN: &str = "# Ports\n\nThe server accepts connections\non port 8080.\n\nThe log holds 3.5 MB.\n";
    const ZH: &str = "# 端口\n\n服务器在 8080 端口上接受连接。\n\n日志有 3.5 MB。\n";

    #[test]
    fn form_is_no_change() {
        let record = Record::of(&bitext(EN, ZH));
        for (source, stale) in [
            (EN.to_owned(), 0),
            (EN.replace('\n', "\r\n"), 0),
            (EN.replace("connections\non", "connections on"), 0),
            (EN.replace("The log", "*The* Log,"), 0),
            (EN.replace("8080", "9090"), 1),
            (EN.replace("3.5", "35"), 1),
            (EN.replace("\n\nThe log holds 3.5 MB.", ""), 1),
            (EN.replace("# Ports\n", "# Ports\n\nAll of them are closed at night.\n"), 1),
        ] {
            assert_eq!(record.outdated(&bitext(&source, ZH)).len(), stale, "{source}");
        }
        let both = bitext(&EN.replace("8080", "9090"), &ZH.replace("8080", "9090"));
        assert_eq!(record.outdated(&both), [], "the translation followed");
    }

    #[test]
    fn what_is_written_is_read() {
        let mut lock = Lock::default();
        lock.set(["a \"b\".md".to_owned(), "译文/a.md".to_owned()], Record::of(&bitext(EN, ZH)));
        let mut written = Vec::new();
        lock.write(&mut written).expect("memory");
        let text = String::from_utf8(written).expect("a text");
        assert_eq!(Lock::read(Path::new("duizhao.lock"), &text).expect("a lock"), lock);
        for (wrong, what) in [
            ("<<<<<<< HEAD\n", "line 1: a conflict"),
            ("# duizhao.lock, version 2: …\n", "later duizhao"),
            ("\"a\" \"b\"\n\"a\" \"b\"\n", "line 2: b is recorded twice"),
            ("0123 -\n", "line 1: not a line"),
            ("\"a\"\n", "line 1: write the paths"),
        ] {
            let said = Lock::read(Path::new("l"), wrong).expect_err(wrong).to_string();
            assert!(said.contains(what), "{wrong}: {said}");
        }
    }
}
