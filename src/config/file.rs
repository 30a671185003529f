//! The settings file: where it is, and what is wrong with it.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::Config;
use crate::error::{Error, ErrorKind};
use crate::files;
use crate::message::{Message, id, message};
use crate::report::lines::Lines;

/// The name of the settings file.
pub const NAME: &str = "duizhao.toml";

/// The largest settings file that is read, in bytes: some 400 times the size of the starter.
const LARGEST: u64 = 1 << 20;

/// A settings file that was read.
#[derive(Debug, Clone)]
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub config: Config,
    /// The lines on which its suppressions begin, one for each of them.
    pub allow_lines: Vec<usize>,
}

/// The settings file for a folder: in it, or in the nearest folder above that has one, up to the top of the git work
/// tree or of the file system. Its path begins at `folder`.
pub fn find(folder: &Path) -> Option<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let absolute = fs::canonicalize(here).ok()?;
    let mut here = folder.to_path_buf();
    for above in absolute.ancestors() {
        let file = here.join(NAME);
        if file.is_file() {
            return Some(file);
        }
        if above.join(".git").exists() {
            return None;
        }
        here.push("..");
    }
    None
}

/// Reads a settings file.
///
/// # Errors
/// When it cannot be read; and, with line and column, when it is no TOML, has a setting that there is not, or a value
/// that cannot be meant: a file elsewhere, for instance. Who writes the settings is not always who runs the program, and
/// is not to have it write to a file of the other's, or print one.
pub fn load(path: &Path) -> Result<File, Error> {
    let text = files::text(path, LARGEST, id!("remedy-take-out"))?;
    let (config, allow_lines) = parse(&text).map_err(|kind| Error::new(path, kind))?;
    confined(&text, path.parent().unwrap_or(Path::new(""))).map_err(|kind| Error::new(path, kind))?;
    Ok(File { path: path.to_path_buf(), config, allow_lines })
}

pub(super) fn parse(text: &str) -> Result<(Config, Vec<usize>), ErrorKind> {
    let lines = Lines::new(text);
    let config: Config = toml::from_str(text).map_err(|error| {
        let at = lines.position(error.span().map_or(0, |span| span.start));
        ErrorKind::Setting {
            line: at.line,
            column: at.column,
            what: Message::alike(&worded(error.message())),
        }
    })?;
    let allow = config.allow.iter().map(|allow| lines.position(allow.span().start).line).collect();
    Ok((config, allow))
}

/// The files that settings name.
#[derive(Deserialize)]
struct Named {
    baseline: Option<Spanned<PathBuf>>,
    lock: Option<Spanned<PathBuf>>,
    termbase: Option<Spanned<PathBuf>>,
}

/// Makes sure that the files that settings name are in their folder.
fn confined(text: &str, folder: &Path) -> Result<(), ErrorKind> {
    // what is wrong with the text was told before
    let Ok(Named { baseline, lock, termbase }) = toml::from_str(text) else { return Ok(()) };
    for (name, named) in [("baseline", baseline), ("lock", lock), ("termbase", termbase)] {
        if let Some(named) = named.filter(|named| !files::is_inside(folder, &folder.join(named.get_ref()))) {
            let at = Lines::new(text).position(named.span().start);
            let what = message!("settings-elsewhere", name = name);
            return Err(ErrorKind::Setting { line: at.line, column: at.column, what });
        }
    }
    Ok(())
}

/// A message of the parser in our words. Its names stand between backticks: first the one that is wrong, then those
/// that would be right.
fn worded(message: &str) -> String {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let Some((name, right)) = names.split_first() else { return message.replace('\n', ", ") };
    let near = right.iter().map(|known| (strsim::jaro_winkler(name, known), known));
    let nearest = near.filter(|(likeness, _)| *likeness > 0.7).max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = nearest.map_or_else(String::new, |(_, known)| format!(", did you mean `{known}`?"));
    match message {
        _ if message.starts_with("unknown field") => {
            format!("there is no setting `{name}`{hint}; there are {}", right.join(", "))
        }
        _ if message.starts_with("unknown variant") => {
            format!("`{name}` cannot be set here{hint}; write one of {}", right.join(", "))
        }
        _ if message.starts_with("missing field") => format!("the setting `{name}` is missing here"),
        _ => message.replace('\n', ", "),
    }
}
