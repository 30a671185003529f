//! Chinese names with their English: countries, languages and scripts from CLDR, cities from GeoNames.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use duizhao_lexicon::packages::Sources;
use serde_json::Value;

use crate::cedict::Entry;
use crate::is_han;
use crate::segmentation::Jieba;

/// A Chinese name and what English calls it.
pub(crate) struct Name {
    pub(crate) chinese: String,
    pub(crate) english: Vec<String>,
    pub(crate) is_place: bool,
    /// A place outside the countries that write Chinese characters, so that its name was transcribed by sound.
    pub(crate) is_transcribed: bool,
}

/// Territories, languages and scripts.
pub(crate) fn cldr(sources: &Sources) -> Result<Vec<Name>> {
    let mut names: BTreeMap<String, (BTreeSet<String>, bool)> = BTreeMap::new();
    for kind in ["territories", "languages", "scripts"] {
        let english = display_names(sources, "en", kind)?;
        for locale in ["zh", "zh-Hant", "zh-Hant-HK"] {
            for (code, chinese) in display_names(sources, locale, kind)? {
                // zh-Hant writes “亞塞拜然”, and may add a remark in brackets that no text repeats.
                let chinese = chinese.split(['（', '(']).next().unwrap_or_default().trim().to_owned();
                if chinese.chars().count() < 2 || !chinese.chars().all(|c| is_han(c) || c == '·') {
                    continue;
                }
                let base = code.split("-alt-").next().unwrap_or(&code);
                for variant in [base.to_owned(), format!("{base}-alt-variant"), format!("{base}-alt-short")] {
                    if let Some(name) = english.get(&variant) {
                        let entry = names.entry(chinese.clone()).or_default();
                        entry.0.insert(name.split('(').next().unwrap_or(name).trim().to_owned());
                        entry.1 |= kind == "territories";
                    }
                }
            }
        }
    }
    Ok(names
        .into_iter()
        .map(|(chinese, (english, is_place))| Name {
            chinese,
            english: english.into_iter().collect(),
            is_place,
            is_transcribed: false,
        })
        .collect())
}

/// Cities of 15,000 people and more whose Chinese name neither CC-CEDICT has nor jieba takes for another word.
pub(crate) fn cities(json: &str, entries: &[Entry<'_>], jieba: &Jieba<'_>) -> Result<Vec<Name>> {
    let known: BTreeSet<&str> =
        entries.iter().flat_map(|entry| [entry.simplified, entry.traditional]).collect();
    let cities: BTreeMap<String, Value> = serde_json::from_str(json)?;
    // The largest city comes first in the glosses of a name that several share.
    let mut found: BTreeMap<&str, BTreeSet<(i64, &str, bool)>> = BTreeMap::new();
    for city in cities.values() {
        let name = city["name"].as_str().context("a city without a name")?;
        let population = city["population"].as_i64().unwrap_or(0);
        let is_transcribed = !["CN", "TW", "HK", "MO", "JP", "KR", "KP", "SG"]
            .contains(&city["countrycode"].as_str().unwrap_or_default());
        for alternate in city["alternatenames"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let length = alternate.chars().count();
            let fits = (2..=12).contains(&length) && alternate.chars().all(|c| is_han(c) || c == '·');
            // Two characters are too often another word, unless the city is large.
            let is_plausible = length > 2 || population >= 100_000;
            if fits && is_plausible && !known.contains(alternate) && jieba.may_be_place(alternate) {
                found.entry(alternate).or_default().insert((-population, name, is_transcribed));
            }
        }
    }
    Ok(found
        .into_iter()
        .map(|(chinese, cities)| {
            let mut english: Vec<String> = Vec::new();
            for (_, name, _) in &cities {
                if english.len() < 4 && !english.iter().any(|other| other == name) {
                    english.push((*name).to_owned());
                }
            }
            Name {
                chinese: chinese.to_owned(),
                english,
                is_place: true,
                is_transcribed: cities.iter().all(|city| city.2),
            }
        })
        .collect())
}

fn display_names(sources: &Sources, locale: &str, kind: &str) -> Result<BTreeMap<String, String>> {
    let json: Value = serde_json::from_str(sources.text(&format!("cldr-{locale}-{kind}"))?)?;
    let names = json["main"][locale]["localeDisplayNames"][kind]
        .as_object()
        .with_context(|| format!("CLDR has no {kind} for {locale}"))?;
    Ok(names.iter().filter_map(|(code, name)| Some((code.clone(), name.as_str()?.to_owned()))).collect())
}
