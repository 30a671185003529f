//! The settings as a settings file would say them, each with who set it.

use std::io::{self, Write};
use std::path::PathBuf;

use toml::Value;

use super::{Chosen, Origin, Settings};
use crate::text::Lang;

/// Writes the settings as TOML, with the origin of each as a comment. What is not set is a comment as a whole.
pub fn show(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    match &settings.file {
        Some(file) => writeln!(out, "# file: {}", file.display())?,
        None => writeln!(out, "# no settings file")?,
    }
    let lang = |lang: &Option<Lang>| lang.map(|lang| Value::from(lang.as_str()));
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| Value::from(&*path.to_string_lossy()));
    line(out, "lang", &settings.lang, |tongue| Some(Value::from(tongue.as_str())))?;
    line(out, "source-lang", &settings.source_lang, lang)?;
    line(out, "target-lang", &settings.target_lang, lang)?;
    line(out, "min-confidence", &settings.min_confidence, |share| Some(Value::from(*share)))?;
    line(out, "fail-on", &settings.fail_on, |level| Some(Value::from(level.as_str())))?;
    line(out, "termbase", &settings.termbase, path)?;
    line(out, "baseline", &settings.baseline, path)?;
    line(out, "strict-baseline", &settings.strict_baseline, |on| Some(Value::from(*on)))?;
    line(out, "base", &settings.base, |base| base.as_deref().map(Value::from))?;
    line(out, "stale", &settings.stale, |on| Some(Value::from(*on)))?;
    line(out, "lock", &settings.lock, path)?;
    line(out, "strict", &settings.strict, |on| Some(Value::from(*on)))?;
    line(out, "strict-suppressions", &settings.strict_suppressions, |on| Some(Value::from(*on)))?;
    line(out, "deep", &settings.deep, |on| Some(Value::from(*on)))?;
    if !settings.exclude.is_empty() {
        let globs = array(settings.exclude.iter().map(|glob| glob.as_str()));
        writeln!(out, "exclude = {globs} # file")?;
    }
    if !settings.severity.is_empty() {
        writeln!(out, "\n[severity]")?;
    }
    for (name, level) in &settings.severity {
        line(out, name.as_str(), level, |level| Some(Value::from(level.as_str())))?;
    }
    if !settings.pairs.is_empty() {
        writeln!(out, "\n[pairs]")?;
    }
    for template in &settings.pairs {
        let [source, target] = template.written();
        writeln!(out, "{} = {} # file", Value::from(source), Value::from(target))?;
    }
    for (allow, at) in &settings.allow {
        writeln!(out, "\n[[allow]] # file, line {at}")?;
        writeln!(out, "checks = {}", array(allow.checks.iter().map(|name| name.as_str())))?;
        writeln!(out, "files = {}", array(allow.files.iter().map(|glob| glob.as_str())))?;
        writeln!(out, "reason = {}", Value::from(allow.reason.as_str()))?;
    }
    Ok(())
}

fn line<T>(
    out: &mut dyn Write,
    name: &str,
    chosen: &Chosen<T>,
    value: impl Fn(&T) -> Option<Value>,
) -> io::Result<()> {
    let origin = match chosen.origin {
        Origin::Default => "default",
        Origin::File => "file",
        Origin::Flag => "flag",
    };
    match value(&chosen.value) {
        Some(value) => writeln!(out, "{name} = {value} # {origin}"),
        None => writeln!(out, "# {name}: not set"),
    }
}

fn array<'a>(texts: impl Iterator<Item = &'a str>) -> Value {
    Value::Array(texts.map(Value::from).collect())
}
