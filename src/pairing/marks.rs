//! The marks of language in a path: `zh/`, `source_zh_cn/`, `a.zh-CN.md`, `README_en.md`.

use std::path::Path;

use crate::text::Lang;
use crate::text::tags::language;

/// A path, and what its marks say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The path without its marks; the versions of a document share it.
    pub(super) key: String,
    /// The language that the marks name.
    pub(super) lang: Option<Lang>,
}

/// Where Docusaurus keeps translations, behind `i18n/LANG/`, and where their originals are.
const DOCUSAURUS: [(&str, &str); 4] = [
    ("docusaurus-plugin-content-docs/current/", "docs/"),
    ("docusaurus-plugin-content-docs/version-", "versioned_docs/version-"),
    ("docusaurus-plugin-content-blog/", "blog/"),
    ("docusaurus-plugin-content-pages/", "src/pages/"),
];

/// Reads the marks of the languages that are `wanted` in a path with `/` between its parts.
pub(super) fn read(path: &str, wanted: &[Lang]) -> Marked {
    let (mut key, lang) = strip(path, &|tag| language(tag).filter(|lang| wanted.contains(lang)));
    if lang.is_some() {
        for (there, here) in DOCUSAURUS {
            let lead = format!("i18n/{there}");
            if let Some(at) = key.find(&lead).filter(|&at| at == 0 || key[..at].ends_with('/')) {
                key.replace_range(at..at + lead.len(), here);
            }
        }
    }
    Marked { key, lang }
}

/// A path without the marks of any language.
pub(super) fn without(path: &str) -> String {
    strip(path, &language).0
}

/// Whether a name is nothing but the mark of some language.
pub(super) fn is_language(name: &str) -> bool {
    language(name).is_some()
}

/// The languages that the paths of an original and its translation name, where they differ: `docs/a.md` and
/// `docs/es/a.md` say nothing and Spanish. What both have in common says nothing of either.
pub fn languages(source: &Path, target: &Path) -> [Option<Lang>; 2] {
    let [one, other] = [source, target].map(|path| -> Vec<String> {
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    });
    let shared = |pair: &(&String, &String)| pair.0 == pair.1;
    let before = one.iter().zip(&other).take_while(shared).count();
    let rest = one.len().min(other.len()) - before;
    let after = one.iter().rev().zip(other.iter().rev()).take(rest).take_while(shared).count();
    [one, other].map(|parts| {
        // what follows on the last folder that differs is the same, and is no file name here
        let tail = if after > 0 { "/" } else { "" };
        strip(&(parts[before..parts.len() - after].join("/") + tail), &language).1
    })
}

/// Takes the marks out of a path, and gives the language that the last one names.
fn strip(path: &str, language: &dyn Fn(&str) -> Option<Lang>) -> (String, Option<Lang>) {
    let mut found = None;
    let mut kept: Vec<String> = Vec::new();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let is_file = parts.peek().is_none();
        let (stem, end) = match part.rfind('.').filter(|&at| is_file && at > 0) {
            Some(at) => part.split_at(at),
            None => (part, ""),
        };
        if let Some(lang) = language(stem).filter(|_| !is_file) {
            found = Some(lang);
            continue;
        }
        // the folders of Apple's programs
        if let Some(own) = part.strip_suffix(".lproj").filter(|_| !is_file)
            && (own == "Base" || language(own).is_some())
        {
            found = language(own).or(found);
            kept.push("lproj".to_owned());
            continue;
        }
        let Some((name, lang)) = unmarked(stem, is_file, language) else {
            kept.push(part.to_owned());
            continue;
        };
        found = Some(lang);
        kept.push(format!("{name}{end}"));
    }
    (kept.join("/"), found)
}

/// A name without the mark at its end, or at the front of a folder's name: `a.zh-CN`, `README_en`, `source_zh_cn`,
/// `zh-docs`. A file that is named by nothing but its language (`zh.md`) keeps an empty name.
fn unmarked<'n>(
    name: &'n str,
    is_file: bool,
    language: &dyn Fn(&str) -> Option<Lang>,
) -> Option<(&'n str, Lang)> {
    if let Some(lang) = language(name) {
        return Some(("", lang));
    }
    // the longest mark first: a_zh_cn ends in zh_cn, not in cn
    for (at, mark) in name.match_indices(['.', '_', '-']).filter(|(at, _)| *at > 0) {
        if let Some(lang) = language(&name[at + mark.len()..]) {
            return Some((&name[..at], lang));
        }
    }
    if !is_file {
        for (at, mark) in name.rmatch_indices(['_', '-']) {
            if let Some(lang) = language(&name[..at]) {
                return Some((&name[at + mark.len()..], lang));
            }
        }
    }
    None
}
