//! The settings as a settings file would say them, each with who set it.

use std::io::{self, Write};
use std::path::PathBuf;

use toml::Value;

use super::{Chosen, Origin, Settings};
use crate::report::scorecard::{ErrorType, Scoring};
use crate::text::Lang;
use crate::text::foreign::{is_unseen, shown_path};

/// Writes the settings as TOML, with the origin of each as a comment. What is not set is a comment as a whole.
pub fn show(settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    match &settings.file {
        Some(file) => writeln!(out, "# file: {}", shown_path(file))?,
        None => writeln!(out, "# no settings file")?,
    }
    let lang = |lang: &Option<Lang>| lang.map(|lang| quoted(lang.as_str()));
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| quoted(&path.to_string_lossy()));
    line(out, "lang", &settings.lang, |tongue| Some(quoted(tongue.as_str())))?;
    line(out, "source-lang", &settings.source_lang, lang)?;
    line(out, "target-lang", &settings.target_lang, lang)?;
    line(out, "min-confidence", &settings.min_confidence, |share| Some(Value::from(*share).to_string()))?;
    line(out, "fail-on", &settings.fail_on, |level| Some(quoted(level.as_str())))?;
    line(out, "termbase", &settings.termbase, path)?;
    line(out, "baseline", &settings.baseline, path)?;
    line(out, "strict-baseline", &settings.strict_baseline, |on| Some(on.to_string()))?;
    line(out, "base", &settings.base, |base| base.as_deref().map(quoted))?;
    line(out, "stale", &settings.stale, |on| Some(on.to_string()))?;
    line(out, "lock", &settings.lock, path)?;
    line(out, "strict", &settings.strict, |on| Some(on.to_string()))?;
    line(out, "strict-suppressions", &settings.strict_suppressions, |on| Some(on.to_string()))?;
    line(out, "deep", &settings.deep, |on| Some(on.to_string()))?;
    if !settings.exclude.is_empty() {
        let globs = array(settings.exclude.iter().map(|glob| glob.as_str()));
        writeln!(out, "exclude = {globs} # file")?;
    }
    if !settings.severity.is_empty() {
        writeln!(out, "\n[severity]")?;
    }
    for (name, level) in &settings.severity {
        line(out, name.as_str(), level, |level| Some(quoted(level.as_str())))?;
    }
    if !settings.pairs.is_empty() {
        writeln!(out, "\n[pairs]")?;
    }
    for template in &settings.pairs {
        let [source, target] = template.written();
        writeln!(out, "{} = {} # file", quoted(source), quoted(target))?;
    }
    if !settings.formats.is_empty() {
        writeln!(out, "\n[formats]")?;
    }
    for (glob, format) in &settings.formats {
        writeln!(out, "{} = {} # file", Value::from(glob.as_str()), Value::from(format.as_str()))?;
    }
    if !settings.placeholders.is_empty() {
        let patterns = array(settings.placeholders.iter().map(|pattern| pattern.as_str()));
        writeln!(out, "\n[placeholders]\npatterns = {patterns} # file")?;
    }
    scorecard(&settings.scorecard, out)?;
    if !settings.verbatim.is_empty() {
        let keys = array(settings.verbatim.iter().map(String::as_str));
        writeln!(out, "\n[front-matter]\nverbatim = {keys} # file")?;
    }
    if let Some(speed) = settings.reading_speed {
        writeln!(out, "\n[subtitles]\nreading-speed = {speed} # file")?;
    }
    for (allow, at) in &settings.allow {
        writeln!(out, "\n[[allow]] # file, line {at}")?;
        writeln!(out, "checks = {}", array(allow.checks.iter().map(|name| name.as_str())))?;
        writeln!(out, "files = {}", array(allow.files.iter().map(|glob| glob.as_str())))?;
        writeln!(out, "reason = {}", quoted(allow.reason.as_str()))?;
    }
    Ok(())
}

/// What errors cost, all of it, so that nobody has to know the defaults.
fn scorecard(chosen: &Chosen<Option<Scoring>>, out: &mut dyn Write) -> io::Result<()> {
    let Some(Scoring { severities, types, min_score }) = chosen.value else { return Ok(()) };
    let origin = origin(chosen.origin);
    writeln!(out, "\n[scorecard] # {origin}")?;
    match min_score {
        Some(least) => writeln!(out, "min-score = {}", Value::from(least))?,
        None => writeln!(out, "# min-score: not set")?,
    }
    let [minor, major, critical] = severities.map(Value::from);
    writeln!(out, "severities = {{ critical = {critical}, major = {major}, minor = {minor} }}")?;
    let types = ErrorType::ALL.into_iter().zip(types);
    let types = types.map(|(kind, weight)| format!("{} = {}", kind.as_str(), Value::from(weight)));
    writeln!(out, "types = {{ {} }}", types.collect::<Vec<_>>().join(", "))
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Default => "default",
        Origin::Locale => "locale",
        Origin::File => "file",
        Origin::Flag => "flag",
    }
}

fn line<T>(
    out: &mut dyn Write,
    name: &str,
    chosen: &Chosen<T>,
    value: impl Fn(&T) -> Option<String>,
) -> io::Result<()> {
    let origin = origin(chosen.origin);
    match value(&chosen.value) {
        Some(value) => writeln!(out, "{name} = {value} # {origin}"),
        None => writeln!(out, "# {name}: not set"),
    }
}

fn array<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// A text as TOML has it, on one line and with nothing unseen in it.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_unseen(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}
