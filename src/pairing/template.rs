//! Templates that say where counterparts are: `docs/{path}` and `i18n/zh/docs/{path}`.

use std::collections::BTreeMap;
use std::path::Path;

/// Why two patterns make no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// A brace that does not open or close a placeholder.
    #[error("`{0}` has a brace without its partner; write placeholders such as {{path}} or {{name}}")]
    Brace(String),
    /// What is between braces is no name, or stands twice.
    #[error("`{pattern}` has the placeholder `{{{name}}}`, which is no name or stands twice")]
    Name {
        /// The pattern.
        pattern: String,
        /// What stands between the braces.
        name: String,
    },
    /// A pattern that leads out of the folder.
    #[error("`{0}` leads out of the folder of the settings; put them into a folder above both sides")]
    Elsewhere(String),
    /// The two sides differ in their placeholders.
    #[error("`{source_pattern}` and `{target_pattern}` must have the same placeholders, and at least one")]
    Different {
        /// The pattern of originals.
        source_pattern: String,
        /// The pattern of translations.
        target_pattern: String,
    },
}

/// Where the translation of a document is, given where the original is, and the other way round.
///
/// `{path}` stands for any part of a path, `/` included; every other placeholder for a part of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    written: [String; 2],
    source: Vec<Part>,
    target: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Placeholder(String),
}

impl Template {
    /// Reads the patterns of originals and of their translations.
    ///
    /// # Errors
    /// When braces or placeholders do not match.
    pub fn new(source: &str, target: &str) -> Result<Template, TemplateError> {
        let written = [source, target].map(str::to_owned);
        let leaves = |pattern: &&String| {
            Path::new(pattern).has_root() || pattern.split(['/', '\\']).any(|part| part == "..")
        };
        if let Some(pattern) = written.iter().find(leaves) {
            return Err(TemplateError::Elsewhere(pattern.clone()));
        }
        let template = Template { written, source: parts(source)?, target: parts(target)? };
        let names = |parts: &[Part]| -> Vec<String> {
            let mut names: Vec<String> = parts
                .iter()
                .filter_map(|part| match part {
                    Part::Placeholder(name) => Some(name.clone()),
                    Part::Text(_) => None,
                })
                .collect();
            names.sort();
            names
        };
        if names(&template.source).is_empty() || names(&template.source) != names(&template.target) {
            return Err(TemplateError::Different {
                source_pattern: source.to_owned(),
                target_pattern: target.to_owned(),
            });
        }
        Ok(template)
    }

    /// The patterns of originals and of translations.
    pub fn written(&self) -> [&str; 2] {
        [&self.written[0], &self.written[1]]
    }

    /// Where the translation of the document at `path` is; `None` if that does not fit the pattern of originals.
    pub fn target_of(&self, path: &str) -> Option<String> {
        Some(filled(&self.target, &matched(&self.source, path)?))
    }

    /// Where the original of the document at `path` is; `None` if that does not fit the pattern of translations.
    pub fn source_of(&self, path: &str) -> Option<String> {
        Some(filled(&self.source, &matched(&self.target, path)?))
    }
}

fn parts(pattern: &str) -> Result<Vec<Part>, TemplateError> {
    let brace = || TemplateError::Brace(pattern.to_owned());
    let mut parts = Vec::new();
    let mut names = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find(['{', '}']) {
        let (text, from) = rest.split_at(open);
        let inside = from.strip_prefix('{').ok_or_else(brace)?;
        let (name, after) = inside.split_once('}').ok_or_else(brace)?;
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if !is_name || names.contains(&name) {
            return Err(TemplateError::Name { pattern: pattern.to_owned(), name: name.to_owned() });
        }
        names.push(name);
        if !text.is_empty() {
            parts.push(Part::Text(text.to_owned()));
        }
        parts.push(Part::Placeholder(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// What the placeholders stand for where a path fits a pattern; each takes as much as it can.
fn matched<'p>(parts: &'p [Part], path: &'p str) -> Option<BTreeMap<&'p str, &'p str>> {
    let Some((first, rest)) = parts.split_first() else {
        return path.is_empty().then(BTreeMap::new);
    };
    match first {
        Part::Text(text) => matched(rest, path.strip_prefix(text.as_str())?),
        Part::Placeholder(name) => {
            let most = match name.as_str() {
                "path" => path.len(),
                _ => path.find('/').unwrap_or(path.len()),
            };
            let ends = (1..=most).rev().filter(|&end| path.is_char_boundary(end));
            ends.into_iter().find_map(|end| {
                let mut found = matched(rest, &path[end..])?;
                found.insert(name, &path[..end]);
                Some(found)
            })
        }
    }
}

fn filled(parts: &[Part], values: &BTreeMap<&str, &str>) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Placeholder(name) => values.get(name.as_str()).copied().unwrap_or_default().to_owned(),
    };
    parts.iter().map(part).collect()
}
