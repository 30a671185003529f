//! Finds which files of a folder, or of two, are the original and the translation of one document.

mod brought;
mod marks;
mod template;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

pub use self::brought::{Brought, Left, Why, brought_in};
pub use self::marks::languages;
pub use self::template::{Template, TemplateError};
use crate::error::{Error, ErrorKind, and_unread};
use crate::files;
use crate::message::message;
use crate::read::{self, Format};
use crate::text::Lang;

/// What the user says of the files of a folder.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// Which are left out, by their paths.
    pub exclude: &'a dyn Fn(&Path) -> bool,
    /// Of which format they are, where their names do not say it.
    pub format: &'a dyn Fn(&Path) -> Option<Format>,
}

/// What was found below a folder, or two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Below {
    /// The documents, in the order of their paths.
    pub found: Vec<Found>,
    /// How many files were left unread because of their kind, by the ends of their names.
    pub unread: BTreeMap<String, usize>,
    /// What documents bring in and is left unread.
    pub left: Vec<Left>,
}

impl Below {
    /// Counts a file that is left unread because of its kind.
    pub(crate) fn leave(&mut self, file: &Path) {
        let end = file.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        *self.unread.entry(end).or_default() += 1;
    }

    /// The files that were left unread, as a list of their ends, the most frequent first: "3 .png, 1 .pdf".
    pub fn unread(&self) -> Option<String> {
        let mut ends: Vec<(&String, &usize)> = self.unread.iter().collect();
        ends.sort_by_key(|(end, count)| (std::cmp::Reverse(**count), (*end).clone()));
        let rest: usize = ends.iter().skip(MANY).map(|(_, count)| **count).sum();
        let shown = |(end, count): &(&String, &usize)| match end.as_str() {
            "" => format!("{count} without ending"),
            end => format!("{count} .{end}"),
        };
        let mut shown: Vec<String> = ends.iter().take(MANY).map(shown).collect();
        shown.extend((rest > 0).then(|| format!("{rest} others")));
        (!shown.is_empty()).then(|| shown.join(", "))
    }
}

/// So many ends of names are listed.
const MANY: usize = 8;
/// The name of the settings file.
const SETTINGS: &str = "duizhao.toml";

/// A document, and where its counterpart is or should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// The original and its translation.
    Pair {
        /// The original.
        source: PathBuf,
        /// The translation.
        target: PathBuf,
    },
    /// One file that says itself what corresponds to what.
    Both(PathBuf),
    /// An original whose translation is not where it should be.
    Missing {
        /// The original.
        source: PathBuf,
        /// Where its translation should be.
        expected: PathBuf,
    },
    /// A translation whose original is not where it should be.
    Orphan {
        /// The translation.
        target: PathBuf,
        /// Where its original should be.
        expected: PathBuf,
    },
    /// A folder, or a file that says what to leave out of one, that could not be looked into.
    Unread {
        /// What could not be looked into.
        path: PathBuf,
        /// What the operating system said.
        why: String,
    },
}

impl Found {
    /// The path by which results are put in order: that of the document that is there, of the original first.
    pub fn path(&self) -> &Path {
        match self {
            Found::Pair { source: path, .. }
            | Found::Both(path)
            | Found::Missing { source: path, .. }
            | Found::Orphan { target: path, .. }
            | Found::Unread { path, .. } => path,
        }
    }

    /// The original and the translation, be they there or not.
    pub fn paths(&self) -> [&Path; 2] {
        match self {
            Found::Pair { source, target } => [source, target],
            Found::Both(path) | Found::Unread { path, .. } => [path, path],
            Found::Missing { source, expected } => [source, expected],
            Found::Orphan { target, expected } => [expected, target],
        }
    }

    /// Where the translation is, or should be.
    pub fn translation(&self) -> &Path {
        match self {
            Found::Pair { target: path, .. }
            | Found::Both(path)
            | Found::Missing { expected: path, .. }
            | Found::Orphan { target: path, .. }
            | Found::Unread { path, .. } => path,
        }
    }
}

/// Pairs the documents below two folders: those with the same path from there, marks of language left out
/// (`guide/a.md` and `guide/a.zh-CN.md`), or failing that with the same path but for the ending. Every document
/// without counterpart is reported. What `.gitignore` names or `exclude` tells is not looked at; hidden files
/// neither.
///
/// One folder may lie in the other (`docs` and `docs/zh`): then its documents, and those in folders of other
/// languages beside it, are not documents of the outer one.
///
/// # Errors
/// When one of the two folders cannot be read.
pub fn between(source: &Path, target: &Path, told: Told) -> Result<Below, Error> {
    let mut below = Below::default();
    let files = [documents(source, told, &mut below)?, documents(target, told, &mut below)?];
    between_lists(source, target, files, below, told)
}

/// Pairs documents as [`between`] does, by their paths from the two folders; these need not be on disk if `told` knows
/// the format of each. What is in `below` comes, too.
///
/// # Errors
/// When there is no document.
pub fn between_lists(
    source: &Path,
    target: &Path,
    [sources, targets]: [Vec<PathBuf>; 2],
    mut below: Below,
    told: Told,
) -> Result<Below, Error> {
    let side = |mut files: Vec<PathBuf>, own: &Path, other: &Path| {
        if let Some(inner) = other.strip_prefix(own).ok().filter(|inner| !inner.as_os_str().is_empty()) {
            files.retain(|file| !file.starts_with(inner) && !beside(file, inner));
        }
        files
    };
    let (mut sources, mut targets) = (side(sources, source, target), side(targets, target, source));
    let found = &mut below.found;
    found.extend(both(source, &mut sources, told));
    found.extend(both(target, &mut targets, told));
    // the same path, the same but for marks of language, and the same but for the ending, too
    let keys: [fn(&Path) -> String; 3] =
        [slashed, |file| marks::without(&slashed(file)), |file| stem(&marks::without(&slashed(file)))];
    for key in keys {
        let mut others = by_key(targets, key);
        sources.retain(|file| {
            let Some(partners) = others.remove(&key(file)) else { return true };
            let pair = |other| Found::Pair { source: source.join(file), target: target.join(other) };
            found.extend(partners.into_iter().map(pair));
            false
        });
        targets = others.into_values().flatten().collect();
    }
    // what may hold anything is a document where most of its kind are translated
    let pairs =
        found.iter().filter(|found| matches!(found, Found::Pair { source, .. } if is_container(source)));
    let pairs = pairs.count();
    for files in [&mut sources, &mut targets] {
        let lone = files.iter().filter(|file| is_container(file)).count();
        files.retain(|file| !is_container(file) || pairs >= lone);
    }
    let missing = |file: PathBuf| Found::Missing { source: source.join(&file), expected: target.join(file) };
    let orphan = |file: PathBuf| Found::Orphan { target: target.join(&file), expected: source.join(file) };
    found.extend(sources.into_iter().map(missing).chain(targets.into_iter().map(orphan)));
    if found.is_empty() {
        let [one, other] = [source, target].map(|path| path.display().to_string());
        let why =
            and_unread(message!("pairing-nothing", one = one, other = other), below.unread().as_deref());
        return Err(Error::new(source, ErrorKind::Nothing { why }));
    }
    Ok(in_order(below))
}

/// Whether a file lies in a folder of some language that stands beside the folder `inner`.
fn beside(file: &Path, inner: &Path) -> bool {
    let outer = inner.parent().unwrap_or(Path::new(""));
    let Ok(rest) = file.strip_prefix(outer) else { return false };
    let folder = rest.parent().and_then(|folder| folder.components().next());
    folder.is_some_and(|folder| marks::is_language(&folder.as_os_str().to_string_lossy()))
}

/// Pairs the documents below one folder by the marks of language in their paths: folders (`zh/` and `en/`, `content/zh`,
/// `source_zh_cn`), ends of names (`a.zh-CN.md` beside `a.en.md` or `a.md`), and the folders of Docusaurus. A document
/// without mark may be the counterpart of one with a mark.
///
/// Without `source` and `target`, the languages are Chinese and English; the original is the one without marks, or
/// else the one with more documents.
///
/// A document without mark is reported as lacking its translation only where at least half of those in its place
/// have one.
///
/// # Errors
/// When the folder cannot be read, or nothing can be paired.
pub fn within(root: &Path, source: Option<Lang>, target: Option<Lang>, told: Told) -> Result<Below, Error> {
    let mut below = Below::default();
    let files = documents(root, told, &mut below)?;
    within_list(root, source, target, files, below, told)
}

/// Pairs documents as [`within`] does, by their paths from the folder; see [`between_lists`].
///
/// # Errors
/// When nothing can be paired.
pub fn within_list(
    root: &Path,
    source: Option<Lang>,
    target: Option<Lang>,
    mut files: Vec<PathBuf>,
    mut below: Below,
    told: Told,
) -> Result<Below, Error> {
    let mut found = both(root, &mut files, told);
    let wanted = wanted(source, target);
    let marked: Vec<(PathBuf, marks::Marked)> = files
        .into_iter()
        .map(|file| {
            let marked = marks::read(&slashed(&file), &wanted);
            (file, marked)
        })
        .collect();
    let (source, target) = match (source, target) {
        (Some(source), Some(target)) => (source, target),
        _ => roles(&marked, &wanted),
    };
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for (file, marked) in &marked {
        let group = groups.entry(&marked.key).or_default();
        match marked.lang {
            Some(lang) if lang == target => group.targets.push(file),
            Some(lang) if lang == source => group.sources.push(file),
            Some(_) => {}
            None => group.plain.push(file),
        }
    }
    let mut ways = Ways::default();
    let mut lone: Vec<(&Path, bool)> = Vec::new();
    let mut orphans = Vec::new();
    for group in groups.into_values() {
        let marked = !group.sources.is_empty();
        let sources = if marked { group.sources } else { group.plain };
        let Some(&own) = sources.first() else {
            orphans.extend(group.targets);
            continue;
        };
        if group.targets.is_empty() {
            lone.push((own, marked));
        }
        for other in group.targets {
            ways.learn(own, other);
            found.push(Found::Pair { source: root.join(own), target: root.join(other) });
        }
    }
    found.append(&mut below.found);
    if found.is_empty() {
        let unread = below.unread();
        return Err(Error::new(
            root,
            ErrorKind::Unpaired { source_lang: source, target_lang: target, unread },
        ));
    }
    for (own, marked) in lone.iter().filter(|(own, _)| !is_container(own)) {
        if let Some(expected) = ways.counterpart(own, *marked, &lone) {
            found.push(Found::Missing { source: root.join(own), expected: root.join(expected) });
        }
    }
    for other in orphans {
        let expected = ways.origin(other).unwrap_or_else(|| PathBuf::from(marks::without(&slashed(other))));
        found.push(Found::Orphan { target: root.join(other), expected: root.join(expected) });
    }
    Ok(in_order(Below { found, ..below }))
}

/// Whether a file is of a kind that may hold anything, by its name.
fn is_container(path: &Path) -> bool {
    Format::known(path).is_some_and(Format::is_container)
}

/// Pairs the documents below a folder by templates: the first whose pattern a document fits says where its
/// counterpart is.
///
/// # Errors
/// When the folder cannot be read, or nothing fits a template.
pub fn by_templates(root: &Path, templates: &[Template], told: Told) -> Result<Below, Error> {
    let mut below = Below::default();
    let files = documents(root, told, &mut below)?;
    let there: BTreeSet<String> = files.iter().map(|file| slashed(file)).collect();
    let mut found = BTreeSet::new();
    for file in &there {
        // what fits the pattern of translations may fit that of originals as well: docs/{path} and docs/zh/{path}
        if let Some(expected) = templates.iter().find_map(|template| template.source_of(file)) {
            found.insert(match there.contains(&expected) {
                true => Found::Pair { source: root.join(expected), target: root.join(file) },
                false => Found::Orphan { target: root.join(file), expected: root.join(expected) },
            });
        } else if let Some(expected) = templates.iter().find_map(|template| template.target_of(file))
            && !there.contains(&expected)
        {
            found.insert(Found::Missing { source: root.join(file), expected: root.join(expected) });
        }
    }
    if found.is_empty() {
        return Err(Error::new(root, ErrorKind::Format { what: message!("pairing-no-template") }));
    }
    below.found.extend(found);
    Ok(in_order(below))
}

/// The documents of one key: those marked as source, those marked as target, and those without mark.
#[derive(Default)]
struct Group<'a> {
    sources: Vec<&'a Path>,
    targets: Vec<&'a Path>,
    plain: Vec<&'a Path>,
}

/// The ways that lead from originals to translations, learnt from pairs: by folder, and by ends of names.
#[derive(Default)]
struct Ways {
    /// From a folder of originals to that of their translations, and how many go that way.
    folders: BTreeMap<(PathBuf, PathBuf), usize>,
    /// In which folder what end of the stem becomes which.
    names: BTreeMap<(PathBuf, String, String), usize>,
}

impl Ways {
    fn learn(&mut self, own: &Path, other: &Path) {
        let (mut from, mut to) = (own, other);
        while let (Some(a), Some(b)) = (from.file_name(), to.file_name()) {
            if a != b {
                break;
            }
            (from, to) = (parent(from), parent(to));
        }
        match from == own {
            false => *self.folders.entry((from.to_path_buf(), to.to_path_buf())).or_default() += 1,
            true if parent(own) == parent(other) => {
                let [a, b] = [own, other].map(|path| stem(&file_name(path)));
                let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
                let shared = (0..=shared).rev().find(|&at| a.is_char_boundary(at)).unwrap_or(0);
                let way = (parent(own).to_path_buf(), a[shared..].to_owned(), b[shared..].to_owned());
                *self.names.entry(way).or_default() += 1;
            }
            // another folder and another name: no rule to be had
            true => {}
        }
    }

    /// Where the translation of `own` should be. Where originals have no mark, half of those that could go a way must
    /// go it.
    fn counterpart(&self, own: &Path, marked: bool, lone: &[(&Path, bool)]) -> Option<PathBuf> {
        let here = |(folder, from, _): &&(PathBuf, String, String)| {
            parent(own) == folder && stem(&file_name(own)).ends_with(from.as_str())
        };
        if let Some(((folder, from, to), count)) = self.names.iter().find(|(way, _)| here(way)) {
            let beside = lone.iter().filter(|(file, _)| parent(file) == folder).count();
            let name = file_name(own);
            let (stem, end) = name.split_at(stem(&name).len());
            let expected = folder.join(format!("{}{to}{end}", stem.strip_suffix(from.as_str())?));
            return (marked || *count >= beside).then_some(expected);
        }
        let ways = self.folders.iter().filter(|((from, to), _)| {
            own.starts_with(from) && !(own.starts_with(to) && to.starts_with(from))
        });
        let ((from, to), count) =
            ways.max_by_key(|((from, _), count)| (from.components().count(), **count))?;
        let inside = lone.iter().filter(|(file, _)| file.starts_with(from)).count();
        (marked || *count >= inside).then(|| to.join(own.strip_prefix(from).unwrap_or(own)))
    }

    /// Where the original of `other` should be.
    fn origin(&self, other: &Path) -> Option<PathBuf> {
        let ways = self.folders.keys().filter(|(_, to)| other.starts_with(to));
        let (from, to) = ways.max_by_key(|(_, to)| to.components().count())?;
        Some(from.join(other.strip_prefix(to).ok()?))
    }
}

/// The languages that marks may stand for.
fn wanted(source: Option<Lang>, target: Option<Lang>) -> Vec<Lang> {
    let mut wanted: Vec<Lang> = source.into_iter().chain(target).collect();
    for lang in [Lang::ZH, Lang::EN] {
        if wanted.len() < 2 && !wanted.contains(&lang) {
            wanted.push(lang);
        }
    }
    // given alone, the target is the second, too
    if source.is_none() && target.is_some() {
        wanted.reverse();
    }
    wanted
}

/// Which of two languages is that of the originals.
fn roles(marked: &[(PathBuf, marks::Marked)], wanted: &[Lang]) -> (Lang, Lang) {
    let [first, second] = [wanted[0], wanted[1]];
    let count = |lang| marked.iter().filter(|(_, marked)| marked.lang == Some(lang)).count();
    let plain: BTreeSet<&str> =
        marked.iter().filter(|(_, marked)| marked.lang.is_none()).map(|(_, marked)| &*marked.key).collect();
    let beside_plain = |lang| {
        let own = marked.iter().filter(|(_, marked)| marked.lang == Some(lang));
        own.filter(|(_, marked)| plain.contains(&*marked.key)).count()
    };
    // what stands beside documents without mark is the translation of these
    match (beside_plain(first), beside_plain(second)) {
        (0, 0) if count(second) > count(first) => (second, first),
        (a, b) if a > b => (second, first),
        _ => (first, second),
    }
}

/// Takes out the files that hold both versions.
fn both(root: &Path, files: &mut Vec<PathBuf>, told: Told) -> Vec<Found> {
    let (both, rest) = std::mem::take(files)
        .into_iter()
        .partition(|file: &PathBuf| format(&root.join(file), told).is_some_and(Format::holds_both));
    *files = rest;
    let both: Vec<PathBuf> = both;
    both.into_iter().map(|file| Found::Both(root.join(file))).collect()
}

/// The format of a file: as the user says, by its name, or by its first bytes where several share the name; `None` for
/// what is no document.
fn format(path: &Path, told: Told) -> Option<Format> {
    let known = (told.format)(path).or_else(|| Format::known(path));
    known.or_else(|| {
        let mut head = Vec::new();
        let file = Format::is_shared(path).then(|| files::open(path).ok()).flatten()?;
        file.take(read::HEAD as u64).read_to_end(&mut head).ok()?;
        Format::find(None, path, &head).ok()
    })
}

/// The documents below a folder, by their paths from there, sorted. What below it could not be looked into, and how
/// much is of kinds that are not read, goes to `below`.
fn documents(root: &Path, told: Told, below: &mut Below) -> Result<Vec<PathBuf>, Error> {
    let (mut documents, mut unread) = (Vec::new(), Vec::new());
    for file in walk::files(root, &mut unread)? {
        let path = root.join(&file);
        // the settings are no document
        if (told.exclude)(&path) || file.file_name().is_some_and(|name| name == SETTINGS) {
            continue;
        }
        match format(&path, told) {
            Some(_) => documents.push(file),
            None => {
                below.leave(&file);
            }
        }
    }
    below.found.extend(unread.into_iter().filter(|found| !(told.exclude)(found.path())));
    documents.sort();
    Ok(documents)
}

/// What was found, in the order of the paths. Of what should be in a folder that could not be looked into, nobody
/// knows whether it is there.
fn in_order(mut below: Below) -> Below {
    let found = &mut below.found;
    let unread: Vec<PathBuf> = found
        .iter()
        .filter(|found| matches!(found, Found::Unread { .. }))
        .map(|found| found.path().to_path_buf())
        .collect();
    found.retain(|found| match found {
        Found::Missing { expected, .. } | Found::Orphan { expected, .. } => {
            !unread.iter().any(|folder| expected.starts_with(folder))
        }
        _ => true,
    });
    found.sort_by(|a, b| (a.path(), a.translation()).cmp(&(b.path(), b.translation())));
    below
}

fn by_key(files: Vec<PathBuf>, key: impl Fn(&Path) -> String) -> BTreeMap<String, Vec<PathBuf>> {
    let mut groups: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in files {
        groups.entry(key(&file)).or_default().push(file);
    }
    groups
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A path without the ending of its file name.
fn stem(path: &str) -> String {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let end = path[name..].rfind('.').filter(|at| *at > 0).map_or(path.len(), |at| name + at);
    path[..end].to_owned()
}

/// A relative path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
