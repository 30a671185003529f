//! What the Python package asks of duizhao: texts or files in, JSON out.

#![expect(clippy::too_many_arguments, reason = "they are the keywords of Python functions")]

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use ::duizhao::align::Aligned;
use ::duizhao::check::Tongue;
use ::duizhao::config::{self, Config};
use ::duizhao::pairing::Found;
use ::duizhao::read::Limits;
use ::duizhao::report::{self, Options, Pair, links, terms::Format as TermsFormat};
use ::duizhao::run::{self, Deep, Input, Reading, Settings, Text, Versions};
use ::duizhao::terms::{Tally, terms as all_terms};
use ::duizhao::text::Lang;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// Functions of `duizhao` in Rust.
#[pymodule]
mod _duizhao {
    #[pymodule_export]
    use super::{Checked, align, check, main, terms};
}

/// Runs the program with its arguments, the first of which names it, and gives its exit code.
#[pyfunction]
fn main(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    let code = py.detach(|| ::duizhao::cli::run_with(arguments));
    // an exit code keeps its number to itself; there are no others than these
    (0..=2).find(|number| ExitCode::from(*number) == code).unwrap_or(2)
}

fn told(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Two versions, in files or as texts in a format that is named by the ending of its files.
fn versions(source: String, target: Option<String>, format: Option<&str>) -> Versions {
    match (target, format) {
        (Some(target), Some(end)) => {
            let named = |side: &str, text| Text { name: format!("{side}.{end}"), text };
            Versions::Texts(named("source", source), named("target", target))
        }
        (Some(target), None) => {
            Versions::Files(Found::Pair { source: PathBuf::from(source), target: PathBuf::from(target) })
        }
        (None, _) => Versions::Files(Found::Both(PathBuf::from(source))),
    }
}

fn language(written: Option<&str>) -> PyResult<Option<Lang>> {
    let known =
        |tag: &str| Lang::parse(tag).ok_or_else(|| told(format!("{tag}: not a language tag, such as zh")));
    written.map(known).transpose()
}

fn aligned(versions: &Versions, languages: [Option<Lang>; 2], deep: bool) -> PyResult<Aligned> {
    let deep = deep.then(Deep::open).transpose().map_err(told)?;
    let reading = Reading { languages, deep: deep.as_ref(), ..Reading::PLAIN };
    run::aligned(versions, reading, &Limits::default()).map_err(told)
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> PyResult<String> {
    let mut out = Vec::new();
    write(&mut out).map_err(told)?;
    String::from_utf8(out).map_err(told)
}

/// A pair that was checked.
#[pyclass(frozen)]
struct Checked {
    pair: Pair,
    options: Options,
}

#[pymethods]
impl Checked {
    /// The pair as `duizhao check --format json` has it.
    fn json(&self) -> PyResult<String> {
        written(|out| report::json::line(&self.pair, &self.options, out))
    }

    /// `pass` or `fail`.
    fn verdict(&self) -> &'static str {
        self.pair.verdict.as_str()
    }

    /// The page that `duizhao check --format html` writes.
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        let format = report::Format::parse("html").ok_or_else(|| told("there is no HTML report"))?;
        py.detach(|| written(|out| format.write(std::slice::from_ref(&self.pair), &self.options, out)))
    }
}

/// Checks a pair.
#[pyfunction]
#[pyo3(signature = (source, target, format, source_lang, target_lang, lang, min_confidence, severity, fail_on, termbase, deep))]
fn check(
    py: Python<'_>,
    source: String,
    target: Option<String>,
    format: Option<&str>,
    source_lang: Option<&str>,
    target_lang: Option<&str>,
    lang: &str,
    min_confidence: Option<f64>,
    severity: BTreeMap<String, String>,
    fail_on: Option<&str>,
    termbase: Option<PathBuf>,
    deep: bool,
) -> PyResult<Checked> {
    let tongue = Tongue::parse(lang).ok_or_else(|| told("findings are told in en or zh"))?;
    if min_confidence.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        return Err(told("min_confidence is a number from 0 to 1"));
    }
    let severity = severity.iter().map(|(check, level)| config::assignment(&format!("{check}={level}")));
    let fail_on = fail_on.map(|level| {
        config::FailOn::parse(level).ok_or_else(|| told("fail_on is critical, major, minor or never"))
    });
    let flags = Config {
        source_lang: language(source_lang)?,
        target_lang: language(target_lang)?,
        min_confidence,
        severity: severity.collect::<Result<_, _>>().map_err(told)?,
        fail_on: fail_on.transpose()?,
        termbase,
        deep: Some(deep),
        ..Config::default()
    };
    let meant = config::Settings::new(None, flags);
    let versions = versions(source, target, format);
    let made = py.detach(|| {
        let settings = Settings::open(meant, "".as_ref(), Limits::default())?;
        run::pair(&Input { id: None, versions }, &settings)
    });
    let options = Options { tongue, ..Options::default() };
    Ok(Checked { pair: made.map_err(told)?.pair, options })
}

/// The links of a pair, as `duizhao align --format json` has them.
#[pyfunction]
fn align(
    py: Python<'_>,
    source: String,
    target: Option<String>,
    format: Option<&str>,
    source_lang: Option<&str>,
    target_lang: Option<&str>,
    unit: &str,
    deep: bool,
) -> PyResult<String> {
    let unit = match unit {
        "block" => links::Unit::Block,
        "sentence" => links::Unit::Sentence,
        _ => return Err(told("unit is block or sentence")),
    };
    let languages = [language(source_lang)?, language(target_lang)?];
    let versions = versions(source, target, format);
    let json = links::Format::parse("json").ok_or_else(|| told("there is no JSON of links"))?;
    py.detach(|| {
        let aligned = aligned(&versions, languages, deep)?;
        written(|out| links::write(aligned.bitext(), unit, json, out))
    })
}

/// The terms of a pair, as `duizhao terms --format json` has them.
#[pyfunction]
fn terms(
    py: Python<'_>,
    source: String,
    target: Option<String>,
    format: Option<&str>,
    source_lang: Option<&str>,
    target_lang: Option<&str>,
    reverse: bool,
    min_count: usize,
) -> PyResult<String> {
    let languages = [language(source_lang)?, language(target_lang)?];
    let versions = versions(source, target, format);
    py.detach(|| {
        let aligned = aligned(&versions, languages, false)?;
        let mut tally = Tally::default();
        tally.add(&all_terms(&aligned, !reverse));
        let mut found = tally.counted();
        found.retain(|term| term.count >= min_count);
        let bitext = aligned.bitext();
        let mut languages = [bitext.source.lang, bitext.target.lang];
        if reverse {
            languages.reverse();
        }
        written(|out| report::terms::write(&found, languages, TermsFormat::Json, out))
    })
}
