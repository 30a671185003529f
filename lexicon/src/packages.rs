//! Fetches pinned packages with the ordinary clients and checks what was unpacked against its hash: what the commands
//! that make data anew begin with.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

/// The files that data are made from: key → content.
pub struct Sources(BTreeMap<String, Vec<u8>>);

impl Sources {
    /// The file with that key in `packages.tsv`.
    ///
    /// # Errors
    /// When there is no such key.
    pub fn bytes(&self, key: &str) -> Result<&[u8]> {
        self.0.get(key).map(Vec::as_slice).with_context(|| format!("packages.tsv has no line for `{key}`"))
    }

    /// The same as text.
    ///
    /// # Errors
    /// When there is no such key, or the file is not UTF-8.
    pub fn text(&self, key: &str) -> Result<&str> {
        std::str::from_utf8(self.bytes(key)?).with_context(|| format!("`{key}` is not UTF-8"))
    }
}

/// Reads the list (`key, client, package, version, file, sha256`, parted by tabs), unpacks each package under `work`
/// unless it is there, and reads the files.
///
/// # Errors
/// When the list or a file cannot be read, a client fails, or the SHA-256 of a file is not the listed one.
pub fn fetch(list: &Path, work: &Path) -> Result<Sources> {
    let listed = fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))?;
    let mut files = BTreeMap::new();
    for line in listed.lines().filter(|line| !line.starts_with('#')) {
        let &[key, client, package, version, file, sha256] = &*line.split('\t').collect::<Vec<_>>() else {
            bail!("{}: not six fields: {line}", list.display());
        };
        let folder = work.join(format!("{package}-{version}"));
        if !folder.exists() {
            let part = work.join(format!("{package}-{version}.part"));
            if part.exists() {
                fs::remove_dir_all(&part)?;
            }
            fs::create_dir_all(&part)?;
            unpack(client, package, version, &part)?;
            fs::rename(&part, &folder)?;
        }
        let path = folder.join(file);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let found = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        if found != sha256 {
            bail!("{} has the SHA-256 {found}, not {sha256} as listed", path.display());
        }
        files.insert(key.to_owned(), bytes);
    }
    Ok(Sources(files))
}

/// No client runs code of the package: wheels only, no install scripts, no build.
fn unpack(client: &str, package: &str, version: &str, folder: &Path) -> Result<()> {
    match client {
        "pip" => {
            let mut pip = Command::new("pip");
            pip.args([
                "install",
                "--quiet",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--no-compile",
                "--target",
            ]);
            run(pip.arg(folder).arg(format!("{package}=={version}")))
        }
        "npm" => {
            let mut npm = Command::new("npm");
            npm.args([
                "install",
                "--silent",
                "--ignore-scripts",
                "--no-save",
                "--no-package-lock",
                "--prefix",
            ]);
            run(npm.arg(folder).arg(format!("{package}@{version}")))
        }
        "cargo" => {
            let manifest = format!(
                "[workspace]\n[package]\nname = \"fetch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
                 [lib]\npath = \"lib.rs\"\n[dependencies]\n\
                 {package} = {{ version = \"={version}\", default-features = false }}\n"
            );
            fs::write(folder.join("Cargo.toml"), manifest)?;
            fs::write(folder.join("lib.rs"), "")?;
            let mut cargo = Command::new("cargo");
            run(cargo.args(["vendor", "--quiet", "--versioned-dirs"]).current_dir(folder))
        }
        _ => bail!("packages.tsv names an unknown client `{client}`"),
    }
}

fn run(command: &mut Command) -> Result<()> {
    let output =
        command.output().with_context(|| format!("cannot run {}", command.get_program().display()))?;
    if !output.status.success() {
        bail!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
