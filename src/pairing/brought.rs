//! The files that two documents of LaTeX bring in by name, which are documents of their own: a finding points into the
//! file that it is in, as one text of all files could not tell.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{Found, Told, format, marks, slashed};
use crate::message::{Message, message};
use crate::read::{self, Format, Limits};

/// What two documents bring in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// The documents, in the order in which they are read.
    pub found: Vec<Found>,
    /// What is named and not read.
    pub left: Vec<Left>,
}

/// A file that a document brings in and that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The document.
    pub by: PathBuf,
    /// What it brings in, as it names it.
    pub name: String,
    /// Why that is not read.
    pub why: Why,
}

/// Why a file that a document brings in is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its name, or a link, leads out of the folder of the document that is checked.
    Outside,
    /// There is no such file.
    Gone,
    /// It is no LaTeX.
    Kind,
    /// It brings in itself, through others or not.
    Round,
    /// It is brought in by a file that is brought in, and so on, deeper than LaTeX goes.
    Deep,
}

impl Why {
    /// The same for readers.
    pub fn told(self) -> Message {
        match self {
            Why::Outside => message!("brought-in-outside"),
            Why::Gone => message!("brought-in-gone"),
            Why::Kind => message!("brought-in-kind"),
            Why::Round => message!("brought-in-round"),
            Why::Deep => message!("brought-in-deep"),
        }
    }
}

/// How deep files bring in each other at the most (`max_in_open` in `texmf.cnf` of TeX Live 2023).
const DEEPEST: usize = 15;

/// Pairs what an original and its translation bring in, by the names of the files without marks of language, and where
/// these say nothing and both bring in as many, by their order. Names count from the folder of the document, or from that
/// of the file that says them. What both bring in is no translation. Other formats bring in nothing.
pub fn brought_in(source: &Path, target: &Path, told: Told, limits: &Limits) -> Brought {
    let mut brought = Brought::default();
    let [mut sources, mut targets] = [source, target].map(|document| {
        let folder = document.parent().unwrap_or(Path::new(""));
        let mut walk = Walk { folder, told, limits, files: Vec::new(), left: Vec::new() };
        walk.file(document, &mut Vec::new());
        brought.left.append(&mut walk.left);
        // the document itself
        walk.files.split_off(walk.files.len().min(1))
    });
    let shared: BTreeSet<PathBuf> = sources.iter().filter(|file| targets.contains(file)).cloned().collect();
    for files in [&mut sources, &mut targets] {
        files.retain(|file| !shared.contains(file) && file != source && file != target);
    }
    let [from, to] = [source, target].map(|document| document.parent().unwrap_or(Path::new("")));
    let below = |folder: &Path, file: &Path| file.strip_prefix(folder).unwrap_or(file).to_path_buf();
    let key = |folder: &Path, file: &Path| marks::without(&slashed(&below(folder, file)));
    let named: Vec<Option<PathBuf>> = sources
        .iter()
        .map(|file| {
            let at = targets.iter().position(|other| key(to, other) == key(from, file))?;
            Some(targets.remove(at))
        })
        .collect();
    let by_order = named.iter().filter(|pair| pair.is_none()).count() == targets.len();
    let mut targets = targets.into_iter();
    for (file, named) in sources.into_iter().zip(named) {
        let pair = named.or_else(|| by_order.then(|| targets.next()).flatten());
        brought.found.push(match pair {
            Some(target) => Found::Pair { source: file, target },
            None => Found::Missing { expected: to.join(below(from, &file)), source: file },
        });
    }
    for file in targets {
        brought.found.push(Found::Orphan { expected: from.join(below(to, &file)), target: file });
    }
    brought
}

/// The way through the files of one document.
struct Walk<'a> {
    /// Its folder, which is not left.
    folder: &'a Path,
    told: Told<'a>,
    limits: &'a Limits,
    files: Vec<PathBuf>,
    left: Vec<Left>,
}

impl Walk<'_> {
    /// Takes in a file, and what it brings in; `above` are the files through which it was come to.
    fn file(&mut self, file: &Path, above: &mut Vec<PathBuf>) {
        let known = (self.told.format)(file).or_else(|| Format::known(file));
        if known != Some(Format::Latex) {
            return;
        }
        self.files.push(file.to_path_buf());
        // what cannot be read is told when its pair is
        let Ok(bytes) = read::content(file, self.limits) else { return };
        let Ok(text) = read::decoded(&bytes) else { return };
        above.push(file.to_path_buf());
        for name in read::brought_in(&text) {
            let why = match self.inside(name, file) {
                Ok(inside) if above.contains(&inside) => Why::Round,
                Ok(inside) if self.files.contains(&inside) || (self.told.exclude)(&inside) => continue,
                Ok(_) if above.len() >= DEEPEST => Why::Deep,
                Ok(inside) if format(&inside, self.told) != Some(Format::Latex) => Why::Kind,
                Ok(inside) => {
                    self.file(&inside, above);
                    continue;
                }
                Err(why) => why,
            };
            let left = Left { by: file.to_path_buf(), name: name.to_owned(), why };
            if !self.left.contains(&left) {
                self.left.push(left);
            }
        }
        above.pop();
    }

    /// The file that a name stands for: with the ending of LaTeX before without, as TeX looks for it.
    fn inside(&self, name: &str, by: &Path) -> Result<PathBuf, Why> {
        let parts = Path::new(name).components();
        if parts.clone().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err(Why::Outside);
        }
        let plain: PathBuf = parts.filter(|part| *part != Component::CurDir).collect();
        let folders = [Some(self.folder), by.parent()];
        let named = folders.into_iter().flatten().flat_map(|folder| {
            let ended = folder.join(format!("{}.tex", plain.display()));
            [ended, folder.join(&plain)]
        });
        let found = named.into_iter().find(|file| file.is_file()).ok_or(Why::Gone)?;
        // a walk from nowhere starts here
        let start = if self.folder.as_os_str().is_empty() { Path::new(".") } else { self.folder };
        match (fs::canonicalize(start), fs::canonicalize(&found)) {
            (Ok(folder), Ok(real)) if real.starts_with(&folder) => Ok(found),
            _ => Err(Why::Outside),
        }
    }
}
